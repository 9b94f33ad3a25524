"""A right `softmax` for later questions, made of torch's own functions."""

import torch


def softmax(X):
    return torch.softmax(X, dim=1)
