import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="There is a relu on the output, so no score can be negative. The output layer stays linear.")
def relu_on_the_output():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return torch.relu(H @ W2 + b2)


@wrong(
    hint="There is no activation between the layers, so the network is one linear layer. Apply relu to the hidden "
    "layer."
)
def no_relu():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (X.flatten(1) @ W1 + b1) @ W2 + b2


@wrong(hint="There is a softmax on top. The loss applies its own; the network returns the linear scores.")
def softmax_on_top():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return torch.softmax(H @ W2 + b2, dim=1)


@wrong(hint="There is a log-softmax on top. The loss applies its own; the network returns the linear scores.")
def log_softmax_on_top():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1)
        return nn.functional.log_softmax(H @ W2 + b2, dim=-1)


@wrong(hint="There is a relu on the output and none on the hidden layer. It is the other way round.")
def relu_on_the_wrong_layer():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = X.flatten(1) @ W1 + b1
        return torch.relu(H @ W2 + b2)


@wrong(hint="The relu is applied to the input. It belongs after the first linear layer.")
def relu_on_the_input():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1)) @ W1 + b1
        return H @ W2 + b2


@wrong(hint="The bias is added after the relu. It belongs inside, before the activation.")
def bias_after_relu():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1) + b1
        return H @ W2 + b2


@wrong(hint="The hidden layer uses the sigmoid. The exercise asks for relu.")
def sigmoid_hidden_layer():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.sigmoid(X.flatten(1) @ W1 + b1)
        return H @ W2 + b2


@wrong(hint="The biases are missing. Each layer adds its own.")
def biases_left_out():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return torch.relu(X.flatten(1) @ W1) @ W2


@wrong(hint="The bias of the output layer is missing.")
def output_bias_left_out():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return torch.relu(X.flatten(1) @ W1 + b1) @ W2


@wrong(hint="X is not flattened, so only rows that are already flat fit. Turn each example into one row first.")
def not_flattened():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X @ W1 + b1)
        return H @ W2 + b2


@wrong(hint="All examples are flattened into one long row. The first axis must stay the number of examples.")
def flattens_the_batch_too():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten() @ W1 + b1)
        return H @ W2 + b2


@wrong(hint="The number of inputs is fixed at 784. Take it from the arguments, so that every network works.")
def fixed_number_of_inputs():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.reshape(-1, 784) @ W1 + b1)
        return H @ W2 + b2


@wrong(
    hint="`view` only works for memory that lies in order. X need not be contiguous: use something that copies when it"
    " must."
)
def view_of_the_input():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.view(X.shape[0], -1) @ W1 + b1)
        return H @ W2 + b2


@wrong(
    hint="The axes are joined in the wrong place, so entries of different examples get mixed. Keep the first axis and "
    "join the others."
)
def examples_on_the_last_axis():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        rows = X.reshape(-1, X.shape[0]).t()
        return torch.relu(rows @ W1 + b1) @ W2 + b2


@wrong(hint="Under `no_grad` nothing is recorded, so no gradient reaches the parameters. Leave it out.")
def forward_without_a_graph():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        with torch.no_grad():
            return torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2


@wrong(hint="The hidden layer is cut from the graph, so W1 and b1 never learn. Leave out `detach`.")
def hidden_layer_detached():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        H = torch.relu(X.flatten(1) @ W1 + b1).detach()
        return H @ W2 + b2


@wrong(hint="This returns the class with the largest score. Return all the scores.")
def class_instead_of_scores():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2).argmax(dim=1)


@wrong(hint="With one example the first axis disappears. The result always has shape (n, num_outputs).")
def squeezes_a_single_example():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return (torch.relu(X.flatten(1) @ W1 + b1) @ W2 + b2).squeeze(0)


@wrong(hint="The input is turned into float32. It must keep its dtype: float64 in gives float64 out.")
def input_made_float32():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = [p.float() for p in params]
        return torch.relu(X.float().flatten(1) @ W1 + b1) @ W2 + b2


@wrong(hint="The bias of the hidden layer is missing. It is added before the relu.")
def no_hidden_bias():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return relu(X.flatten(1) @ W1) @ W2 + b2


@wrong(hint="The hidden layer uses tanh. The exercise asks for relu.")
def tanh_in_the_hidden_layer():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        return torch.tanh(X.flatten(1) @ W1 + b1) @ W2 + b2


@wrong(hint="The parameters come in the order W1, b1, W2, b2. Take them apart in this order.")
def parameters_in_another_order():
    def mlp_forward(X, params):
        W1, W2, b1, b2 = params
        return relu(X.flatten(1) @ W1 + b1) @ W2 + b2
