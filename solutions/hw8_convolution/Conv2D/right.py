import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def gaussian_weight():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super(Conv2D, self).__init__()
            self.bias = nn.Parameter(torch.randn(1))
            self.weight = nn.Parameter(torch.randn(*kernel_size))

        def forward(self, x):
            return self.bias + corr2d(x, self.weight)


@right
def zero_weight_and_built_in():
    class Conv2D(torch.nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.register_parameter("weight", nn.Parameter(torch.zeros(kernel_size)))
            self.register_parameter("bias", nn.Parameter(torch.zeros(1)))

        def forward(self, X):
            return F.conv2d(X[None, None], self.weight[None, None], self.bias)[0, 0]


@right
def registered_in_an_inherited_class():
    class Counted(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(()))

    class Conv2D(Counted):
        def __init__(self, kernel_size):
            super().__init__()
            self.register_parameter("bias", nn.Parameter(torch.randn(1)))
            self.register_parameter("weight", nn.Parameter(torch.empty(kernel_size)))
            nn.init.uniform_(self.weight, -1, 1)

        def forward(self, X):
            self.calls += 1
            Y = corr2d(X, self.weight)
            Y += self.bias
            return Y
