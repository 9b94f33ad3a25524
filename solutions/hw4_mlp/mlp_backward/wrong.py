import torch

from autograder.authoring.marks import wrong


@wrong(hint="The gradient passes the ReLU unchanged. Where a unit was asleep, nothing may pass.")
def no_mask_of_the_relu():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        H = relu(X @ W1 + b1)
        dH = upstream @ W2.T
        return [X.T @ dH, dH.sum(0), H.T @ upstream, upstream.sum(0)]


@wrong(hint="The ReLU looks at the sign of the gradient here. What decides is the sign of what went into it.")
def relu_of_the_gradient():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        H = relu(X @ W1 + b1)
        dZ = relu(upstream @ W2.T)
        return [X.T @ dZ, dZ.sum(0), H.T @ upstream, upstream.sum(0)]


@wrong(hint="The ReLU multiplies by its output here. Its slope is 1 where its input was positive.")
def times_the_output_of_the_relu():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        H = relu(X @ W1 + b1)
        dZ = (upstream @ W2.T) * H
        return [X.T @ dZ, dZ.sum(0), H.T @ upstream, upstream.sum(0)]


@wrong(hint="The gradients of the biases still have a row per example. Every row has a say: add them up.")
def biases_not_summed():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ, relu(Z).T @ upstream, upstream]


@wrong(hint="These are means over the batch. Wanted are the gradients of the sum of all scores times upstream.")
def biases_averaged():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.mean(0), relu(Z).T @ upstream, upstream.mean(0)]


@wrong(hint="These are means over the batch. Wanted are the gradients of the sum of all scores times upstream.")
def everything_averaged():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        n = len(X)
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ / n, dZ.mean(0), relu(Z).T @ upstream / n, upstream.mean(0)]


@wrong(hint="The gradients of the weights are turned: (outputs, inputs). A gradient has the shape of its parameter.")
def transposed():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [dZ.T @ X, dZ.sum(0), upstream.T @ relu(Z), upstream.sum(0)]


@wrong(hint="The hidden layer's gradient left out W2: the upstream gradient reaches it through the second product.")
def upstream_does_not_pass_the_second_layer():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = upstream.sum(1, keepdim=True) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]


@wrong(hint="For W2 the numbers before the ReLU were used. The second product sees what comes out of it.")
def second_layer_sees_the_inputs_of_the_relu():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), Z.T @ upstream, upstream.sum(0)]


@wrong(hint="The upstream gradient is not used: all ones stand in its place.")
def upstream_of_ones():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        U = torch.ones_like(upstream)
        Z = X @ W1 + b1
        dZ = (U @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ U, U.sum(0)]


@wrong(
    hint="Autograd found these gradients. Here you write their formulas.",
    public=False,
    reason="the values are right, and how they were found is watched in the hidden tests only",
)
def backward():
    def mlp_backward(X, params, upstream):
        params = [p.detach().clone().requires_grad_() for p in params]
        mlp_forward(X, params).backward(upstream)
        return [p.grad for p in params]


@wrong(
    hint="Autograd found these gradients. Here you write their formulas.",
    public=False,
    reason="the values are right, and how they were found is watched in the hidden tests only",
)
def autograd_grad():
    def mlp_backward(X, params, upstream):
        params = [p.detach().clone().requires_grad_() for p in params]
        return list(torch.autograd.grad((mlp_forward(X, params) * upstream).sum(), params))


@wrong(hint="X was not flattened. Pictures have more than one axis per example.")
def not_flattened():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]


@wrong(hint="The mask is turned round: what passes is the gradient of the units that were asleep.")
def mask_turned_round():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z < 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]


@wrong(hint="The forward pass left out b1. Which units were awake depends on it.")
def forward_pass_without_the_bias():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]


@wrong(hint="For the biases the units were added up, one sum for each example. Add up the examples.")
def biases_summed_over_the_units():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(1), relu(Z).T @ upstream, upstream.sum(1)]


@wrong(hint="The gradients of the biases are matrices of one row. A gradient has the shape of its parameter.")
def biases_kept_as_rows():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0, keepdim=True), relu(Z).T @ upstream, upstream.sum(0, keepdim=True)]


@wrong(hint="float64 went in and float32 came out. Keep the dtype of the parameters.")
def always_float32():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [g.float() for g in (X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0))]


@wrong(hint="The parameters have changed: a step was taken. Return the gradients and change nothing.")
def takes_a_step():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        gradients = [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]
        with torch.no_grad():
            for p, gradient in zip(params, gradients):
                p -= 0.1 * gradient
        return gradients


@wrong(hint="The gradients come in the order of the way back. Return them in the order of params: W1, b1, W2, b2.")
def last_layer_first():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [relu(Z).T @ upstream, upstream.sum(0), X.T @ dZ, dZ.sum(0)]


@wrong(hint="The gradients come weights first. Return them in the order of params: W1, b1, W2, b2.")
def both_weights_first():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, relu(Z).T @ upstream, dZ.sum(0), upstream.sum(0)]


@wrong(hint="The parameters come in the order W1, b1, W2, b2. Take them apart in this order.")
def parameters_in_another_order():
    def mlp_backward(X, params, upstream):
        W1, W2, b1, b2 = params
        X = X.flatten(1)
        Z = X @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [X.T @ dZ, dZ.sum(0), relu(Z).T @ upstream, upstream.sum(0)]
