"""Right versions of names that later questions call, for submissions in which an earlier one is wrong."""

import torch
from torch.nn import functional as F


def get_k_fold_data(k, i, X, y):
    """Fold i of k for validation, the rest for training, by a mask over the rows."""
    n = X.shape[0]
    if k < 2 or k > n or i < 0 or i >= k:
        raise ValueError("k and i do not name a fold of these rows")
    held_out = torch.zeros(n, dtype=torch.bool)
    held_out[torch.arange(n).tensor_split(k)[i]] = True
    return X[~held_out], y[~held_out], X[held_out], y[held_out]


def dropout_layer(X, dropout):
    """torch's own dropout, always in training mode."""
    return F.dropout(X, dropout, training=True)
