import torch

from autograder.authoring.marks import right


@right
def through_data():
    def sgd(params, lr, batch_size):
        for param in params:
            param.data -= lr * param.grad / batch_size


@right
def sub_with_alpha():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.sub_(p.grad, alpha=lr / batch_size)


@right
def optimizer_of_torch():
    def sgd(params, lr, batch_size):
        torch.optim.SGD(params, lr=lr / batch_size).step()


@right
def copies_new_values():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.copy_(p - lr * (p.grad / batch_size))


@right
def new_data():
    def sgd(params, lr, batch_size):
        for i in range(len(params)):
            params[i].data = params[i].data - lr * params[i].grad / batch_size


@right
def through_numpy():
    def sgd(params, lr, batch_size):
        for p in params:
            values = p.detach().numpy()
            values -= lr / batch_size * p.grad.numpy()


@right
def gradient_off_and_on_again():
    def sgd(params, lr, batch_size):
        for p in params:
            p.requires_grad_(False)
            p -= lr * p.grad / batch_size
            p.requires_grad_(True)


@right
def in_inference_mode():
    def sgd(params, lr, batch_size):
        with torch.inference_mode():
            for p in params:
                p[...] = p - lr * p.grad / batch_size
        return params
