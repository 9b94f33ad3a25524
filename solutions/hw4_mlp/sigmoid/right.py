import torch

from autograder.authoring.marks import right


@right
def cut_input():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.clamp(min=-80)))


@right
def small_exponential():
    def sigmoid(X):
        Z = torch.exp(-X.abs())
        return torch.where(X >= 0, 1 / (1 + Z), Z / (1 + Z))


@right
def exponent_made_safe_in_two_branches():
    def sigmoid(X: torch.Tensor) -> torch.Tensor:
        zero = torch.zeros_like(X)
        right = 1 / (1 + torch.exp(-torch.maximum(X, zero)))
        E = torch.exp(torch.minimum(X, zero))
        return torch.where(X < 0, E / (1 + E), right)


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
