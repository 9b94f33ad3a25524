import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="This falls from 1 to 0: a sign is turned around, in the exponent or before the sigmoid. The sigmoid rises.")
def sign_of_the_exponent():
    def sigmoid(X):
        return 1 / (1 + torch.exp(X))


@wrong(hint="This falls from 1 to 0: a sign is turned around, in the exponent or before the sigmoid. The sigmoid rises.")
def falling_but_stable():
    def sigmoid(X):
        return torch.special.expit(-X)


@wrong(
    hint="This is the formula as it stands. For x = -100 exp overflows and the gradient becomes nan. Keep every "
    "exponent at or below 0."
)
def overflow():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X))


@wrong(
    hint="This is the formula as it stands. For x = -100 exp overflows and the gradient becomes nan. Keep every "
    "exponent at or below 0."
)
def overflow_written_with_powers():
    def sigmoid(X):
        return (1 + torch.e ** (-X)) ** -1


@wrong(hint="The second form overflows for x = 100, where it computes inf / inf. Use it for negative entries only.")
def overflow_on_the_right():
    def sigmoid(X):
        return torch.exp(X) / (1 + torch.exp(X))


@wrong(
    hint="`torch.where` computes both branches, and the gradient passes through both. Make the exponent safe before "
    "exp sees it."
)
def overflow_in_the_other_branch():
    def sigmoid(X):
        return torch.where(X >= 0, 1 / (1 + torch.exp(-X)), torch.exp(X) / (1 + torch.exp(X)))


@wrong(
    hint="Replacing nan afterwards hides the overflow, but neither the value nor the gradient is right there. Avoid "
    "the overflow."
)
def nan_painted_over():
    def sigmoid(X):
        return torch.nan_to_num(torch.exp(X) / (1 + torch.exp(X)))


@wrong(
    hint="A small number in the denominator changes the values and does not stop exp from overflowing. Keep every "
    "exponent at or below 0."
)
def epsilon_in_the_denominator():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X) + 1e-3)


@wrong(hint="The inputs are cut so early that the result never comes close to 0 or 1. Cut far later, or not at all.")
def cut_too_early():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.clamp(-6, 6)))


@wrong(hint="Division comes before addition, so this is 1 + exp(-x). Put the denominator in parentheses.")
def missing_parentheses():
    def sigmoid(X):
        return 1 / 1 + torch.exp(-X)


@wrong(hint="This is tanh, from -1 to 1. The sigmoid runs from 0 to 1.")
def tanh_instead():
    def sigmoid(X):
        return torch.tanh(X)


@wrong(hint="The shape is right, but this is twice as steep as the sigmoid. Compare it with the formula at x = 1.")
def twice_as_steep():
    def sigmoid(X):
        return (1 + torch.tanh(X)) / 2


@wrong(hint="This is made of straight lines. The sigmoid is a smooth curve with an exponential in it.")
def hard_sigmoid():
    def sigmoid(X):
        return (0.25 * X + 0.5).clamp(0, 1)


@wrong(
    hint="This shares one unit of probability among all entries, as softmax does. The sigmoid treats each entry alone."
)
def softmax_instead():
    def sigmoid(X):
        Z = torch.exp(X - X.max())
        return Z / Z.sum()


@wrong(hint="`math.exp` takes one number. For a tensor use an operation of torch.")
def math_exp():
    import math

    def sigmoid(X):
        return 1 / (1 + math.exp(-X))


@wrong(
    hint="The result is cut from the graph (by `detach` or by numpy), so no gradient reaches X. Keep it in the graph."
)
def through_numpy():
    import numpy as np

    def sigmoid(X):
        return torch.from_numpy(np.asarray(1 / (1 + np.exp(-np.clip(X.detach().numpy(), -80, 80)))))


@wrong(
    hint="The result is cut from the graph (by `detach` or by numpy), so no gradient reaches X. Keep it in the graph."
)
def detached_sigmoid():
    def sigmoid(X):
        X = X.detach()
        return 1 / (1 + torch.exp(-X.clamp(min=-80)))


@wrong(hint="The detour over float64 helps, but the result stays float64. It must have the dtype of X.")
def stays_in_float64():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.double()))


@wrong(hint="This works in place and changes X. Make new tensors.")
def in_place_chain():
    def sigmoid(X):
        return X.neg_().exp_().add_(1).reciprocal_()


@wrong(
    hint="This calls PyTorch's own sigmoid. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_sigmoid():
    def sigmoid(X):
        return torch.sigmoid(X)


@wrong(
    hint="This calls PyTorch's own sigmoid. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_sigmoid_module():
    class Sigmoid(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Sigmoid()

        def forward(self, X):
            return self.layer(X)

    sigmoid = Sigmoid()


@wrong(
    hint="This calls PyTorch's own sigmoid. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_sigmoid_method():
    def sigmoid(X):
        return X.clone().sigmoid_()


@wrong(
    hint="`expit` is another name for the sigmoid. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_expit():
    from torch.special import expit

    def sigmoid(X):
        return expit(X)


@wrong(
    hint="The value is right, but not the slope at exactly 0: abs, sign, maximum and minimum have a corner there. Use where.",
    public=False,
    reason="the slope at exactly 0 is a detail of the hidden tests",
)
def slope_of_zero_at_zero():
    def sigmoid(X):
        Z = torch.exp(-X.abs())
        return torch.where(X >= 0, 1 / (1 + Z), Z / (1 + Z))


@wrong(
    hint="The value is right, but not the slope at exactly 0: abs, sign, maximum and minimum have a corner there. Use where.",
    public=False,
    reason="the slope at exactly 0 is a detail of the hidden tests",
)
def half_a_slope_at_zero():
    def sigmoid(X):
        zero = torch.zeros_like(X)
        right = 1 / (1 + torch.exp(-torch.maximum(X, zero)))
        E = torch.exp(torch.minimum(X, zero))
        return torch.where(X < 0, E / (1 + E), right)


@wrong(
    hint="A tensor of yours lies on the CPU, wherever X lies. Make it like X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def ones_on_the_cpu():
    def sigmoid(X):
        ones = torch.ones(X.shape, dtype=X.dtype)
        return ones / (ones + torch.exp(-X.clamp(min=-80)))
