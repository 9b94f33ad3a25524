import torch
from torch import nn

from autograder.authoring.marks import right


@right
def counted_by_pytorch():
    with torch.device("meta"):
        layers = nn.Linear(256 * 256, 1000), nn.Linear(1000, 10)
    weight_count = sum(layer.weight.numel() for layer in layers)


@right
def as_a_float():
    weight_count = 65546e3


@right
def as_a_tensor_of_one_number():
    weight_count = torch.tensor([256 * 256 * 1000, 1000 * 10]).sum()
