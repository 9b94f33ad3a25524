import torch
from torch import nn

from autograder.authoring.marks import right


@right
def fills_data():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        net[0].weight.data.normal_(0, 0.01)
        net[0].bias.data.fill_(0)
        return net


@right
def new_parameters():
    def make_linear_net(num_inputs):
        layer = nn.Linear(num_inputs, 1)
        layer.weight = nn.Parameter(torch.randn(1, num_inputs) * 0.01)
        layer.bias = nn.Parameter(torch.zeros(1))
        return nn.Sequential(layer)


@right
def with_apply():
    def make_linear_net(num_inputs):
        def init(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)
                nn.init.constant_(m.bias, 0)

        return nn.Sequential(nn.Linear(num_inputs, 1)).apply(init)


@right
def size_found_by_the_first_batch():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.LazyLinear(1))
        net(torch.zeros(1, num_inputs))
        net[0].weight.data.normal_(std=0.01)
        net[0].bias.data.zero_()
        return net


@right
def loaded_state():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        weight = 0.01 * torch.randn(1, num_inputs)
        net.load_state_dict({"0.weight": weight, "0.bias": torch.zeros(1)})
        return net
