from autograder.authoring.marks import wrong


@wrong(hint="Too few. Every pixel of the picture is an input, and every unit has a weight of its own for each of them.")
def one_unit_only():
    dense_image_weights = 10**6


@wrong(hint="You counted the biases. The question asks for weights only.")
def with_biases():
    dense_image_weights = 10**6 * 1000 + 1000


@wrong(hint="You added inputs and outputs. There is one weight for each pair of them.")
def inputs_plus_outputs():
    dense_image_weights = 10**6 + 1000


@wrong(hint="Too few. Every pixel of the picture is an input, and every unit has a weight of its own for each of them.")
def side_instead_of_area():
    dense_image_weights = 1000 * 1000
