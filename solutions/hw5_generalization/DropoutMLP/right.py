import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def layers_in_a_sequential():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            self.net = nn.Sequential(
                nn.Flatten(),
                nn.Linear(num_inputs, num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )

        def forward(self, X):
            return self.net(X)


@right
def dropout_before_relu():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super(DropoutMLP, self).__init__()
            sizes = [num_inputs, num_hiddens1, num_hiddens2]
            self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
            self.out = nn.Linear(num_hiddens2, num_outputs)
            self.rates = [dropout1, dropout2]

        def forward(self, X):
            for layer, rate in zip(self.hidden, self.rates):
                X = layer(X)
                X = F.relu(F.dropout(X, rate, training=self.training))
            return self.out(X)


@right
def bare_parameters():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            self.num_inputs = num_inputs
            self.p1, self.p2 = dropout1, dropout2
            self.b3 = nn.Parameter(torch.zeros(num_outputs))
            self.W3 = nn.Parameter(0.01 * torch.randn(num_hiddens2, num_outputs))
            self.b2 = nn.Parameter(torch.zeros(num_hiddens2))
            self.W2 = nn.Parameter(0.01 * torch.randn(num_hiddens1, num_hiddens2))
            self.b1 = nn.Parameter(torch.zeros(num_hiddens1))
            self.W1 = nn.Parameter(0.01 * torch.randn(num_inputs, num_hiddens1))

        def forward(self, X):
            X = X.reshape(-1, self.num_inputs)
            p1, p2 = (self.p1, self.p2) if self.training else (0.0, 0.0)
            H1 = dropout_layer((X @ self.W1 + self.b1).clamp(min=0), p1)
            H2 = dropout_layer((H1 @ self.W2 + self.b2).clamp(min=0), p2)
            return H2 @ self.W3 + self.b3


@right
def told_by_train_itself():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            sizes = [num_inputs, num_hiddens1, num_hiddens2, num_outputs]
            self.layers = nn.ModuleList(nn.Linear(*pair) for pair in zip(sizes, sizes[1:]))
            self.rates = [dropout1, dropout2]
            self.active = True

        def train(self, mode=True):
            self.active = mode
            return super().train(mode)

        def forward(self, X):
            for layer, rate in zip(self.layers, self.rates):
                X = layer(X).clamp(min=0)
                X = dropout_layer(X, rate if self.active else 0.0)
            return self.layers[-1](X)


@right
def lazy_layers():
    class DropoutMLP(nn.Module):
        def __init__(
            self,
            num_inputs=784,
            num_outputs=10,
            num_hiddens1=256,
            num_hiddens2=256,
            dropout1=0.2,
            dropout2=0.5,
        ):
            super().__init__()
            self.net = nn.Sequential(
                nn.LazyLinear(num_hiddens1),
                nn.ReLU(),
                nn.Dropout(dropout1),
                nn.LazyLinear(num_hiddens2),
                nn.ReLU(),
                nn.Dropout(dropout2),
                nn.LazyLinear(num_outputs),
            )

        def forward(self, X):
            return self.net(X)
