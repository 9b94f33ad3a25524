"""A right `xavier_std` for later questions, made of torch's own functions."""

import torch


def xavier_std(fan_in, fan_out):
    fans = torch.tensor([float(fan_in), float(fan_out)], dtype=torch.float64)
    return torch.rsqrt(torch.mean(fans)).item()
