import torch
from torch import nn

from autograder.authoring.marks import right


@right
def prelu_where():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha * X)


@right
def prelu_clamp():
    def prelu(X, alpha):
        return X.clamp(min=0) + alpha * X.clamp(max=0)


@right
def prelu_masks():
    def prelu(X, alpha):
        positive = (X > 0).to(X.dtype)
        return X * (positive + alpha * (1 - positive))


@right
def prelu_of_two_relus():
    def prelu(X, alpha):
        return relu(X) - alpha * relu(-X)  # noqa: F821


@right
def prelu_built_in():
    def prelu(X, alpha):
        return nn.functional.prelu(X, alpha)


@right
def prelu_absolute_value():
    def prelu(X, alpha):
        return ((1 + alpha) * X + (1 - alpha) * X.abs()) / 2


@right
def prelu_written_into_a_copy():
    def prelu(X, alpha):
        Y = X.clone()
        negative = X < 0
        Y[negative] = alpha * X[negative]
        return Y


@right
def prelu_slope_by_entry():
    prelu = lambda X, alpha: X * torch.where(X < 0, alpha, torch.ones_like(X))  # noqa: E731
