from autograder.authoring.marks import wrong


@wrong(
    hint="This is the largest value of the sigmoid (and the largest slope of tanh). The slope of the sigmoid is asked "
    "for."
)
def largest_value():
    sigmoid_slope = 1


@wrong(hint="This is the sigmoid's value at 0. Its slope there is asked for.")
def value_at_zero():
    sigmoid_slope = 0.5


@wrong(hint="This is the slope at x = 1. It is steeper elsewhere.")
def slope_at_one():
    sigmoid_slope = 0.1966


@wrong(hint="This is the largest slope of two sigmoid layers in a row. One is asked for.")
def two_layers():
    sigmoid_slope = 0.0625
