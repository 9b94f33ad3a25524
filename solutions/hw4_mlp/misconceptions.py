"""Wrong answers of hw4_mlp that students really give, each with the hint it earns."""

# ruff: noqa: F841 (the body of each function is what a student wrote)

import torch
from torch import nn

from autograder.authoring.answers import misconception

# ---------------------------------------------------------------------------------------------- relu


@misconception("relu", hint="This is |x|. Negative entries must become 0; they must not change sign.")
def absolute_value():
    def relu(X):
        return X.abs()


@misconception(
    "relu", hint="Negative entries keep a small slope here: this is a leaky ReLU. They must become exactly 0."
)
def leaky_slope():
    def relu(X):
        return torch.where(X > 0, X, 0.01 * X)


@misconception(
    "relu", hint="Negative entries keep a small slope here: this is a leaky ReLU. They must become exactly 0."
)
def leaky_slope_by_maximum():
    def relu(X):
        return torch.maximum(X, 0.1 * X)


@misconception(
    "relu", hint="This writes zeros into the tensor it was given. Make a new tensor and leave X as it was."
)
def writes_into_its_input():
    def relu(X):
        X[X < 0] = 0
        return X


@misconception(
    "relu", hint="A method that ends in an underscore changes X itself. Use one that returns a new tensor."
)
def clamps_in_place():
    def relu(X):
        return X.clamp_(min=0)


@misconception(
    "relu",
    hint="Going through `.data` hides the change from autograd, but X is still changed. Make a new tensor.",
)
def writes_through_data():
    def relu(X):
        X.data[X.data < 0] = 0
        return X


@misconception(
    "relu",
    hint="Python's `max` wants one yes or no and cannot compare a whole tensor. Compare entry by entry.",
)
def python_max():
    def relu(X):
        return max(X, 0)


@misconception(
    "relu", hint="An `if` wants one yes or no and cannot decide for a whole tensor. Choose entry by entry."
)
def python_if():
    def relu(X):
        return X if X > 0 else torch.zeros_like(X)


@misconception(
    "relu",
    hint="With a number as second argument, `torch.max` takes it for an axis. It wants a "
    "tensor to compare with.",
)
def number_taken_for_an_axis():
    def relu(X):
        return torch.max(X, 0)


@misconception(
    "relu", hint="`torch.maximum` compares two tensors. A plain number must first become a tensor like X."
)
def maximum_with_a_number():
    def relu(X):
        return torch.maximum(X, 0)


@misconception(
    "relu",
    hint="The zeros here are float32, so integers come back as floats. Make zeros that have the dtype of X.",
)
def zeros_of_fixed_dtype():
    def relu(X):
        return torch.maximum(X, torch.zeros(X.shape))


@misconception(
    "relu",
    hint="The result is float32 whatever came in. It must have the dtype of X: integers stay integers.",
)
def always_float32():
    def relu(X):
        return X.float().clamp(min=0)


@misconception(
    "relu",
    hint="Going through the tensor row by row fails for a single number (0-d). Work on the "
    "whole tensor at once.",
)
def row_by_row():
    def relu(X):
        return torch.stack([torch.maximum(row, torch.zeros_like(row)) for row in X])


@misconception(
    "relu",
    hint="A new tensor made from plain numbers has lost its history, so no gradient flows. "
    "Stay with tensor operations.",
)
def rebuilt_from_numbers():
    def relu(X):
        flat = [max(value, 0) for value in X.flatten().tolist()]
        return torch.tensor(flat, dtype=X.dtype).reshape(X.shape)


@misconception("relu", hint="`detach` cuts the graph, so no gradient reaches X. Leave it out.")
def detached():
    def relu(X):
        return X.detach().clamp(min=0)


@misconception("relu", hint="Under `no_grad` nothing is recorded, so no gradient reaches X. Leave it out.")
def without_a_graph():
    def relu(X):
        with torch.no_grad():
            return X.clamp(min=0)


@misconception(
    "relu", hint="This answers whether x is positive, with 1 or 0. A positive entry must keep its value."
)
def step_function():
    def relu(X):
        return (X > 0).to(X.dtype)


@misconception("relu", hint="This keeps the negative entries. It is the positive ones that stay.")
def smaller_of_the_two():
    def relu(X):
        return torch.minimum(X, torch.zeros_like(X))


@misconception(
    "relu", hint="This cuts values above 6 (ReLU6). A positive entry must keep its value, however large."
)
def cut_at_six():
    def relu(X):
        return X.clamp(0, 6)


@misconception("relu", hint="This cuts values above 1. A positive entry must keep its value, however large.")
def cut_at_one():
    def relu(X):
        return X.clamp(0, 1)


@misconception(
    "relu",
    hint="This is softplus, a smooth relative. ReLU has a corner: exactly 0 on the left, "
    "exactly x on the right.",
)
def softplus():
    def relu(X):
        return torch.log(1 + torch.exp(X))


@misconception(
    "relu", hint="The positive entries were picked out, so the shape is lost. Every entry keeps its place."
)
def drops_the_negative_entries():
    def relu(X):
        return X[X > 0]


@misconception(
    "relu", hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations."
)
def built_in():
    def relu(X):
        return torch.relu(X)


@misconception(
    "relu", hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations."
)
def built_in_functional():
    import torch.nn.functional as F

    def relu(X):
        return F.relu(X)


@misconception(
    "relu", hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations."
)
def built_in_module():
    relu = nn.ReLU()


