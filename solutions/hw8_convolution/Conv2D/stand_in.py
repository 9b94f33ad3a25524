"""A right `Conv2D` for later questions, made of torch's own functions."""

import torch
from torch import nn
from torch.nn import functional as F


class Conv2D(nn.Module):
    """A layer for one grey image, with a weight of kernel_size and one bias."""

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(tuple(kernel_size)))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return F.conv2d(X[None, None], self.weight[None, None], self.bias)[0, 0]
