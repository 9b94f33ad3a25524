import math

import torch

from autograder.authoring.marks import wrong


@wrong(hint="This keeps the variance where no activation stands. ReLU loses half of the squares: make up for it.")
def relu_forgotten():
    def kaiming_std(fan_in):
        return (1 / fan_in) ** 0.5


@wrong(hint="This is the variance of the weights. The standard deviation is its root.")
def variance_for_std():
    def kaiming_std(fan_in):
        return 2 / fan_in


@wrong(hint="This is the bound of a uniform distribution with the right variance. Here the standard deviation is asked for.")
def bound_for_std():
    def kaiming_std(fan_in):
        return math.sqrt(6 / fan_in)


@wrong(hint="The one half is on the wrong side: ReLU makes the signal smaller, so the weights must be larger.")
def half_instead_of_two():
    def kaiming_std(fan_in):
        variance = 0.5 / fan_in
        return variance**0.5


@wrong(hint="The factor 2 makes up for lost *variance*. So it belongs under the root.")
def two_outside_the_root():
    def kaiming_std(fan_in):
        return 2 / math.sqrt(fan_in)


@wrong(hint="This is 1 / fan_in. If a root of 2 / fan_in was meant: ** comes before /, so write ** 0.5 or math.sqrt.")
def half_for_root():
    def kaiming_std(fan_in):
        return (2 / fan_in) ** 1 / 2


@wrong(hint="This is one over what is asked for: more inputs need smaller weights, not larger ones.")
def turned_over():
    def kaiming_std(fan_in):
        return math.sqrt(fan_in / 2)


@wrong(hint="This is a tensor. The question asks for a Python float: `.item()` or the functions of `math`.")
def a_tensor():
    def kaiming_std(fan_in):
        return torch.sqrt(torch.tensor(2 / fan_in))


@wrong(hint="The result is rounded. Give all digits: for wide layers the standard deviation is small.")
def rounded():
    def kaiming_std(fan_in):
        return round((2 / fan_in) ** 0.5, 3)


@wrong(hint="The root is taken of the 2 only. It covers the whole fraction.")
def root_of_two_only():
    def kaiming_std(fan_in):
        return 2**0.5 / fan_in


@wrong(hint="This halves the standard deviation, and ReLU's one half belongs to the variance. It makes the weights larger, too.")
def halved_standard_deviation():
    def kaiming_std(fan_in):
        return 0.5 / math.sqrt(fan_in)


@wrong(hint="The fraction is squared. From the variance one comes to the standard deviation by a root.")
def squared_for_a_root():
    def kaiming_std(fan_in):
        return (2 / fan_in) ** 2
