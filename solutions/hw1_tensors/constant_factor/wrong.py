import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is 3x²: u still has its history. detach() changes nothing in u itself, and clone keeps the history.")
def nothing_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = x * x
        z = u * x
        z.sum().backward()
        return x.grad


@wrong(hint="This is 3x²: u still has its history. detach() changes nothing in u itself, and clone keeps the history.")
def detach_thrown_away():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = x * x
        u.detach()
        return torch.autograd.grad((u * x).sum(), x)[0]


@wrong(hint="This is 3x²: u still has its history. detach() changes nothing in u itself, and clone keeps the history.")
def cloned_in_place_of_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = (x * x).clone()
        (u * x).sum().backward()
        return x.grad


@wrong(hint="This is 2x²: only one of the three factors is constant. The constant is the whole product u = x·x.")
def wrong_factor_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        z = (x * x) * x.detach()
        z.sum().backward()
        return x.grad


@wrong(hint="This is 2x²: only one of the three factors is constant. The constant is the whole product u = x·x.")
def half_of_the_constant_detached():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = v * v.detach()
        (u * v).sum().backward()
        return v.grad


@wrong(hint="This is 2x, the gradient of x·x. With u as a constant, differentiate z = u·x.")
def gradient_of_u():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = v * v
        return torch.autograd.grad(u.sum(), v)[0]


@wrong(
    hint="You watched the caller's x and left a gradient on it. x, its requires_grad and its grad stay as they were."
)
def trace_left_on_x():
    def constant_factor(x):
        x.requires_grad_(True)
        y = x * x
        u = y.detach()
        z = u * x
        z.sum().backward()
        return x.grad


@wrong(hint="Here u is the dot product, a single number. It is x·x entry by entry.")
def dot_product_as_constant():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = torch.dot(v.reshape(-1), v.reshape(-1)).detach()
        (u * v).sum().backward()
        return v.grad


@wrong(hint="Everything is detached here, so there is nothing left to differentiate. Keep one x.")
def everything_detached():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        z = (v * v * v).detach()
        z.sum().backward()
        return v.grad


@wrong(hint="This is the value z = x³. Asked for is its gradient with u as a constant.")
def value_of_z():
    def constant_factor(x):
        v = x.detach().clone()
        return v * v * v


@wrong(hint="mean() divides by the number of entries. Differentiate the sum of z.")
def mean_in_place_of_sum():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        ((v * v).detach() * v).mean().backward()
        return v.grad


@wrong(hint="You stop watching x at the end and clear its gradient. If x was watched before, both must be as before.")
def watched_x_switched_off():
    def constant_factor(x):
        x.requires_grad_(True)
        x.grad = None
        ((x * x).detach() * x).sum().backward()
        gradient = x.grad
        x.grad = None
        x.requires_grad_(False)
        return gradient


@wrong(
    hint="You watched the caller's x, and leave it watched, with a gradient of zeros. Zeros are not what was there"
    " before: work on a tensor of your own."
)
def zeros_left_on_x():
    def constant_factor(x):
        x.requires_grad_(True)
        ((x * x).detach() * x).sum().backward()
        gradient = x.grad.clone()
        x.grad.zero_()
        return gradient


@wrong(hint="Here the constant is x itself, so the gradient is x. The constant is the product u = x·x.")
def x_as_the_constant():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        (v.detach() * v).sum().backward()
        return v.grad
