"""Right versions of what `train_linreg` calls, for notebooks in which one of them is wrong."""

import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


def data_iter(batch_size, features, labels):
    yield from DataLoader(TensorDataset(features, labels), batch_size=batch_size, shuffle=True)


def linreg(X, w, b):
    return F.linear(X, w.reshape(1, -1), b.reshape(-1))


def squared_loss(y_hat, y):
    return F.mse_loss(y_hat, y.reshape(y_hat.shape), reduction="none") / 2


def sgd(params, lr, batch_size):
    torch.optim.SGD(params, lr=lr / batch_size).step()
