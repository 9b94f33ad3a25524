"""Wrong answers that students give to hw6_stability, each with the hint that it earns."""

import torch
from torch import nn

from autograder.authoring.answers import misconception

# --- clip_gradients ------------------------------------------------------------------------------------


@misconception(
    "clip_gradients",
    hint="Each parameter is clipped by its own norm, which turns the step. Compute one norm from "
    "all gradients together.",
)
def norm_per_parameter():
    def clip_gradients(params, theta):
        total = 0.0
        for p in params:
            if p.grad is None:
                continue
            norm = p.grad.norm()
            total += norm.item() ** 2
            if norm > theta:
                p.grad[:] *= theta / norm
        return total**0.5


@misconception(
    "clip_gradients",
    hint="Gradients below the limit were scaled up to it. Scale only if the norm exceeds theta.",
)
def always_scaled():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        for p in params:
            p.grad *= theta / norm
        return norm.item()


@misconception(
    "clip_gradients",
    hint="Each entry was cut at theta, which turns the step. Multiply all gradients by one number.",
)
def clamped_by_value():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.pow(2).sum() for p in params).sqrt()
        for p in params:
            p.grad.clamp_(-theta, theta)
        return float(norm)


@misconception(
    "clip_gradients",
    hint="Each entry was cut at theta, which turns the step. Multiply all gradients by one number.",
)
def clamped_only_if_too_long():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.flatten() for p in params]).norm().item()
        if norm > theta:
            torch.nn.utils.clip_grad_value_(params, theta)
        return norm


@misconception(
    "clip_gradients",
    hint="The norm is the one after clipping. Return the norm that the gradients had before.",
)
def returns_the_norm_after():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return sum(p.grad.square().sum().item() for p in params) ** 0.5


@misconception("clip_gradients", hint="Nothing comes back. Return the norm before clipping.")
def returns_nothing():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad[...] *= theta / norm


@misconception(
    "clip_gradients",
    hint="A tensor comes back. Return a Python float; .item() makes one.",
)
def returns_a_tensor():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@misconception(
    "clip_gradients",
    hint="This breaks at a parameter whose .grad is None. Such parameters are skipped.",
)
def trips_over_none():
    def clip_gradients(params, theta):
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params)).item()
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@misconception("clip_gradients", hint="The root is missing: this is the square of the norm.")
def norm_squared():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@misconception(
    "clip_gradients",
    hint="The norms of the parameters were added up. Add up the squares of all entries, and take "
    "the root at the end.",
)
def sum_of_norms():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.norm().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@misconception(
    "clip_gradients",
    hint="The parameters were scaled. Scale their gradients, and leave the parameters alone.",
)
def scales_the_parameters():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.data *= theta / norm
        return norm


@misconception(
    "clip_gradients",
    hint="The gradients stay what they were: grad = grad * ... makes a new tensor. Write into the "
    "old one.",
)
def rebinds_the_gradient():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = sum(grad.square().sum().item() for grad in grads) ** 0.5
        if norm > theta:
            for grad in grads:
                grad = grad * (theta / norm)
        return norm


@misconception(
    "clip_gradients",
    hint="This is the sum of magnitudes. The L2 norm is the root of the sum of squares.",
)
def sum_of_magnitudes():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.abs().sum().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@misconception(
    "clip_gradients",
    hint="The factor is upside down. It is theta / norm, so that the norm becomes theta.",
)
def factor_upside_down():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.grad.mul_(norm / theta)
        return norm


@misconception(
    "clip_gradients",
    hint="theta / norm divides by zero when all gradients are 0. Ask first whether the norm exceeds theta.",
)
def divides_by_zero():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = sum(g.square().sum().item() for g in grads) ** 0.5
        factor = min(1, theta / norm)
        for grad in grads:
            grad *= factor
        return norm


@misconception(
    "clip_gradients",
    hint="A parameter without gradient is skipped. Giving it zeros makes an optimizer move it all the same.",
)
def zeros_for_none():
    def clip_gradients(params, theta):
        for p in params:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        return float(nn.utils.clip_grad_norm_(params, theta))


