import torch

from autograder.authoring.marks import wrong


@wrong(hint="The bias is missing.")
def linreg_without_bias():
    def linreg(X, w, b):
        return X @ w


@wrong(hint="This multiplies entry by entry and does not add up. Use the matrix product.")
def elementwise_product():
    def linreg(X, w, b):
        return X * w.T + b


@wrong(hint="The predictions have shape (n,). They should be a column, of shape (n, 1).")
def predictions_without_a_column():
    def linreg(X, w, b):
        return (X @ w).squeeze() + b


@wrong(
    hint="No gradient reaches w and b: the result was cut from the graph. Do not use .data, detach or no_grad in a "
    "model."
)
def cut_from_the_graph():
    def linreg(X, w, b):
        with torch.no_grad():
            return torch.matmul(X, w) + b


@wrong(
    hint="No gradient reaches w and b: the result was cut from the graph. Do not use .data, detach or no_grad in a "
    "model."
)
def uses_data_of_the_parameters():
    def linreg(X, w, b):
        return torch.matmul(X, w.data) + b.data


@wrong(hint="The bias has the wrong sign. It is added.")
def bias_subtracted():
    def linreg(X, w, b):
        return torch.mm(X, w) - b


@wrong(hint="The bias was multiplied, too. First the product Xw, then plus b.")
def bias_before_the_product():
    def linreg(X, w, b):
        return X @ (w + b)


@wrong(hint="The result was made float32. Keep the dtype of the input.")
def linreg_forces_float32():
    def linreg(X, w, b):
        return X.float() @ w.float() + b.float()
