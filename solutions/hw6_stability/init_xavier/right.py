import math

import torch
from torch import nn

from autograder.authoring.marks import right


@right
def fills_data():
    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            m.weight.data.normal_(0, (2 / (m.in_features + m.out_features)) ** 0.5)
            m.bias.data.fill_(0)


@right
def copies_draws():
    def init_xavier(m):
        if not isinstance(m, nn.Linear):
            return
        fan_out, fan_in = m.weight.shape
        with torch.no_grad():
            m.weight.copy_(torch.randn(fan_out, fan_in) * xavier_std(fan_in, fan_out))
            m.bias.zero_()


@right
def new_parameters():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            std = xavier_std(m.in_features, m.out_features)
            m.weight = nn.Parameter(torch.normal(0.0, std, m.weight.shape))
            m.bias = nn.Parameter(torch.zeros(m.out_features))


@right
def new_data():
    def init_xavier(m):
        if isinstance(m, nn.Linear):
            m.weight.data = torch.randn_like(m.weight.data) * xavier_std(m.in_features, m.out_features)
            m.bias.data = torch.zeros_like(m.bias.data)


@right
def sampled_from_a_law():
    def init_xavier(m):
        match m:
            case nn.Linear(weight=weight, bias=bias):
                law = torch.distributions.Normal(0.0, math.sqrt(2 / sum(weight.shape)))
                weight.data.copy_(law.sample(weight.shape))
                bias.data.mul_(0)


@right
def generator_of_its_own():
    source = torch.Generator().manual_seed(42)

    def init_xavier(m):
        if type(m) == nn.Linear:  # noqa: E721
            std = xavier_std(m.in_features, m.out_features)
            nn.init.normal_(m.weight, 0.0, std, generator=source)
            nn.init.constant_(m.bias, 0)
        return m
