import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="`backward` starts from one number, and f(X) is a whole tensor. Sum first, or pass an upstream gradient of "
    "ones."
)
def needs_a_scalar_output():
    def activation_gradient(f, X):
        x = X.detach().requires_grad_(True)
        f(x).backward()
        return x.grad


@wrong(
    hint="`backward` adds to the .grad that is already there, so the second call is too large. Start from a fresh leaf"
    " each time."
)
def accumulates():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).sum().backward()
        return X.grad


@wrong(
    hint="`backward` adds to the .grad that is already there, so the second call is too large. Start from a fresh leaf"
    " each time."
)
def accumulates_with_ones():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).backward(torch.ones_like(X), retain_graph=True)
        return X.grad.clone()


@wrong(
    hint="The .grad was set to zero while it was still your result: both names are one tensor. Copy it before, or zero"
    " it at the start."
)
def zeroed_before_it_is_returned():
    def activation_gradient(f, X):
        X.requires_grad_(True)
        f(X).sum().backward()
        gradient = X.grad
        X.grad.zero_()
        return gradient


@wrong(hint="The mean divides every slope by the number of entries. Each slope must come out whole.")
def mean_instead_of_sum():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).mean().backward()
        return x.grad


@wrong(hint="The slopes were added up to one number. Return one slope for each entry of X.")
def slopes_added_up():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).sum().backward()
        return x.grad.sum()


@wrong(hint="X may be a plain tensor that does not require a gradient. Ask for it yourself, on a leaf of your own.")
def gradient_not_asked_for():
    def activation_gradient(f, X):
        return torch.autograd.grad(f(X).sum(), X)[0]


@wrong(hint="If X already requires a gradient, its clone is no leaf and gets no .grad. Detach it first.")
def clone_is_no_leaf():
    def activation_gradient(f, X):
        x = X.clone()
        x.requires_grad_(True)
        f(x).sum().backward()
        return x.grad


@wrong(hint="`torch.autograd.grad` returns a tuple with one gradient per input. Return the tensor in it.")
def tuple_returned():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        return torch.autograd.grad(f(x).sum(), x)


@wrong(hint="`backward` returns nothing. The slopes are in .grad afterwards.")
def returns_nothing():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        return f(x).sum().backward()


@wrong(hint="This is the value of f. Its slope is asked for.")
def value_instead_of_slope():
    def activation_gradient(f, X):
        return f(X)


@wrong(hint="This is a difference quotient, an approximation. Let autograd compute the slope.")
def difference_quotient():
    def activation_gradient(f, X):
        with torch.no_grad():
            return (f(X + 1e-4) - f(X - 1e-4)) / 2e-4


@wrong(
    hint="This is the whole Jacobian, each output by each input. Only the slope of each entry by itself is asked for."
)
def whole_jacobian():
    def activation_gradient(f, X):
        return torch.autograd.functional.jacobian(f, X)


@wrong(hint="X itself went in as the upstream gradient, so every slope is multiplied by x. Pass ones.")
def input_as_upstream_gradient():
    def activation_gradient(f, X):
        x = X.detach().clone().requires_grad_(True)
        f(x).backward(X.detach())
        return x.grad


@wrong(
    hint="Every call returns the same tensor, the .grad of X, and a later call overwrites it. Return one of its own.",
    public=False,
    reason="each public check has done with a result before it asks for the next",
)
def the_same_tensor_every_time():
    def activation_gradient(f, X):
        if not X.requires_grad:
            X = X.detach().clone().requires_grad_(True)
        if X.grad is not None:
            X.grad.zero_()
        f(X).sum().backward()
        return X.grad


@wrong(hint="This is a difference quotient, an approximation. Let autograd compute the slope.")
def forward_difference():
    def activation_gradient(f, X):
        with torch.no_grad():
            return (f(X + 1e-3) - f(X)) / 1e-3
