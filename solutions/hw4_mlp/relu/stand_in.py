"""A right `relu` for later questions, made of torch's own functions."""

import torch


def relu(X):
    return torch.relu(X)
