"""A right `conv_output_shape` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
    """Measure the output shape of a convolution on an image without storage."""
    image = torch.empty(1, 1, n[0] + p[0], n[1] + p[1], device="meta")
    kernel = torch.empty(1, 1, *k, device="meta")
    return tuple(F.conv2d(image, kernel, stride=tuple(s)).shape[2:])
