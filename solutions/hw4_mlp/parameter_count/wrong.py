from autograder.authoring.marks import wrong


@wrong(hint="These are the weights alone. Each hidden unit and each output has a bias, too.")
def weights_alone():
    parameter_count = 65546000


@wrong(hint="The biases of the hidden layer are missing. Both layers have them.")
def output_biases_only():
    parameter_count = 65546010


@wrong(hint="The biases of the output layer are missing. Both layers have them.")
def hidden_biases_only():
    parameter_count = 65547000


@wrong(hint="The inputs got biases here. They compute nothing and have none.")
def biases_for_inputs():
    parameter_count = 65546000 + 65536 + 1000 + 10


@wrong(hint="One bias for each layer is too few. Each unit has its own.")
def one_bias_per_layer():
    parameter_count = 65546002


@wrong(hint="A photo of 256 × 256 pixels has more than 256 inputs: flattened, every pixel is one.")
def one_side_of_the_photo_with_biases():
    parameter_count = 256 * 1000 + 1000 + 1000 * 10 + 10
