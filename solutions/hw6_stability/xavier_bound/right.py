from autograder.authoring.marks import right


@right
def root_of_three_times_std():
    def xavier_bound(fan_in, fan_out):
        return 3**0.5 * xavier_std(fan_in, fan_out)


@right
def bound_from_math():
    import math

    def xavier_bound(fan_in, fan_out):
        return math.sqrt(6 / (fan_in + fan_out))