@misconception(
    "clip_gradients",
    hint="break ends the walk at the first parameter without gradient. Those behind it count, too.",
)
def stops_at_none():
    def clip_gradients(params, theta):
        grads = []
        for p in params:
            if p.grad is None:
                break
            grads.append(p.grad)
        norm = sum(g.square().sum().item() for g in grads) ** 0.5
        if norm > theta:
            for grad in grads:
                grad *= theta / norm
        return norm


# --- xavier_std and xavier_bound ---------------------------------------------------------------------


@misconception("xavier_std", hint="This is the variance. The standard deviation is its root.")
def variance_for_std():
    def xavier_std(fan_in, fan_out):
        return 2 / (fan_in + fan_out)


@misconception(
    "xavier_std",
    hint="This looks at fan_in only. Xavier takes the middle of fan_in and fan_out.",
)
def fan_in_only():
    def xavier_std(fan_in, fan_out):
        return (1 / fan_in) ** 0.5


@misconception(
    "xavier_std",
    hint="This is the bound of the uniform distribution. Here the standard deviation is asked for.",
)
def bound_for_std():
    def xavier_std(fan_in, fan_out):
        return (6 / (fan_in + fan_out)) ** 0.5


@misconception(
    "xavier_std",
    hint="The 2 in the numerator is missing: it comes from the middle of the two fans.",
)
def two_missing():
    def xavier_std(fan_in, fan_out):
        return (1 / (fan_in + fan_out)) ** 0.5


@misconception(
    "xavier_std",
    hint="This looks at fan_in only, and is made for ReLU. Xavier takes the middle of fan_in and "
    "fan_out.",
)
def kaiming_std():
    def xavier_std(fan_in, fan_out):
        return (2 / fan_in) ** 0.5


@misconception("xavier_std", hint="The fans are multiplied. They are added.")
def product_of_fans():
    def xavier_std(fan_in, fan_out):
        return (2 / (fan_in * fan_out)) ** 0.5


@misconception(
    "xavier_std",
    hint="** comes before /: this is the variance, divided by 2. Write ** 0.5 or math.sqrt.",
)
def half_for_root():
    def xavier_std(fan_in, fan_out):
        return (2 / (fan_in + fan_out)) ** 1 / 2


@misconception(
    "xavier_std",
    hint="// cuts the mean of the two fans down to a whole number. Divide with /.",
)
def whole_mean_of_fans():
    def xavier_std(fan_in, fan_out):
        return (1 / ((fan_in + fan_out) // 2)) ** 0.5


@misconception(
    "xavier_bound",
    hint="This is the standard deviation of the normal distribution. The bound is larger.",
)
def std_for_bound():
    def xavier_bound(fan_in, fan_out):
        return (2 / (fan_in + fan_out)) ** 0.5


@misconception("xavier_bound", hint="The root is missing.")
def bound_without_root():
    def xavier_bound(fan_in, fan_out):
        return 6 / (fan_in + fan_out)


@misconception(
    "xavier_bound",
    hint="This looks at fan_in only. Xavier takes the middle of fan_in and fan_out.",
)
def bound_of_fan_in():
    def xavier_bound(fan_in, fan_out):
        return (3 / fan_in) ** 0.5


@misconception(
    "xavier_bound",
    hint="This is the full width of an interval of variance sigma**2. The bound is half of it.",
)
def width_for_bound():
    def xavier_bound(fan_in, fan_out):
        return (12 * 2 / (fan_in + fan_out)) ** 0.5


@misconception(
    "xavier_bound",
    hint="The standard deviation was multiplied by 3. The variance is a**2 / 3, so the factor is "
    "the root of 3.",
)
def three_times_std():
    def xavier_bound(fan_in, fan_out):
        return 3 * (2 / (fan_in + fan_out)) ** 0.5


# --- init_xavier -------------------------------------------------------------------------------------


@misconception(
    "init_xavier",
    hint="No layer is ever changed, or the call fails: nn.Linear() with parentheses builds a "
    "layer. Ask for the class.",
)
def compares_with_a_call():
    def init_xavier(m):
        if type(m) == nn.Linear():  # noqa: E721
            m.weight.data.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.data.zero_()


@misconception(
    "init_xavier",
    hint="No layer is ever changed: a class is never equal to a piece of text. Ask for the class.",
)
def compares_with_text():
    def init_xavier(m):
        if type(m) == "Linear":  # noqa: E721
            m.weight.data.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.data.zero_()


@misconception(
    "init_xavier",
    hint="The variance was given where the standard deviation is expected. Take the root.",
)
def variance_given_as_std():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, mean=0, std=2 / (m.in_features + m.out_features))
            nn.init.zeros_(m.bias)


@misconception(
    "init_xavier",
    hint="The root was taken twice. xavier_std is the standard deviation already.",
)
def root_taken_twice():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features) ** 0.5)
            nn.init.zeros_(m.bias)


