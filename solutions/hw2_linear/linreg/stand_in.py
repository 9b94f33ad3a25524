"""A right `linreg` for later questions, made of torch's own functions."""

from torch.nn import functional as F


def linreg(X, w, b):
    return F.linear(X, w.reshape(1, -1), b.reshape(-1))
