import math

import torch
from torch import nn

from autograder.authoring.marks import right


@right
def torch_flatten():
    class FlattenLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, x):
            return torch.flatten(x, start_dim=1)


@right
def contiguous_view():
    class FlattenLayer(nn.Module):
        def forward(self, x):
            n, *rest = x.shape
            return x.contiguous().view(n, math.prod(rest))


@right
def derived_from_flatten():
    class FlattenLayer(nn.Flatten):
        pass


@right
def stacked_rows():
    class FlattenLayer(torch.nn.Module):
        def __init__(self):
            super(FlattenLayer, self).__init__()

        def forward(self, X):
            return torch.stack([example.reshape(-1) for example in X], dim=0)


@right
def one_axis_at_a_time():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            while X.dim() > 2:
                X = X.flatten(1, 2)
            return X
