import numpy as np
import torch
from torch import nn

from autograder.authoring.marks import right


@right
def as_a_float():
    mse_ratio = 2.0


@right
def as_an_expression():
    mse_ratio = 1 / (1 / 2)


@right
def measured_tensor():
    _y_hat, _y = torch.randn(50, 1), torch.randn(50, 1)
    mse_ratio = nn.MSELoss()(_y_hat, _y) / ((_y_hat - _y) ** 2 / 2).mean()


@right
def numpy_number():
    mse_ratio = np.float32(2)