@misconception(
    "relu", hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations."
)
def built_in_method():
    def relu(X):
        return X.relu()


@misconception(
    "relu", hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations."
)
def built_in_on_a_copy():
    def relu(X):
        return torch.relu_(X.clone())


# ------------------------------------------------------------------------------------------- sigmoid


@misconception(
    "sigmoid", hint="The sign of the exponent is turned around, so this falls from 1 to 0. The sigmoid rises."
)
def sign_of_the_exponent():
    def sigmoid(X):
        return 1 / (1 + torch.exp(X))


@misconception(
    "sigmoid", hint="The sign is turned around: this is 1 minus the sigmoid, which falls. The sigmoid rises."
)
def falling_but_stable():
    def sigmoid(X):
        return torch.special.expit(-X)


@misconception(
    "sigmoid",
    hint="This is the formula as it stands. For x = -100 exp overflows and the gradient "
    "becomes nan. Keep every exponent at or below 0.",
)
def overflow():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X))


@misconception(
    "sigmoid",
    hint="This is the formula as it stands. For x = -100 exp overflows and the gradient "
    "becomes nan. Keep every exponent at or below 0.",
)
def overflow_written_with_powers():
    def sigmoid(X):
        return (1 + torch.e ** (-X)) ** -1


@misconception(
    "sigmoid",
    hint="The second form overflows for x = 100, where it computes inf / inf. Use it for "
    "negative entries only.",
)
def overflow_on_the_right():
    def sigmoid(X):
        return torch.exp(X) / (1 + torch.exp(X))


@misconception(
    "sigmoid",
    hint="`torch.where` computes both branches, and the gradient passes through both. Make the "
    "exponent safe before exp sees it.",
)
def overflow_in_the_other_branch():
    def sigmoid(X):
        return torch.where(X >= 0, 1 / (1 + torch.exp(-X)), torch.exp(X) / (1 + torch.exp(X)))


@misconception(
    "sigmoid",
    hint="Replacing nan afterwards hides the overflow, but neither the value nor the gradient "
    "is right there. Avoid the overflow.",
)
def nan_painted_over():
    def sigmoid(X):
        return torch.nan_to_num(torch.exp(X) / (1 + torch.exp(X)))


@misconception(
    "sigmoid",
    hint="A small number in the denominator changes the values and does not stop exp from "
    "overflowing. Keep every exponent at or below 0.",
)
def epsilon_in_the_denominator():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X) + 1e-3)


@misconception(
    "sigmoid",
    hint="The inputs are cut so early that the result never comes close to 0 or 1. Cut far "
    "later, or not at all.",
)
def cut_too_early():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.clamp(-6, 6)))


@misconception(
    "sigmoid",
    hint="Division comes before addition, so this is 1 + exp(-x). Put the denominator in parentheses.",
)
def missing_parentheses():
    def sigmoid(X):
        return 1 / 1 + torch.exp(-X)


@misconception("sigmoid", hint="This is tanh, from -1 to 1. The sigmoid runs from 0 to 1.")
def tanh_instead():
    def sigmoid(X):
        return torch.tanh(X)


@misconception(
    "sigmoid",
    hint="The shape is right, but this is twice as steep as the sigmoid. Compare it with the formula at x = 1.",
)
def twice_as_steep():
    def sigmoid(X):
        return (1 + torch.tanh(X)) / 2


@misconception(
    "sigmoid", hint="This is made of straight lines. The sigmoid is a smooth curve with an exponential in it."
)
def hard_sigmoid():
    def sigmoid(X):
        return (0.25 * X + 0.5).clamp(0, 1)


@misconception(
    "sigmoid",
    hint="This shares one unit of probability among all entries, as softmax does. The sigmoid "
    "treats each entry alone.",
)
def softmax_instead():
    def sigmoid(X):
        Z = torch.exp(X - X.max())
        return Z / Z.sum()


@misconception("sigmoid", hint="`math.exp` takes one number. For a tensor use an operation of torch.")
def math_exp():
    import math

    def sigmoid(X):
        return 1 / (1 + math.exp(-X))


@misconception(
    "sigmoid", hint="Through numpy the graph is lost, so no gradient reaches X. Stay with tensor operations."
)
def through_numpy():
    import numpy as np

    def sigmoid(X):
        return torch.from_numpy(np.asarray(1 / (1 + np.exp(-np.clip(X.detach().numpy(), -80, 80)))))


@misconception(
    "sigmoid", hint="The graph is cut here, so no gradient reaches X. The result must stay part of the graph."
)
def detached_sigmoid():
    def sigmoid(X):
        X = X.detach()
        return 1 / (1 + torch.exp(-X.clamp(min=-80)))


@misconception(
    "sigmoid",
    hint="The detour over float64 helps, but the result stays float64. It must have the dtype of X.",
)
def stays_in_float64():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.double()))


@misconception("sigmoid", hint="This works in place and changes X. Make new tensors.")
def in_place_chain():
    def sigmoid(X):
        return X.neg_().exp_().add_(1).reciprocal_()


@misconception("sigmoid", hint="This calls PyTorch's own sigmoid. Write it yourself from exp.")
def built_in_sigmoid():
    def sigmoid(X):
        return torch.sigmoid(X)