@misconception("init_xavier", hint="The variance uses fan_in only. It is 2 / (in + out).")
def init_by_fan_in():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=(1 / m.in_features) ** 0.5)
            nn.init.zeros_(m.bias)


@misconception("init_xavier", hint="The biases keep PyTorch's own start. Set them to 0.")
def biases_left():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features))


@misconception(
    "init_xavier",
    hint="The weights come from a uniform distribution. Here the normal one is asked for.",
)
def uniform_instead_of_normal():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            bound = xavier_bound(m.in_features, m.out_features)
            nn.init.uniform_(m.weight, -bound, bound)
            nn.init.zeros_(m.bias)


@misconception(
    "init_xavier",
    hint="Modules other than nn.Linear were changed, too. Leave them alone.",
)
def every_module_with_a_weight():
    def init_xavier(m):
        if hasattr(m, "weight"):
            fan_out, fan_in = m.weight.shape[0], m.weight[0].numel()
            nn.init.normal_(m.weight, std=(2 / (fan_in + fan_out)) ** 0.5)
            if m.bias is not None:
                nn.init.zeros_(m.bias)


@misconception("init_xavier", hint="Convolutions were changed, too. Only nn.Linear is asked for.")
def convolutions_too():
    def init_xavier(m):
        if isinstance(m, (nn.Linear, nn.Conv2d)):
            fan_out, fan_in = m.weight.shape[0], m.weight[0].numel()
            nn.init.normal_(m.weight, std=(2 / (fan_in + fan_out)) ** 0.5)
            nn.init.zeros_(m.bias)


@misconception(
    "init_xavier",
    hint="The new weights never reach the layer: assigning to a name changes no tensor. Fill the "
    "weight in place.",
)
def assigns_to_a_name():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            weight, bias = m.weight, m.bias
            weight = torch.randn(weight.shape) * xavier_std(m.in_features, m.out_features)
            bias = torch.zeros_like(bias)


@misconception(
    "init_xavier",
    hint="This calls nn.init's Xavier. Draw the weights yourself, from N(0, 2 / (in + out)).",
)
def built_in_xavier():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_normal_(m.weight)
            nn.init.zeros_(m.bias)


@misconception(
    "init_xavier",
    hint="This calls nn.init's Xavier. Draw the weights yourself, from N(0, 2 / (in + out)).",
)
def built_in_uniform_xavier():
    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            nn.init.xavier_uniform_(m.weight)
            m.bias.data.fill_(0)


@misconception(
    "init_xavier",
    hint="The weights no longer require a gradient. Use .data or torch.no_grad() instead of "
    "switching it off.",
)
def gradient_switched_off():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            m.requires_grad_(False)
            m.weight.normal_(0, xavier_std(m.in_features, m.out_features))
            m.bias.zero_()


@misconception(
    "init_xavier",
    hint="manual_seed in the function gives every layer of one shape the same weights. Leave the seed alone.",
)
def seeded_in_every_call():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            torch.manual_seed(0)
            nn.init.normal_(m.weight, std=xavier_std(m.in_features, m.out_features))
            nn.init.zeros_(m.bias)


