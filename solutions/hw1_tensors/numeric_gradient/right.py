import numpy as np
import torch

from autograder.authoring.marks import right


@right
def nudge_a_copy_of_flat_x():
    def numeric_gradient(f, x, eps=1e-3):
        grad = torch.zeros_like(x).reshape(-1)
        for i in range(x.numel()):
            up = x.detach().reshape(-1).clone()
            down = up.clone()
            up[i] += eps
            down[i] -= eps
            grad[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * eps)
        return grad.reshape(x.shape)


@right
def nudge_in_place_and_put_the_old_number_back():
    def numeric_gradient(f, x, eps=1e-3):
        out = torch.empty_like(x)
        for index in np.ndindex(*x.shape):
            old = x[index].item()
            x[index] = old + eps
            up = f(x).item()
            x[index] = old - eps
            down = f(x).item()
            x[index] = old
            out[index] = (up - down) / (2 * eps)
        return out


@right
def all_nudges_at_once():
    def numeric_gradient(f, x, eps=1e-3):
        n = x.numel()
        nudges = eps * torch.eye(n, dtype=x.dtype).reshape(n, *x.shape)
        slopes = [float(f(x + e) - f(x - e)) / (2 * eps) for e in nudges]
        return torch.tensor(slopes, dtype=x.dtype).reshape(x.shape)


@right
def vectorised():
    def numeric_gradient(f, x, eps=1e-3):
        nudges = eps * torch.eye(x.numel(), dtype=x.dtype).view(-1, *x.shape)
        both = torch.vmap(f)(x + nudges) - torch.vmap(f)(x - nudges)
        return (both / (2 * eps)).view(x.shape)


@right
def in_double_precision():
    def numeric_gradient(f, x, eps=1e-3):
        wide = x.detach().to(torch.float64).contiguous().clone()
        flat = wide.view(-1)
        slopes = []
        with torch.no_grad():
            for i in range(flat.numel()):
                old = flat[i].clone()
                flat[i] = old + eps
                up = f(wide).clone()
                flat[i] = old - eps
                slopes.append((up - f(wide)) / (2 * eps))
                flat[i] = old
        return torch.stack(slopes).reshape(x.shape).to(x.dtype)


@right
def nudge_there_and_back():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            x[index] += eps
            up = f(x).item()
            x[index] -= 2 * eps
            down = f(x).item()
            x[index] += eps
            gradient[index] = (up - down) / (2 * eps)
        return gradient


@right
def axis_by_axis():
    def numeric_gradient(f, x, eps=1e-3):
        if x.dim() == 0:
            return ((f(x + eps) - f(x - eps)) / (2 * eps)).to(x.dtype)
        parts = []
        for i in range(len(x)):

            def f_of_part(part, i=i):
                whole = x.clone()
                whole[i] = part
                return f(whole)

            parts.append(numeric_gradient(f_of_part, x[i].clone(), eps))
        return torch.stack(parts)