@misconception("sigmoid", hint="This calls PyTorch's own sigmoid. Write it yourself from exp.")
def built_in_sigmoid_module():
    class Sigmoid(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Sigmoid()

        def forward(self, X):
            return self.layer(X)

    sigmoid = Sigmoid()


@misconception("sigmoid", hint="This calls PyTorch's own sigmoid. Write it yourself from exp.")
def built_in_sigmoid_method():
    def sigmoid(X):
        return X.clone().sigmoid_()


@misconception("sigmoid", hint="`expit` is another name for the sigmoid. Write it yourself from exp.")
def built_in_expit():
    from torch.special import expit

    def sigmoid(X):
        return expit(X)


# ---------------------------------------------------------------------------------------------- tanh


@misconception(
    "tanh",
    hint="This is the sigmoid, from 0 to 1. It is a relative and not the same: tanh runs from -1 to 1.",
)
def sigmoid_passed_off():
    def tanh(X):
        return torch.sigmoid(X)


@misconception(
    "tanh",
    hint="This is the sigmoid, from 0 to 1. It is a relative and not the same: tanh runs from -1 to 1.",
)
def sigmoid_formula_passed_off():
    def tanh(X):
        return 1 / (1 + torch.exp(-X))


@misconception(
    "tanh",
    hint="This is the sigmoid with its input scaled. Its output must be scaled and shifted "
    "too, to run from -1 to 1.",
)
def output_not_scaled():
    def tanh(X):
        return torch.sigmoid(2 * X)


@misconception("tanh", hint="This is half as steep as tanh. The factor 2 on x is missing.")
def factor_two_missing():
    def tanh(X):
        return 2 * torch.sigmoid(X) - 1


@misconception("tanh", hint="This is half as steep as tanh. The factor 2 on x is missing.")
def factor_two_missing_in_the_formula():
    def tanh(X):
        return (1 - torch.exp(-X)) / (1 + torch.exp(-X))


@misconception("tanh", hint="This is the sigmoid shifted, from -0.5 to 0.5. Tanh is also scaled.")
def shifted_only():
    def tanh(X):
        return torch.sigmoid(2 * X) - 0.5


@misconception(
    "tanh", hint="The sign of the exponent is turned around, so this falls from 1 to -1. Tanh rises."
)
def falling():
    def tanh(X):
        Z = torch.exp(2 * X)
        return (1 - Z) / (1 + Z)


@misconception("tanh", hint="Numerator and denominator are exchanged. Tanh stays between -1 and 1.")
def upside_down():
    def tanh(X):
        Z = torch.exp(-2 * X)
        return (1 + Z) / (1 - Z)


@misconception(
    "tanh",
    hint="This is the formula as it stands. At x = -100 it computes -inf / inf, which is nan. "
    "Keep every exponent at or below 0.",
)
def tanh_overflow():
    def tanh(X):
        return (1 - torch.exp(-2 * X)) / (1 + torch.exp(-2 * X))


@misconception(
    "tanh",
    hint="For large x both exponentials overflow, and inf / inf is nan. Keep every exponent at or below 0.",
)
def tanh_overflow_on_both_sides():
    def tanh(X):
        return (torch.exp(X) - torch.exp(-X)) / (torch.exp(X) + torch.exp(-X))


@misconception(
    "tanh",
    hint="sinh and cosh overflow for large x, and inf / inf is nan. Keep every exponent at or below 0.",
)
def sinh_by_cosh():
    def tanh(X):
        return torch.sinh(X) / torch.cosh(X)


@misconception(
    "tanh",
    hint="`torch.where` computes both branches, and the gradient passes through both. Make the "
    "exponent safe before exp sees it.",
)
def tanh_overflow_in_the_other_branch():
    def tanh(X):
        P, N = torch.exp(2 * X), torch.exp(-2 * X)
        return torch.where(X >= 0, (1 - N) / (1 + N), (P - 1) / (P + 1))


@misconception(
    "tanh", hint="With |x| in the exponent the sign is lost: negative inputs must give negative outputs."
)
def sign_lost():
    def tanh(X):
        Z = torch.exp(-2 * X.abs())
        return (1 - Z) / (1 + Z)


@misconception(
    "tanh",
    hint="The inputs are cut so early that the result never comes close to -1 or 1. Cut far "
    "later, or not at all.",
)
def tanh_cut_too_early():
    def tanh(X):
        Z = torch.exp(-2 * X.clamp(-3, 3))
        return (1 - Z) / (1 + Z)


@misconception("tanh", hint="This is made of straight lines (hardtanh). Tanh is a smooth curve.")
def hard_tanh():
    def tanh(X):
        return X.clamp(-1, 1)


@misconception(
    "tanh", hint="This is the tangent of an angle. The hyperbolic tangent is made of exponentials."
)
def tangent_of_an_angle():
    def tanh(X):
        return torch.tan(X)


@misconception(
    "tanh", hint="The graph is cut here, so no gradient reaches X. The result must stay part of the graph."
)
def tanh_detached():
    def tanh(X):
        with torch.no_grad():
            Z = torch.exp(-2 * X.clamp(min=-40))
            return (1 - Z) / (1 + Z)


@misconception("tanh", hint="This calls PyTorch's own tanh. Write it yourself from exp.")
def built_in_tanh():
    def tanh(X):
        return torch.tanh(X)


@misconception("tanh", hint="This calls PyTorch's own tanh. Write it yourself from exp.")
def built_in_tanh_module():
    tanh = nn.Tanh()


@misconception("tanh", hint="This calls PyTorch's own tanh. Write it yourself from exp.")
def built_in_tanh_method():
    def tanh(X):
        return X.tanh()


# --------------------------------------------------------------------------------------------- prelu


@misconception(
    "prelu", hint="The larger of x and alpha x is PReLU only for alpha from 0 to 1. Decide by the sign of x."
)
def larger_of_x_and_alpha_x():
    def prelu(X, alpha):
        return torch.maximum(X, alpha * X)


@misconception(
    "prelu", hint="The larger of x and alpha x is PReLU only for alpha from 0 to 1. Decide by the sign of x."
)
def larger_of_x_and_alpha_x_by_where():
    def prelu(X, alpha):
        return torch.where(X > alpha * X, X, alpha * X)


@misconception(
    "prelu",
    hint="Here alpha sits on the positive side. Positive entries stay as they are; alpha "
    "belongs to the negative ones.",
)
def alpha_on_the_positive_side():
    def prelu(X, alpha):
        return torch.where(X > 0, alpha * X, X)


@misconception(
    "prelu",
    hint="Here alpha sits on the positive side. Positive entries stay as they are; alpha "
    "belongs to the negative ones.",
)
def alpha_on_the_positive_side_in_the_formula():
    def prelu(X, alpha):
        return alpha * X.clamp(min=0) + X.clamp(max=0)


@misconception("prelu", hint="Here alpha scales both sides. It belongs to the negative part only.")
def alpha_on_both_sides():
    def prelu(X, alpha):
        return alpha * (X.clamp(min=0) + X.clamp(max=0))


@misconception(
    "prelu", hint="The negative part has the wrong sign: min(0, x) is already negative, and it is added."
)
def negative_part_subtracted():
    def prelu(X, alpha):
        return X.clamp(min=0) - alpha * X.clamp(max=0)


@misconception(
    "prelu", hint="The negative part has the wrong sign: min(0, x) is already negative, and it is added."
)
def negative_part_turned_positive():
    def prelu(X, alpha):
        return torch.relu(X) + alpha * torch.relu(-X)


@misconception(
    "prelu",
    hint="alpha x is added for positive entries too. Only the negative part, min(0, x), gets the factor.",
)
def alpha_x_added_everywhere():
    def prelu(X, alpha):
        return X.clamp(min=0) + alpha * X


@misconception("prelu", hint="Negative entries become alpha itself. They must become alpha times x.")
def alpha_without_x():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha)


