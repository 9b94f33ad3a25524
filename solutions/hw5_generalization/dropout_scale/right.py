import torch

from autograder.authoring.marks import right


@right
def as_a_fraction():
    dropout_scale = 5 / 4


@right
def as_a_tensor():
    dropout_scale = 1 / (1 - torch.tensor(0.2))
