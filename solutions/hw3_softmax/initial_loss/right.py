import math

import torch
import torch.nn.functional as F

from autograder.authoring.marks import right


@right
def negative_logarithm_of_the_probability():
    initial_loss = -math.log(0.1)


@right
def rounded():
    initial_loss = 2.3


@right
def measured():
    initial_loss = F.cross_entropy(torch.zeros(4, 10), torch.tensor([3, 1, 9, 0])).item()


@right
def tensor_with_one_entry():
    initial_loss = cross_entropy(torch.full((1, 10), 0.1), torch.tensor([3]))
