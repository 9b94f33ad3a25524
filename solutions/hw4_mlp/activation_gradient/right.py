import torch
from torch import nn

from autograder.authoring.marks import right


@right
def fresh_leaf_and_backward():
    def activation_gradient(f, X):
        x = X.detach().clone()
        x.requires_grad = True
        f(x).sum().backward()
        return x.grad


@right
def upstream_of_ones():
    def activation_gradient(f, X):
        x = X.clone().detach().requires_grad_(True)
        y = f(x)
        y.backward(gradient=torch.ones_like(y))
        return x.grad.clone()


@right
def grad_outputs():
    def activation_gradient(f, X):
        x = nn.Parameter(X.detach())
        y = f(x)
        (g,) = torch.autograd.grad(y, x, grad_outputs=torch.ones_like(y))
        return g


@right
def functional_grad():
    def activation_gradient(f, X):
        return torch.func.grad(lambda x: f(x).sum())(X.detach())


@right
def vector_jacobian_product():
    def activation_gradient(f, X):
        y, pull_back = torch.func.vjp(f, X.detach())
        return pull_back(torch.ones_like(y))[0]


@right
def jacobian_vector_product():
    def activation_gradient(f, X):
        return torch.autograd.functional.jvp(f, X.detach(), torch.ones_like(X))[1]


@right
def non_leaf_clone():
    def activation_gradient(f, X):
        with torch.enable_grad():
            x = X.clone().requires_grad_()
            total = f(x).sum()
        return torch.autograd.grad(total, x, create_graph=True)[0].detach()


@right
def jacobian_diagonal():
    def activation_gradient(f, X):
        x = X.detach().reshape(-1)
        return torch.autograd.functional.jacobian(f, x).diagonal().reshape(X.shape)
