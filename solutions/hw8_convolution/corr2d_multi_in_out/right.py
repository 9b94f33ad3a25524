import torch
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def filling_a_tensor():
    def corr2d_multi_in_out(X, K):
        o, c, kh, kw = K.shape
        Y = X.new_empty(o, X.shape[1] - kh + 1, X.shape[2] - kw + 1)
        for j in range(o):
            Y[j] = corr2d_multi_in(X, K[j])
        return Y


@right
def cat_with_new_axes():
    def corr2d_multi_in_out(X, K):
        return torch.cat([corr2d_multi_in(X, k).unsqueeze(0) for k in K], dim=0)


@right
def all_kernels_at_once():
    def corr2d_multi_in_out(X, K):
        columns = F.unfold(X[None], K.shape[2:])[0]
        Y = K.reshape(K.shape[0], -1) @ columns
        return Y.reshape(K.shape[0], X.shape[1] - K.shape[2] + 1, X.shape[2] - K.shape[3] + 1)
