import torch
from torch import nn

from autograder.authoring.marks import right


@right
def appended_one_by_one():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.linears = nn.ModuleList()
            for i in range(len(sizes) - 1):
                self.linears.append(nn.Linear(sizes[i], sizes[i + 1]))

        def forward(self, X):
            for i, linear in enumerate(self.linears):
                X = linear(X)
                if i < len(self.linears) - 1:
                    X = torch.relu(X)
            return X


@right
def last_layer_apart():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            *hidden, last = [nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
            self.out = last
            self.hidden = nn.ModuleList(hidden)
            self.relu = nn.ReLU()

        def forward(self, X):
            for layer in self.hidden:
                X = self.relu(layer(X))
            return self.out(X)


@right
def lazy_and_clamped():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(sizes[0], sizes[1])])
            self.layers.extend(nn.Linear(a, b) for a, b in zip(sizes[1:], sizes[2:]))

        def forward(self, X):
            X = self.layers[0](X)
            for layer in self.layers[1:]:
                X = layer(X.clamp(min=0))
            return X
