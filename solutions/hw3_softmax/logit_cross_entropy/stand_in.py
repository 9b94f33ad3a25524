"""A right `logit_cross_entropy` for later questions, made of torch's own functions."""

from torch.nn import functional as F


def logit_cross_entropy(logits, y):
    return F.cross_entropy(logits, y, reduction="none")
