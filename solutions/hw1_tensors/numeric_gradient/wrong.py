import numpy as np
import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is the one-sided difference (f(x + ε) − f(x))/ε. Nudge to both sides and divide by 2ε.")
def one_sided_forward():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros(x.numel(), dtype=x.dtype)
        for i in range(x.numel()):
            nudged = x.detach().reshape(-1).clone()
            nudged[i] += eps
            gradient[i] = (f(nudged.reshape(x.shape)) - f(x)) / eps
        return gradient.reshape(x.shape)


@wrong(hint="This is the one-sided difference (f(x) − f(x − ε))/ε. Nudge to both sides and divide by 2ε.")
def one_sided_backward():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x) - f(x - eps * e)) / eps for e in eye]).reshape(x.shape)


@wrong(hint="The nudge of an entry is still there when the next one is nudged. Undo it, and leave x as it was.")
def nudge_not_undone():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            x[index] += eps
            up = f(x)
            x[index] -= 2 * eps
            gradient[index] = (up - f(x)) / (2 * eps)
        return gradient


@wrong(
    hint="In your copy the nudge of an entry is still there when the next one is nudged. Take a fresh copy each time."
)
def nudge_not_undone_in_a_copy():
    def numeric_gradient(f, x, eps=1e-3):
        up, down = x.detach().clone(), x.detach().clone()
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            up[index] += eps
            down[index] -= eps
            gradient[index] = (f(up) - f(down)) / (2 * eps)
        return gradient


@wrong(hint="The points are 2ε apart, but you divide by ε: the result is twice too large.")
def divided_by_eps():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + eps * e) - f(x - eps * e)) / eps for e in eye]).reshape(x.shape)


@wrong(hint="The precedence of / and * bites: (…) / 2 * eps multiplies by eps. Put the 2 * eps into parentheses.")
def parentheses_missing():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + eps * e) - f(x - eps * e)) / 2 * eps for e in eye]).reshape(x.shape)


@wrong(hint="The step is fixed here. Use the eps that you are given.")
def step_ignored():
    def numeric_gradient(f, x, eps=1e-3):
        h = 1e-3
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in eye]).reshape(x.shape)


@wrong(hint="This is autograd's gradient. It must work for a function that autograd cannot see through.")
def by_autograd():
    def numeric_gradient(f, x, eps=1e-3):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(f(v), v)[0]


@wrong(hint="All entries are nudged together, so you get the slope in one direction. Nudge one entry at a time.")
def all_entries_nudged_together():
    def numeric_gradient(f, x, eps=1e-3):
        return torch.ones_like(x) * (f(x + eps) - f(x - eps)) / (2 * eps)


@wrong(hint="The result is one long row. It must have the shape of x.")
def flat_result():
    def numeric_gradient(f, x, eps=1e-3):
        slopes = []
        for i in range(x.numel()):
            up, down = x.flatten().clone(), x.flatten().clone()
            up[i] += eps
            down[i] -= eps
            slopes.append((f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * eps))
        return torch.stack(slopes)


@wrong(hint="f is called with a flattened tensor. It expects one of the shape of x.")
def f_gets_a_flat_tensor():
    def numeric_gradient(f, x, eps=1e-3):
        flat = x.detach().reshape(-1).clone()
        out = torch.zeros_like(flat)
        for i in range(len(flat)):
            e = torch.zeros_like(flat)
            e[i] = eps
            out[i] = (f(flat + e) - f(flat - e)) / (2 * eps)
        return out.reshape(x.shape)


@wrong(hint="This works for vectors only. x may have any number of axes, also none.")
def vectors_only():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in range(len(x)):
            e = torch.zeros_like(x)
            e[i] = eps
            gradient[i] = (f(x + e) - f(x - e)) / (2 * eps)
        return gradient


@wrong(
    hint="reshape copies an x that is not contiguous, so f(x) never sees your nudge and the result is 0.",
    public=False,
    reason="An edge that is left to think of: x may lie in memory in another order.",
)
def nudge_lost_in_a_copy():
    def numeric_gradient(f, x, eps=1e-3):
        flat = x.reshape(-1)
        gradient = torch.zeros_like(flat)
        for i in range(x.numel()):
            old = flat[i].item()
            flat[i] = old + eps
            up = f(x).item()
            flat[i] = old - eps
            down = f(x).item()
            flat[i] = old
            gradient[i] = (up - down) / (2 * eps)
        return gradient.reshape(x.shape)


@wrong(hint="The result is always float32. Keep the dtype of x.")
def float32_result():
    def numeric_gradient(f, x, eps=1e-3):
        out = torch.zeros(x.shape)
        for index in np.ndindex(*x.shape):
            up, down = x.clone(), x.clone()
            up[index] += eps
            down[index] -= eps
            out[index] = (f(up) - f(down)) / (2 * eps)
        return out


@wrong(hint="The sign is reversed: subtract the value on the left from the one on the right.")
def sign_reversed():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x - eps * e) - f(x + eps * e)) / (2 * eps) for e in eye]).reshape(x.shape)


@wrong(hint="Your step is a fraction of the entry, so it is not eps, and none at all where the entry is 0.")
def step_grows_with_the_entry():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in np.ndindex(*x.shape):
            up, down = x.clone(), x.clone()
            up[i] *= 1 + eps
            down[i] *= 1 - eps
            gradient[i] = (f(up) - f(down)) / (2 * eps * x[i])
        return gradient


@wrong(hint="up and down are two names of one tensor, so both nudges cancel. Make two copies.")
def one_copy_with_two_names():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in np.ndindex(*x.shape):
            up = down = x.clone()
            up[i] += eps
            down[i] -= eps
            gradient[i] = (f(up) - f(down)) / (2 * eps)
        return gradient


@wrong(
    hint="In your copy the nudge of an entry is still there when the next one is nudged. Take a fresh copy each time."
)
def nudge_down_not_undone_in_a_copy():
    def numeric_gradient(f, x, eps=1e-3):
        copy = x.detach().clone()
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            copy[index] += eps
            up = f(copy)
            copy[index] -= 2 * eps
            gradient[index] = (up - f(copy)) / (2 * eps)
        return gradient
