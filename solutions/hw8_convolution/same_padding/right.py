from torch import nn

from autograder.authoring.marks import right


@right
def ceiling_and_floor():
    import math

    def same_padding(kernel_size):
        halves = [(k - 1) / 2 for k in kernel_size]
        return tuple((math.ceil(half), math.floor(half)) for half in halves)


@right
def quotient_and_rest():
    def same_padding(kernel_size):
        def shared(k):
            half, odd = divmod(k - 1, 2)
            return half + odd, half

        kh, kw = kernel_size
        return shared(kh), shared(kw)


@right
def one_row_after_another():
    def same_padding(kernel_size):
        sides = []
        for k in kernel_size:
            pair = [0, 0]
            for row in range(k - 1):
                pair[row % 2] += 1
            sides.append(pair)
        return sides


@right
def the_library_turned_round():
    def same_padding(kernel_size):
        conv = nn.Conv2d(1, 1, kernel_size, padding="same")
        left, right, top, bottom = conv._reversed_padding_repeated_twice
        return (bottom, top), (right, left)
