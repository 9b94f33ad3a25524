"""Other right answers to hw6_stability, which must earn full marks."""

import torch
from torch import nn

from autograder.authoring.answers import alternative


@alternative("clip_gradients")
def one_long_vector():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.reshape(-1) for p in params]).norm()
        if norm > theta:
            for p in params:
                p.grad[...] = p.grad * theta / norm
        return norm.item()


@alternative("clip_gradients")
def built_in():
    def clip_gradients(params, theta):
        return nn.utils.clip_grad_norm_(params, theta).item()


@alternative("clip_gradients")
def new_gradient_tensors():
    def clip_gradients(params, theta):
        squares = [float(torch.sum(p.grad**2)) for p in params if p.grad is not None]
        norm = float(torch.tensor(squares, dtype=torch.float64).sum().sqrt())
        scale = min(1.0, theta / norm) if norm > 0 else 1.0
        for p in params:
            if p.grad is not None:
                p.grad = p.grad * scale
        return norm


@alternative("clip_gradients")
def norm_of_norms():
    def clip_gradients(params, theta):
        norms = [torch.linalg.vector_norm(p.grad) for p in params if p.grad is not None]
        norm = torch.linalg.vector_norm(torch.stack(norms)).item()
        if norm >= theta:
            for p in params:
                if p.grad is not None:
                    p.grad.data.mul_(theta).div_(norm)
        return norm


@alternative("clip_gradients")
def textbook_slices():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad[:] *= theta / norm
        return norm.item()


@alternative("clip_gradients")
def all_tensors_in_one_call():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = torch.stack(torch._foreach_norm(grads)).norm().item()
        if norm > theta:
            torch._foreach_mul_(grads, theta / norm)
        return norm


@alternative("clip_gradients")
def two_walks_and_numpy_numbers():
    import numpy as np

    def clip_gradients(params, theta):
        squares = [np.sum(p.grad.numpy() ** 2.0) for p in params if p.grad is not None]
        norm = np.sqrt(np.sum(squares, dtype=np.float64))
        for p in params:
            if p.grad is not None and norm > theta:
                p.grad.div_(float(norm)).mul_(theta)
        return norm


@alternative("xavier_std")
def root_from_math():
    import math

    def xavier_std(fan_in, fan_out):
        return math.sqrt(2.0 / float(fan_in + fan_out))


@alternative("xavier_std")
def root_of_a_tensor():
    def xavier_std(fan_in, fan_out):
        return torch.sqrt(torch.tensor(2.0 / (fan_in + fan_out)))


@alternative("xavier_std")
def mean_of_fans():
    def xavier_std(fan_in, fan_out):
        return ((fan_in + fan_out) / 2) ** -0.5


@alternative("xavier_bound")
def root_of_three_times_std():
    def xavier_bound(fan_in, fan_out):
        return 3**0.5 * xavier_std(fan_in, fan_out)


@alternative("xavier_bound")
def bound_from_math():
    import math

    def xavier_bound(fan_in, fan_out):
        return math.sqrt(6 / (fan_in + fan_out))


@alternative("init_xavier")
def fills_data():
    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            m.weight.data.normal_(0, (2 / (m.in_features + m.out_features)) ** 0.5)
            m.bias.data.fill_(0)


@alternative("init_xavier")
def copies_draws():
    def init_xavier(m):
        if not isinstance(m, nn.Linear):
            return
        fan_out, fan_in = m.weight.shape
        with torch.no_grad():
            m.weight.copy_(torch.randn(fan_out, fan_in) * xavier_std(fan_in, fan_out))
            m.bias.zero_()


@alternative("init_xavier")
def new_parameters():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            std = xavier_std(m.in_features, m.out_features)
            m.weight = nn.Parameter(torch.normal(0.0, std, m.weight.shape))
            m.bias = nn.Parameter(torch.zeros(m.out_features))


@alternative("init_xavier")
def new_data():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            m.weight.data = torch.randn_like(m.weight.data) * xavier_std(m.in_features, m.out_features)
            m.bias.data = torch.zeros_like(m.bias.data)


@alternative("init_xavier")
def sampled_from_a_law():
    def init_xavier(m):
        match m:
            case nn.Linear(weight=weight, bias=bias):
                law = torch.distributions.Normal(0.0, math.sqrt(2 / sum(weight.shape)))
                weight.data.copy_(law.sample(weight.shape))
                bias.data.mul_(0)


@alternative("init_xavier")
def generator_of_its_own():
    source = torch.Generator().manual_seed(42)

    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            std = xavier_std(m.in_features, m.out_features)
            nn.init.normal_(m.weight, 0.0, std, generator=source)
            nn.init.constant_(m.bias, 0)
        return m


