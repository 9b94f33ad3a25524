import torch

from autograder.authoring.marks import right


@right
def backwards_from_the_output():
    def receptive_field(kernel_sizes, strides=None):
        if strides is None:
            strides = [1 for _ in kernel_sizes]
        r = 1
        for k, s in reversed(list(zip(kernel_sizes, strides))):
            r = (r - 1) * s + k
        return r


@right
def the_formula_as_it_stands():
    def receptive_field(kernel_sizes, strides=None):
        import math

        strides = strides or [1] * len(kernel_sizes)
        return 1 + sum((k - 1) * math.prod(strides[:i]) for i, k in enumerate(kernel_sizes))


@right
def first_and_last_entry_seen():
    def receptive_field(kernel_sizes, strides=None):
        first = last = 0
        for i in range(len(kernel_sizes) - 1, -1, -1):
            s = 1 if strides is None else strides[i]
            first, last = first * s, last * s + kernel_sizes[i] - 1
        return last - first + 1


@right
def cumulated_products_as_a_tensor():
    def receptive_field(kernel_sizes, strides=None):
        kernels = torch.tensor(kernel_sizes, dtype=torch.long)
        strides = torch.ones_like(kernels) if strides is None else torch.tensor(strides)
        distances = torch.cumprod(torch.cat([torch.ones(1, dtype=torch.long), strides]), 0)
        return 1 + ((kernels - 1) * distances[:-1]).sum()


@right
def recursion():
    def receptive_field(kernel_sizes, strides=None):
        if len(kernel_sizes) == 0:
            return 1
        if strides is None:
            strides = (1,) * len(kernel_sizes)
        return (receptive_field(kernel_sizes[1:], strides[1:]) - 1) * strides[0] + kernel_sizes[0]
