import torch

from autograder.authoring.marks import right


@right
def cut_input():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.clamp(min=-80)))


@right
def masks():
    def sigmoid(X):
        out = torch.zeros_like(X)
        pos = X >= 0
        out[pos] = 1 / (1 + torch.exp(-X[pos]))
        e = torch.exp(X[~pos])
        out[~pos] = e / (1 + e)
        return out


@right
def through_softplus():
    def sigmoid(X):
        return torch.exp(-torch.logaddexp(torch.zeros_like(X), -X))


@right
def softmax_of_two():
    def sigmoid(X):
        return torch.stack([X, torch.zeros_like(X)], dim=-1).softmax(dim=-1)[..., 0]


@right
def through_tanh():
    def sigmoid(X):
        return 0.5 * (1 + torch.tanh(0.5 * X))


@right
def through_float64():
    def sigmoid(X):
        return (1 / (1 + torch.exp(-X.double()))).to(X.dtype)


@right
def own_gradient():
    class MySigmoid(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            s = 1 / (1 + torch.exp(-X))
            ctx.save_for_backward(s)
            return s

        @staticmethod
        def backward(ctx, upstream):
            (s,) = ctx.saved_tensors
            return upstream * s * (1 - s)

    sigmoid = MySigmoid.apply


@right
def ratio_of_shifted_exponentials():
    def sigmoid(X):
        M = X.clamp(min=0)
        return torch.exp(X - M) / (torch.exp(-M) + torch.exp(X - M))


@right
def exponent_made_safe_in_two_branches():
    def sigmoid(X: torch.Tensor) -> torch.Tensor:
        zero, negative = torch.zeros_like(X), X < 0
        right = 1 / (1 + torch.exp(-torch.where(negative, zero, X)))
        E = torch.exp(torch.where(negative, X, zero))
        return torch.where(negative, E / (1 + E), right)


@right
def sign_by_comparison():
    def sigmoid(X):
        sign = 2.0 * (X >= 0).to(X.dtype) - 1
        Z = torch.exp(-sign * X)
        return ((1 + sign) / 2 + (1 - sign) / 2 * Z) / (1 + Z)
