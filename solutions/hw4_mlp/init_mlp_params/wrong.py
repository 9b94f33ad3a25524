import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="The weights required a gradient before they were scaled, so what you return is no leaf and never gets a "
    ".grad. Scale first."
)
def scaled_after_asking_for_gradients():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn(num_inputs, num_hiddens, requires_grad=True) * sigma
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.randn(num_hiddens, num_outputs, requires_grad=True) * sigma
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(
    hint="The weights required a gradient before they were scaled, so what you return is no leaf and never gets a "
    ".grad. Scale first."
)
def scaled_after_making_a_parameter():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens)) * sigma
        b1 = nn.Parameter(torch.zeros(num_hiddens))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs)) * sigma
        b2 = nn.Parameter(torch.zeros(num_outputs))
        return [W1, b1, W2, b2]


@wrong(hint="The weights start at zero. Then all hidden units stay equal for ever; draw them at random.")
def zeros_for_weights():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.zeros(num_inputs, num_hiddens, requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.zeros(num_hiddens, num_outputs, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="All weights start equal. Then all hidden units stay equal for ever; draw them at random.")
def one_constant_for_weights():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = [
            torch.full((num_inputs, num_hiddens), sigma),
            torch.zeros(num_hiddens),
            torch.full((num_hiddens, num_outputs), sigma),
            torch.zeros(num_outputs),
        ]
        return [p.requires_grad_() for p in params]


@wrong(hint="The biases are learned too. All four parameters must require a gradient.")
def biases_without_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        return [W1, torch.zeros(num_hiddens), W2, torch.zeros(num_outputs)]


@wrong(hint="None of these requires a gradient, so nothing can be learned. Ask for it.")
def nothing_requires_a_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn(num_inputs, num_hiddens) * sigma
        W2 = torch.randn(num_hiddens, num_outputs) * sigma
        return [W1, torch.zeros(num_hiddens), W2, torch.zeros(num_outputs)]


@wrong(
    hint="The weights' standard deviation is 1, whatever sigma is. (With one number, `normal_` takes it for the mean.)"
)
def sigma_forgotten():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        shapes = [(num_inputs, num_hiddens), (num_hiddens, num_outputs)]
        W1, W2 = (torch.randn(shape).requires_grad_() for shape in shapes)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="The standard deviation is 0.01 whatever sigma says. Use the argument.")
def sigma_fixed():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * 0.01)
        b1 = nn.Parameter(torch.zeros(num_hiddens))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * 0.01)
        b2 = nn.Parameter(torch.zeros(num_outputs))
        return [W1, b1, W2, b2]


@wrong(
    hint="Here sigma squared became the standard deviation. sigma is the standard deviation; its square is the "
    "variance."
)
def sigma_squared():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0, sigma**2, (num_inputs, num_hiddens)).requires_grad_()
        b1 = torch.zeros(num_hiddens).requires_grad_()
        W2 = torch.normal(0, sigma**2, (num_hiddens, num_outputs)).requires_grad_()
        b2 = torch.zeros(num_outputs).requires_grad_()
        return [W1, b1, W2, b2]


@wrong(hint="Here sigma became the variance. sigma is the standard deviation; its square is the variance.")
def sigma_as_variance():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, num_hiddens) * sigma**0.5).requires_grad_()
        b1 = torch.zeros(num_hiddens).requires_grad_()
        W2 = (torch.randn(num_hiddens, num_outputs) * sigma**0.5).requires_grad_()
        b2 = torch.zeros(num_outputs).requires_grad_()
        return [W1, b1, W2, b2]


@wrong(
    hint="`rand` draws evenly from 0 to 1, so every weight is positive. Draw from a normal distribution with mean 0."
)
def drawn_evenly():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.rand(num_inputs, num_hiddens) * sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = (torch.rand(num_hiddens, num_outputs) * sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="Mean and spread are right, but the draws are even over an interval. A normal distribution is asked for.")
def drawn_evenly_with_the_right_spread():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        bound = 3**0.5 * sigma
        W1 = torch.empty(num_inputs, num_hiddens).uniform_(-bound, bound).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.empty(num_hiddens, num_outputs).uniform_(-bound, bound).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(
    hint="The weights' standard deviation is 1, whatever sigma is. (With one number, `normal_` takes it for the mean.)"
)
def sigma_taken_for_the_mean():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.empty(num_inputs, num_hiddens).normal_(sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.empty(num_hiddens, num_outputs).normal_(sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="The weights are stored as (outputs, inputs), as nn.Linear does it. Here they are (inputs, outputs).")
def weights_transposed():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_hiddens, num_inputs), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_outputs, num_hiddens), requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="The biases have two axes here. They are vectors, with one entry per unit.")
def biases_as_rows():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        b1 = torch.zeros(1, num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b2 = torch.zeros(1, num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="The biases are drawn at random, too. They start at 0; the weights alone break the symmetry.")
def random_biases():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        shapes = [(num_inputs, num_hiddens), (num_hiddens,), (num_hiddens, num_outputs), (num_outputs,)]
        return [torch.normal(0.0, sigma, shape, requires_grad=True) for shape in shapes]


@wrong(hint="The order is W1, W2, b1, b2 here. Return W1, b1, W2, b2.")
def weights_before_biases():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, W2, b1, b2]


@wrong(
    hint="The random generator is seeded inside the function, so every call draws the same weights. Leave the seed to "
    "the caller."
)
def seed_inside():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        torch.manual_seed(42)
        W1 = torch.normal(0.0, sigma, (num_inputs, num_hiddens), requires_grad=True)
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.normal(0.0, sigma, (num_hiddens, num_outputs), requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="All hidden units share one column of weights, so they stay equal for ever. Draw every entry.")
def one_column_for_all_units():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, 1) * sigma).repeat(1, num_hiddens).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = (torch.randn(num_hiddens, num_outputs) * sigma).requires_grad_()
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="sigma is used for the first layer only. Both weights are drawn with standard deviation sigma.")
def second_layer_not_scaled():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = (torch.randn(num_inputs, num_hiddens) * sigma).requires_grad_()
        b1 = torch.zeros(num_hiddens, requires_grad=True)
        W2 = torch.randn(num_hiddens, num_outputs, requires_grad=True)
        b2 = torch.zeros(num_outputs, requires_grad=True)
        return [W1, b1, W2, b2]


@wrong(hint="These are even draws between -sigma and sigma. Draw from a normal distribution with deviation sigma.")
def uniform_within_sigma():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.empty(num_inputs, num_hiddens).uniform_(-sigma, sigma).requires_grad_()
        W2 = torch.empty(num_hiddens, num_outputs).uniform_(-sigma, sigma).requires_grad_()
        return [W1, torch.zeros(num_hiddens, requires_grad=True), W2, torch.zeros(num_outputs, requires_grad=True)]


@wrong(hint="The biases are ones. They start at 0.")
def biases_of_ones():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1, W2 = torch.randn(num_inputs, num_hiddens) * sigma, torch.randn(num_hiddens, num_outputs) * sigma
        return [p.requires_grad_() for p in (W1, torch.ones(num_hiddens), W2, torch.ones(num_outputs))]
