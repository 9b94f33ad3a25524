"""A right `pool2d` for later questions, made of torch's own functions."""

from torch.nn import functional as F


def pool2d(X, pool_size, mode="max"):
    """Pool X (h, w) with stride 1."""
    if mode == "max":
        return F.max_pool2d(X[None], tuple(pool_size), stride=1)[0]
    if mode == "avg":
        return F.avg_pool2d(X[None], tuple(pool_size), stride=1)[0]
    raise ValueError("mode must be 'max' or 'avg'")
