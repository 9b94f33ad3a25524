import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(
    hint="forward uses weight.data, the numbers without their history. So no gradient ever reaches the layer. Use "
    "self.weight itself."
)
def data_in_forward():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            linear = torch.matmul(X, self.weight.data) + self.bias.data
            return F.relu(linear)


@wrong(hint="weight is used without its history (.data or .detach()): the bias learns, the weight does not.")
def data_of_the_weight():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight.detach() + self.bias)


@wrong(hint="bias is used without its history (.data or .detach()): the weight learns, the bias does not.")
def data_of_the_bias():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(torch.mm(X, self.weight) + self.bias.data)


@wrong(hint="forward runs under torch.no_grad(), so no gradient ever reaches the layer.")
def forward_without_graph():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            with torch.no_grad():
                return F.relu(X @ self.weight + self.bias)


@wrong(hint="weight and bias are plain tensors, which parameters() does not list. Wrap them in nn.Parameter.")
def plain_tensors():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = torch.randn(in_units, units, requires_grad=True)
            self.bias = torch.randn(units, requires_grad=True)

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(hint="weight is a buffer: it is saved, but never trained. Make it an nn.Parameter.")
def weight_as_buffer():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.register_buffer("weight", torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(
    hint="weight is transposed: it has the shape (units, in_units) of nn.Linear. The question asks for (in_units, "
    "units)."
)
def transposed_weight():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(units, in_units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight.T + self.bias)


@wrong(
    hint="There is an nn.Linear inside, so the parameters have other names and the weight is transposed. Make two "
    "nn.Parameters."
)
def linear_inside():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.linear = nn.Linear(in_units, units)

        def forward(self, X):
            return F.relu(self.linear(X))


@wrong(hint="The ReLU is missing: the layer returns max(0, XW + b).")
def no_relu():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return X @ self.weight + self.bias


@wrong(hint="The bias comes after the ReLU. The layer returns max(0, XW + b).")
def bias_after_relu():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight) + self.bias


@wrong(hint="bias is a single number. Every unit has a bias of its own: shape (units,).")
def one_bias():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(1))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(
    hint="weight and bias start at zero: every output is 0 and no gradient gets through the ReLU. Start with random "
    "numbers."
)
def zero_start():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(in_units, units))
            self.bias = nn.Parameter(torch.zeros(units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(hint="The bias is made and never added: the layer returns max(0, XW + b).")
def bias_unused():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight)


@wrong(hint="requires_grad=False freezes weight and bias: no gradient reaches them, and they never learn.")
def frozen_parameters():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units), requires_grad=False)
            self.bias = nn.Parameter(torch.randn(units), requires_grad=False)

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(hint="bias is a matrix with one row. The question asks for the shape (units,).")
def bias_as_a_row():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(1, units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(hint="The bias is subtracted. The layer returns max(0, XW + b).")
def bias_subtracted():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight - self.bias)


@wrong(hint="The weights start as ones, so all units do the same for ever. Start with random numbers.")
def start_of_ones():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@wrong(hint="forward draws new numbers each time. Draw them once, in __init__, and use self.weight.")
def weight_drawn_in_forward():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ torch.randn(self.weight.shape) + self.bias)
