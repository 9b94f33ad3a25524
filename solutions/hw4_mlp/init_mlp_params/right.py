import torch
from torch import nn

from autograder.authoring.marks import right


@right
def parameters():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens, requires_grad=True) * sigma)
        b1 = nn.Parameter(torch.zeros(num_hiddens, requires_grad=True))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs, requires_grad=True) * sigma)
        b2 = nn.Parameter(torch.zeros(num_outputs, requires_grad=True))
        return [W1, b1, W2, b2]


@right
def normal_with_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        def weight(*shape):
            return torch.normal(0, sigma, size=shape, requires_grad=True)

        def bias(n):
            return torch.zeros(n, requires_grad=True)

        return [
            weight(num_inputs, num_hiddens),
            bias(num_hiddens),
            weight(num_hiddens, num_outputs),
            bias(num_outputs),
        ]


@right
def loop_over_layers():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = []
        sizes = [num_inputs, num_hiddens, num_outputs]
        for rows, columns in zip(sizes, sizes[1:]):
            W = torch.empty(rows, columns)
            nn.init.normal_(W, mean=0.0, std=sigma)
            b = W.new_zeros(columns)
            params += [W, b]
        for p in params:
            p.requires_grad = True
        return params


@right
def from_linear_layers():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = []
        for layer in (nn.Linear(num_hiddens, num_inputs), nn.Linear(num_outputs, num_hiddens)):
            layer.weight.data.normal_(0, sigma)
            params.append(layer.weight)
            params.append(nn.Parameter(torch.zeros(layer.in_features)))
        return params


@right
def scaled_in_place():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn((num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.randn((num_hiddens, num_outputs), requires_grad=True)
        with torch.no_grad():
            W1.mul_(sigma)
            W2.mul_(sigma)
        b1, b2 = (torch.full((n,), 0.0, requires_grad=True) for n in (num_hiddens, num_outputs))
        return [W1, b1, W2, b2]


@right
def parameter_list():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        return list(
            nn.ParameterList(
                [
                    torch.distributions.Normal(0.0, sigma).sample((num_inputs, num_hiddens)),
                    torch.zeros(num_hiddens),
                    torch.distributions.Normal(0.0, sigma).sample((num_hiddens, num_outputs)),
                    torch.zeros(num_outputs),
                ]
            )
        )
