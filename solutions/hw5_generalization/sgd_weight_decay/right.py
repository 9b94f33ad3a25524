import torch

from autograder.authoring.marks import right


@right
def gradient_of_the_whole_loss():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for p in params:
                p -= lr * (p.grad + weight_decay * p)


@right
def built_in_optimizer():
    def sgd_weight_decay(params, lr, weight_decay):
        torch.optim.SGD(params, lr=lr, weight_decay=weight_decay).step()


@right
def in_place_methods():
    def sgd_weight_decay(params, lr, weight_decay):
        for param in params:
            param.data.mul_(1 - lr * weight_decay).add_(param.grad, alpha=-lr)


@right
def copy_of_the_new_value():
    def sgd_weight_decay(params, lr, weight_decay):
        with torch.no_grad():
            for param in params:
                param.copy_((1 - lr * weight_decay) * param - lr * param.grad)
                param.grad.zero_()
