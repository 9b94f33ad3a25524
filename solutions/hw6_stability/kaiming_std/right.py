import math

import torch
from torch import nn

from autograder.authoring.marks import right


@right
def power_of_a_half():
    def kaiming_std(fan_in):
        variance = 2.0 / fan_in
        return variance**0.5


@right
def gain_of_relu():
    def kaiming_std(fan_in):
        return nn.init.calculate_gain("relu") / math.sqrt(fan_in)


@right
def root_of_a_tensor():
    def kaiming_std(fan_in):
        return torch.tensor(2 / fan_in).sqrt().item()


@right
def solved_for_sigma():
    def kaiming_std(fan_in):
        kept = fan_in / 2
        return 1 / math.sqrt(kept)
