import torch
from torch import nn

from autograder.authoring.marks import right


@right
def in_another_order():
    lost_pixels = {7: 32 - 7 * 4, 1: 32 - 4}


@right
def numbers_of_numpy_and_torch():
    import numpy as np

    lost_pixels = {1: np.int64(32 - 4), 7: torch.tensor(4.0)}


@right
def measured():
    from collections import defaultdict

    lost_pixels = defaultdict(int)
    for layers in (7, 1):
        net = nn.Sequential(*[nn.Conv2d(1, 1, 5) for _ in range(layers)])
        lost_pixels[layers] = net(torch.zeros(1, 1, 32, 32)).shape[-1]