@misconception(
    "prelu", hint="This is ReLU: alpha has no effect. The negative part must come through, alpha times."
)
def alpha_forgotten():
    def prelu(X, alpha):
        return X.clamp(min=0)


@misconception("prelu", hint="This is the leaky ReLU with its fixed slope. Use the alpha that is given.")
def fixed_slope():
    def prelu(X, alpha):
        return nn.functional.leaky_relu(X)


@misconception(
    "prelu",
    hint="`nn.PReLU()` makes a parameter of its own, which starts at 0.25. Use the alpha that is given.",
)
def parameter_of_its_own():
    def prelu(X, alpha):
        return nn.PReLU()(X)


@misconception(
    "prelu",
    hint="alpha was turned into a plain number, so no gradient reaches it. Calculate with the tensor itself.",
)
def alpha_as_a_number():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha.item() * X)


@misconception(
    "prelu",
    hint="alpha was turned into a plain number, so no gradient reaches it. Calculate with the tensor itself.",
)
def alpha_as_an_option():
    def prelu(X, alpha):
        return nn.functional.leaky_relu(X, float(alpha))


@misconception(
    "prelu", hint="alpha was cut from the graph, so no gradient reaches it. Leave out `detach` and `data`."
)
def alpha_detached():
    def prelu(X, alpha):
        return torch.maximum(X, torch.zeros_like(X)) + alpha.detach() * torch.minimum(X, torch.zeros_like(X))


@misconception(
    "prelu",
    hint="X was cut from the graph, so its gradient is missing or wrong. Gradients must reach "
    "both X and alpha.",
)
def input_detached():
    def prelu(X, alpha):
        return X.detach().clamp(min=0) + alpha * X.detach().clamp(max=0)


@misconception(
    "prelu", hint="This is ELU: an exponential on the negative side. PReLU has a straight line there."
)
def exponential_linear_unit():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha * (torch.exp(X) - 1))


@misconception("prelu", hint="This changes the tensor it was given. Make a new tensor and leave X as it was.")
def changes_its_input():
    def prelu(X, alpha):
        X[X < 0] *= alpha
        return X


@misconception(
    "prelu", hint="An `if` wants one yes or no and cannot decide for a whole tensor. Choose entry by entry."
)
def prelu_python_if():
    def prelu(X, alpha):
        if X > 0:
            return X
        return alpha * X


# ------------------------------------------------------------------------------- activation_gradient


@misconception(
    "activation_gradient",
    hint="`backward` starts from one number, and f(X) is a whole tensor. Sum first, or pass an "
    "upstream gradient of ones.",
)
def needs_a_scalar_output():
    def activation_gradient(f, X):
        x = X.detach().requires_grad_(True)
        f(x).backward()
        return x.grad


@misconception(
    "activation_gradient",
    hint="`backward` adds to the .grad that is already there, so the second call is too large. "
    "Start from a fresh leaf each time.",
)
def accumulates():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).sum().backward()
        return X.grad


