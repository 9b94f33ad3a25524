from autograder.authoring.marks import wrong


@wrong(hint="The slopes were added. Going down through the layers, they multiply.")
def slopes_added():
    vanishing_factor = 0.25 * 10


@wrong(hint="One half is the value of the sigmoid at 0. Multiply its slopes.")
def values_multiplied():
    vanishing_factor = 0.5**10


@wrong(hint="A slope of 1 belongs to tanh and to the scaled sigmoid. The plain sigmoid is flatter.")
def slope_of_tanh():
    vanishing_factor = 1.0


@wrong(hint="This is the slope of a single sigmoid. Ten of them are stacked.")
def one_layer_only():
    vanishing_factor = 0.25


@wrong(hint="Nine slopes were multiplied. There are ten layers.")
def nine_layers():
    vanishing_factor = 0.25**9


@wrong(hint="Close, but cut too short: give three digits, or let Python calculate.")
def two_digits():
    vanishing_factor = 9.5e-7
