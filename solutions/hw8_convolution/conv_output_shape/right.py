import torch
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def the_other_formula():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] + p[i] - k[i]) // s[i] + 1 for i in range(2))


@right
def floor_of_a_fraction():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        import math

        (nh, nw), (kh, kw), (ph, pw), (sh, sw) = n, k, p, s
        return math.floor((nh - kh + ph + sh) / sh), math.floor((nw - kw + pw + sw) / sw)


@right
def counting_the_windows():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        def places(n, k, p, s):
            return len(range(0, n + p - k + 1, s))

        return [places(*axis) for axis in zip(n, k, p, s)]


@right
def trying_it_out():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        image = torch.zeros(1, 1, n[0] + p[0], n[1] + p[1])
        return F.conv2d(image, torch.zeros(1, 1, *k), stride=s).shape[-2:]
