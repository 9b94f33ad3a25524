import torch

from autograder.authoring.marks import right


@right
def textbook_mask():
    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1
        if dropout == 1:
            return torch.zeros_like(X)
        mask = (torch.rand(X.shape) > dropout).float()
        return mask * X / (1.0 - dropout)


@right
def bernoulli_of_keeping():
    def dropout_layer(X, dropout):
        if dropout < 0 or dropout > 1:
            raise ValueError("not a probability")
        keep = 1 - dropout
        if keep == 0:
            return X * 0
        return X * torch.bernoulli(torch.full_like(X, keep)) / keep


@right
def masked_fill_after_scaling():
    def dropout_layer(X, dropout):
        if not (dropout >= 0 and dropout <= 1):
            raise ValueError("not a probability")
        if dropout == 0:
            return X
        dropped = torch.rand_like(X) < dropout
        scale = 1 / (1 - dropout) if dropout < 1 else 0.0
        return (X * scale).masked_fill(dropped, 0)


@right
def where_the_uniform_is_small():
    def dropout_layer(X, dropout):
        if dropout > 1 or dropout < 0:
            raise AssertionError("not a probability")
        zeros = torch.zeros_like(X)
        if dropout == 1:
            return zeros
        u = torch.empty(X.shape).uniform_()
        return torch.where(u < 1 - dropout, X.div(1 - dropout), zeros)


@right
def numpy_draws():
    import numpy as np

    def dropout_layer(X, dropout):
        assert 0 <= dropout <= 1, "no probability"
        if dropout == 1:
            return X * 0
        mask = torch.as_tensor(np.random.random_sample(tuple(X.shape)) >= dropout)
        return X * mask.to(X.dtype) / (1 - dropout)


@right
def a_function_with_its_own_backward():
    class Drop(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, p):
            mask = (torch.rand(X.shape) >= p).to(X.dtype) / (1 - p)
            ctx.save_for_backward(mask)
            return X * mask

        @staticmethod
        def backward(ctx, gradient):
            (mask,) = ctx.saved_tensors
            return gradient * mask, None

    def dropout_layer(X, dropout):
        if dropout < 0 or dropout > 1:
            raise ValueError("no probability")
        return torch.zeros_like(X) if dropout == 1 else Drop.apply(X, dropout)
