import torch
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def einstein_sum():
    def corr2d_1x1(X, K):
        return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


@right
def pixels_as_examples_of_a_linear_layer():
    def corr2d_1x1(X, K):
        pixels = X.permute(1, 2, 0)
        return F.linear(pixels, K.flatten(1)).permute(2, 0, 1)


@right
def contraction():
    def corr2d_1x1(X, K):
        return torch.tensordot(K.squeeze(-1).squeeze(-1), X, dims=1)


@right
def broadcast_and_sum():
    def corr2d_1x1(X, K):
        return (K * X).sum(1)


@right
def batched_product_in_a_helper():
    from functools import partial

    def product(X, K, shape):
        return torch.bmm(K.flatten(1)[None], X.flatten(1)[None]).reshape(shape)

    def corr2d_1x1(X, K):
        return partial(product, shape=(K.shape[0], *X.shape[1:]))(X, K)


@right
def the_textbook_name():
    def corr2d_multi_in_out_1x1(X, K):
        c_i, h, w = X.shape
        c_o = K.shape[0]
        X = X.reshape((c_i, h * w))
        K = K.reshape((c_o, c_i))
        return torch.matmul(K, X).reshape((c_o, h, w))

    corr2d_1x1 = corr2d_multi_in_out_1x1
