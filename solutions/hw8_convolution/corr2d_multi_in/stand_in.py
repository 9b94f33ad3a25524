"""A right `corr2d_multi_in` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def corr2d_multi_in(X, K):
    """Cross-correlate X (c, h, w) with K (c, kh, kw) and add up the channels."""
    dtype = torch.result_type(X, K)
    work = dtype if dtype.is_floating_point or dtype.is_complex else torch.float64
    Y = F.conv2d(X.to(work)[None], K.to(work)[None])
    return Y[0, 0].to(dtype)
