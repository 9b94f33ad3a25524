import torch
from torch import nn

from autograder.authoring.marks import right


@right
def sum_over_count():
    class CenteredLayer(nn.Module):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)

        def forward(self, X):
            return X.sub(torch.sum(X) / X.numel())


@right
def no_constructor():
    class CenteredLayer(nn.Module):
        def forward(self, X):
            flat = X.reshape(-1)
            return (flat - flat.mean(dim=0, keepdim=True)).reshape(X.shape)
