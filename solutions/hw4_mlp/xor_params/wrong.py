import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is AND, or its opposite: one corner against the other three. XOR pairs the corners of a diagonal.")
def a_line_for_and():
    def xor_params():
        return [torch.eye(2), torch.zeros(2), torch.ones(2, 1), torch.tensor([-1.5])]


@wrong(hint="This is OR: (1, 1) is answered with yes as well. The hill must come down again at 2.")
def a_line_for_or():
    def xor_params():
        return [torch.eye(2), torch.zeros(2), torch.ones(2, 1), torch.tensor([-0.5])]


@wrong(hint="All four answers are turned round. Change the signs of the output layer.")
def equal_instead_of_different():
    def xor_params():
        W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
        return [W1, torch.tensor([0.0, -1.0]), torch.tensor([[-1.0], [2.0]]), torch.tensor([0.5])]


@wrong(hint="Where both inputs are equal the output is 0. It must be clearly below 0 there.")
def zero_for_no():
    def xor_params():
        W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
        return [W1, torch.tensor([0.0, -1.0]), torch.tensor([[1.0], [-2.0]]), torch.zeros(1)]


@wrong(hint="The right signs, but too close to 0: an output must be at least 0.1 away.")
def margin_too_small():
    def xor_params():
        W1 = torch.ones(2, 2)
        return [W1, torch.tensor([0.0, -1.0]), 0.1 * torch.tensor([[1.0], [-2.0]]), torch.tensor([-0.05])]


@wrong(hint="The second unit counts too little: at (1, 1) the hill has only stopped rising.")
def hill_that_stays_up():
    def xor_params():
        W1 = torch.ones(2, 2)
        return [W1, torch.tensor([0.0, -1.0]), torch.tensor([[1.0], [-1.0]]), torch.tensor([-0.5])]


@wrong(hint="The right numbers, but W2 is a row. Its shape is (hidden units, outputs), as everywhere in this notebook.")
def second_layer_turned():
    def xor_params():
        W1 = torch.ones(2, 2)
        return [W1, torch.tensor([0.0, -1.0]), torch.tensor([[1.0, -2.0]]), torch.tensor([-0.5])]


@wrong(hint="There is only one hidden unit, and one unit cannot go up and down. Use two or more.")
def one_hidden_unit():
    def xor_params():
        return [torch.tensor([[1.0], [-1.0]]), torch.zeros(1), torch.ones(1, 1), torch.tensor([-0.5])]


@wrong(hint="Without biases of the hidden units both wake up at the same place. One of them must start later.")
def hidden_biases_forgotten():
    def xor_params():
        W1 = torch.ones(2, 2)
        return [W1, torch.zeros(2), torch.tensor([[1.0], [-2.0]]), torch.tensor([-0.5])]


@wrong(hint="These numbers were drawn at random. Choose them, or train them until all four answers are right.")
def untrained():
    def xor_params():
        return [0.01 * torch.randn(2, 4), torch.zeros(4), 0.01 * torch.randn(4, 1), torch.zeros(1)]


@wrong(hint="These are lists. Make a tensor of each: torch.tensor([...]).")
def plain_lists():
    def xor_params():
        return [[[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [[1.0], [-2.0]], [-0.5]]


@wrong(hint="These are whole numbers, and no gradient can reach them. Write them as floats: 1.0.")
def whole_numbers():
    def xor_params():
        return [torch.tensor([[1, 1], [1, 1]]), torch.tensor([0, -1]), torch.tensor([[2], [-4]]), torch.tensor([-1])]


@wrong(hint="The right numbers, but W2 has one axis only. Its shape is (hidden units, outputs), here (h, 1).")
def second_weights_as_a_vector():
    def xor_params():
        W2 = torch.tensor([1.0, -2.0])
        return [torch.ones(2, 2), torch.tensor([0.0, -1.0]), W2, torch.tensor([-0.5])]


@wrong(hint="These are NumPy arrays. Make a tensor of each: torch.tensor([...]).")
def numpy_arrays():
    def xor_params():
        W2 = torch.tensor([[1.0], [-2.0]])
        return [p.numpy() for p in (torch.ones(2, 2), torch.tensor([0.0, -1.0]), W2, torch.tensor([-0.5]))]
