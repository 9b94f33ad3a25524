import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(
    hint="The gradients of all steps pile up: backward() adds to what is there. Start every step with an empty "
    "gradient."
)
def gradient_never_zeroed():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            with torch.no_grad():
                K -= lr * K.grad
        return K.detach()


@wrong(
    hint="The gradients of all steps pile up: backward() adds to what is there. Start every step with an empty "
    "gradient."
)
def layer_without_zero_grad():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, bias=False, dtype=X.dtype)
        optimizer = torch.optim.SGD(conv.parameters(), lr=lr)
        for _ in range(num_steps):
            loss = ((conv(X[None, None])[0, 0] - Y) ** 2).sum()
            loss.backward()
            optimizer.step()
        return conv.weight.detach()[0, 0]


@wrong(hint="You climb: the step goes along the gradient, and the loss grows. Go against it.")
def ascending():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K += lr * gradient
        return K.detach()


@wrong(hint="The loss is the mean of the squared errors, which makes every step much too short. Take their sum.")
def mean_instead_of_sum():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            loss = nn.functional.mse_loss(corr2d(X, K), Y)
            (gradient,) = torch.autograd.grad(loss, K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@wrong(hint="The kernel comes out the same whatever num_steps is. Take as many steps of gradient descent as the argument says.")
def always_a_hundred_steps():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(100):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@wrong(hint="The learning rate is fixed in your code. Use the argument lr.")
def always_the_same_learning_rate():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K -= 3e-2 * gradient
        return K.detach()


@wrong(hint="You return the kernel with the batch and channel axes of nn.Conv2d. Its shape should be kernel_size.")
def kernel_with_four_axes():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, bias=False)
        for _ in range(num_steps):
            conv.zero_grad()
            ((conv(X[None, None])[0, 0] - Y) ** 2).sum().backward()
            conv.weight.data -= lr * conv.weight.grad
        return conv.weight.data


@wrong(
    hint="`K = K - …` makes a new tensor, and the next step finds no gradient on it. Change K in place, or make the "
    "new one a leaf again."
)
def kernel_rebound():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            K = K - lr * K.grad
        return K.detach()


@wrong(hint="A new kernel or layer is float32 unless told otherwise. Give it the dtype of X.")
def kernel_always_float32():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            K.data -= lr * gradient
        return K.detach()


@wrong(hint="One step is missing: range(1, n) has n - 1 entries.")
def one_step_too_few():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(1, num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            K.data -= lr * gradient
        return K.detach()


@wrong(hint="The kernel comes out the same whatever num_steps is. Take as many steps of gradient descent as the argument says.")
def least_squares():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        windows = F.unfold(X[None, None], kernel_size)[0].t()
        return torch.linalg.lstsq(windows, Y.reshape(-1, 1)).solution.reshape(kernel_size)


@wrong(hint="nn.Conv2d has a bias unless you switch it off. It learns a part of Y, and the kernel comes out different.")
def bias_learned_as_well():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, dtype=X.dtype)
        optimizer = torch.optim.SGD(conv.parameters(), lr=lr)
        for _ in range(num_steps):
            optimizer.zero_grad()
            ((conv(X[None, None])[0, 0] - Y) ** 2).sum().backward()
            optimizer.step()
        return conv.weight.detach()[0, 0]


@wrong(
    hint="The gradient is emptied between backward() and the step, so the steps do not move. Empty it before "
    "backward()."
)
def zero_grad_after_backward():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = nn.Parameter(torch.rand(kernel_size, dtype=X.dtype))
        optimizer = torch.optim.SGD([K], lr=lr)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            optimizer.zero_grad()
            optimizer.step()
        return K.detach()


@wrong(
    hint="Where nobody says how many steps, 100 are taken. Leave the defaults of the signature as they stand.",
    public=False,
    reason="The signature is given. That its defaults still stand, only a hidden test looks at.",
)
def another_default():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=200):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            K.data -= lr * gradient
        return K.detach()


@wrong(
    hint="The gradients of all steps pile up: backward() adds to what is there. Start every step with an empty "
    "gradient."
)
def gradient_never_zeroed_from_zeros():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            with torch.no_grad():
                K -= lr * K.grad
        return K.detach()


@wrong(
    hint="The gradient is emptied between backward() and the step, so the steps do not move. Empty it before "
    "backward()."
)
def zero_grad_after_backward_from_zeros():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = nn.Parameter(torch.zeros(kernel_size, dtype=X.dtype))
        optimizer = torch.optim.SGD([K], lr=lr)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            optimizer.zero_grad()
            optimizer.step()
        return K.detach()


@wrong(hint="The return stands inside the loop, so there is one step only. Return after the loop.")
def returned_after_one_step():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            return (K - lr * gradient).detach()


@wrong(hint="The loss adds up magnitudes. Take the squares of the errors.")
def magnitudes_for_squares():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad((corr2d(X, K) - Y).abs().sum(), K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@wrong(hint="This is Adam, whose steps have a length of their own. Gradient descent steps by lr times the gradient.")
def adam_steps():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        optimizer = torch.optim.Adam([K], lr=lr)
        for _ in range(num_steps):
            optimizer.zero_grad()
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            optimizer.step()
        return K.detach()


@wrong(hint="The loss is the mean of the squared errors, which makes every step much too short. Take their sum.")
def mean_from_a_random_start():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.randn(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(F.mse_loss(corr2d(X, K), Y), K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@wrong(hint="These steps have momentum. Gradient descent steps by lr times the gradient, nothing else.")
def steps_with_momentum():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        optimizer = torch.optim.SGD([K], lr=lr, momentum=0.9)
        for _ in range(num_steps):
            optimizer.zero_grad()
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            optimizer.step()
        return K.detach()
