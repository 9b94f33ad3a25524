"""A right `accuracy` for later questions, made of torch's own functions."""

import torch


def accuracy(y_hat: torch.Tensor, y: torch.Tensor) -> float:
    answers = torch.topk(y_hat, 1, dim=1).indices.squeeze(1)
    return torch.eq(answers, y).double().mean().item()
