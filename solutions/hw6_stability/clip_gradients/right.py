import torch
from torch import nn

from autograder.authoring.marks import right


@right
def one_long_vector():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.reshape(-1) for p in params]).norm()
        if norm > theta:
            for p in params:
                p.grad[...] = p.grad * theta / norm
        return norm.item()


@right
def built_in():
    def clip_gradients(params, theta):
        return nn.utils.clip_grad_norm_(params, theta).item()


@right
def new_gradient_tensors():
    def clip_gradients(params, theta):
        params = list(params)
        squares = [float(torch.sum(p.grad**2)) for p in params if p.grad is not None]
        norm = float(torch.tensor(squares, dtype=torch.float64).sum().sqrt())
        scale = min(1.0, theta / norm) if norm > 0 else 1.0
        for p in params:
            if p.grad is not None:
                p.grad = p.grad * scale
        return norm


@right
def norm_of_norms():
    def clip_gradients(params, theta):
        params = list(params)
        norms = [torch.linalg.vector_norm(p.grad) for p in params if p.grad is not None]
        norm = torch.linalg.vector_norm(torch.stack(norms)).item()
        if norm >= theta:
            for p in params:
                if p.grad is not None:
                    p.grad.data.mul_(theta).div_(norm)
        return norm


@right
def textbook_slices():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad[:] *= theta / norm
        return norm.item()


@right
def all_tensors_in_one_call():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = torch.stack(torch._foreach_norm(grads)).norm().item()
        if norm > theta:
            torch._foreach_mul_(grads, theta / norm)
        return norm


@right
def two_walks_and_numpy_numbers():
    import numpy as np

    def clip_gradients(params, theta):
        params = list(params)
        squares = [np.sum(p.grad.numpy() ** 2.0) for p in params if p.grad is not None]
        norm = np.sqrt(np.sum(squares, dtype=np.float64))
        for p in params:
            if p.grad is not None and norm > theta:
                p.grad.div_(float(norm)).mul_(theta)
        return norm
