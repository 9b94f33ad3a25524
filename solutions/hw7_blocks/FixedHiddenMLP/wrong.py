import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="R is an ordinary attribute: not in the state_dict, and left behind by .to(). Register it as a buffer.")
def r_as_plain_attribute():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = torch.rand((20, 20), requires_grad=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(torch.mm(self.linear(X), self.rand_weight) + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="R is a Parameter, so training changes it. It should be fixed: register it as a buffer.")
def r_as_parameter():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Parameter(torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="A buffer with persistent=False is left out of the state_dict. rand_weight should be in it.")
def buffer_not_persistent():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20), persistent=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="R is in the state_dict under another name. The question calls it rand_weight.")
def r_under_another_name():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("R", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.R + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="There are two different linear layers. The same layer should be used twice.")
def two_linear_layers():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear, self.linear2 = nn.Linear(20, 20), nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear2(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="The linear layer is used once only. Step 3 applies the same layer again.")
def linear_once():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = F.relu(self.linear(X) @ self.rand_weight + 1)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="sum is not called: X.abs().sum is a method, X.abs().sum() a number.")
def sum_not_called():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum > 1:
                X = X / 2
            return X.sum()


@wrong(hint="super is a function: write super().__init__(), with parentheses after super, too.")
def super_not_called():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super.__init__()
            self.linear = nn.Linear(20, 20)


@wrong(hint="The entries are added with their signs (a magnitude taken afterwards is too late). Sum the magnitudes.")
def sum_without_magnitudes():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="The entries are added with their signs (a magnitude taken afterwards is too late). Sum the magnitudes.")
def magnitude_of_the_sum():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.sum().abs() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="X is halved once at most. Halve it as long as the sum of magnitudes exceeds 1.")
def halves_once():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            if X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="A sum of exactly 1 is halved once too often: the condition is > 1, not >= 1.")
def halves_at_one():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() >= 1:
                X = X / 2
            return X.sum()


@wrong(hint="The + 1 inside the ReLU is missing: step 2 is relu(X R + 1).")
def constant_missing():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="X is multiplied by the transpose of R. Step 2 uses the matrix product X R.")
def r_transposed():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(F.linear(self.linear(X), self.rand_weight) + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="R is drawn anew on every forward pass. It should be drawn once, when the network is created.")
def r_redrawn():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            self.rand_weight = torch.rand(20, 20).to(X)
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="R is the same matrix in every network. It should be random, drawn anew for every network.")
def r_of_ones():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.ones(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="The result is no longer part of the graph: .item() and .data cut it off. Return the tensor X.sum().")
def returns_a_number():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return torch.tensor(X.sum().item())


@wrong(hint="The ReLU of step 2 is missing: X becomes max(0, X R + 1).")
def relu_left_out():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(self.linear(X) @ self.rand_weight + 1)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@wrong(hint="X itself comes back. The output is the sum of its entries, one number.")
def sum_left_out():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.abs().sum() > 1:
                X = X / 2
            return X


@wrong(hint="This is the Euclidean norm, the root of a sum of squares. Add up the magnitudes.")
def euclidean_norm():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            while X.norm() > 1:
                X = X / 2
            return X.sum()
