import torch

from autograder.authoring.marks import right


@right
def backward_on_a_copy():
    def quadratic_gradient(x):
        own = x.detach().clone()
        own.requires_grad_(True)
        y = 2 * (own * own).sum()
        y.backward()
        return own.grad


@right
def functional_transform():
    def quadratic_gradient(x):
        return torch.func.grad(lambda v: 2 * v @ v)(x.detach())


@right
def functional_jacobian():
    def quadratic_gradient(x):
        return torch.autograd.functional.jacobian(lambda v: 2 * torch.sum(v**2), x.detach())


@right
def forward_mode():
    def quadratic_gradient(x):
        return torch.func.jacfwd(lambda v: 2 * torch.dot(v, v))(x.detach())


@right
def grad_of_x_if_it_is_watched():
    def quadratic_gradient(x):
        if not x.requires_grad:
            x = x.clone().requires_grad_()
        with torch.enable_grad():
            y = 2 * x.matmul(x)
        return torch.autograd.grad(outputs=y, inputs=x)[0].detach()


@right
def borrow_x_and_put_everything_back():
    def quadratic_gradient(x):
        watched, grad = x.requires_grad, x.grad
        x.requires_grad_(True)
        x.grad = None
        y = 2 * torch.dot(x, x)
        y.backward()
        result = x.grad.clone()
        x.grad = grad
        x.requires_grad_(watched)
        return result


@right
def parameter_of_its_own():
    def quadratic_gradient(x):
        p = torch.nn.Parameter(torch.empty_like(x.detach()).copy_(x.detach()))
        (p.unsqueeze(0) @ p.unsqueeze(1) * 2).backward()
        return p.grad


@right
def caught_by_a_hook():
    def quadratic_gradient(x):
        caught = []
        own = x.detach().clone().requires_grad_()
        own.register_hook(lambda gradient: caught.append(gradient.clone()))
        (2 * own * own).sum().backward()
        return caught[0]


@right
def old_gradient_written_back():
    def quadratic_gradient(x):
        watched = x.requires_grad
        old = None if x.grad is None else x.grad.clone()
        x.requires_grad_(True)
        if old is not None:
            x.grad.zero_()
        (2 * x.dot(x)).backward()
        gradient = x.grad.clone()
        if old is None:
            x.grad = None
        else:
            x.grad.copy_(old)
        x.requires_grad_(watched)
        return gradient