@misconception(
    "activation_gradient",
    hint="`backward` adds to the .grad that is already there, so the second call is too large. "
    "Start from a fresh leaf each time.",
)
def accumulates_with_ones():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).backward(torch.ones_like(X), retain_graph=True)
        return X.grad.clone()


@misconception(
    "activation_gradient",
    hint="The .grad was set to zero while it was still your result: both names are one tensor. "
    "Copy it before, or zero it at the start.",
)
def zeroed_before_it_is_returned():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).sum().backward()
        gradient = X.grad
        X.grad.zero_()
        return gradient


@misconception(
    "activation_gradient",
    hint="The mean divides every slope by the number of entries. Each slope must come out whole.",
)
def mean_instead_of_sum():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).mean().backward()
        return x.grad


@misconception(
    "activation_gradient",
    hint="The slopes were added up to one number. Return one slope for each entry of X.",
)
def slopes_added_up():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).sum().backward()
        return x.grad.sum()


@misconception(
    "activation_gradient",
    hint="X may be a plain tensor that does not require a gradient. Ask for it yourself, on a "
    "leaf of your own.",
)
def gradient_not_asked_for():
    def activation_gradient(f, X):
        return torch.autograd.grad(f(X).sum(), X)[0]


@misconception(
    "activation_gradient",
    hint="If X already requires a gradient, its clone is no leaf and gets no .grad. Detach it first.",
)
def clone_is_no_leaf():
    def activation_gradient(f, X):
        x = X.clone()
        x.requires_grad_(True)
        f(x).sum().backward()
        return x.grad


@misconception(
    "activation_gradient",
    hint="`torch.autograd.grad` returns a tuple with one gradient per input. Return the tensor in it.",
)
def tuple_returned():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        return torch.autograd.grad(f(x).sum(), x)


@misconception("activation_gradient", hint="`backward` returns nothing. The slopes are in .grad afterwards.")
def returns_nothing():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        return f(x).sum().backward()


@misconception("activation_gradient", hint="This is the value of f. Its slope is asked for.")
def value_instead_of_slope():
    def activation_gradient(f, X):
        return f(X)


@misconception(
    "activation_gradient",
    hint="This is a difference quotient, an approximation. Let autograd compute the slope.",
)
def difference_quotient():
    def activation_gradient(f, X):
        with torch.no_grad():
            return (f(X + 1e-4) - f(X - 1e-4)) / 2e-4


@misconception(
    "activation_gradient",
    hint="This is the whole Jacobian, each output by each input. Only the slope of each entry "
    "by itself is asked for.",
)
def whole_jacobian():
    def activation_gradient(f, X):
        return torch.autograd.functional.jacobian(f, X)


@misconception(
    "activation_gradient",
    hint="X itself went in as the upstream gradient, so every slope is multiplied by x. Pass ones.",
)
def input_as_upstream_gradient():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).backward(X.detach())
        return x.grad


# ----------------------------------------------------------------------------------- init_mlp_params


