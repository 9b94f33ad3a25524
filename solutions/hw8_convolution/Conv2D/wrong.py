import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The layer has no bias. It has two parameters, and the bias is added to every entry of the output.")
def no_bias():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))

        def forward(self, X):
            return corr2d(X, self.weight)


@wrong(hint="There is a bias, but forward does not use it. Add it to the result of corr2d.")
def bias_forgotten_in_forward():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight)


@wrong(
    hint="A tensor that is only assigned to the module is not trained: parameters() does not know it. Wrap it in "
    "nn.Parameter."
)
def plain_tensors():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = torch.rand(kernel_size, requires_grad=True)
            self.bias = torch.zeros(1, requires_grad=True)

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(
    hint="The weight is a buffer. Buffers are saved with the module but not trained; the weight must be a parameter."
)
def weight_as_a_buffer():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.register_buffer("weight", torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(
    hint="forward reads `.data`, which cuts the parameters off from the graph: no gradient ever reaches them. Use the "
    "parameters themselves."
)
def data_in_forward():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight.data) + self.bias.data


@wrong(hint="super().__init__() was not called, so the module cannot register any parameter. Call it first.", raises=True)
def no_super_init():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(
    hint="Your bias has one entry per column of the kernel. The layer has a single bias, of shape (1,), for all "
    "entries."
)
def one_bias_per_column():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(kernel_size[1]))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias.mean()


@wrong(hint="The weight's rows and columns are exchanged: it must have the shape kernel_size, rows first.")
def weight_transposed():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size[1], kernel_size[0]))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight.T) + self.bias


@wrong(hint="forward draws a new weight each time. Create the parameters once, in __init__, and use them in forward.")
def new_weight_in_every_call():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.kernel_size = kernel_size
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, torch.rand(self.kernel_size)) + self.bias


@wrong(
    hint="Layers of one size share their weight. Each layer has a weight of its own, made in __init__.",
    public=False,
    reason="that layers share nothing is left to think of: each check makes one layer of a size",
)
def weight_shared_between_layers():
    weights = {}

    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = weights.setdefault(kernel_size, nn.Parameter(torch.rand(kernel_size)))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(hint="forward converts everything to float32. A layer in float64 computes in float64.")
def layer_always_in_float32():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X.float(), self.weight.float()) + self.bias.float()


@wrong(hint="The bias is added to the image, so the kernel multiplies it. Add it to the result of corr2d.")
def bias_added_to_the_image():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X + self.bias, self.weight)


@wrong(
    hint="The layer's parameters belong to another layer inside it, under other names and shapes. The layer itself has"
    " weight and bias."
)
def built_in_layer_inside():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.conv = nn.Conv2d(1, 1, kernel_size)

        def forward(self, X):
            return self.conv(X[None, None])[0, 0]


@wrong(hint="The bias is subtracted. It is added to every entry.")
def bias_subtracted():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) - self.bias


@wrong(hint="A ReLU follows. The layer is the cross-correlation plus the bias, and its output may be negative.")
def relu_afterwards():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return torch.relu(corr2d(X, self.weight) + self.bias)


@wrong(hint="The bias has no axis: torch.tensor(0.0). Its shape should be (1,), as of torch.zeros(1).")
def bias_without_axis():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.tensor(0.0))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(hint="The weight is square whatever the kernel size is. It has the shape kernel_size, a pair.")
def square_weight():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size[0], kernel_size[0]))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@wrong(hint="Image and kernel are exchanged: corr2d takes the image first.")
def image_and_kernel_exchanged():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(self.weight, X) + self.bias


@wrong(hint="Your weight has batch and channel axes, as that of nn.Conv2d. Here it has the shape kernel_size.")
def weight_with_four_axes():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(1, 1, *kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight[0, 0]) + self.bias
