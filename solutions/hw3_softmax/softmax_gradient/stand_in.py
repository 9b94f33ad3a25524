"""A right `softmax_gradient` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def softmax_gradient(logits, y):
    with torch.enable_grad():
        x = logits.detach().requires_grad_()
        return torch.autograd.grad(F.cross_entropy(x, y), x)[0]
