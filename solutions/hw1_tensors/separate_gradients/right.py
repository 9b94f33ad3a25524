import torch

from autograder.authoring.marks import right


@right
def two_copies():
    def separate_gradients(f, g, x):
        x1 = x.detach().clone().requires_grad_(True)
        x2 = x.detach().clone().requires_grad_(True)
        f(x1).backward()
        g(x2).backward()
        return x1.grad, x2.grad


@right
def clone_then_zero():
    def separate_gradients(f, g, x):
        v = x.clone().detach()
        v.requires_grad = True
        f(v).backward()
        first = v.grad.clone()
        v.grad.zero_()
        g(v).backward()
        return (first, v.grad)


@right
def set_the_field_to_none():
    def separate_gradients(f, g, x):
        v = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
        gradients = []
        for function in (f, g):
            v.grad = None
            function(v).backward()
            gradients.append(v.grad)
        return gradients


@right
def transforms():
    def separate_gradients(f, g, x):
        point = x.detach()
        return torch.func.grad(f)(point), torch.func.grad(g)(point)


@right
def helper_with_autograd_grad():
    def separate_gradients(f, g, x):
        def gradient(function):
            leaf = x.detach().requires_grad_()
            return torch.autograd.grad(function(leaf), [leaf])[0]

        return tuple(map(gradient, (f, g)))


@right
def jacobians():
    def separate_gradients(f, g, x):
        jacobian = torch.autograd.functional.jacobian
        return jacobian(f, x.detach()), jacobian(g, x.detach())


@right
def sum_minus_first():
    def separate_gradients(f, g, x):
        own = x.detach().clone().requires_grad_()
        f(own).backward()
        first = own.grad.clone()
        g(own).backward()
        return [first, own.grad - first]


@right
def both_in_one_walk():
    def separate_gradients(f, g, x):
        own = x.detach().clone().requires_grad_()
        values = torch.stack([f(own), g(own)])
        rows = torch.eye(2, dtype=values.dtype)
        (gradients,) = torch.autograd.grad(values, own, rows, is_grads_batched=True)
        return gradients[0], gradients[1]
