import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="0 never occurs. Half of the weights should be exactly 0.")
def zero_never():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            with torch.no_grad():
                size = torch.empty_like(m.weight).uniform_(5, 10)
                sign = torch.randint_like(m.weight, 0, 2) * 2 - 1
                m.weight.copy_(size * sign)


@wrong(
    hint="The weights are uniform between -10 and 10. The part below 5 in magnitude is not set to 0 in the layer."
)
def nothing_cut():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)


@wrong(hint="The wrong part is cut: weights below 5 in magnitude are kept, the others become 0.")
def cut_at_the_wrong_side():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() <= 5


@wrong(hint="Negative weights are cut, too: the comparison forgets the magnitude.")
def magnitude_forgotten():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data >= 5


@wrong(hint="The bias is initialised as well. Only the weight should change.")
def biases_too():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            for p in m.parameters():
                nn.init.uniform_(p, -10, 10)
                p.data *= p.data.abs() >= 5


@wrong(hint="The bias is set to 0. It should stay as it was.")
def zero_bias():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5
            nn.init.zeros_(m.bias)


@wrong(
    hint="No weight was changed: the condition never holds, or a new tensor was filled. Fill m.weight in place."
)
def type_check_that_misses():
    def custom_init(m):
        if type(m) == "Linear":  # noqa: E721
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@wrong(hint="Every module with a weight is initialised. Only nn.Linear should be.")
def every_weight():
    def custom_init(m):
        if hasattr(m, "weight"):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@wrong(hint="One draw decides about the whole weight. Every entry should be drawn on its own.")
def one_draw_for_all():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            u = torch.rand(()).item()
            if u < 0.25:
                nn.init.uniform_(m.weight, 5, 10)
            elif u < 0.75:
                nn.init.zeros_(m.weight)
            else:
                nn.init.uniform_(m.weight, -10, -5)


@wrong(hint="One draw decides about a whole row. Every entry should be drawn on its own.")
def one_draw_for_a_row():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            keep = torch.rand(m.weight.shape[0], 1) < 0.5
            sides = m.weight.data.sign() * (m.weight.data.abs() / 2 + 5)
            m.weight.data = sides * keep.to(m.weight.dtype)


@wrong(hint="The three cases are equally likely here. They have the probabilities 1/4, 1/2 and 1/4.")
def a_third_each():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            sign = torch.randint(-1, 2, m.weight.shape).to(m.weight.dtype)
            size = torch.empty_like(m.weight.data).uniform_(5, 10)
            m.weight.data.copy_(sign * size)


@wrong(
    hint="The non-zero weights are not uniform: they are drawn from a normal law.",
    public=False,
    reason="How the numbers are spread within a side is left to the hidden tests: it takes statistics.",
)
def normal_sides():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            size = (7.5 + torch.randn_like(m.weight.data)).clamp(5, 10)
            sign = torch.randint(0, 2, m.weight.shape) * 2 - 1
            keep = torch.rand_like(m.weight.data) < 0.5
            m.weight.data.copy_(size * sign * keep)


@wrong(hint="Small weights are pushed to the border of 5, not set to 0.")
def pushed_to_the_border():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            w = m.weight.data
            w[w.abs() < 5] = 5


@wrong(
    hint="The weights are uniform between -10 and 10. The part below 5 in magnitude is not set to 0 in the layer."
)
def product_thrown_away():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data * (m.weight.data.abs() >= 5)


@wrong(hint="All entries of a column have the same sign. Each entry should be drawn on its own.")
def one_sign_for_a_column():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            size = torch.empty_like(m.weight).uniform_(5, 10)
            sign = torch.sign(torch.randn(m.in_features))
            m.weight.data = (size * sign * (torch.rand(size.shape) < 0.5)).to(m.weight.dtype).detach()


@wrong(
    hint="All entries of a row have the same magnitude. Each entry should be drawn on its own.",
    public=False,
    reason="How the numbers are spread within a side is left to the hidden tests: it takes statistics.",
)
def one_magnitude_for_a_row():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            u = torch.rand_like(m.weight)
            size = 5 + 5 * torch.rand(m.out_features, 1, dtype=u.dtype)
            with torch.no_grad():
                m.weight.copy_(size * (u < 0.25) - size * (u > 0.75))


@wrong(hint="No weight is ever negative. A quarter of them should lie between -10 and -5.")
def never_negative():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, 0, 10)
            m.weight.data *= m.weight.data >= 5


@wrong(hint="No weight was changed: the condition never holds, or a new tensor was filled. Fill m.weight in place.")
def fills_a_new_tensor():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            weight = torch.empty_like(m.weight).uniform_(-10, 10)
            weight = weight * (weight.abs() >= 5)


@wrong(hint="Every weight became 0. Each entry is drawn on its own, and only about half of them are 0.")
def everything_zero():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data[(m.weight < 5) | (m.weight > -5)] = 0


@wrong(hint="A half of the weights is positive and a quarter 0. It is the other way round.")
def zero_too_rarely():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            u, size = torch.rand(m.weight.shape), torch.empty_like(m.weight).uniform_(5, 10)
            signs = (u < 0.5).to(size) - (u >= 0.75).to(size)
            m.weight.data.copy_(signs * size)


@wrong(hint="No weight was changed: the condition never holds, or a new tensor was filled. Fill m.weight in place.")
def returns_a_new_tensor():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            weight = torch.empty_like(m.weight).uniform_(-10, 10)
            return weight * (weight.abs() >= 5)


@wrong(
    hint="All weights that are not 0 have the same magnitude. It is uniform, too: anything between 5 and 10.",
    public=False,
    reason="how the magnitudes are spread is left to the hidden tests: it takes statistics",
)
def one_magnitude_for_all():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            case = torch.randint(4, m.weight.shape)
            m.weight.data.copy_(7.5 * (case == 0).to(m.weight) - 7.5 * (case == 1).to(m.weight))
