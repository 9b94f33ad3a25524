import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="This is |x|. Negative entries must become 0; they must not change sign.")
def absolute_value():
    def relu(X):
        return X.abs()


@wrong(hint="Negative entries keep a small slope here: this is a leaky ReLU. They must become exactly 0.")
def leaky_slope():
    def relu(X):
        return torch.where(X > 0, X, 0.01 * X)


@wrong(hint="Negative entries keep a small slope here: this is a leaky ReLU. They must become exactly 0.")
def leaky_slope_by_maximum():
    def relu(X):
        return torch.maximum(X, 0.1 * X)


@wrong(
    hint="This changes X itself: an assignment into it does, a method that ends in an underscore, and writing through "
    "`.data`. Return a new tensor."
)
def writes_into_its_input():
    def relu(X):
        X[X < 0] = 0
        return X


@wrong(
    hint="This changes X itself: an assignment into it does, a method that ends in an underscore, and writing through "
    "`.data`. Return a new tensor."
)
def clamps_in_place():
    def relu(X):
        return X.clamp_(min=0)


@wrong(
    hint="This changes X itself: an assignment into it does, a method that ends in an underscore, and writing through "
    "`.data`. Return a new tensor."
)
def writes_through_data():
    def relu(X):
        X.data[X.data < 0] = 0
        return X


@wrong(hint="Python's `max` wants one yes or no and cannot compare a whole tensor. Compare entry by entry.")
def python_max():
    def relu(X):
        return max(X, 0)


@wrong(hint="An `if` wants one yes or no and cannot decide for a whole tensor. Choose entry by entry.")
def python_if():
    def relu(X):
        return X if X > 0 else torch.zeros_like(X)


@wrong(hint="With a number as second argument, `torch.max` takes it for an axis. It wants a tensor to compare with.")
def number_taken_for_an_axis():
    def relu(X):
        return torch.max(X, 0)


@wrong(hint="`torch.maximum` compares two tensors. A plain number must first become a tensor like X.")
def maximum_with_a_number():
    def relu(X):
        return torch.maximum(X, 0)


@wrong(
    hint="The result has the wrong dtype: integers come back as floats. Compare with zeros that are like X, and turn "
    "nothing into floats."
)
def zeros_of_fixed_dtype():
    def relu(X):
        return torch.maximum(X, torch.zeros(X.shape, device=X.device))


@wrong(
    hint="The result has the wrong dtype: integers come back as floats. Compare with zeros that are like X, and turn "
    "nothing into floats."
)
def always_float32():
    def relu(X):
        return X.float().clamp(min=0)


@wrong(hint="Going through the tensor row by row fails for a single number (0-d). Work on the whole tensor at once.")
def row_by_row():
    def relu(X):
        return torch.stack([torch.maximum(row, torch.zeros_like(row)) for row in X])


@wrong(
    hint="The result is cut from the graph, by `detach`, `no_grad` or a new tensor made of numbers, so no gradient "
    "reaches X. Stay with tensor operations on X."
)
def rebuilt_from_numbers():
    def relu(X):
        flat = [max(value, 0) for value in X.flatten().tolist()]
        return torch.tensor(flat, dtype=X.dtype).reshape(X.shape)


@wrong(
    hint="The result is cut from the graph, by `detach`, `no_grad` or a new tensor made of numbers, so no gradient "
    "reaches X. Stay with tensor operations on X."
)
def detached():
    def relu(X):
        return X.detach().clamp(min=0)


@wrong(
    hint="The result is cut from the graph, by `detach`, `no_grad` or a new tensor made of numbers, so no gradient "
    "reaches X. Stay with tensor operations on X."
)
def without_a_graph():
    def relu(X):
        with torch.no_grad():
            return X.clamp(min=0)


@wrong(hint="This answers whether x is positive, with 1 or 0. A positive entry must keep its value.")
def step_function():
    def relu(X):
        return (X > 0).to(X.dtype)


@wrong(hint="This keeps the negative entries. It is the positive ones that stay.")
def smaller_of_the_two():
    def relu(X):
        return torch.minimum(X, torch.zeros_like(X))


@wrong(hint="This cuts values above 6 (ReLU6). A positive entry must keep its value, however large.")
def cut_at_six():
    def relu(X):
        return X.clamp(0, 6)


@wrong(hint="This cuts values above 1. A positive entry must keep its value, however large.")
def cut_at_one():
    def relu(X):
        return X.clamp(0, 1)


@wrong(hint="This is softplus, a smooth relative. ReLU has a corner: exactly 0 on the left, exactly x on the right.")
def softplus():
    def relu(X):
        return torch.log(1 + torch.exp(X))


@wrong(hint="The positive entries were picked out, so the shape is lost. Every entry keeps its place.")
def drops_the_negative_entries():
    def relu(X):
        return X[X > 0]


@wrong(
    hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in():
    def relu(X):
        return torch.relu(X)


@wrong(
    hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_functional():
    import torch.nn.functional as F

    def relu(X):
        return F.relu(X)


@wrong(
    hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_module():
    relu = nn.ReLU()


@wrong(
    hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_method():
    def relu(X):
        return X.relu()


@wrong(
    hint="This calls PyTorch's own relu. Write max(x, 0) yourself from simpler operations.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_on_a_copy():
    def relu(X):
        return torch.relu_(X.clone())


@wrong(
    hint="Your zeros lie on the CPU, wherever X lies. Make them like X, or compare with the number 0.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def zeros_on_the_cpu():
    def relu(X):
        return torch.maximum(X, torch.zeros(X.shape, dtype=X.dtype))


@wrong(
    hint="Your zeros lie on the CPU, wherever X lies. Make them like X, or compare with the number 0.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def filled_on_the_cpu():
    def relu(X):
        Y = torch.zeros(X.shape, dtype=X.dtype)
        return torch.where(X > 0, X, Y)


@wrong(hint="x + |x| is 2x for positive entries, which must keep their value. Half of it is ReLU.")
def half_missing():
    def relu(X):
        return X + X.abs()
