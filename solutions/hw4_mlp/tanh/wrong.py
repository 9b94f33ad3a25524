import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="This is the sigmoid, from 0 to 1. It is a relative and not the same: tanh runs from -1 to 1.")
def sigmoid_passed_off():
    def tanh(X):
        return torch.sigmoid(X)


@wrong(hint="This is the sigmoid, from 0 to 1. It is a relative and not the same: tanh runs from -1 to 1.")
def sigmoid_formula_passed_off():
    def tanh(X):
        return 1 / (1 + torch.exp(-X))


@wrong(
    hint="This is the sigmoid with its input scaled. Its output must be scaled and shifted too, to run from -1 to 1."
)
def output_not_scaled():
    def tanh(X):
        return torch.sigmoid(2 * X)


@wrong(hint="This is half as steep as tanh. The factor 2 on x is missing.")
def factor_two_missing():
    def tanh(X):
        return 2 * torch.sigmoid(X) - 1


@wrong(hint="This is half as steep as tanh. The factor 2 on x is missing.")
def factor_two_missing_in_the_formula():
    def tanh(X):
        return (1 - torch.exp(-X)) / (1 + torch.exp(-X))


@wrong(hint="This is the sigmoid shifted, from -0.5 to 0.5. Tanh is also scaled.")
def shifted_only():
    def tanh(X):
        return torch.sigmoid(2 * X) - 0.5


@wrong(hint="The sign of the exponent is turned around, so this falls from 1 to -1. Tanh rises.")
def falling():
    def tanh(X):
        Z = torch.exp(2 * X)
        return (1 - Z) / (1 + Z)


@wrong(hint="Numerator and denominator are exchanged. Tanh stays between -1 and 1.")
def upside_down():
    def tanh(X):
        Z = torch.exp(-2 * X)
        return (1 + Z) / (1 - Z)


@wrong(
    hint="This is the formula as it stands. At x = -100 it computes -inf / inf, which is nan. Keep every exponent at "
    "or below 0."
)
def tanh_overflow():
    def tanh(X):
        return (1 - torch.exp(-2 * X)) / (1 + torch.exp(-2 * X))


@wrong(hint="Numerator and denominator overflow for large x, and inf / inf is nan. Keep every exponent at or below 0.")
def tanh_overflow_on_both_sides():
    def tanh(X):
        return (torch.exp(X) - torch.exp(-X)) / (torch.exp(X) + torch.exp(-X))


@wrong(hint="Numerator and denominator overflow for large x, and inf / inf is nan. Keep every exponent at or below 0.")
def sinh_by_cosh():
    def tanh(X):
        return torch.sinh(X) / torch.cosh(X)


@wrong(
    hint="`torch.where` computes both branches, and the gradient passes through both. Make the exponent safe before "
    "exp sees it."
)
def tanh_overflow_in_the_other_branch():
    def tanh(X):
        P, N = torch.exp(2 * X), torch.exp(-2 * X)
        return torch.where(X >= 0, (1 - N) / (1 + N), (P - 1) / (P + 1))


@wrong(hint="With |x| in the exponent the sign is lost: negative inputs must give negative outputs.")
def sign_lost():
    def tanh(X):
        Z = torch.exp(-2 * X.abs())
        return (1 - Z) / (1 + Z)


@wrong(hint="The inputs are cut so early that the result never comes close to -1 or 1. Cut far later, or not at all.")
def tanh_cut_too_early():
    def tanh(X):
        Z = torch.exp(-2 * X.clamp(-3, 3))
        return (1 - Z) / (1 + Z)


@wrong(hint="This is made of straight lines (hardtanh). Tanh is a smooth curve.")
def hard_tanh():
    def tanh(X):
        return X.clamp(-1, 1)


@wrong(hint="This is the tangent of an angle. The hyperbolic tangent is made of exponentials.")
def tangent_of_an_angle():
    def tanh(X):
        return torch.tan(X)


@wrong(hint="The graph is cut here, so no gradient reaches X. The result must stay part of the graph.")
def tanh_detached():
    def tanh(X):
        with torch.no_grad():
            Z = torch.exp(-2 * X.clamp(min=-40))
            return (1 - Z) / (1 + Z)


@wrong(
    hint="This calls PyTorch's own tanh. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_tanh():
    def tanh(X):
        return torch.tanh(X)


@wrong(
    hint="This calls PyTorch's own tanh. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_tanh_module():
    tanh = nn.Tanh()


@wrong(
    hint="This calls PyTorch's own tanh. Write it yourself from exp.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_tanh_method():
    def tanh(X):
        return X.tanh()


@wrong(
    hint="The value is right, but not the slope at exactly 0: abs, sign, maximum and minimum have a corner there. Use where.",
    public=False,
    reason="the slope at exactly 0 is a detail of the hidden tests",
)
def no_slope_at_zero():
    def tanh(X):
        Z = torch.exp(-2 * X.abs())
        return torch.sign(X) * (1 - Z) / (1 + Z)


@wrong(
    hint="The value is right, but not the slope at exactly 0: abs, sign, maximum and minimum have a corner there. Use where.",
    public=False,
    reason="the slope at exactly 0 is a detail of the hidden tests",
)
def no_slope_at_zero_with_copysign():
    def tanh(X):
        Z = torch.exp(-2 * torch.maximum(X, -X))
        return torch.copysign((1 - Z) / (1 + Z), X)


@wrong(
    hint="A tensor of yours lies on the CPU, wherever X lies. Make it like X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def ones_on_the_cpu():
    def tanh(X):
        Z = torch.exp(-2 * X.clamp(min=-40))
        ones = torch.ones(X.shape, dtype=X.dtype)
        return (ones - Z) / (ones + Z)


@wrong(hint="This is the sigmoid scaled, from 0 to 2. Tanh is also shifted, to run from -1 to 1.")
def scaled_and_not_shifted():
    def tanh(X):
        return 2 * sigmoid(2 * X)


@wrong(hint="This runs from -1 to 0. The factor 2 in front of the sigmoid is missing.")
def shifted_and_not_scaled():
    def tanh(X):
        return sigmoid(2 * X) - 1
