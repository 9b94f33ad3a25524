"""A right `softmax_regression` for later questions, made of torch's own functions."""

import torch


def softmax_regression(X, W, b):
    return torch.addmm(b, torch.flatten(X, 1), W)
