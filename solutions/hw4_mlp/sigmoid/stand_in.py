"""A right `sigmoid` for later questions, made of torch's own functions."""

import torch


def sigmoid(X):
    return torch.sigmoid(X)
