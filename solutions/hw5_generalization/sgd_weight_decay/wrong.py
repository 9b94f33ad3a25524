import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The weight decays after the step, so the gradient part shrinks as well. Both parts start from the weight "
    "before the step."
)
def decays_after_the_step():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
                p *= 1 - lr * weight_decay


@wrong(hint="Your weights grow by the decay: check the sign of its term.")
def decay_with_the_wrong_sign():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 + lr * weight_decay) * p - lr * p.grad)


@wrong(hint="The step climbs: the gradient is subtracted, not added.")
def ascends():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p + lr * p.grad)


@wrong(
    hint="The decay lacks the learning rate. It belongs to the gradient of the loss like everything else in the step."
)
def decay_without_the_learning_rate():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p *= 1 - weight_decay
                p -= lr * p.grad


@wrong(hint="The weights do not decay: weight_decay has no effect in your step.")
def no_decay():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad


@wrong(hint="The new values go into a new tensor; the parameters themselves stay as they were. Change them in place.")
def name_rebound():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for param in params:
                param = (1 - lr * weight_decay) * param - lr * param.grad


@wrong(hint="The new values go into a new tensor; the parameters themselves stay as they were. Change them in place.")
def list_entries_replaced():
    def sgd_weight_decay(params, lr, weight_decay):
        for i, p in enumerate(params):
            params[i] = (1 - lr * weight_decay) * p - lr * p.grad


@wrong(hint="Autograd is watching the step, and forbids changing a leaf that way. Put the step in torch.no_grad().")
def step_inside_the_graph():
    def sgd_weight_decay(params, lr, weight_decay):
        for p in params:
            p -= lr * (p.grad + weight_decay * p)


@wrong(hint="Only the first parameter makes the step. Go through all of them.")
def first_parameter_only():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p - lr * p.grad)
                return


@wrong(hint="The gradient's part lacks the learning rate.")
def gradient_without_the_learning_rate():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p.copy_((1 - lr * weight_decay) * p - p.grad)


@wrong(hint="Your weights decay twice as much. The penalty has a factor one half, so its gradient is w, not 2w.")
def decays_twice_as_much():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * (p.grad + 2 * weight_decay * p)
