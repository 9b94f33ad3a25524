import math

from autograder.authoring.marks import wrong


@wrong(hint="This is the variance. The standard deviation is its root.")
def variance_for_std():
    def xavier_std(fan_in, fan_out):
        return 2 / (fan_in + fan_out)


@wrong(hint="This looks at fan_in only. Xavier takes the middle of fan_in and fan_out.")
def fan_in_only():
    def xavier_std(fan_in, fan_out):
        return (1 / fan_in) ** 0.5


@wrong(hint="This is the bound of the uniform distribution. Here the standard deviation is asked for.")
def bound_for_std():
    def xavier_std(fan_in, fan_out):
        return (6 / (fan_in + fan_out)) ** 0.5


@wrong(hint="The 2 in the numerator is missing: it comes from the middle of the two fans.")
def two_missing():
    def xavier_std(fan_in, fan_out):
        return (1 / (fan_in + fan_out)) ** 0.5


@wrong(hint="This looks at fan_in only, and is made for ReLU. Xavier takes the middle of fan_in and fan_out.")
def kaiming_std():
    def xavier_std(fan_in, fan_out):
        return (2 / fan_in) ** 0.5


@wrong(hint="The fans are multiplied. They are added.")
def product_of_fans():
    def xavier_std(fan_in, fan_out):
        return (2 / (fan_in * fan_out)) ** 0.5


@wrong(hint="** comes before /: this is the variance, divided by 2. Write ** 0.5 or math.sqrt.")
def half_for_root():
    def xavier_std(fan_in, fan_out):
        return (2 / (fan_in + fan_out)) ** 1 / 2


@wrong(hint="// cuts the mean of the two fans down to a whole number. Divide with /.")
def whole_mean_of_fans():
    def xavier_std(fan_in, fan_out):
        return (1 / ((fan_in + fan_out) // 2)) ** 0.5


@wrong(hint="The root is taken of the 2 only. It covers the whole fraction.")
def root_of_the_numerator_only():
    def xavier_std(fan_in, fan_out):
        return 2**0.5 / (fan_in + fan_out)


@wrong(hint="This looks at fan_out only. Xavier takes the middle of fan_in and fan_out.")
def fan_out_only():
    def xavier_std(fan_in, fan_out):
        return (1 / fan_out) ** 0.5


@wrong(hint="// gives whole numbers, and 2 is smaller than the two fans. Divide with /.")
def whole_division():
    def xavier_std(fan_in, fan_out):
        return (2 // (fan_in + fan_out)) ** 0.5


@wrong(hint="You average two standard deviations. The middle of fan_in and fan_out is taken first, under the root.")
def mean_of_two_stds():
    def xavier_std(fan_in, fan_out):
        return (fan_in**-0.5 + fan_out**-0.5) / 2


@wrong(hint="The root is taken of the 2 only. It covers the whole fraction.")
def root_of_two_only():
    def xavier_std(fan_in, fan_out):
        return math.sqrt(2) / (fan_in + fan_out)


@wrong(hint="This is one over what is asked for: more units need smaller weights, not larger ones.")
def turned_over():
    def xavier_std(fan_in, fan_out):
        return math.sqrt((fan_in + fan_out) / 2)


@wrong(hint="Python divides before it adds. The sum of the two fans needs parentheses.")
def parentheses_missing():
    def xavier_std(fan_in, fan_out):
        return math.sqrt(2 / fan_in + fan_out)
