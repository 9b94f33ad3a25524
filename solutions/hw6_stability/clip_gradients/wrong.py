import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="Each parameter is clipped by its own norm, which turns the step. Compute one norm from all gradients "
    "together."
)
def norm_per_parameter():
    def clip_gradients(params, theta):
        total = 0.0
        for p in params:
            if p.grad is None:
                continue
            norm = p.grad.norm()
            total += norm.item() ** 2
            if norm > theta:
                p.grad[:] *= theta / norm
        return total**0.5


@wrong(hint="Gradients below the limit were scaled up to it. Scale only if the norm exceeds theta.")
def always_scaled():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        for p in params:
            p.grad *= theta / norm
        return norm.item()


@wrong(hint="Each entry was cut at theta, which turns the step. Multiply all gradients by one number.")
def clamped_by_value():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.pow(2).sum() for p in params).sqrt()
        for p in params:
            p.grad.clamp_(-theta, theta)
        return float(norm)


@wrong(hint="Each entry was cut at theta, which turns the step. Multiply all gradients by one number.")
def clamped_only_if_too_long():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.flatten() for p in params]).norm().item()
        if norm > theta:
            torch.nn.utils.clip_grad_value_(params, theta)
        return norm


@wrong(hint="The norm is the one after clipping. Return the norm that the gradients had before.")
def returns_the_norm_after():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return sum(p.grad.square().sum().item() for p in params) ** 0.5


@wrong(hint="Nothing comes back. Return the norm before clipping.")
def returns_nothing():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad[...] *= theta / norm


@wrong(hint="A tensor comes back. Return a Python float; .item() makes one.")
def returns_a_tensor():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(hint="This breaks at a parameter whose .grad is None. Such parameters are skipped.")
def trips_over_none():
    def clip_gradients(params, theta):
        params = list(params)
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params)).item()
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(hint="The root is missing: this is the square of the norm.")
def norm_squared():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(
    hint="The norms of the parameters were added up. Add up the squares of all entries, and take the root at the end."
)
def sum_of_norms():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.norm().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(hint="The parameters were scaled. Scale their gradients, and leave the parameters alone.")
def scales_the_parameters():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.data *= theta / norm
        return norm


@wrong(hint="The gradients stay what they were: grad = grad * ... makes a new tensor. Write into the old one.")
def rebinds_the_gradient():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = sum(grad.square().sum().item() for grad in grads) ** 0.5
        if norm > theta:
            for grad in grads:
                grad = grad * (theta / norm)
        return norm


@wrong(hint="This is the sum of magnitudes. The L2 norm is the root of the sum of squares.")
def sum_of_magnitudes():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.abs().sum().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(hint="The factor is upside down. It is theta / norm, so that the norm becomes theta.")
def factor_upside_down():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum(p.grad.square().sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.grad.mul_(norm / theta)
        return norm


@wrong(hint="theta / norm divides by zero when all gradients are 0. Ask first whether the norm exceeds theta.")
def divides_by_zero():
    def clip_gradients(params, theta):
        grads = [p.grad for p in params if p.grad is not None]
        norm = sum(g.square().sum().item() for g in grads) ** 0.5
        factor = min(1, theta / norm)
        for grad in grads:
            grad *= factor
        return norm


@wrong(hint="A parameter without gradient is skipped. Giving it zeros makes an optimizer move it all the same.")
def zeros_for_none():
    def clip_gradients(params, theta):
        for p in params:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        return float(nn.utils.clip_grad_norm_(params, theta))


@wrong(hint="break ends the walk at the first parameter without gradient. Those behind it count, too.")
def stops_at_none():
    def clip_gradients(params, theta):
        grads = []
        for p in params:
            if p.grad is None:
                break
            grads.append(p.grad)
        norm = sum(g.square().sum().item() for g in grads) ** 0.5
        if norm > theta:
            for grad in grads:
                grad *= theta / norm
        return norm


@wrong(
    hint="params may be a generator, and your second loop finds it empty. Keep the gradients in a list.",
    public=False,
    reason="A generator is only made where the judge measures; that there may be one stands in the question.",
)
def walks_through_a_generator_twice():
    def clip_gradients(params, theta):
        norm = sum(p.grad.square().sum().item() for p in params if p.grad is not None) ** 0.5
        if norm > theta:
            for p in params:
                if p.grad is not None:
                    p.grad.mul_(theta / norm)
        return norm


@wrong(hint="This is the norm of the parameters. Take that of their gradients, .grad.")
def norm_of_the_parameters():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = sum((p.detach() ** 2).sum().item() for p in params) ** 0.5
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm


@wrong(hint="This is the largest entry. The L2 norm is the root of the sum of all squares.")
def largest_entry():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = max(p.grad.abs().max().item() for p in params)
        if norm > theta:
            for p in params:
                p.grad *= theta / norm
        return norm


@wrong(hint="Gradients below the limit were scaled up to it. Scale only if the norm exceeds theta.")
def always_scaled_but_zeros():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.reshape(-1) for p in params]).norm().item()
        for p in params:
            p.grad.mul_(theta / (norm + 1e-12))
        return norm


@wrong(hint="You average the squares before the root. The L2 norm adds them up.")
def root_of_the_mean_square():
    def clip_gradients(params, theta):
        params = [p for p in params if p.grad is not None]
        norm = torch.cat([p.grad.reshape(-1) for p in params]).square().mean().sqrt().item()
        if norm > theta:
            for p in params:
                p.grad.mul_(theta / norm)
        return norm
