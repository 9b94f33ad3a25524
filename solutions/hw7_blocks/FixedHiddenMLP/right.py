import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def normal_r_and_in_place_halving():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.dense = nn.Linear(20, 20)
            self.register_buffer("rand_weight", torch.randn((20, 20), requires_grad=False))

        def forward(self, X):
            X = self.dense(X)
            X = torch.relu(torch.mm(X, self.rand_weight) + 1)
            X = self.dense(X)
            while torch.abs(X).sum() > 1:
                X /= 2
            return torch.sum(X)


@right
def nn_buffer_and_two_names():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Buffer(torch.empty(20, 20).uniform_(-1, 1))
            self.first = nn.Linear(20, 20)
            self.again = self.first

        def forward(self, X):
            X = self.again((self.first(X) @ self.rand_weight + 1).clamp(min=0))
            scale = 1.0
            while (X * scale).norm(p=1) > 1:
                scale = scale / 2
            return (X * scale).sum()


@right
def lazy_linear():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.LazyLinear(20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while True:
                if X.abs().sum() <= 1:
                    return X.sum()
                X = 0.5 * X


@right
def frozen_parameter():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Parameter(torch.rand(20, 20), requires_grad=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            # The number of halvings first, without a graph; then one division.
            total, halvings = X.detach().abs().sum(), 0
            while total > 1:
                total, halvings = total / 2, halvings + 1
            return (X / 2**halvings).sum()