@alternative("scaled_sigmoid")
def twice_tanh():
    def scaled_sigmoid(X):
        return 2 * torch.tanh(X / 2)


@alternative("scaled_sigmoid")
def typed_formula():
    def scaled_sigmoid(X):
        return 4 / (1 + torch.exp(-X)) - 2


@alternative("scaled_sigmoid")
def shifted_first():
    def scaled_sigmoid(X):
        return (X.sigmoid() - 0.5) * 4


@alternative("scaled_sigmoid")
def softmax_against_zero():
    def scaled_sigmoid(X):
        return 4 * torch.stack([X, torch.zeros_like(X)]).softmax(0)[0] - 2


@alternative("scaled_sigmoid")
def module_as_function():
    class ScaledSigmoidModule(nn.Module):
        def forward(self, X):
            return nn.functional.logsigmoid(X).exp() * 4 - 2

    scaled_sigmoid = ScaledSigmoidModule()


@alternative("activation_variances")
def detached_biased():
    def activation_variances(net, X):
        result, h = [], X
        for layer in net:
            h = layer(h).detach()
            result.append(float(((h - h.mean()) ** 2).mean()))
        return result


@alternative("activation_variances")
def by_index():
    def activation_variances(net, X):
        variances = []
        with torch.inference_mode():
            for i in range(len(net)):
                X = net[i](X)
                variances.append(torch.var(X, correction=0))
        return variances


@alternative("activation_variances")
def prefixes():
    def activation_variances(net, X):
        with torch.no_grad():
            return [net[:depth](X).var().item() for depth in range(1, len(net) + 1)]


@alternative("activation_variances")
def hooks_removed():
    def activation_variances(net, X):
        variances = []

        def note(module, args, output):
            variances.append(output.var().item())

        handles = [layer.register_forward_hook(note) for layer in set(net)]
        with torch.no_grad():
            net(X)
        for handle in handles:
            handle.remove()
        return variances


@alternative("activation_variances")
def accumulated():
    from itertools import accumulate

    def activation_variances(net, X):
        with torch.inference_mode():
            steps = list(accumulate(net, lambda h, layer: layer(h), initial=X))
            return [torch.var_mean(h)[0].item() for h in steps[1:]]


@alternative("activation_variances")
def on_a_deep_copy():
    from copy import deepcopy

    def activation_variances(net, X):
        twin, variances = deepcopy(net), []
        for layer in twin:
            X = layer(X).detach()
            variances.append(X.double().pow(2).mean().item() - X.double().mean().item() ** 2)
        return variances


@alternative("gradient_norms")
def autograd_grad():
    def gradient_norms(net, loss):
        names, params = zip(*net.named_parameters())
        gradients = torch.autograd.grad(loss, params)
        return dict(zip(names, [torch.norm(g).item() for g in gradients]))


@alternative("gradient_norms")
def cleared_one_by_one():
    def gradient_norms(net, loss):
        for p in net.parameters():
            p.grad = None
        loss.backward()
        norms = {}
        for name, p in net.named_parameters():
            norms[name] = torch.sqrt(torch.sum(p.grad**2))
        return norms


@alternative("gradient_norms")
def zeroed_in_place():
    def gradient_norms(net, loss):
        net.zero_grad(set_to_none=False)
        loss.backward()
        return {n: float(torch.linalg.vector_norm(p.grad)) for n, p in net.named_parameters()}


@alternative("gradient_norms")
def caught_by_hooks():
    def gradient_norms(net, loss):
        norms, hooks = {}, []
        for name, p in net.named_parameters():
            note = lambda g, name=name: norms.update({name: g.norm().item()})  # noqa: E731
            hooks.append(p.register_hook(note))
        loss.backward()
        for hook in hooks:
            hook.remove()
        return norms


@alternative("gradient_norms")
def earlier_gradients_put_back():
    def gradient_norms(net, loss):
        earlier = [p.grad for p in net.parameters()]
        net.zero_grad(set_to_none=True)
        loss.backward(retain_graph=True)
        norms = {name: p.grad.norm() for name, p in net.named_parameters()}
        for p, grad in zip(net.parameters(), earlier):
            p.grad = grad
        return norms


@alternative("vanishing_factor")
def power_of_two():
    vanishing_factor = 2**-20


@alternative("vanishing_factor")
def rounded():
    vanishing_factor = 9.54e-7


@alternative("vanishing_factor")
def measured_as_a_tensor():
    origin = torch.zeros((), requires_grad=True)
    torch.sigmoid(origin).backward()
    vanishing_factor = origin.grad**10


@alternative("vanishing_factor")
def multiplied_by_numpy():
    import numpy as np

    vanishing_factor = np.prod(np.full(10, 0.25, dtype=np.float32))
