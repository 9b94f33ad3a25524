from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="net ends without an activation. It should be Linear, ReLU, Linear, ReLU.")
def second_relu_missing():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32))
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="The first ReLU is missing. net should be Linear, ReLU, Linear, ReLU.")
def first_relu_missing():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="There is an activation after the last layer. The network ends with linear.")
def relu_at_the_end():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return F.relu(self.linear(self.net(X)))


@wrong(hint="forward stops after net. Its output still has to go through linear.")
def linear_forgotten():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.net(X)


@wrong(hint="Everything sits in net. The last layer should be an attribute of its own, named linear.")
def one_flat_container():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 16)
            )

        def forward(self, X):
            return self.net(X)


@wrong(hint="The layers sit in a plain Python list, where nn.Module does not find their parameters. Use nn.Sequential.")
def net_as_list():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = [nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU()]
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            for layer in self.net:
                X = layer(X)
            return self.linear(X)


@wrong(hint="The activation is the sigmoid. net uses ReLU, twice.")
def sigmoid_inside():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Sigmoid(), nn.Linear(64, 32), nn.Sigmoid())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="nn.Module must be prepared first: call super().__init__() before you store layers.", raises=True)
def nest_super_forgotten():
    class NestMLP(nn.Module):
        def __init__(self):
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="net has no activation, so its two layers are one. It should be Linear, ReLU, Linear, ReLU.")
def both_relus_missing():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Linear(64, 32))
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="The activation is tanh. net uses ReLU, twice.")
def tanh_inside():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Tanh(), nn.Linear(64, 32), nn.Tanh())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@wrong(hint="There is a softmax at the end. The network should return plain numbers, not probabilities.")
def softmax_after_linear():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return F.softmax(self.linear(self.net(X)), dim=-1)


@wrong(hint="The sizes inside net are exchanged: 20 to 64 to 32, then linear takes 32 to 16.")
def widths_exchanged():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 64), nn.ReLU())
            self.linear = nn.Linear(64, 16)

        def forward(self, X):
            return self.linear(self.net(X))
