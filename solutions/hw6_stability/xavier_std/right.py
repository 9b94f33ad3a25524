import torch

from autograder.authoring.marks import right


@right
def root_from_math():
    import math

    def xavier_std(fan_in, fan_out):
        return math.sqrt(2.0 / float(fan_in + fan_out))


@right
def root_of_a_tensor():
    def xavier_std(fan_in, fan_out):
        return torch.sqrt(torch.tensor(2.0 / (fan_in + fan_out)))


@right
def mean_of_fans():
    def xavier_std(fan_in, fan_out):
        return ((fan_in + fan_out) / 2) ** -0.5