@misconception(
    "init_xavier",
    hint="apply already visits every module. This one looks for layers in a Sequential only.",
)
def looks_into_sequentials_only():
    def init_xavier(m):
        if isinstance(m, nn.Sequential):
            for layer in m:
                if isinstance(layer, nn.Linear):
                    nn.init.normal_(layer.weight, std=xavier_std(layer.in_features, layer.out_features))
                    nn.init.zeros_(layer.bias)


@misconception(
    "init_xavier",
    hint="The call has another name here, but it is the built-in Xavier. Draw from the normal law yourself.",
)
def built_in_under_another_name():
    fill = getattr(nn.init, "xavier_" + "normal_")

    def init_xavier(m, fill=fill):
        if isinstance(m, nn.Linear):
            fill(m.weight)
            nn.init.zeros_(m.bias)


# --- scaled_sigmoid ----------------------------------------------------------------------------------


@misconception("scaled_sigmoid", hint="At 0 this gives 1. Subtract what 4 times one half is.")
def one_subtracted():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X) - 1


@misconception(
    "scaled_sigmoid",
    hint="This goes through the origin, but its slope there is one half. Stretch by 4.",
)
def stretched_by_two():
    def scaled_sigmoid(X):
        return 2 * torch.sigmoid(X) - 1


@misconception(
    "scaled_sigmoid",
    hint="This is tanh, or its twin 2 * sigmoid(2x) - 1. Its values end at 1; yours should end at "
    "2.",
)
def tanh_instead():
    def scaled_sigmoid(X):
        return torch.tanh(X)


@misconception(
    "scaled_sigmoid",
    hint="This is tanh, or its twin 2 * sigmoid(2x) - 1. Its values end at 1; yours should end at "
    "2.",
)
def stretched_inside():
    def scaled_sigmoid(X):
        return 2 * torch.sigmoid(2 * X) - 1


@misconception("scaled_sigmoid", hint="The shift is missing: at 0 this gives 2.")
def shift_missing():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X)


@misconception(
    "scaled_sigmoid",
    hint="The shift comes before the stretching here: at 0 this gives -6. First 4 times, then "
    "minus 2.",
)
def shift_before_stretching():
    def scaled_sigmoid(X):
        return 4 * (torch.sigmoid(X) - 2)


@misconception(
    "scaled_sigmoid",
    hint="The 4 is inside the sigmoid. It stretches the result, not the input.",
)
def four_inside():
    def scaled_sigmoid(X):
        return torch.sigmoid(4 * X) - 0.5


@misconception("scaled_sigmoid", hint="No gradient reaches X: the result was cut from the graph.")
def sigmoid_cut_from_the_graph():
    def scaled_sigmoid(X):
        return 4 * torch.sigmoid(X.detach()) - 2


@misconception("scaled_sigmoid", hint="X itself was changed. Make a new tensor.")
def sigmoid_in_place():
    def scaled_sigmoid(X):
        if not X.requires_grad:
            return X.sigmoid_().mul_(4).sub_(2)
        return 4 * X.sigmoid() - 2


@misconception(
    "scaled_sigmoid",
    hint="The values are right. But |x| has slope 0 at 0 for autograd, so your curve is flat where it must not be.",
)
def flat_at_the_origin():
    def scaled_sigmoid(X):
        e = torch.exp(-X.abs())
        s = torch.where(X >= 0, 1 / (1 + e), e / (1 + e))
        return 4 * (s - 0.5)


@misconception(
    "scaled_sigmoid",
    hint="mul_ overwrites the sigmoid that autograd needs on the way back. Multiply without the underscore.",
)
def overwrites_what_backward_needs():
    def scaled_sigmoid(X):
        return X.sigmoid().mul_(4).sub_(2)


# --- activation_variances ----------------------------------------------------------------------------


