"""Right versions of names that later questions call, for submissions in which an earlier one is wrong.

They are built from torch's own convolutions and poolings, which earn no points where the question asks
students to write these.
"""

import torch
from torch import nn
from torch.nn import functional as F


def corr2d(X, K):
    """Cross-correlate X (h, w) with K (kh, kw)."""
    dtype = torch.result_type(X, K)
    work = dtype if dtype.is_floating_point or dtype.is_complex else torch.float64
    Y = F.conv2d(X.to(work)[None, None], K.to(work)[None, None])
    return Y[0, 0].to(dtype)


class Conv2D(nn.Module):
    """A layer for one grey image, with a weight of kernel_size and one bias."""

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(tuple(kernel_size)))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return F.conv2d(X[None, None], self.weight[None, None], self.bias)[0, 0]


def corr2d_multi_in(X, K):
    """Cross-correlate X (c, h, w) with K (c, kh, kw) and add up the channels."""
    dtype = torch.result_type(X, K)
    work = dtype if dtype.is_floating_point or dtype.is_complex else torch.float64
    Y = F.conv2d(X.to(work)[None], K.to(work)[None])
    return Y[0, 0].to(dtype)


def pool2d(X, pool_size, mode="max"):
    """Pool X (h, w) with stride 1."""
    if mode == "max":
        return F.max_pool2d(X[None], tuple(pool_size), stride=1)[0]
    if mode == "avg":
        return F.avg_pool2d(X[None], tuple(pool_size), stride=1)[0]
    raise ValueError("mode must be 'max' or 'avg'")


def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
    """Measure the output shape of a convolution on an image without storage."""
    image = torch.empty(1, 1, n[0] + p[0], n[1] + p[1], device="meta")
    kernel = torch.empty(1, 1, *k, device="meta")
    return tuple(F.conv2d(image, kernel, stride=tuple(s)).shape[2:])
