from torch import nn

from autograder.authoring.marks import right


@right
def named_layers():
    class NestMLP(nn.Module):
        def __init__(self):
            from collections import OrderedDict

            super().__init__()
            self.linear = nn.Linear(32, 16)
            self.net = nn.Sequential(
                OrderedDict(one=nn.Linear(20, 64), act1=nn.ReLU(), two=nn.Linear(64, 32), act2=nn.ReLU())
            )

        def forward(self, X):
            out = self.net(X)
            return self.linear(out)


@right
def appended_layers():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential()
            for i, (a, b) in enumerate([(20, 64), (64, 32)]):
                self.net.add_module(f"block{i}", nn.Sequential(nn.Linear(a, b), nn.ReLU()))
            self.linear = nn.LazyLinear(16)

        def forward(self, X):
            for block in self.net:
                X = block(X)
            return self.linear(X)


@right
def lazy_layers():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.LazyLinear(64), nn.ReLU(), nn.LazyLinear(32), nn.ReLU())
            self.linear = nn.LazyLinear(16)

        def forward(self, X):
            return self.linear(self.net(X))
