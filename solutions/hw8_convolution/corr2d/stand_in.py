"""A right `corr2d` for later questions, made of torch's own functions."""

import torch
from torch.nn import functional as F


def corr2d(X, K):
    """Cross-correlate X (h, w) with K (kh, kw)."""
    dtype = torch.result_type(X, K)
    work = dtype if dtype.is_floating_point or dtype.is_complex else torch.float64
    Y = F.conv2d(X.to(work)[None, None], K.to(work)[None, None])
    return Y[0, 0].to(dtype)
