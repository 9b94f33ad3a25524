import torch
from torch import nn

from autograder.authoring.marks import right


@right
def clamp():
    def relu(X):
        return X.clamp(min=0)


@right
def where():
    def relu(X):
        return torch.where(X > 0, X, 0)


@right
def mask_product():
    relu = lambda X: X * (X > 0)  # noqa: E731


@right
def masked_copy():
    def relu(X):
        Y = X.clone()
        Y[Y < 0] = 0
        return Y


@right
def masked_fill():
    def relu(X):
        return X.masked_fill(X < 0, 0)


@right
def textbook():
    def relu(X):
        a = torch.zeros_like(X)
        return torch.max(X, a)


@right
def fmax_of_a_scalar_tensor():
    def relu(X):
        zero = torch.tensor(0, dtype=X.dtype, device=X.device)
        return torch.fmax(X, zero)


@right
def half_of_sum_with_absolute_value():
    def relu(X):
        return ((X + abs(X)) / 2).to(X.dtype)


@right
def autograd_function():
    class Rectify(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            ctx.save_for_backward(X)
            return X.clamp(0)

        @staticmethod
        def backward(ctx, grad_output):
            (X,) = ctx.saved_tensors
            return grad_output * (X > 0)

    def relu(X):
        return Rectify.apply(X)


@right
def module_with_a_call():
    class MyReLU(nn.Module):
        def forward(self, X):
            return torch.clip(X, min=0)

    relu = MyReLU()


@right
def entry_by_entry():
    def relu(X):
        flat = X.reshape(-1)
        if flat.numel() == 0:
            return X.clone()
        return torch.stack([v if v > 0 else v * 0 for v in flat]).reshape(X.shape)


@right
def maximum_with_one_number():
    # As in the course's notes: one number without axes goes with a tensor on any device.
    def relu(X):
        return torch.max(X, torch.tensor(0.0)).to(X.dtype)


@right
def zeros_on_the_device_of_X():
    def relu(X):
        return torch.maximum(X, torch.zeros(X.shape, dtype=X.dtype, device=X.device))
