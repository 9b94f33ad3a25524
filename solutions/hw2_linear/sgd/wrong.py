import torch

from autograder.authoring.marks import wrong


@wrong(hint="The step is not divided by the batch size. .grad holds the sum over the batch.")
def no_division():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad


@wrong(
    hint="The parameters stay what they were: the update went into a new tensor, which is lost. Write into p itself."
)
def rebinding():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param = param - lr * param.grad / batch_size


@wrong(
    hint="The parameters stay what they were: the update went into a new tensor, which is lost. Write into p itself."
)
def graph_grows():
    def sgd(params, lr, batch_size):
        for i in range(len(params)):
            params[i] = params[i] - lr * params[i].grad / batch_size


@wrong(hint="PyTorch refuses to record the update. Put it under torch.no_grad().")
def update_is_recorded():
    def sgd(params, lr, batch_size):
        for param in params:
            param -= lr * param.grad / batch_size


@wrong(hint="This climbs: the gradient points uphill. Subtract it.")
def ascends():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param += lr * param.grad / batch_size


@wrong(hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.")
def clears_the_gradient():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / batch_size
                param.grad.zero_()


@wrong(hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.")
def drops_the_gradient():
    def sgd(params, lr, batch_size):
        for param in params:
            param.data -= lr * param.grad / batch_size
            param.grad = None


@wrong(hint="The gradient was divided in place, so .grad has changed. Leave it as it is.")
def divides_the_gradient_in_place():
    def sgd(params, lr, batch_size):
        for param in params:
            param.grad /= batch_size
            param.data -= lr * param.grad


@wrong(hint="The learning rate is missing from the step.")
def learning_rate_forgotten():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param.sub_(param.grad / batch_size)


@wrong(hint="Only the first parameter moves. Update all of them, then return.")
def only_the_first_parameter():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / batch_size
                return


@wrong(hint="After the step the parameters no longer require a gradient. Leave that as it is.")
def switches_the_gradient_off():
    def sgd(params, lr, batch_size):
        for param in params:
            param.requires_grad_(False)
            param -= lr * param.grad / batch_size


@wrong(hint="The step is multiplied by the batch size. Divide by it.")
def multiplies_by_the_batch_size():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad * batch_size


@wrong(hint="Autograd stays switched off for all that follows. with torch.no_grad(): ends by itself.")
def autograd_off_for_good():
    def sgd(params, lr, batch_size):
        torch.set_grad_enabled(False)
        for p in params:
            p -= lr * p.grad / batch_size


@wrong(
    hint="reshape copies what does not lie in one piece, and then the step goes into the copy.",
    public=False,
    reason="An edge that is left to think of: a parameter may lie in memory in another order.",
)
def steps_on_a_flat_copy():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.reshape(-1).sub_(lr * p.grad.reshape(-1) / batch_size)


@wrong(hint="return stands inside the loop, so only the first parameter takes a step. Leave it out.")
def returns_after_the_first():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad / batch_size
                return params
