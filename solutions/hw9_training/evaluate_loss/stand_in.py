"""A right `evaluate_loss` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def evaluate_loss(net, data_iter, loss):
    """Average the batch means, weighted by the batch sizes."""
    mode = net.training
    net.train(False)
    with torch.inference_mode():
        pairs = [(torch.mean(loss(net(X), y)).double(), float(len(y))) for X, y in data_iter]
    net.train(mode)
    means, sizes = torch.stack([mean for mean, _ in pairs]), torch.tensor([size for _, size in pairs])
    return torch.dot(means, F.normalize(sizes.double(), p=1, dim=0)).item()
