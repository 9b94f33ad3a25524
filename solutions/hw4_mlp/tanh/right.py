import torch

from autograder.authoring.marks import right


@right
def scaled_own_sigmoid():
    def tanh(X):
        return 2 * sigmoid(2 * X) - 1  # noqa: F821


@right
def cut_input_of_tanh():
    def tanh(X):
        Z = torch.exp(-2 * torch.clamp(X, -40, 40))
        return (1 - Z) / (1 + Z)


@right
def helper_function():
    def _half(Z):
        return (1 - Z).div(1 + Z)

    def tanh(X):
        negative = X < 0
        E = torch.exp(-2 * torch.where(negative, -X, X))
        return torch.where(negative, -_half(E), _half(E))


@right
def with_expm1():
    def tanh(X):
        E = torch.expm1(2 * X.clamp(max=40))
        return E / (E + 2)


@right
def shifted_exponentials():
    def tanh(X):
        M = torch.maximum(X, -X)
        P, N = torch.exp(X - M), torch.exp(-X - M)
        return (P - N) / (P + N)


@right
def tanh_through_float64():
    def tanh(X):
        Z = (-2 * X).double().exp()
        return ((1 - Z) / (1 + Z)).type_as(X)


@right
def own_gradient_of_tanh():
    class Tanh(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            Z = torch.exp(-2 * X.abs())
            Y = torch.copysign((1 - Z) / (1 + Z), X)
            ctx.save_for_backward(Y)
            return Y

        @staticmethod
        def backward(ctx, upstream):
            (Y,) = ctx.saved_tensors
            return upstream * (1 - Y * Y)

    def tanh(X):
        return Tanh.apply(X)


@right
def with_its_sign():
    def tanh(X):
        sign = torch.where(X < 0, -1.0, 1.0).to(X.dtype)
        Z = torch.exp(-2 * sign * X)
        return sign * (1 - Z) / (1 + Z)
