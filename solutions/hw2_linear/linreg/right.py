import torch
from torch import nn

from autograder.authoring.marks import right


@right
def operator():
    def linreg(X, w, b):
        return X @ w + b


@right
def functional():
    def linreg(X, w, b):
        return nn.functional.linear(X, w.T, b)


@right
def sum_of_products():
    def linreg(X, w, b):
        return (X * w.reshape(1, -1)).sum(dim=1, keepdim=True).add(b)


@right
def addmm():
    def linreg(X, w, b):
        return torch.addmm(b, X, w)


@right
def partial_of_a_helper():
    from functools import partial

    def _affine(X, w, b, product):
        y_hat = product(X, w)
        y_hat += b
        return y_hat

    linreg = partial(_affine, product=torch.mm)


@right
def autograd_function():
    class _Affine(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, w, b):
            ctx.save_for_backward(X, w)
            return X @ w + b

        @staticmethod
        def backward(ctx, upstream):
            X, w = ctx.saved_tensors
            return upstream @ w.T, X.T @ upstream, upstream.sum(dim=0)

    linreg = _Affine.apply
