import torch

from autograder.authoring.marks import right


@right
def power_of_two():
    vanishing_factor = 2**-20


@right
def rounded():
    vanishing_factor = 9.54e-7


@right
def measured_as_a_tensor():
    origin = torch.zeros((), requires_grad=True)
    torch.sigmoid(origin).backward()
    vanishing_factor = origin.grad**10


@right
def multiplied_by_numpy():
    import numpy as np

    vanishing_factor = np.prod(np.full(10, 0.25, dtype=np.float32))
