import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def relu_as_a_module():
    class MLP(nn.Module):
        def __init__(self):
            super(MLP, self).__init__()
            self.out = nn.Linear(256, 10)
            self.hidden = nn.Linear(20, 256)
            self.activation = nn.ReLU(inplace=True)

        def forward(self, X):
            X = self.hidden(X)
            X = self.activation(X)
            return self.out(X)


@right
def clamp_and_extra_arguments():
    class MLP(nn.Module):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.add_module("hidden", nn.Linear(in_features=20, out_features=256))
            self.add_module("out", nn.Linear(in_features=256, out_features=10))

        def forward(self, X):
            return self.out(self.hidden(X).clamp(min=0))


@right
def formula_by_hand():
    class MLP(nn.Module):
        def __init__(self):
            nn.Module.__init__(self)
            self.hidden, self.out = nn.Linear(20, 256), nn.Linear(256, 10)

        def forward(self, X):
            H = X @ self.hidden.weight.T + self.hidden.bias
            H = torch.maximum(H, torch.zeros_like(H))
            return H @ self.out.weight.T + self.out.bias


@right
def lazy_first_layer():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.LazyLinear(256)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@right
def named_sequential():
    from collections import OrderedDict

    class MLP(nn.Sequential):
        def __init__(self):
            layers = OrderedDict(hidden=nn.Linear(20, 256), act=nn.ReLU(), out=nn.Linear(256, 10))
            super().__init__(layers)
