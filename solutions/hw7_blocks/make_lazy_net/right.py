import torch
from torch import nn

from autograder.authoring.marks import right


@right
def lazy_class():
    class LazyMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.LazyLinear(256)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            return self.out(torch.relu(self.hidden(X)))

    def make_lazy_net():
        return LazyMLP()


@right
def appended():
    def make_lazy_net():
        net = nn.Sequential()
        net.add_module("hidden", nn.LazyLinear(out_features=256))
        net.add_module("relu", nn.ReLU())
        net.add_module("out", nn.LazyLinear(out_features=10))
        return net
