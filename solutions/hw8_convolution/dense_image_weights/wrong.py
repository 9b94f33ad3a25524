from autograder.authoring.marks import wrong


@wrong(hint="These are as many numbers as one unit has. Every unit has its own weights.")
def one_unit_only():
    dense_image_weights = 10**6


@wrong(hint="You counted the biases. The question asks for weights only.")
def with_biases():
    dense_image_weights = 10**6 * 1000 + 1000


@wrong(hint="You added inputs and outputs. There is one weight for each pair of them.")
def inputs_plus_outputs():
    dense_image_weights = 10**6 + 1000


@wrong(hint="The side of the picture has 1000 pixels, but each of its pixels is an input.")
def side_instead_of_area():
    dense_image_weights = 1000 * 1000