@misconception(
    "init_mlp_params",
    hint="The weights required a gradient before they were scaled, so what you return is no "
    "leaf and never gets a .grad. Scale first.",
)
def scaled_after_asking_for_gradients():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn(num_inputs, num_hiddens, requires_grad=True) * sigma
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.randn(num_hiddens, num_outputs, requires_grad=True) * sigma
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="The weights required a gradient before they were scaled, so what you return is no "
    "leaf and never gets a .grad. Scale first.",
)
def scaled_after_making_a_parameter():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens)) * sigma
        b1 = nn.Parameter(torch.zeros(num_hiddens))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs)) * sigma
        b2 = nn.Parameter(torch.zeros(num_outputs))
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="The weights start at zero. Then all hidden units stay equal for ever; draw them at random.",
)
def zeros_for_weights():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.zeros(num_inputs, num_hiddens, requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.zeros(num_hiddens, num_outputs, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="All weights start equal. Then all hidden units stay equal for ever; draw them at random.",
)
def one_constant_for_weights():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = [
            torch.full((num_inputs, num_hiddens), sigma),
            torch.zeros(num_hiddens),
            torch.full((num_hiddens, num_outputs), sigma),
            torch.zeros(num_outputs),
        ]
        return [p.requires_grad_() for p in params]


@misconception(
    "init_mlp_params", hint="The biases are learned too. All four parameters must require a gradient."
)
def biases_without_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        return [W1, torch.zeros(num_hiddens), W2, torch.zeros(num_outputs)]


@misconception(
    "init_mlp_params", hint="None of these requires a gradient, so nothing can be learned. Ask for it."
)
def nothing_requires_a_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn(num_inputs, num_hiddens) * sigma
        W2 = torch.randn(num_hiddens, num_outputs) * sigma
        return [W1, torch.zeros(num_hiddens), W2, torch.zeros(num_outputs)]


@misconception("init_mlp_params", hint="The weights are not scaled by sigma: their standard deviation is 1.")
def sigma_forgotten():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        shapes = [(num_inputs, num_hiddens), (num_hiddens, num_outputs)]
        W1, W2 = (torch.randn(shape).requires_grad_() for shape in shapes)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params", hint="The standard deviation is 0.01 whatever sigma says. Use the argument."
)
def sigma_fixed():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * 0.01)
        b1 = nn.Parameter(torch.zeros(num_hiddens))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * 0.01)
        b2 = nn.Parameter(torch.zeros(num_outputs))
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="Here sigma squared became the standard deviation. sigma is the standard deviation; "
    "its square is the variance.",
)
def sigma_squared():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0, sigma**2, (num_inputs, num_hiddens)).requires_grad_()
        b1 = torch.zeros(num_hiddens).requires_grad_()
        W2 = torch.normal(0, sigma**2, (num_hiddens, num_outputs)).requires_grad_()
        b2 = torch.zeros(num_outputs).requires_grad_()
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="Here sigma became the variance. sigma is the standard deviation; its square is the variance.",
)
def sigma_as_variance():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, num_hiddens) * sigma**0.5).requires_grad_()
        b1 = torch.zeros(num_hiddens).requires_grad_()
        W2 = (torch.randn(num_hiddens, num_outputs) * sigma**0.5).requires_grad_()
        b2 = torch.zeros(num_outputs).requires_grad_()
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="`rand` draws evenly from 0 to 1, so every weight is positive. Draw from a normal "
    "distribution with mean 0.",
)
def drawn_evenly():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.rand(num_inputs, num_hiddens) * sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = (torch.rand(num_hiddens, num_outputs) * sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="Mean and spread are right, but the draws are even over an interval. A normal "
    "distribution is asked for.",
)
def drawn_evenly_with_the_right_spread():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        bound = 3**0.5 * sigma
        W1 = torch.empty(num_inputs, num_hiddens).uniform_(-bound, bound).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.empty(num_hiddens, num_outputs).uniform_(-bound, bound).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="sigma moved the mean: with one number, `normal_` takes it for the mean. It is the "
    "standard deviation that is meant.",
)
def sigma_taken_for_the_mean():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.empty(num_inputs, num_hiddens).normal_(sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.empty(num_hiddens, num_outputs).normal_(sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="The weights are stored as (outputs, inputs), as nn.Linear does it. Here they are "
    "(inputs, outputs).",
)
def weights_transposed():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_hiddens, num_inputs), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_outputs, num_hiddens), requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params", hint="The biases have two axes here. They are vectors, with one entry per unit."
)
def biases_as_rows():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        b1 = torch.zeros(1, num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b2 = torch.zeros(1, num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="The biases are drawn at random, too. They start at 0; the weights alone break the symmetry.",
)
def random_biases():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        shapes = [(num_inputs, num_hiddens), (num_hiddens,), (num_hiddens, num_outputs), (num_outputs,)]
        return [torch.normal(0.0, sigma, shape, requires_grad=True) for shape in shapes]


@misconception("init_mlp_params", hint="The order is W1, W2, b1, b2 here. Return W1, b1, W2, b2.")
def weights_before_biases():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, W2, b1, b2]


@misconception(
    "init_mlp_params",
    hint="The random generator is seeded inside the function, so every call draws the same "
    "weights. Leave the seed to the caller.",
)
def seed_inside():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        torch.manual_seed(42)
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="All hidden units share one column of weights, so they stay equal for ever. Draw every entry.",
)
def one_column_for_all_units():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, 1) * sigma).repeat(1, num_hiddens).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = (torch.randn(num_hiddens, num_outputs) * sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@misconception(
    "init_mlp_params",
    hint="sigma is used for the first layer only. Both weights are drawn with standard deviation sigma.",
)
def second_layer_not_scaled():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, num_hiddens) * sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.randn(num_hiddens, num_outputs, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


# --------------------------------------------------------------------------------------- mlp_forward


@misconception(
    "mlp_forward",
    hint="There is a relu on the output, so no score can be negative. The output layer stays linear.",
)
def relu_on_the_output():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return torch.relu(H @ W2 + b2)


@misconception(
    "mlp_forward",
    hint="There is no activation between the layers, so the network is one linear layer. Apply "
    "relu to the hidden layer.",
)
def no_relu():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (X.flatten(1) @ W1 + b1) @ W2 + b2


@misconception(
    "mlp_forward",
    hint="There is a softmax on top. The loss applies its own; the network returns the linear scores.",
)
def softmax_on_top():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return torch.softmax(H @ W2 + b2, dim=1)


@misconception(
    "mlp_forward",
    hint="There is a log-softmax on top. The loss applies its own; the network returns the linear scores.",
)
def log_softmax_on_top():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return nn.functional.log_softmax(H @ W2 + b2, dim=-1)


@misconception(
    "mlp_forward",
    hint="There is a relu on the output and none on the hidden layer. It is the other way round.",
)
def relu_on_the_wrong_layer():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = X.flatten(1) @ W1 + b1
        return torch.relu(H @ W2 + b2)


@misconception(
    "mlp_forward", hint="The relu is applied to the input. It belongs after the first linear layer."
)
def relu_on_the_input():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1)) @ W1 + b1
        return H @ W2 + b2


@misconception(
    "mlp_forward", hint="The bias is added after the relu. It belongs inside, before the activation."
)
def bias_after_relu():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1) + b1
        return H @ W2 + b2


@misconception("mlp_forward", hint="The hidden layer uses the sigmoid. The exercise asks for relu.")
def sigmoid_hidden_layer():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.sigmoid(X.flatten(1) @ W1 + b1)
        return H @ W2 + b2


@misconception("mlp_forward", hint="The biases are missing. Each layer adds its own.")
def biases_left_out():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return torch.relu(X.flatten(1) @ W1) @ W2


@misconception("mlp_forward", hint="The bias of the output layer is missing.")
def output_bias_left_out():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return torch.relu(X.flatten(1) @ W1 + b1) @ W2


