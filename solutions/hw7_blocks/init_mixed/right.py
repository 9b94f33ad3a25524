import torch
from torch import nn

from autograder.authoring.marks import right


@right
def formula_and_fill():
    def init_mixed(net):
        first = last = None
        for m in net.modules():
            if type(m) is nn.Linear:
                m.bias.data.zero_()
                if first is None:
                    first = m
                last = m
        a = (6 / sum(first.weight.shape)) ** 0.5
        first.weight.data.uniform_(-a, a)
        last.weight.data.fill_(42)


@right
def replaced_data():
    def init_mixed(net):
        names = [name for name, m in net.named_modules() if isinstance(m, nn.Linear)]
        with torch.no_grad():
            for name in names:
                layer = net.get_submodule(name)
                layer.bias.mul_(0)
                n_out, n_in = layer.weight.shape
                if name == names[0]:
                    u = torch.rand(n_out, n_in, dtype=layer.weight.dtype)
                    layer.weight.copy_((2 * u - 1) * (6 / (n_in + n_out)) ** 0.5)
                if name == names[-1]:
                    layer.weight.data = torch.full_like(layer.weight, 42)
        return net


@right
def with_apply():
    def init_mixed(net):
        layers = []

        def collect(m):
            if isinstance(m, nn.Linear):
                layers.append(m)
                nn.init.constant_(m.bias, 0)

        net.apply(collect)
        nn.init.xavier_uniform_(layers[0].weight, gain=1.0)
        nn.init.constant_(layers[-1].weight, 42.0)
