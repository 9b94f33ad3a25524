import torch
from torch import nn

from autograder.authoring.marks import right


@right
def built_in_layer_and_optimizer():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, bias=False, dtype=X.dtype)
        optimizer = torch.optim.SGD(conv.parameters(), lr=lr)
        for _ in range(num_steps):
            optimizer.zero_grad()
            loss = (conv(X[None, None])[0, 0] - Y).pow(2).sum()
            loss.backward()
            optimizer.step()
        return conv.weight.detach().reshape(kernel_size)


@right
def half_the_squared_error_from_zeros():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(num_steps):
            (0.5 * (corr2d(X, K) - Y) ** 2).sum().backward()
            K.data -= lr * K.grad
            K.grad.zero_()
        return K


@right
def gradient_by_hand():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.randn(kernel_size).to(X)
        for _ in range(num_steps):
            error = corr2d(X, K) - Y
            K = K - lr * 2 * corr2d(X, error)
        return K


@right
def textbook_layer_with_four_axes():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv2d = nn.Conv2d(1, 1, kernel_size=kernel_size, bias=False).to(X.dtype)
        X = X.reshape((1, 1, X.shape[0], X.shape[1]))
        Y = Y.reshape((1, 1, Y.shape[0], Y.shape[1]))
        for i in range(num_steps):
            l = (conv2d(X) - Y) ** 2
            conv2d.zero_grad()
            l.sum().backward()
            conv2d.weight.data[:] -= lr * conv2d.weight.grad
        return conv2d.weight.data.reshape(kernel_size)


@right
def in_numpy():
    import numpy as np

    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        image, goal = X.numpy(), Y.numpy()
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel_size)
        K = np.random.randn(*kernel_size).astype(image.dtype)
        for _ in range(num_steps):
            error = np.einsum("ijab,ab->ij", windows, K) - goal
            K -= lr * 2 * np.einsum("ijab,ij->ab", windows, error)
        return torch.from_numpy(K)


@right
def own_layer_with_the_bias_held_at_zero():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        net = Conv2D(kernel_size).to(X.dtype)
        net.bias.data.zero_()
        for _ in range(num_steps):
            net.zero_grad()
            ((net(X) - Y) ** 2).sum().backward()
            with torch.no_grad():
                net.weight -= lr * net.weight.grad
        return net.weight
