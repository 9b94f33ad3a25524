"""A right `mlp_forward` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def mlp_forward(X, params):
    W1, b1, W2, b2 = params
    return F.linear(F.relu(F.linear(torch.flatten(X, 1), W1.T, b1)), W2.T, b2)
