import torch

from autograder.authoring.marks import wrong


@wrong(hint="You watched the caller's x itself: its gradient is left there, or added to. Work on a tensor of your own.")
def gradient_left_on_x():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        y = 2 * torch.dot(x, x)
        y.backward()
        return x.grad


@wrong(hint="You watched the caller's x itself: its gradient is left there, or added to. Work on a tensor of your own.")
def gradient_left_on_x_and_added_up():
    def quadratic_gradient(x):
        x.requires_grad = True
        (2 * x @ x).backward()
        return x.grad.clone()


@wrong(hint="The result still has a graph attached. Return a tensor that stands alone, without a history.")
def result_still_attached():
    def quadratic_gradient(x):
        x = x.detach().clone().requires_grad_()
        y = 2 * torch.dot(x, x)
        return torch.autograd.grad(y, x, create_graph=True)[0]


@wrong(hint="The result still has a graph attached. Return a tensor that stands alone, without a history.")
def attached_by_an_addition():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * (v * v).sum()
        y.backward()
        return v.grad + 0 * v


@wrong(
    hint="The formula 4x is right for this one function. Here autograd should find it: build y and differentiate it.",
    public=False,
    reason="A rule: only the judge sees whether autograd did it.",
)
def by_hand():
    def quadratic_gradient(x):
        return 4 * x.detach()


@wrong(hint="The gradient is gone from x, but x is still watched. It was not before.")
def still_watched():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        y = 2 * torch.dot(x, x)
        (gradient,) = torch.autograd.grad(y, x)
        return gradient


@wrong(hint="You stop watching x at the end and clear its gradient. If x was watched before, both must be as before.")
def parameter_switched_off():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        x.grad = None
        y = 2 * torch.dot(x, x)
        y.backward()
        gradient = x.grad
        x.grad = None
        x.requires_grad_(False)
        return gradient


@wrong(hint="A clone of a watched x leads back to x, so backward adds to the caller's gradient. Detach it first.")
def clone_leads_back():
    def quadratic_gradient(x):
        v = x.clone()
        if not v.requires_grad:
            v.requires_grad_()
        v.retain_grad()
        (2 * torch.dot(v, v)).backward()
        return v.grad


@wrong(hint="This is the gradient of xᵀx. The function has a factor of 2 in front.")
def factor_forgotten():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(torch.dot(v, v), v)[0]


@wrong(hint="This returns the value y. Asked for is its gradient.")
def value_in_place_of_gradient():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * torch.dot(v, v)
        y.backward()
        return y.detach()


@wrong(
    hint="x is not watched yet, so no graph is recorded and autograd has nothing to differentiate. Watch a tensor "
    "first."
)
def never_watched():
    def quadratic_gradient(x):
        y = 2 * torch.dot(x, x)
        return torch.autograd.grad(y, x)[0]


@wrong(hint="Without the sum, y has as many entries as x, and backward wants a single number. xᵀx is a sum.")
def sum_forgotten():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * v * v
        y.backward()
        return v.grad


@wrong(hint="zero_ clears the very tensor that you return: two names, one memory. So the result is all zeros.")
def zeroed_before_return():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        (2 * torch.dot(v, v)).backward()
        gradient = v.grad
        v.grad.zero_()
        return gradient


@wrong(
    hint="You watched the caller's x, and leave it watched, with a gradient of zeros. Zeros are not what was there"
    " before: work on a tensor of your own."
)
def zeros_left_on_x():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        (2 * torch.dot(x, x)).backward()
        gradient = x.grad.clone()
        x.grad.zero_()
        return gradient


@wrong(hint="mean() divides by the number of entries. xᵀx is the sum of the squares.")
def mean_in_place_of_the_sum():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        (2 * (v * v).mean()).backward()
        return v.grad
