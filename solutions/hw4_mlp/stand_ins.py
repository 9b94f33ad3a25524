"""Right versions of the functions that later questions call, made of torch's own.

`tanh` may call `sigmoid`, and `mlp_forward` calls `relu`. If the student's own is wrong, the later
question is judged with these.
"""

import torch


def relu(X):
    return torch.relu(X)


def sigmoid(X):
    return torch.sigmoid(X)
