import torch

from autograder.authoring.marks import right


@right
def numbers_only():
    def momentum_step(params, velocities, lr, momentum):
        for p, v in zip(params, velocities, strict=True):
            if p.grad is None:
                continue
            v.data = momentum * v.data + p.grad.data
            p.data = p.data - lr * v.data


@right
def operators_in_place():
    @torch.no_grad()
    def momentum_step(params, velocities, lr, momentum):
        for i in range(len(params)):
            if params[i].grad is not None:
                velocities[i] *= momentum
                velocities[i] += params[i].grad
                params[i] -= lr * velocities[i]


@right
def by_the_optimizer():
    def momentum_step(params, velocities, lr, momentum):
        moved = [(p, v) for p, v in zip(params, velocities) if p.grad is not None]
        if not moved:
            return
        optimizer = torch.optim.SGD([p for p, _ in moved], lr=lr, momentum=momentum)
        for p, v in moved:
            optimizer.state[p]["momentum_buffer"] = v
        optimizer.step()


@right
def copies_into_place():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    new = v * momentum + p.grad
                    v[...] = new
                    p.copy_(p - new * lr)


@right
def all_at_once():
    def momentum_step(params, velocities, lr, momentum):
        moved = [i for i, p in enumerate(params) if p.grad is not None]
        speeds, places = [velocities[i] for i in moved], [params[i].detach() for i in moved]
        torch._foreach_mul_(speeds, momentum)
        torch._foreach_add_(speeds, [params[i].grad for i in moved])
        torch._foreach_add_(places, speeds, alpha=-lr)
