import torch
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def adding_in_a_loop():
    def corr2d_multi_in(X, K):
        Y = corr2d(X[0], K[0])
        for i in range(1, X.shape[0]):
            Y = Y + corr2d(X[i], K[i])
        return Y


@right
def stack_and_sum():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).sum(dim=0)


@right
def all_channels_at_once():
    def corr2d_multi_in(X, K):
        windows = X.unfold(1, K.size(1), 1).unfold(2, K.size(2), 1)
        return torch.einsum("cijab,cab->ij", windows, K)


@right
def built_in_layer():
    def corr2d_multi_in(X, K):
        return F.conv2d(X.unsqueeze(0), K.unsqueeze(0)).squeeze(0).squeeze(0)