@misconception(
    "mlp_forward",
    hint="X is not flattened, so only rows that are already flat fit. Turn each example into one row first.",
)
def not_flattened():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X @ W1 + b1)
        return H @ W2 + b2


@misconception(
    "mlp_forward",
    hint="All examples are flattened into one long row. The first axis must stay the number of examples.",
)
def flattens_the_batch_too():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten() @ W1 + b1)
        return H @ W2 + b2


@misconception(
    "mlp_forward",
    hint="The number of inputs is fixed at 784. Take it from the arguments, so that every network works.",
)
def fixed_number_of_inputs():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.reshape(-1, 784) @ W1 + b1)
        return H @ W2 + b2


@misconception(
    "mlp_forward",
    hint="`view` only works for memory that lies in order. X need not be contiguous: use "
    "something that copies when it must.",
)
def view_of_the_input():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.view(X.shape[0], -1) @ W1 + b1)
        return H @ W2 + b2


@misconception(
    "mlp_forward",
    hint="The axes are joined in the wrong place, so entries of different examples get mixed. "
    "Keep the first axis and join the others.",
)
def examples_on_the_last_axis():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        rows = X.reshape(-1, X.shape[0]).t()
        return torch.relu(rows @ W1 + b1) @ W2 + b2


@misconception(
    "mlp_forward",
    hint="Under `no_grad` nothing is recorded, so no gradient reaches the parameters. Leave it out.",
)
def forward_without_a_graph():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        with torch.no_grad():
            return torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2


@misconception(
    "mlp_forward",
    hint="The hidden layer is cut from the graph, so W1 and b1 never learn. Leave out `detach`.",
)
def hidden_layer_detached():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1).detach()
        return H @ W2 + b2


@misconception("mlp_forward", hint="This returns the class with the largest score. Return all the scores.")
def class_instead_of_scores():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2).argmax(dim=1)


@misconception(
    "mlp_forward",
    hint="With one example the first axis disappears. The result always has shape (n, num_outputs).",
)
def squeezes_a_single_example():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2).squeeze(0)


@misconception(
    "mlp_forward",
    hint="The input is turned into float32. It must keep its dtype: float64 in gives float64 out.",
)
def input_made_float32():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = [p.float() for p in params]
        return torch.relu(X.float().flatten(1) @ W1 + b1) @ W2 + b2


# ------------------------------------------------------------------------------------------ make_mlp


@misconception(
    "make_mlp",
    hint="Only the first linear layer was initialised. `apply` reaches both if your function "
    "acts on every linear layer.",
)
def first_layer_only():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net[1].apply(lambda layer: nn.init.normal_(layer.weight, std=0.01))
        return net


@misconception(
    "make_mlp",
    hint="Only the last linear layer was initialised. `apply` reaches both if your function "
    "acts on every linear layer.",
)
def last_layer_only():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        nn.init.normal_(net[-1].weight, std=0.01)
        return net


@misconception(
    "make_mlp",
    hint="The condition on the layer's type is never true, so PyTorch's own start is still "
    "there. Ask `isinstance(layer, nn.Linear)`.",
)
def type_compared_with_a_string():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if type(m) == "Linear":  # noqa: E721
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@misconception(
    "make_mlp",
    hint="The condition on the layer's type is never true, so PyTorch's own start is still "
    "there. Ask `isinstance(layer, nn.Linear)`.",
)
def type_compared_with_the_base_class():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if type(m) is nn.Module:
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@misconception("make_mlp", hint="PyTorch's own start is still there: no function was given to `apply`.")
def not_initialised():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        return nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )


@misconception(
    "make_mlp",
    hint="`apply` wants the function itself. With parentheses it was called at once, without a layer.",
)
def function_called_too_early():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights())
        return net


@misconception(
    "make_mlp",
    hint="`apply` calls the function for Flatten and ReLU too, and they have no weight. Ask "
    "first whether the layer is linear.",
)
def every_layer_is_taken_for_linear():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(lambda m: nn.init.normal_(m.weight, std=0.01))
        return net


@misconception(
    "make_mlp",
    hint="The second argument of `nn.init.normal_` is the mean. Here the weights have mean "
    "0.01 and standard deviation 1.",
)
def standard_deviation_as_mean():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@misconception(
    "make_mlp",
    hint="The standard deviation is 0.1 here, which makes the variance 0.01. The standard "
    "deviation itself should be 0.01.",
)
def variance_instead_of_standard_deviation():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01**0.5)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@misconception(
    "make_mlp", hint="The weights are drawn evenly from an interval. A normal distribution is asked for."
)
def uniform_weights():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.uniform_(m.weight, -0.01 * 3**0.5, 0.01 * 3**0.5)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(init_weights)
        return net


@misconception(
    "make_mlp",
    hint="This is Xavier's start, whose spread depends on the sizes. Here the standard "
    "deviation is 0.01 for both.",
)
def xavier_weights():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.xavier_normal_(m.weight)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception(
    "make_mlp", hint="There is no activation between the linear layers, so the network is one linear layer."
)
def relu_left_out():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception(
    "make_mlp", hint="There is a layer on top of the output. The last layer is the second linear one."
)
def softmax_layer_on_top():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(num_inputs, num_hiddens),
            nn.ReLU(),
            nn.Linear(num_hiddens, num_outputs),
            nn.Softmax(dim=1),
        )
        return net.apply(init_weights)