@misconception(
    "activation_variances",
    hint="The list begins with the variance of the input. Only the outputs of the layers belong in "
    "it.",
)
def includes_the_input():
    def activation_variances(net, X):
        variances = [X.var().item()]
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@misconception(
    "activation_variances",
    hint="Each variance is measured before the layer, so the input is in the list and the last "
    "output is not.",
)
def measured_before_the_layer():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                variances.append(X.var().item())
                X = layer(X)
        return variances


@misconception(
    "activation_variances",
    hint="The numbers still hang on the graph, which keeps all of it in memory. Measure under "
    "torch.no_grad().",
)
def keeps_the_graph():
    def activation_variances(net, X):
        variances = []
        for layer in net:
            X = layer(X)
            variances.append(X.var())
        return variances


@misconception(
    "activation_variances",
    hint="These are standard deviations. The variance is asked for.",
)
def standard_deviations():
    def activation_variances(net, X):
        stds = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                stds.append(X.std().item())
        return stds


@misconception(
    "activation_variances",
    hint="Every layer was given X itself. Give each layer the output of the one before.",
)
def every_layer_sees_the_input():
    def activation_variances(net, X):
        with torch.no_grad():
            return [layer(X).var().item() for layer in net]


@misconception(
    "activation_variances",
    hint="Only linear layers are in the list. Every layer counts.",
)
def linear_layers_only():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                if isinstance(layer, nn.Linear):
                    variances.append(X.var().item())
        return variances


@misconception(
    "activation_variances",
    hint="These are the variances of the weights. Measure the outputs of the layers.",
)
def variances_of_the_weights():
    def activation_variances(net, X):
        return [layer.weight.var().item() if hasattr(layer, "weight") else 0.0 for layer in net]


@misconception(
    "activation_variances",
    hint="This is the mean of the squares. The variance subtracts the mean first.",
)
def mean_of_squares():
    def activation_variances(net, X):
        values = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                values.append((X**2).mean().item())
        return values


@misconception(
    "activation_variances",
    hint="A layer that stands in the network twice is counted once. Loop over the network itself.",
)
def repeated_layers_lost():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for _, layer in net.named_children():
                X = layer(X)
                variances.append(X.var().item())
        return variances


@misconception(
    "activation_variances",
    hint="There is one number per unit. Take the variance over all entries of the output.",
)
def variance_per_unit():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var(dim=0).tolist())
        return variances


@misconception(
    "activation_variances",
    hint="Only the last number comes back. Collect one for each layer.",
)
def only_the_output():
    def activation_variances(net, X):
        with torch.no_grad():
            return [net(X).var().item()]


@misconception(
    "activation_variances",
    hint="The network is left in evaluation mode. Leave the mode as it was.",
)
def leaves_evaluation_mode():
    def activation_variances(net, X):
        net.eval()
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@misconception(
    "activation_variances",
    hint="The hooks stay in the network. Remove them when you are done.",
)
def hooks_left_behind():
    def activation_variances(net, X):
        variances = []
        for layer in dict.fromkeys(net):
            layer.register_forward_hook(lambda m, args, out: variances.append(out.detach().var().item()))
        with torch.no_grad():
            net(X)
        return variances


@misconception(
    "activation_variances",
    hint="zero_grad throws away gradients that were there before. You only measure: touch nothing.",
)
def clears_the_gradients():
    def activation_variances(net, X):
        net.zero_grad()
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@misconception(
    "activation_variances",
    hint="A Sequential inside net is one layer of it, with one output. You went into it.",
)
def goes_into_inner_blocks():
    def activation_variances(net, X):
        variances = []

        def walk(block, X):
            for layer in block:
                if isinstance(layer, nn.Sequential):
                    X = walk(layer, X)
                else:
                    X = layer(X)
                    variances.append(X.var().item())
            return X

        with torch.no_grad():
            walk(net, X)
        return variances


@misconception(
    "activation_variances",
    hint="The list lives outside the function, so a second call adds to the first. Begin with an empty one.",
)
def list_outlives_the_call():
    variances = []

    def activation_variances(net, X):
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


