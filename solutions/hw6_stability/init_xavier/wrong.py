import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="No layer is ever changed, or the call fails: nn.Linear() with parentheses builds a layer. Ask for the class."
)
def compares_with_a_call():
    def init_xavier(m):
        if type(m) == nn.Linear():  # noqa: E721
            m.weight.data.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.data.zero_()


@wrong(hint="No weight was changed: the condition never holds, or a name was bound anew. Fill the weights in place.")
def compares_with_text():
    def init_xavier(m):
        if type(m) == "Linear":  # noqa: E721
            m.weight.data.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.data.zero_()


@wrong(hint="The variance was given where the standard deviation is expected. Take the root.")
def variance_given_as_std():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, mean=0, std=2 / (m.in_features + m.out_features))
            nn.init.zeros_(m.bias)


@wrong(hint="The root was taken twice. xavier_std is the standard deviation already.")
def root_taken_twice():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features) ** 0.5)
            nn.init.zeros_(m.bias)


@wrong(hint="The variance uses fan_in only. It is 2 / (in + out).")
def init_by_fan_in():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=(1 / m.in_features) ** 0.5)
            nn.init.zeros_(m.bias)


@wrong(hint="The biases keep PyTorch's own start. Set them to 0.")
def biases_left():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features))


@wrong(hint="The weights come from a uniform distribution. Here the normal one is asked for.")
def uniform_instead_of_normal():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            bound = xavier_bound(m.in_features, m.out_features)
            nn.init.uniform_(m.weight, -bound, bound)
            nn.init.zeros_(m.bias)


@wrong(hint="Modules other than nn.Linear were changed, too. Leave them alone.")
def every_module_with_a_weight():
    def init_xavier(m):
        if hasattr(m, "weight"):
            fan_out, fan_in = m.weight.shape[0], m.weight[0].numel()
            nn.init.normal_(m.weight, std=(2 / (fan_in + fan_out)) ** 0.5)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


@wrong(hint="Convolutions were changed, too. Only nn.Linear is asked for.")
def convolutions_too():
    def init_xavier(m):
        if isinstance(m, (nn.Linear, nn.Conv2d)):
            fan_out, fan_in = m.weight.shape[0], m.weight[0].numel()
            nn.init.normal_(m.weight, std=(2 / (fan_in + fan_out)) ** 0.5)
            nn.init.zeros_(m.bias)


@wrong(hint="No weight was changed: the condition never holds, or a name was bound anew. Fill the weights in place.")
def assigns_to_a_name():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            weight, bias = m.weight, m.bias
            weight = torch.randn(weight.shape) * xavier_std(m.in_features, m.out_features)
            bias = torch.zeros_like(bias)


@wrong(
    hint="This is the built-in Xavier, by whatever name. Draw the weights yourself, from N(0, 2 / (in + out)).",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_xavier():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_normal_(m.weight)
            nn.init.zeros_(m.bias)


@wrong(hint="This calls nn.init's Xavier. Draw the weights yourself, from N(0, 2 / (in + out)).")
def built_in_uniform_xavier():
    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            nn.init.xavier_uniform_(m.weight)
            m.bias.data.fill_(0)


@wrong(hint="The weights no longer require a gradient. Use .data or torch.no_grad() instead of switching it off.")
def gradient_switched_off():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            m.requires_grad_(False)
            m.weight.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.zero_()


@wrong(hint="manual_seed in the function gives every layer of one shape the same weights. Leave the seed alone.")
def seeded_in_every_call():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            torch.manual_seed(0)
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features))
            nn.init.zeros_(m.bias)


@wrong(hint="apply already visits every module. This one looks for layers in a Sequential only.")
def looks_into_sequentials_only():
    def init_xavier(m):
        if isinstance(m, nn.Sequential):
            for layer in m:
                if isinstance(layer, nn.Linear):
                    nn.init.normal_(layer.weight, std=xavier_std(layer.in_features, layer.out_features))
                    nn.init.zeros_(layer.bias)


@wrong(
    hint="This is the built-in Xavier, by whatever name. Draw the weights yourself, from N(0, 2 / (in + out)).",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_under_another_name():
    fill = getattr(nn.init, "xavier_" + "normal_")

    def init_xavier(m, fill=fill):
        if isinstance(m, nn.Linear):
            fill(m.weight)
            nn.init.zeros_(m.bias)


@wrong(hint="The standard deviation is the same for every layer. Xavier's follows from the layer's two widths.")
def one_deviation_for_all():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=0.01)
            nn.init.zeros_(m.bias)


@wrong(hint="The standard deviation stands where the mean belongs: the mean comes first, and is 0.")
def deviation_given_as_mean():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, xavier_std(m.in_features, m.out_features))
            nn.init.zeros_(m.bias)


@wrong(hint="The biases are drawn like the weights. Set them to 0.")
def biases_drawn_too():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            for p in (m.weight, m.bias):
                nn.init.normal_(p, 0, xavier_std(m.in_features, m.out_features))


@wrong(hint="No weight was changed: the condition never holds, or a name was bound anew. Fill the weights in place.")
def returns_new_tensors():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            weight = torch.randn_like(m.weight) * xavier_std(m.in_features, m.out_features)
            return weight, torch.zeros_like(m.bias)


@wrong(hint="The variance uses fan_out only. It is 2 / (in + out).")
def init_by_fan_out():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, 0, m.out_features**-0.5)
            nn.init.zeros_(m.bias)


@wrong(hint="The 2 in the numerator is missing: the variance is 2 / (in + out).")
def two_missing_in_the_variance():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, 0, (m.in_features + m.out_features) ** -0.5)
            nn.init.zeros_(m.bias)
