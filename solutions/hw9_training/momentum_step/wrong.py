import torch

from autograder.authoring.marks import wrong


@wrong(hint="The learning rate went into the velocity. It belongs to the parameter's step only: else old gradients keep an old rate.")
def lr_in_the_velocity():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad, alpha=lr)
                    p.sub_(v)


@wrong(hint="The velocities that you were given stay what they were: the new one got lost. Write into v itself.")
def velocity_rebound():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v = momentum * v + p.grad
                    p -= lr * v


@wrong(hint="The velocities that you were given stay what they were: the new one got lost. Write into v itself.")
def velocity_replaced_in_the_list():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for i in range(len(params)):
                if params[i].grad is not None:
                    velocities[i] = momentum * velocities[i] + params[i].grad
                    params[i] -= lr * velocities[i]


@wrong(hint="The parameter moves along the *old* velocity. First the velocity takes up the gradient, then the parameter moves.")
def parameter_before_velocity():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    p -= lr * v
                    v.mul_(momentum).add_(p.grad)


@wrong(hint="This averages: the gradient is weighed with 1 - momentum. Here it is added whole, as torch.optim.SGD does.")
def running_average():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_((1 - momentum) * p.grad)
                    p.sub_(lr * v)


@wrong(hint="This climbs: the gradient points uphill. Subtract the velocity.")
def ascends():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v *= momentum
                    v += p.grad
                    p += lr * v


@wrong(hint="A parameter whose grad is None has nothing to add to its velocity: skip both.")
def coasts_without_a_gradient():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                v.mul_(momentum)
                if p.grad is not None:
                    v.add_(p.grad)
                p.sub_(lr * v)


@wrong(hint="A parameter may have no gradient at all: its `.grad` is None, and it is to be skipped.")
def gradient_taken_for_granted():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                v.mul_(momentum).add_(p.grad)
                p.sub_(lr * v)


@wrong(hint="The velocity is never slowed down: multiply it by the momentum before the gradient is added.")
def no_friction():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v += p.grad
                    p -= lr * v


@wrong(hint="This is plain gradient descent: the velocity has no part in it.")
def plain_descent():
    def momentum_step(params, velocities, lr, momentum):
        for p in params:
            if p.grad is not None:
                p.data -= lr * p.grad


@wrong(hint="The gradient itself became the velocity, so `.grad` has changed. Leave it as it is.")
def gradient_as_velocity():
    def momentum_step(params, velocities, lr, momentum):
        for p, v in zip(params, velocities):
            if p.grad is not None:
                p.grad.add_(v, alpha=momentum)
                v.copy_(p.grad)
                p.data.sub_(v, alpha=lr)


@wrong(hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.")
def clears_the_gradient():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad)
                    p.sub_(lr * v)
                    p.grad = None


@wrong(hint="PyTorch refuses to record the update. Put it under torch.no_grad().")
def update_is_recorded():
    def momentum_step(params, velocities, lr, momentum):
        for p, v in zip(params, velocities):
            if p.grad is not None:
                v.mul_(momentum).add_(p.grad)
                p -= lr * v


@wrong(hint="Autograd stays switched off for all that follows. with torch.no_grad(): ends by itself.")
def autograd_off_for_good():
    def momentum_step(params, velocities, lr, momentum):
        torch.set_grad_enabled(False)
        for p, v in zip(params, velocities):
            if p.grad is not None:
                v.mul_(momentum).add_(p.grad)
                p -= lr * v


@wrong(hint="Only the first parameter moves. Update all of them, then return.")
def only_the_first_parameter():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad)
                    p.sub_(lr * v)
                    return


@wrong(hint="This looks ahead, as Nesterov's momentum does. Here the parameter moves along the velocity, and nothing else.")
def looks_ahead():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad)
                    p -= lr * (p.grad + momentum * v)


@wrong(hint="The loop ends at the first parameter without a gradient: `break` leaves it, `continue` goes on with the next.")
def ends_at_the_first_without_a_gradient():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is None:
                    break
                v.mul_(momentum).add_(p.grad)
                p -= lr * v


@wrong(hint="The velocity has the other sign. It takes up the gradient as it is; the step subtracts it.")
def both_signs_turned():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).sub_(p.grad)
                    p.add_(v, alpha=lr)


@wrong(
    hint="Where the gradient is 0 the ball rolls on: only a parameter whose grad is None is skipped.",
    public=False,
    reason="That a gradient of zeros is a gradient is left to think of.",
)
def skips_a_gradient_of_zeros():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None and p.grad.any():
                    v.mul_(momentum).add_(p.grad)
                    p -= lr * v


@wrong(hint="Your velocity is a sum of steps. Here it is a sum of gradients: the learning rate and the minus come with the step.")
def velocity_of_steps():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).sub_(lr * p.grad)
                    p += v


@wrong(hint="`p = p - …` gives the name p to a new tensor, and the parameter stays where it is. Write into p itself.")
def parameter_rebound():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad)
                    p = p - lr * v


@wrong(hint="The momentum is at the gradient. It slows the old velocity; the gradient is added whole.")
def momentum_at_the_gradient():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v += momentum * p.grad
                    p -= lr * v


@wrong(hint="The momentum is at the gradient, too. It slows the old velocity; then the gradient is added whole.")
def momentum_at_both():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.copy_(momentum * (v + p.grad))
                    p -= lr * v


@wrong(hint="A parameter whose grad is None has nothing to add to its velocity: skip both.")
def velocity_slows_without_a_gradient():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                v *= momentum
                if p.grad is None:
                    continue
                v += p.grad
                p -= lr * v


@wrong(hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.")
def sets_the_gradient_to_zero():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(p.grad)
                    p.sub_(lr * v)
                    p.grad.zero_()


@wrong(hint="The learning rate is in two lines, so each step is multiplied by it twice. It belongs to the parameter's line only.")
def lr_in_both():
    def momentum_step(params, velocities, lr, momentum):
        with torch.no_grad():
            for p, v in zip(params, velocities):
                if p.grad is not None:
                    v.mul_(momentum).add_(lr * p.grad)
                    p.sub_(lr * v)
