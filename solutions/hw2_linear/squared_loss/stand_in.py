"""A right `squared_loss` for later questions, made of torch's own functions."""

from torch.nn import functional as F


def squared_loss(y_hat, y):
    return F.mse_loss(y_hat, y.reshape(y_hat.shape), reduction="none") / 2