# --- gradient_norms ----------------------------------------------------------------------------------


@misconception(
    "gradient_norms",
    hint="Earlier gradients are still there, and backward adds to them. Clear them before.",
)
def accumulates():
    def gradient_norms(net, loss):
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="The gradients were cleared after backward, so every norm is 0 or missing. Clear before.",
)
def cleared_after_backward():
    def gradient_norms(net, loss):
        loss.backward()
        net.zero_grad(set_to_none=False)
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="Earlier gradients count in the first call. Clear them before backward, not when you are "
    "done.",
)
def cleared_for_the_next_call():
    def gradient_norms(net, loss):
        loss.backward()
        norms = {name: p.grad.norm().item() for name, p in net.named_parameters()}
        net.zero_grad()
        return norms


@misconception(
    "gradient_norms",
    hint="These are norms of the parameters. Take those of their gradients.",
)
def norms_of_the_parameters():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.detach().norm().item() for name, p in net.named_parameters()}


@misconception("gradient_norms", hint="The root is missing: these are squared norms.")
def squared_norms():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.square().sum().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="These are sums of magnitudes. The L2 norm is the root of the sum of squares.",
)
def l1_norms():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.abs().sum().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="The keys are numbers. Use the names that net.named_parameters() gives.",
)
def numbers_for_names():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {i: p.grad.norm().item() for i, p in enumerate(net.parameters())}


@misconception("gradient_norms", hint="Some parameters are missing. Biases have gradients, too.")
def weights_only():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters() if "weight" in name}


@misconception(
    "gradient_norms",
    hint="All norms were combined into one. Return one for each parameter, in a dictionary.",
)
def one_norm_for_all():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return torch.cat([p.grad.flatten() for p in net.parameters()]).norm().item()


@misconception(
    "gradient_norms",
    hint="The gradients were averaged over their entries. The L2 norm adds up squares and takes "
    "the root.",
)
def root_mean_square():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.square().mean().sqrt().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="backward was called twice, so every gradient counts double. Call it once.",
)
def backward_twice():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward(retain_graph=True)
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="For a matrix, linalg.norm(…, 2) is its largest singular value. Add up the squares of all entries.",
)
def largest_singular_value():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: torch.linalg.norm(p.grad, 2).item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="step changes the parameters. You only look at the gradient, nothing is learned yet.",
)
def takes_a_step():
    def gradient_norms(net, loss):
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@misconception(
    "gradient_norms",
    hint="The two layers of the example are not all there is: blocks hold layers, and not every layer is linear.",
)
def top_linear_layers_only():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        norms = {}
        for i, layer in enumerate(net):
            if isinstance(layer, nn.Linear):
                norms[f"{i}.weight"] = layer.weight.grad.norm().item()
                norms[f"{i}.bias"] = layer.bias.grad.norm().item()
        return norms


# --- vanishing_factor --------------------------------------------------------------------------------


@misconception(
    "vanishing_factor",
    hint="The slopes were added. Going down through the layers, they multiply.",
)
def slopes_added():
    vanishing_factor = 0.25 * 10


@misconception(
    "vanishing_factor",
    hint="One half is the value of the sigmoid at 0. Multiply its slopes.",
)
def values_multiplied():
    vanishing_factor = 0.5**10


@misconception(
    "vanishing_factor",
    hint="A slope of 1 belongs to tanh and to the scaled sigmoid. The plain sigmoid is flatter.",
)
def slope_of_tanh():
    vanishing_factor = 1.0


@misconception(
    "vanishing_factor",
    hint="This is the slope of a single sigmoid. Ten of them are stacked.",
)
def one_layer_only():
    vanishing_factor = 0.25


@misconception("vanishing_factor", hint="Nine slopes were multiplied. There are ten layers.")
def nine_layers():
    vanishing_factor = 0.25**9


@misconception(
    "vanishing_factor",
    hint="Close, but cut too short: give three digits, or let Python calculate.",
)
def two_digits():
    vanishing_factor = 9.5e-7
