import torch

from autograder.authoring.marks import right


@right
def textbook_on_a_copy():
    def constant_factor(x):
        x = x.detach().clone()
        x.requires_grad_(True)
        y = x * x
        u = y.detach()
        z = u * x
        z.sum().backward()
        return x.grad


@right
def constant_computed_without_graph():
    def constant_factor(x):
        v = x.clone().detach().requires_grad_()
        with torch.no_grad():
            u = v**2
        (u * v).backward(torch.ones_like(v))
        return v.grad.clone()


@right
def constant_from_the_argument():
    def constant_factor(x):
        constant = (x * x).detach()
        return torch.func.grad(lambda v: (constant * v).sum())(x.detach())


@right
def upstream_in_place_of_the_sum():
    def constant_factor(x):
        v = x.detach().requires_grad_()
        z = v.data * v.data * v
        return torch.autograd.grad(z, v, grad_outputs=torch.ones_like(z))[0]


@right
def borrow_and_put_back():
    def constant_factor(x):
        watched, old = x.requires_grad, x.grad
        x.grad = None
        x.requires_grad_()
        ((x * x).detach() * x).sum().backward()
        result, x.grad = x.grad, old
        x.requires_grad_(watched)
        return result


@right
def wall_for_gradients():
    class Constant(torch.autograd.Function):
        @staticmethod
        def forward(ctx, u):
            return u.clone()

        @staticmethod
        def backward(ctx, upstream):
            return torch.zeros_like(upstream)

    def constant_factor(x):
        x = x.detach().requires_grad_()
        z = Constant.apply(x * x) * x
        return torch.autograd.grad(z, x, torch.ones_like(z))[0]
