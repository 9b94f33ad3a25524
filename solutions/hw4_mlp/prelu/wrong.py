import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The larger of x and alpha x is PReLU only for alpha from 0 to 1. Decide by the sign of x.")
def larger_of_x_and_alpha_x():
    def prelu(X, alpha):
        return torch.maximum(X, alpha * X)


@wrong(hint="The larger of x and alpha x is PReLU only for alpha from 0 to 1. Decide by the sign of x.")
def larger_of_x_and_alpha_x_by_where():
    def prelu(X, alpha):
        return torch.where(X > alpha * X, X, alpha * X)


@wrong(
    hint="Here alpha sits on the positive side. Positive entries stay as they are; alpha belongs to the negative ones."
)
def alpha_on_the_positive_side():
    def prelu(X, alpha):
        return torch.where(X > 0, alpha * X, X)


@wrong(
    hint="Here alpha sits on the positive side. Positive entries stay as they are; alpha belongs to the negative ones."
)
def alpha_on_the_positive_side_in_the_formula():
    def prelu(X, alpha):
        return alpha * X.clamp(min=0) + X.clamp(max=0)


@wrong(hint="Here alpha scales both sides. It belongs to the negative part only.")
def alpha_on_both_sides():
    def prelu(X, alpha):
        return alpha * (X.clamp(min=0) + X.clamp(max=0))


@wrong(hint="The negative part has the wrong sign: min(0, x) is already negative, and it is added.")
def negative_part_subtracted():
    def prelu(X, alpha):
        return X.clamp(min=0) - alpha * X.clamp(max=0)


@wrong(hint="The negative part has the wrong sign: min(0, x) is already negative, and it is added.")
def negative_part_turned_positive():
    def prelu(X, alpha):
        return torch.relu(X) + alpha * torch.relu(-X)


@wrong(hint="alpha x is added for positive entries too. Only the negative part, min(0, x), gets the factor.")
def alpha_x_added_everywhere():
    def prelu(X, alpha):
        return X.clamp(min=0) + alpha * X


@wrong(hint="Negative entries become alpha itself. They must become alpha times x.")
def alpha_without_x():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha)


@wrong(hint="This is ReLU: alpha has no effect. The negative part must come through, alpha times.")
def alpha_forgotten():
    def prelu(X, alpha):
        return X.clamp(min=0)


@wrong(hint="This is the leaky ReLU with its fixed slope. Use the alpha that is given.")
def fixed_slope():
    def prelu(X, alpha):
        return nn.functional.leaky_relu(X)


@wrong(hint="The slope is 0.25 here, where `nn.PReLU()` starts, whatever alpha says. Use the alpha that is given.")
def parameter_of_its_own():
    def prelu(X, alpha):
        return nn.PReLU()(X)


@wrong(
    hint="alpha was made a number or cut from the graph, so no gradient reaches it. Calculate with the tensor itself."
)
def alpha_as_a_number():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha.item() * X)


@wrong(
    hint="alpha was made a number or cut from the graph, so no gradient reaches it. Calculate with the tensor itself."
)
def alpha_as_an_option():
    def prelu(X, alpha):
        return nn.functional.leaky_relu(X, float(alpha))


@wrong(
    hint="alpha was made a number or cut from the graph, so no gradient reaches it. Calculate with the tensor itself."
)
def alpha_detached():
    def prelu(X, alpha):
        return torch.maximum(X, torch.zeros_like(X)) + alpha.detach() * torch.minimum(X, torch.zeros_like(X))


@wrong(hint="X was cut from the graph, so its gradient is missing or wrong. Gradients must reach both X and alpha.")
def input_detached():
    def prelu(X, alpha):
        return X.detach().clamp(min=0) + alpha * X.detach().clamp(max=0)


@wrong(hint="This is ELU: an exponential on the negative side. PReLU has a straight line there.")
def exponential_linear_unit():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha * (torch.exp(X) - 1))


@wrong(hint="This changes the tensor it was given. Make a new tensor and leave X as it was.")
def changes_its_input():
    def prelu(X, alpha):
        X[X < 0] *= alpha
        return X


@wrong(hint="An `if` wants one yes or no and cannot decide for a whole tensor. Choose entry by entry.")
def prelu_python_if():
    def prelu(X, alpha):
        if X > 0:
            return X
        return alpha * X


@wrong(
    hint="Your zeros lie on the CPU, wherever X lies. Make them like X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def prelu_zeros_on_the_cpu():
    def prelu(X, alpha):
        zero = torch.zeros(X.shape, dtype=X.dtype)
        return torch.maximum(X, zero) + alpha * torch.minimum(X, zero)
