from autograder.authoring.marks import wrong


@wrong(hint="The biases are counted here. Only the entries of weight matrices are asked for.")
def biases_counted():
    weight_count = 65547010


@wrong(hint="Only the first layer is counted. The output layer has a weight matrix, too.")
def one_matrix_only():
    weight_count = 65536000


@wrong(hint="A photo of 256 × 256 pixels has more than 256 inputs: flattened, every pixel is one.")
def one_side_of_the_photo():
    weight_count = 256 * 1000 + 1000 * 10


@wrong(
    hint="The sizes of all layers are multiplied. Each matrix joins two neighbouring layers, and the matrices add up."
)
def everything_multiplied():
    weight_count = 65536 * 1000 * 10


@wrong(
    hint="This counts units: inputs, hidden units and outputs. Each input is joined to each hidden unit by a weight."
)
def units_counted():
    weight_count = 65536 + 1000 + 10


@wrong(
    hint="This is a second weight matrix of inputs by outputs. The output layer sees the hidden units, not the inputs."
)
def inputs_joined_to_outputs():
    weight_count = 65536 * 1000 + 65536 * 10
