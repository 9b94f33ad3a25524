import torch

from autograder.authoring.marks import right


@right
def as_a_fraction():
    sigmoid_slope = 1 / 4


@right
def calculated():
    sigmoid_slope = activation_gradient(sigmoid, torch.tensor(0.0)).item()  # noqa: F821


@right
def as_a_tensor():
    sigmoid_slope = torch.tensor(0.25)
