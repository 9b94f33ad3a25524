"""A right `dropout_layer` for later questions, made of torch's own functions."""

from torch.nn import functional as F


def dropout_layer(X, dropout):
    """torch's own dropout, always in training mode."""
    return F.dropout(X, dropout, training=True)
