import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def functional_linear():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(units))
            self.weight = nn.Parameter(torch.empty(in_units, units))
            nn.init.xavier_uniform_(self.weight)

        def forward(self, X):
            return torch.relu(F.linear(X, self.weight.T, self.bias))


@right
def registered_parameters():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.register_parameter("weight", nn.Parameter(torch.rand(in_units, units) - 0.5))
            self.register_parameter("bias", nn.Parameter(torch.rand(units)))

        def forward(self, X):
            return torch.addmm(self.bias, X, self.weight).clamp(min=0)


@right
def small_normal_start():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(0.01 * torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units,))
            self.activation = nn.ReLU()

        def forward(self, X):
            return self.activation(torch.matmul(X, self.weight) + self.bias)
