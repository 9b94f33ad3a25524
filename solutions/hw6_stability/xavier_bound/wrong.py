import math

from autograder.authoring.marks import wrong


@wrong(hint="This is the standard deviation of the normal distribution. The bound is larger.")
def std_for_bound():
    def xavier_bound(fan_in, fan_out):
        return (2 / (fan_in + fan_out)) ** 0.5


@wrong(hint="The root is missing.")
def bound_without_root():
    def xavier_bound(fan_in, fan_out):
        return 6 / (fan_in + fan_out)


@wrong(hint="This looks at fan_in only. Xavier takes the middle of fan_in and fan_out.")
def bound_of_fan_in():
    def xavier_bound(fan_in, fan_out):
        return (3 / fan_in) ** 0.5


@wrong(hint="This is the full width of an interval of variance sigma**2. The bound is half of it.")
def width_for_bound():
    def xavier_bound(fan_in, fan_out):
        return (12 * 2 / (fan_in + fan_out)) ** 0.5


@wrong(hint="The standard deviation was multiplied by 3. The variance is a**2 / 3, so the factor is the root of 3.")
def three_times_std():
    def xavier_bound(fan_in, fan_out):
        return 3 * (2 / (fan_in + fan_out)) ** 0.5


@wrong(hint="The standard deviation was divided by the root of 3. The bound is larger than it: multiply.")
def divided_by_the_root_of_three():
    def xavier_bound(fan_in, fan_out):
        return (2 / 3 / (fan_in + fan_out)) ** 0.5


@wrong(hint="The 6 became 3: a**2 / 3 is the variance, and that has a 2 in its numerator.")
def three_for_six():
    def xavier_bound(fan_in, fan_out):
        return (3 / (fan_in + fan_out)) ** 0.5


@wrong(hint="** comes before /: this halves the fraction and takes no root. Write ** 0.5 or math.sqrt.")
def half_for_root():
    def xavier_bound(fan_in, fan_out):
        return (6 / (fan_in + fan_out)) ** 1 / 2


@wrong(hint="The fans are multiplied. They are added.")
def product_of_fans():
    def xavier_bound(fan_in, fan_out):
        return (6 / (fan_in * fan_out)) ** 0.5


@wrong(hint="The standard deviation was multiplied by 2. The variance is a**2 / 3, so the factor is the root of 3.")
def two_standard_deviations():
    def xavier_bound(fan_in, fan_out):
        return 2 * (2 / (fan_in + fan_out)) ** 0.5


@wrong(hint="This looks at fan_in only. Xavier takes the middle of fan_in and fan_out.")
def kaiming_bound():
    def xavier_bound(fan_in, fan_out):
        return (6 / fan_in) ** 0.5


@wrong(hint="The variance was multiplied by the root of 3. It is the standard deviation that belongs there.")
def variance_times_root_of_three():
    def xavier_bound(fan_in, fan_out):
        return math.sqrt(3) * 2 / (fan_in + fan_out)


@wrong(hint="The root is taken of the 6 only. It covers the whole fraction.")
def root_of_six_only():
    def xavier_bound(fan_in, fan_out):
        return math.sqrt(6) / (fan_in + fan_out)


@wrong(hint="Both ends of the interval come back. One number is asked for: a, the positive end.")
def both_ends():
    def xavier_bound(fan_in, fan_out):
        a = math.sqrt(6 / (fan_in + fan_out))
        return -a, a


@wrong(hint="Python divides before it adds. The sum of the two fans needs parentheses.")
def parentheses_missing_in_the_bound():
    def xavier_bound(fan_in, fan_out):
        return math.sqrt(6 / fan_in + fan_out)
