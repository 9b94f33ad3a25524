from autograder.authoring.marks import wrong


@wrong(hint="Each layer takes away one pixel less than its kernel has: the first window counts too.")
def a_whole_kernel_lost():
    lost_pixels = {1: 27, 7: 32 - 7 * 5}


@wrong(hint="One layer is not right: in how many places does a window of 5 fit on 32 pixels?")
def one_too_few():
    lost_pixels = {1: 27, 7: 4}


@wrong(hint="These look like the pixels that were lost. The question asks for the side length that is left.")
def how_much_was_lost():
    lost_pixels = {1: 4, 7: 28}


@wrong(hint="Every one of the layers takes pixels away, not only the first.")
def lost_only_once():
    lost_pixels = {1: 28, 7: 28}


@wrong(hint="These look like areas. The question asks for side lengths.")
def areas():
    lost_pixels = {1: 28 * 28, 7: 4 * 4}