@misconception("make_mlp", hint="The images are not flattened. The first layer must do that.")
def flatten_left_out():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception("make_mlp", hint="The activation is tanh. The exercise asks for ReLU.")
def tanh_layer():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.Tanh(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception("make_mlp", hint="The sizes 784, 256 and 10 are fixed. Take them from the arguments.")
def fixed_sizes():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
        return net.apply(init_weights)


@misconception(
    "make_mlp",
    hint="The weights start at zero, so all hidden units stay equal for ever. Draw them at random.",
)
def weights_start_at_zero():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.zeros_(m.weight)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception(
    "make_mlp",
    hint="The random generator is seeded inside the function, so every call draws the same "
    "weights. Leave the seed to the caller.",
)
def seeded_network():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                torch.manual_seed(0)
                nn.init.normal_(m.weight, std=0.01)

        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        return net.apply(init_weights)


@misconception(
    "make_mlp",
    hint="The network is built once, outside, and every call returns the same one. Build a new "
    "one in the function.",
)
def one_network_for_all():
    nets = {}

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        def init_weights(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)

        sizes = (num_inputs, num_hiddens, num_outputs)
        if sizes not in nets:
            nets[sizes] = nn.Sequential(
                nn.Flatten(),
                nn.Linear(num_inputs, num_hiddens),
                nn.ReLU(),
                nn.Linear(num_hiddens, num_outputs),
            ).apply(init_weights)
        return nets[sizes]


@misconception("make_mlp", hint="The network is not returned. The last line of the function must do that.")
def network_not_returned():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU(), nn.Linear(num_hiddens, num_outputs)
        )
        net.apply(lambda m: nn.init.normal_(m.weight, std=0.01) if isinstance(m, nn.Linear) else None)


# ------------------------------------------------------------------------------------------- quizzes


@misconception(
    "weight_count", hint="The biases are counted here. Only the entries of weight matrices are asked for."
)
def biases_counted():
    weight_count = 65547010


@misconception(
    "weight_count", hint="Only the first layer is counted. The output layer has a weight matrix, too."
)
def one_matrix_only():
    weight_count = 65536000


@misconception(
    "weight_count",
    hint="A photo of 256 × 256 pixels has more than 256 inputs: flattened, every pixel is one.",
)
def one_side_of_the_photo():
    weight_count = 256 * 1000 + 1000 * 10


@misconception(
    "weight_count",
    hint="The sizes of all layers are multiplied. Each matrix joins two neighbouring layers, "
    "and the matrices add up.",
)
def everything_multiplied():
    weight_count = 65536 * 1000 * 10


@misconception(
    "weight_count",
    hint="This counts units: inputs, hidden units and outputs. Each input is joined to each "
    "hidden unit by a weight.",
)
def units_counted():
    weight_count = 65536 + 1000 + 10


@misconception(
    "weight_count",
    hint="This is a second weight matrix of inputs by outputs. The output layer sees the "
    "hidden units, not the inputs.",
)
def inputs_joined_to_outputs():
    weight_count = 65536 * 1000 + 65536 * 10


@misconception(
    "parameter_count", hint="These are the weights alone. Each hidden unit and each output has a bias, too."
)
def weights_alone():
    parameter_count = 65546000


@misconception("parameter_count", hint="The biases of the hidden layer are missing. Both layers have them.")
def output_biases_only():
    parameter_count = 65546010


@misconception("parameter_count", hint="The biases of the output layer are missing. Both layers have them.")
def hidden_biases_only():
    parameter_count = 65547000


@misconception("parameter_count", hint="The inputs got biases here. They compute nothing and have none.")
def biases_for_inputs():
    parameter_count = 65546000 + 65536 + 1000 + 10


@misconception("parameter_count", hint="One bias for each layer is too few. Each unit has its own.")
def one_bias_per_layer():
    parameter_count = 65546002


@misconception(
    "parameter_count",
    hint="A photo of 256 × 256 pixels has more than 256 inputs: flattened, every pixel is one.",
)
def one_side_of_the_photo_with_biases():
    parameter_count = 256 * 1000 + 1000 + 1000 * 10 + 10


@misconception(
    "activation_statement",
    hint="This statement is right: products of matrices are one matrix. Look for the wrong one.",
)
def linear_layers_collapse():
    activation_statement = "a"


@misconception(
    "activation_statement",
    hint="This statement is right: compare the slopes for positive inputs. Look for the wrong one.",
)
def relu_is_cheap():
    activation_statement = "c"


@misconception(
    "activation_statement",
    hint="This statement is right: the sigmoid's values lie in that interval. Look for the wrong one.",
)
def sigmoid_for_probabilities():
    activation_statement = "d"


@misconception(
    "sigmoid_slope",
    hint="This is the largest value of the sigmoid (and the largest slope of tanh). The slope "
    "of the sigmoid is asked for.",
)
def largest_value():
    sigmoid_slope = 1


@misconception("sigmoid_slope", hint="This is the sigmoid's value at 0. Its slope there is asked for.")
def value_at_zero():
    sigmoid_slope = 0.5


@misconception("sigmoid_slope", hint="This is the slope at x = 1. It is steeper elsewhere.")
def slope_at_one():
    sigmoid_slope = 0.1966


@misconception(
    "sigmoid_slope", hint="This is the largest slope of two sigmoid layers in a row. One is asked for."
)
def two_layers():
    sigmoid_slope = 0.0625
