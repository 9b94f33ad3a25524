import torch
from torch import nn

from autograder.authoring.marks import right


@right
def twice_tanh():
    def scaled_sigmoid(X):
        return 2 * torch.tanh(X / 2)


@right
def typed_formula():
    def scaled_sigmoid(X):
        return 4 / (1 + torch.exp(-X)) - 2


@right
def shifted_first():
    def scaled_sigmoid(X):
        return (X.sigmoid() - 0.5) * 4


@right
def softmax_against_zero():
    def scaled_sigmoid(X):
        return 4 * torch.stack([X, torch.zeros_like(X)]).softmax(0)[0] - 2


@right
def module_as_function():
    class ScaledSigmoidModule(nn.Module):
        def forward(self, X):
            return nn.functional.logsigmoid(X).exp() * 4 - 2

    scaled_sigmoid = ScaledSigmoidModule()
