import math

import torch
from torch import nn

from autograder.authoring.marks import right


@right
def exponential_of_the_difference_to_log_sum_exp():
    def softmax(X):
        return torch.exp(X - torch.logsumexp(X, dim=1, keepdim=True))


@right
def row_by_row():
    def softmax(X):
        rows = []
        for row in X:
            e = (row - row.max()).exp()
            rows.append(e / e.sum())
        return torch.stack(rows)


@right
def detached_shift_without_keepdim():
    def softmax(X):
        shift = X.detach().amax(-1)
        e = math.e ** (X - shift[:, None])
        return e / e.sum(-1).unsqueeze(-1)


@right
def pairwise_differences():
    def softmax(X):
        differences = X.unsqueeze(1) - X.unsqueeze(2)
        return 1 / torch.exp(differences).sum(dim=2)


@right
def einsum_for_the_sum():
    def softmax(X):
        highest, _ = torch.max(X, 1)
        E = (X.T - highest).T.exp()
        return torch.einsum("ij,i->ij", E, 1 / torch.einsum("ij->i", E))


@right
def autograd_function():
    class _Softmax(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            P = (X - X.amax(1, keepdim=True)).exp_()
            P /= P.sum(1, keepdim=True)
            ctx.save_for_backward(P)
            return P

        @staticmethod
        def backward(ctx, upstream):
            (P,) = ctx.saved_tensors
            return P * (upstream - (upstream * P).sum(1, keepdim=True))

    softmax = _Softmax.apply


@right
def vectorised_over_rows():
    def _row(x):
        e = torch.exp(x - x.amax())
        return e / e.sum()

    softmax = torch.vmap(_row)


@right
def layer_that_fills_a_matrix():
    class _Softmax(nn.Module):
        def forward(self, X):
            out = torch.empty_like(X)
            for i in range(len(X)):
                e = math.e ** (X[i] - max(X[i]))
                out[i] = e / sum(e)
            return out

    softmax = _Softmax()
