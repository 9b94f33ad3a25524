"""Wrong answers of hw8_convolution that students really give, each with the hint it earns."""

from autograder.authoring.answers import misconception

# --- corr2d


@misconception(
    "corr2d",
    hint="Your kernel is turned by 180°: that is the mathematician's convolution. Cross-correlation lays the "
    "kernel on the image as it is.",
)
def kernel_flipped():
    def corr2d(X, K):
        K = torch.flip(K, (0, 1))
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="Each product takes the kernel's entries backwards. Entry (a, b) of the kernel meets the image a "
    "rows down and b columns to the right of the window's corner.",
)
def kernel_read_backwards():
    def corr2d(X, K):
        kh, kw = K.shape
        rows, columns = X.shape[0] - kh + 1, X.shape[1] - kw + 1
        Y = 0
        for a in range(kh):
            for b in range(kw):
                Y = Y + X[a : a + rows, b : b + columns] * K[kh - 1 - a, kw - 1 - b]
        return Y


@misconception(
    "corr2d",
    hint="One row and one column of outputs are missing. A kernel of k rows fits on h rows in more than "
    "h - k places: count them for k = h.",
)
def one_place_too_few():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h, X.shape[1] - w, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="The shape is right, but the last row and the last column stay 0: the loops stop one place early.",
)
def loops_stop_early():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(X.shape[0] - h):
            for j in range(X.shape[1] - w):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="Rows and columns of the kernel are exchanged. It works for square kernels only: shape[0] counts "
    "rows, shape[1] columns.",
)
def rows_and_columns_of_the_kernel_swapped():
    def corr2d(X, K):
        w, h = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="The result is float32 whatever comes in, so float64 loses half of its digits. Give the result the "
    "dtype of the numbers that it is made of.",
)
def always_float32():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="The result takes the dtype of the image. For an image of integers every sum is cut to an integer, "
    "even where the kernel has fractions.",
)
def integers_cut_short():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@misconception(
    "corr2d",
    hint="The kernel is converted to the image's dtype first, which cuts its fractions away under an image "
    "of integers.",
)
def kernel_cut_to_integers():
    def corr2d(X, K):
        K = K.to(X.dtype)
        windows = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
        return (windows * K).sum((2, 3))


@misconception(
    "corr2d",
    hint="Each sum passes through a plain Python number, and no gradient can follow it there. Keep it a "
    "tensor.",
)
def graph_cut_by_item():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=torch.result_type(X, K))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum().item()
        return Y


@misconception(
    "corr2d",
    hint="You let torch do the sliding. Here the exercise is to write it: slice out each window, multiply, "
    "add up.",
)
def built_in_convolution():
    def corr2d(X, K):
        return F.conv2d(X.reshape(1, 1, *X.shape), K.reshape(1, 1, *K.shape))[0, 0]


@misconception(
    "corr2d",
    hint="This is a matrix product of window and kernel. Multiply entry by entry instead, with `*`, and add "
    "everything up.",
)
def matrix_product_in_the_window():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] @ K.T).sum()
        return Y


@misconception(
    "corr2d",
    hint="The result has the size of the image, as if it had been padded with zeros. Only windows that lie "
    "entirely on the image count here.",
)
def padded_to_the_same_size():
    def corr2d(X, K):
        h, w = K.shape
        P = F.pad(X, (0, w - 1, 0, h - 1))
        return (P.unfold(0, h, 1).unfold(1, w, 1) * K).sum((2, 3))


@misconception(
    "corr2d",
    hint="The windows lie side by side: you moved by the kernel's size. Move by one row or column at a time.",
)
def windows_side_by_side():
    def corr2d(X, K):
        h, w = K.shape
        return (X.unfold(0, h, h).unfold(1, w, w) * K).sum((2, 3))


@misconception(
    "corr2d",
    hint="The strides are those of an image that lies in memory in one piece. Take them from the image, or "
    "slice.",
)
def contiguous_images_only():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        windows = X.as_strided((h - kh + 1, w - kw + 1, kh, kw), (w, 1, w, 1))
        return (windows * K).sum((2, 3))


@misconception(
    "corr2d",
    hint="In numpy no gradient can follow. Stay with tensors, so that it reaches the image and the kernel.",
)
def detour_through_numpy():
    import numpy as np

    def corr2d(X, K):
        image, kernel = X.detach().numpy(), K.detach().numpy()
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
        return torch.from_numpy((windows * kernel).sum((2, 3)))


@misconception(
    "corr2d",
    hint="A transposed convolution of torch, cut to size, is still a built-in convolution. Slide the window "
    "yourself.",
)
def transposed_convolution():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        Y = getattr(torch, "conv_transpose2d")(X[None, None], K.flip(0, 1)[None, None])[0, 0]
        return Y[kh - 1 : h, kw - 1 : w]


@misconception(
    "corr2d",
    hint="You write the result into the image that you were given. Make a new tensor for it.",
)
def written_into_the_image():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        for i in range(h - kh + 1):
            for j in range(w - kw + 1):
                X[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
        return X[: h - kh + 1, : w - kw + 1]


# --- Conv2D


@misconception(
    "Conv2D",
    hint="The layer has no bias. It has two parameters, and the bias is added to every entry of the output.",
)
def no_bias():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))

        def forward(self, X):
            return corr2d(X, self.weight)


@misconception(
    "Conv2D",
    hint="There is a bias, but forward does not use it. Add it to the result of corr2d.",
)
def bias_forgotten_in_forward():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight)


@misconception(
    "Conv2D",
    hint="A tensor that is only assigned to the module is not trained: parameters() does not know it. Wrap "
    "it in nn.Parameter.",
)
def plain_tensors():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = torch.rand(kernel_size, requires_grad=True)
            self.bias = torch.zeros(1, requires_grad=True)

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@misconception(
    "Conv2D",
    hint="The weight is a buffer. Buffers are saved with the module but not trained; the weight must be a "
    "parameter.",
)
def weight_as_a_buffer():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.register_buffer("weight", torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@misconception(
    "Conv2D",
    hint="forward reads `.data`, which cuts the parameters off from the graph: no gradient ever reaches them. "
    "Use the parameters themselves.",
)
def data_in_forward():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight.data) + self.bias.data


@misconception(
    "Conv2D",
    hint="super().__init__() was not called, so the module cannot register any parameter. Call it first.",
)
def no_super_init():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias


@misconception(
    "Conv2D",
    hint="Your bias has one entry per column of the kernel. The layer has a single bias, of shape (1,), for "
    "all entries.",
)
def one_bias_per_column():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(kernel_size[1]))

        def forward(self, X):
            return corr2d(X, self.weight) + self.bias.mean()


@misconception(
    "Conv2D",
    hint="The weight's rows and columns are exchanged: it must have the shape kernel_size, rows first.",
)
def weight_transposed():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size[1], kernel_size[0]))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, self.weight.T) + self.bias


@misconception(
    "Conv2D",
    hint="forward draws a new weight each time. Create the parameters once, in __init__, and use them in "
    "forward.",
)
def new_weight_in_every_call():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.kernel_size = kernel_size
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X, torch.rand(self.kernel_size)) + self.bias


@misconception(
    "Conv2D",
    hint="Layers of one size share their weight. Each layer has a weight of its own, made in __init__.",
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


@misconception(
    "Conv2D",
    hint="forward converts everything to float32. A layer in float64 computes in float64.",
)
def layer_always_in_float32():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X.float(), self.weight.float()) + self.bias.float()


@misconception(
    "Conv2D",
    hint="The bias is added to the image, so the kernel multiplies it. Add it to the result of corr2d.",
)
def bias_added_to_the_image():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.weight = nn.Parameter(torch.rand(kernel_size))
            self.bias = nn.Parameter(torch.zeros(1))

        def forward(self, X):
            return corr2d(X + self.bias, self.weight)


@misconception(
    "Conv2D",
    hint="The layer's parameters belong to another layer inside it, under other names and shapes. The layer "
    "itself has weight and bias.",
)
def built_in_layer_inside():
    class Conv2D(nn.Module):
        def __init__(self, kernel_size):
            super().__init__()
            self.conv = nn.Conv2d(1, 1, kernel_size)

        def forward(self, X):
            return self.conv(X[None, None])[0, 0]


# --- learn_kernel


@misconception(
    "learn_kernel",
    hint="The gradients of all steps pile up: backward() adds to what is there. Start every step with an "
    "empty gradient.",
)
def gradient_never_zeroed():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            with torch.no_grad():
                K -= lr * K.grad
        return K.detach()


@misconception(
    "learn_kernel",
    hint="The layer's gradients are never emptied, so each step repeats all earlier ones. Empty them before "
    "backward().",
)
def layer_without_zero_grad():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, bias=False)
        optimizer = torch.optim.SGD(conv.parameters(), lr=lr)
        for _ in range(num_steps):
            loss = ((conv(X[None, None])[0, 0] - Y) ** 2).sum()
            loss.backward()
            optimizer.step()
        return conv.weight.detach()[0, 0]


@misconception(
    "learn_kernel",
    hint="You climb: the step goes along the gradient, and the loss grows. Go against it.",
)
def ascending():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K += lr * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="The loss is the mean of the squared errors, which makes every step much too short. Take their sum.",
)
def mean_instead_of_sum():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.zeros(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            loss = nn.functional.mse_loss(corr2d(X, K), Y)
            (gradient,) = torch.autograd.grad(loss, K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="The number of steps is fixed in your code. Take as many as the argument num_steps says.",
)
def always_a_hundred_steps():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(100):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K -= lr * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="The learning rate is fixed in your code. Use the argument lr.",
)
def always_the_same_learning_rate():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            with torch.no_grad():
                K -= 3e-2 * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="You return the kernel with the batch and channel axes of nn.Conv2d. Its shape should be "
    "kernel_size.",
)
def kernel_with_four_axes():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, bias=False)
        for _ in range(num_steps):
            conv.zero_grad()
            ((conv(X[None, None])[0, 0] - Y) ** 2).sum().backward()
            conv.weight.data -= lr * conv.weight.grad
        return conv.weight.data


@misconception(
    "learn_kernel",
    hint="`K = K - …` makes a new tensor, and the next step finds no gradient on it. Change K in place, or "
    "make the new one a leaf again.",
)
def kernel_rebound():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            ((corr2d(X, K) - Y) ** 2).sum().backward()
            K = K - lr * K.grad
        return K.detach()


@misconception(
    "learn_kernel",
    hint="A new kernel or layer is float32 unless told otherwise. Give it the dtype of X.",
)
def kernel_always_float32():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, requires_grad=True)
        for _ in range(num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            K.data -= lr * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="One step is missing: range(1, n) has n - 1 entries.",
)
def one_step_too_few():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
        for _ in range(1, num_steps):
            (gradient,) = torch.autograd.grad(((corr2d(X, K) - Y) ** 2).sum(), K)
            K.data -= lr * gradient
        return K.detach()


@misconception(
    "learn_kernel",
    hint="This solves for the kernel at once. The question asks for num_steps steps of gradient descent.",
)
def least_squares():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        windows = F.unfold(X[None, None], kernel_size)[0].t()
        return torch.linalg.lstsq(windows, Y.reshape(-1, 1)).solution.reshape(kernel_size)


@misconception(
    "learn_kernel",
    hint="nn.Conv2d has a bias unless you switch it off. It learns a part of Y, and the kernel comes out "
    "different.",
)
def bias_learned_as_well():
    def learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100):
        conv = nn.Conv2d(1, 1, kernel_size, dtype=X.dtype)
        optimizer = torch.optim.SGD(conv.parameters(), lr=lr)
        for _ in range(num_steps):
            optimizer.zero_grad()
            ((conv(X[None, None])[0, 0] - Y) ** 2).sum().backward()
            optimizer.step()
        return conv.weight.detach()[0, 0]


@misconception(
    "learn_kernel",
    hint="The gradient is emptied between backward() and the step, so the steps do not move. Empty it before "
    "backward().",
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


# --- conv_output_shape


@misconception(
    "conv_output_shape",
    hint="The padding is counted twice. p is already the total of both sides.",
)
def padding_doubled():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + 2 * p[i] + s[i]) // s[i] for i in range(2))


@misconception(
    "conv_output_shape",
    hint="The padding is counted twice: `nn.Conv2d` counts it per side, but p here is the total.",
)
def formula_of_the_library():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        import math

        h = math.floor((n[0] + 2 * p[0] - (k[0] - 1) - 1) / s[0] + 1)
        w = math.floor((n[1] + 2 * p[1] - (k[1] - 1) - 1) / s[1] + 1)
        return h, w


@misconception(
    "conv_output_shape",
    hint="You round up. A window that no longer fits entirely is not used.",
)
def rounded_up():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(-(-(n[i] - k[i] + p[i] + s[i]) // s[i]) for i in range(2))


@misconception(
    "conv_output_shape",
    hint="A shape is made of whole numbers. Where the division leaves a rest, round down.",
)
def not_rounded():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i] + s[i]) / s[i] for i in range(2))


@misconception(
    "conv_output_shape",
    hint="You round to the nearest whole number. A window that no longer fits entirely is not used: round "
    "down.",
)
def rounded_to_the_nearest():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(round((n[i] - k[i] + p[i] + s[i]) / s[i]) for i in range(2))


@misconception(
    "conv_output_shape",
    hint="One place is missing: the first window counts too.",
)
def first_window_forgotten():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i]) // s[i] for i in range(2))


@misconception(
    "conv_output_shape",
    hint="With a stride, `+ 1` inside the fraction is not enough: it is right for stride 1 only.",
)
def one_added_before_dividing():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return (n[0] - k[0] + p[0] + 1) // s[0], (n[1] - k[1] + p[1] + 1) // s[1]


@misconception(
    "conv_output_shape",
    hint="Rows and columns are exchanged in the result: rows come first.",
)
def columns_first():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        rows, columns = ((n[i] - k[i] + p[i] + s[i]) // s[i] for i in range(2))
        return columns, rows


@misconception(
    "conv_output_shape",
    hint="An odd number of padded rows loses one: you halve p and double it again. p is the total already.",
)
def odd_padding_lost():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + 2 * (p[i] // 2) + s[i]) // s[i] for i in (0, 1))


@misconception(
    "conv_output_shape",
    hint="The columns are counted with the rows' kernel, padding and stride. Each axis has its own.",
)
def same_kernel_for_rows_and_columns():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((size - k[0] + p[0] + s[0]) // s[0] for size in n)


# --- padded_conv


@misconception(
    "padded_conv",
    hint="The batch and channel axes are still there. Take them off again after the layer.",
)
def batch_and_channel_left_in():
    def padded_conv(X, conv):
        return conv(X.reshape((1, 1) + X.shape))


@misconception(
    "padded_conv",
    hint="One of the extra axes is still there. You added two, so take two off.",
)
def channel_left_in():
    def padded_conv(X, conv):
        return conv(X[None, None])[0]


@misconception(
    "padded_conv",
    hint="squeeze() drops every axis of length 1, also a single row or column of the image. Name the axes "
    "that should go.",
)
def everything_squeezed():
    def padded_conv(X, conv):
        return conv(X.unsqueeze(0).unsqueeze(0)).squeeze()


@misconception(
    "padded_conv",
    hint="The output does not always have the shape of the input: kernel, padding and stride decide. Take "
    "the shape from the output.",
)
def reshaped_like_the_input():
    def padded_conv(X, conv):
        return conv(X.reshape(1, 1, *X.shape)).reshape(X.shape)


@misconception(
    "padded_conv",
    hint="You run the layer's kernel alone. Its padding, its stride and its bias belong to the layer too: "
    "call the layer itself.",
)
def kernel_without_padding_and_bias():
    def padded_conv(X, conv):
        return F.conv2d(X[None, None], conv.weight)[0, 0]


@misconception(
    "padded_conv",
    hint="The graph is cut: no gradient reaches the layer. Return the layer's output without detaching it.",
)
def output_detached():
    def padded_conv(X, conv):
        with torch.no_grad():
            return conv(X[None, None])[0, 0]


@misconception(
    "padded_conv",
    hint="You pass on some of the layer's settings and leave others out. Call the layer itself: it knows all "
    "of them.",
)
def dilation_left_out():
    def padded_conv(X, conv):
        Y = F.conv2d(
            X[None, None], conv.weight, conv.bias, stride=conv.stride, padding=conv.padding
        )
        return Y[0, 0]


@misconception(
    "padded_conv",
    hint="A layer without bias has `conv.bias = None`, which cannot be added. Call the layer itself.",
)
def bias_taken_for_granted():
    def padded_conv(X, conv):
        Y = F.conv2d(
            X[None, None],
            conv.weight,
            stride=conv.stride,
            padding=conv.padding,
            dilation=conv.dilation,
        )
        return (Y + conv.bias)[0, 0]


@misconception(
    "padded_conv",
    hint="You make a new layer with the same settings. Its kernel and bias are random; run the one you got.",
)
def new_layer_of_the_same_kind():
    def padded_conv(X, conv):
        conv = nn.Conv2d(1, 1, conv.kernel_size, conv.stride, conv.padding)
        return conv(X[None, None])[0, 0]


# --- corr2d_multi_in


@misconception(
    "corr2d_multi_in",
    hint="Every channel is correlated with the same kernel, left over from somewhere else. Each channel has "
    "a kernel of its own: take both from zip.",
)
def stale_kernel():
    def corr2d_multi_in(X, K):
        k = K[0]
        return sum(corr2d(x, k) for x, z in zip(X, K))


@misconception(
    "corr2d_multi_in",
    hint="The name `k` in your loop is not the loop's own: zip hands you the kernel under another name. "
    "Each channel needs its own kernel.",
)
def kernel_of_the_last_channel():
    def corr2d_multi_in(X, K):
        for k in K:
            pass
        res = 0
        for x, z in zip(X, K):
            res += corr2d(x, k)
        return res


@misconception(
    "corr2d_multi_in",
    hint="The channels lie side by side, one map each. With several inputs and one output, add them up.",
)
def no_sum():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)])


@misconception(
    "corr2d_multi_in",
    hint="You average over the channels. They are added up.",
)
def mean_over_the_channels():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).mean(0)


@misconception(
    "corr2d_multi_in",
    hint="Only one channel has a part in your result. Go through all of them.",
)
def last_channel_only():
    def corr2d_multi_in(X, K):
        for x, k in zip(X, K):
            Y = corr2d(x, k)
        return Y


@misconception(
    "corr2d_multi_in",
    hint="You add up the channels before you correlate. Each channel meets its own kernel first; the results "
    "are added.",
)
def channels_added_first():
    def corr2d_multi_in(X, K):
        return corr2d(X.sum(0), K.sum(0))


@misconception(
    "corr2d_multi_in",
    hint="Your result keeps a channel axis of length 1. One output map has two axes only.",
)
def channel_axis_kept():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).sum(0, keepdim=True)


@misconception(
    "corr2d_multi_in",
    hint="The return stands inside the loop, so the first channel ends it. Return after the loop.",
)
def returned_inside_the_loop():
    def corr2d_multi_in(X, K):
        Y = 0
        for x, k in zip(X, K):
            Y = Y + corr2d(x, k)
            return Y


@misconception(
    "corr2d_multi_in",
    hint="Every channel meets every kernel. Each channel meets its own one only.",
)
def every_channel_with_every_kernel():
    def corr2d_multi_in(X, K):
        return sum(corr2d(x, k) for x in X for k in K)


# --- corr2d_multi_in_out


@misconception(
    "corr2d_multi_in_out",
    hint="The maps are stacked along the last axis. The kernels are counted by the first one.",
)
def stacked_last():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, k) for k in K], -1)


@misconception(
    "corr2d_multi_in_out",
    hint="The maps are stacked along axis 1. The kernels are counted by the first axis, axis 0.",
)
def stacked_in_the_middle():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, k) for k in K], dim=1)


@misconception(
    "corr2d_multi_in_out",
    hint="The maps are glued into one tall picture: cat makes no new axis. Give the kernels an axis of their "
    "own.",
)
def glued_together():
    def corr2d_multi_in_out(X, K):
        return torch.cat([corr2d_multi_in(X, k) for k in K], 0)


@misconception(
    "corr2d_multi_in_out",
    hint="You add up over the kernels as well. Each kernel has a map of its own.",
)
def summed_over_the_kernels():
    def corr2d_multi_in_out(X, K):
        return sum(corr2d_multi_in(X, k) for k in K)


@misconception(
    "corr2d_multi_in_out",
    hint="All maps are made with the same kernel. Each one belongs to a kernel of its own.",
)
def first_kernel_everywhere():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, K[0]) for k in K], 0)


@misconception(
    "corr2d_multi_in_out",
    hint="The loop goes over the channels of the picture. Go over the kernels: each one takes the whole "
    "picture.",
)
def loop_over_the_channels():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, K[i]) for i in range(X.shape[0])], 0)


@misconception(
    "corr2d_multi_in_out",
    hint="Your result is float32 whatever comes in. Give it the dtype of the pictures.",
)
def filled_into_float32():
    def corr2d_multi_in_out(X, K):
        o, c, h, w = K.shape
        Y = torch.zeros(o, X.shape[1] - h + 1, X.shape[2] - w + 1)
        for j in range(o):
            Y[j] = corr2d_multi_in(X, K[j])
        return Y


@misconception(
    "corr2d_multi_in_out",
    hint="The result is a list of maps. Make one tensor of them, with the kernels along the first axis.",
)
def list_of_maps():
    def corr2d_multi_in_out(X, K):
        return [corr2d_multi_in(X, k) for k in K]


@misconception(
    "corr2d_multi_in_out",
    hint="The maps pass through Python numbers, and no gradient can follow them there. Use torch.stack.",
)
def tensor_made_of_numbers():
    def corr2d_multi_in_out(X, K):
        return torch.tensor([corr2d_multi_in(X, k).tolist() for k in K], dtype=X.dtype)


# --- corr2d_1x1


@misconception(
    "corr2d_1x1",
    hint="The picture is read as (pixels, channels), but it is stored channel after channel: this mixes "
    "channels and pixels. Read it as (channels, pixels).",
)
def pixels_and_channels_mixed():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        Y = X.reshape(h * w, c) @ K.reshape(o, c).T
        return Y.T.reshape(o, h, w)


@misconception(
    "corr2d_1x1",
    hint="The product is right, but its result is cut up wrongly: it has one row per pixel, so it must be "
    "transposed, not just reshaped.",
)
def result_reshaped_without_transposing():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        Y = X.reshape(c, -1).T @ K.reshape(o, c).T
        return Y.reshape(o, h, w)


@misconception(
    "corr2d_1x1",
    hint="The weights are read as (c, o). The kernels count the output channels first.",
)
def weights_read_as_inputs_by_outputs():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        return (K.reshape(c, o).T @ X.reshape(c, h * w)).reshape(o, h, w)


@misconception(
    "corr2d_1x1",
    hint="You loop over the output channels. One matrix product does all of them.",
)
def loop_over_the_outputs():
    def corr2d_1x1(X, K):
        return torch.stack([(k * X).sum(0) for k in K])


@misconception(
    "corr2d_1x1",
    hint="You call your general convolution. Here the exercise is the matrix product behind the 1×1 case.",
)
def general_convolution():
    def corr2d_1x1(X, K):
        return corr2d_multi_in_out(X, K)


@misconception(
    "corr2d_1x1",
    hint="You let torch's convolution do it. Here the exercise is the matrix product behind the 1×1 case.",
)
def built_in_convolution_1x1():
    def corr2d_1x1(X, K):
        return torch.conv2d(X.unsqueeze(0), K).squeeze(0)


@misconception(
    "corr2d_1x1",
    hint="The result has the channels last. They come first, as in the input.",
)
def channels_last():
    def corr2d_1x1(X, K):
        return torch.einsum("chw,oc->hwo", X, K.flatten(1))


@misconception(
    "corr2d_1x1",
    hint="view works for pictures only that lie in memory in one piece. reshape copies where it must.",
)
def view_instead_of_reshape():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        return (K.view(o, c) @ X.view(c, h * w)).view(o, h, w)


@misconception(
    "corr2d_1x1",
    hint="The loop has only moved into a helper. One matrix product does all output channels at once.",
)
def loop_in_a_helper():
    def one_by_one(X, W):
        maps = []
        for w in W:
            maps.append((w.reshape(-1, 1, 1) * X).sum(0))
        return torch.stack(maps)

    def corr2d_1x1(X, K):
        return one_by_one(X, K.flatten(1))


@misconception(
    "corr2d_1x1",
    hint="map goes through the pixels one by one, as a loop does. One matrix product does all of them.",
)
def map_over_the_columns():
    def corr2d_1x1(X, K):
        columns = map(lambda column: K.flatten(1) @ column, X.flatten(1).t())
        return torch.stack(list(columns), 1).reshape(-1, *X.shape[1:])


@misconception(
    "corr2d_1x1",
    hint="You call your general convolution under another name. Here the exercise is the matrix product "
    "behind the 1×1 case.",
)
def general_convolution_in_disguise():
    from functools import partial

    def apply(X, K, function):
        return function(X, K)

    corr2d_1x1 = partial(apply, function=corr2d_multi_in_out)


@misconception(
    "corr2d_1x1",
    hint="squeeze() without an argument drops every axis of length 1, also that of a single output or input "
    "channel. Name the axes that you mean.",
)
def every_axis_squeezed():
    def corr2d_1x1(X, K):
        return (K.squeeze() @ X.flatten(1)).reshape(-1, *X.shape[1:])


# --- pool2d


@misconception(
    "pool2d",
    hint="The windows lie side by side: you moved by the size of the window. This function moves by one.",
)
def stride_of_the_pool_size():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], pool_size[0]).unfold(1, pool_size[1], pool_size[1])
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@misconception(
    "pool2d",
    hint="For 'avg' you return the sum of the window. Divide by the number of its entries.",
)
def sum_for_the_average():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        if mode == "avg":
            return windows.sum((2, 3))
        raise ValueError(mode)


@misconception(
    "pool2d",
    hint="An unknown mode is answered with zeros. It must raise a ValueError.",
)
def unknown_mode_gives_zeros():
    def pool2d(X, pool_size, mode="max"):
        p_h, p_w = pool_size
        Y = torch.zeros((X.shape[0] - p_h + 1, X.shape[1] - p_w + 1), dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                if mode == "max":
                    Y[i, j] = X[i : i + p_h, j : j + p_w].max()
                elif mode == "avg":
                    Y[i, j] = X[i : i + p_h, j : j + p_w].mean()
        return Y


@misconception(
    "pool2d",
    hint="Everything that is not 'max' is treated as 'avg'. Another mode must raise a ValueError.",
)
def anything_else_is_average():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@misconception(
    "pool2d",
    hint="An unknown mode gives None. It must raise a ValueError.",
)
def unknown_mode_gives_none():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        elif mode == "avg":
            return windows.mean((2, 3))


@misconception(
    "pool2d",
    hint="Rows and columns of the window are exchanged. It works for square windows only: pool_size is "
    "(rows, columns).",
)
def rows_and_columns_swapped():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        pw, ph = pool_size
        windows = X.unfold(0, ph, 1).unfold(1, pw, 1)
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@misconception(
    "pool2d",
    hint="Your maximum starts from 0, so it is wrong where all entries are negative. Take the maximum of the "
    "window alone.",
)
def maximum_starts_from_zero():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        ph, pw = pool_size
        h, w = X.shape[0] - ph + 1, X.shape[1] - pw + 1
        Y = torch.zeros(h, w, dtype=X.dtype)
        for a in range(ph):
            for b in range(pw):
                part = X[a : a + h, b : b + w]
                Y = torch.maximum(Y, part) if mode == "max" else Y + part / (ph * pw)
        return Y


@misconception(
    "pool2d",
    hint="You let torch do the pooling. Here the exercise is to write it.",
)
def built_in_pooling():
    def pool2d(X, pool_size, mode="max"):
        if mode == "max":
            return nn.MaxPool2d(pool_size, stride=1)(X[None])[0]
        if mode == "avg":
            return nn.AvgPool2d(pool_size, stride=1)(X[None])[0]
        raise ValueError(mode)


@misconception(
    "pool2d",
    hint="The result is float32 whatever comes in, so float64 loses half of its digits.",
)
def always_float32_pooling():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        p_h, p_w = pool_size
        Y = torch.zeros((X.shape[0] - p_h + 1, X.shape[1] - p_w + 1))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                window = X[i : i + p_h, j : j + p_w]
                Y[i, j] = window.max() if mode == "max" else window.mean()
        return Y


@misconception(
    "pool2d",
    hint="Each result passes through a plain Python number, and no gradient can follow it there. Keep it a "
    "tensor.",
)
def graph_cut_while_pooling():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        p_h, p_w = pool_size
        f = torch.max if mode == "max" else torch.mean
        rows = [
            [f(X[i : i + p_h, j : j + p_w]).item() for j in range(X.shape[1] - p_w + 1)]
            for i in range(X.shape[0] - p_h + 1)
        ]
        return torch.tensor(rows, dtype=X.dtype)


@misconception(
    "pool2d",
    hint="You take the entry of the largest magnitude. The maximum is the largest entry, with its sign.",
)
def largest_magnitude():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return windows.abs().amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@misconception(
    "pool2d",
    hint="You accept other names for the two modes. There are two names; every other one is a ValueError.",
)
def other_names_accepted():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode in ("max", "maximum"):
            return windows.amax((2, 3))
        if mode in ("avg", "mean", "average"):
            return windows.mean((2, 3))
        raise ValueError(mode)


@misconception(
    "pool2d",
    hint="`mode in 'max'` asks whether mode is a part of the word, and 'a' is one. Compare with `==`.",
)
def part_of_the_word():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode in "max":
            return windows.amax((2, 3))
        if mode in "avg":
            return windows.mean((2, 3))
        raise ValueError(mode)


@misconception(
    "pool2d",
    hint="Looking up an unknown mode in a dict raises a KeyError. The question asks for a ValueError.",
)
def key_error():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return {"max": torch.amax, "avg": torch.mean}[mode](windows, (2, 3))


@misconception(
    "pool2d",
    hint="Your window is square: its area is not the square of its number of rows.",
)
def divided_by_the_square():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        if mode == "avg":
            return windows.sum((2, 3)) / pool_size[0] ** 2
        raise ValueError(mode)


@misconception(
    "pool2d",
    hint="Pooling each window with a built-in of torch is still built-in pooling. Here the exercise is to "
    "write it.",
)
def built_in_for_each_window():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        pool = getattr(F, f"adaptive_{mode}_pool2d")
        return pool(windows, 1)[..., 0, 0]


# --- pool2d_channels


@misconception(
    "pool2d_channels",
    hint="The padding is 0 and wins against negative entries. Pad with something that is never the largest.",
)
def zeros_win_the_maximum():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="A large negative number is not small enough for every picture, and it must not enter an average. "
    "For a maximum pad with minus infinity, for an average with 0.",
)
def padding_by_a_guess():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=-100.0)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="Minus infinity pads well for a maximum, but it makes averages infinite. There the padding counts as "
    "zeros.",
)
def infinite_averages():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=-torch.inf)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="The channels are pooled together and one is left. Each channel is pooled on its own.",
)
def channels_pooled_together():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        Y = pool(X, pool_size, stride, padding)
        return Y.amax(1, keepdim=True) if mode == "max" else Y.mean(1, keepdim=True)


@misconception(
    "pool2d_channels",
    hint="All channels show the same map, as if they had been pooled together. Each channel is pooled on its "
    "own.",
)
def largest_of_all_channels_everywhere():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        together = X.amax(1, keepdim=True) if mode == "max" else X.mean(1, keepdim=True)
        return pool(together.expand_as(X), pool_size, stride, padding)


@misconception(
    "pool2d_channels",
    hint="Without a stride your windows move by one. The default stride is the pool size.",
)
def default_stride_one():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = (1, 1) if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="The argument stride has no effect: the windows always move by the pool size.",
)
def stride_ignored():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, padding=padding)


@misconception(
    "pool2d_channels",
    hint="The padding of rows went to the columns and the other way round. F.pad starts with the last axis.",
)
def padding_of_rows_and_columns_swapped():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (padding[0], padding[0], padding[1], padding[1]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="The padding is added at one side only. It says how much to add on each side.",
)
def padding_on_one_side():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (0, padding[1], 0, padding[0]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@misconception(
    "pool2d_channels",
    hint="Your averages leave the padding out. Here it counts as zeros, as in nn.AvgPool2d by default.",
)
def padding_left_out_of_averages():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        if mode == "max":
            return F.max_pool2d(X, pool_size, stride, padding)
        return F.avg_pool2d(X, pool_size, stride, padding, count_include_pad=False)


@misconception(
    "pool2d_channels",
    hint="The argument mode gets lost on the way: you always take the maximum.",
)
def mode_not_passed_on():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        return F.max_pool2d(X, pool_size, stride, padding)


@misconception(
    "pool2d_channels",
    hint="A large negative number is not small enough for every picture. Which number is never larger than "
    "any other?",
)
def padding_by_a_better_guess():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        value = -1e9 if mode == "max" else 0
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


@misconception(
    "pool2d_channels",
    hint="A window that does not fit is used as well. Round the size of the output down.",
)
def rounded_up_pooling():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, stride, padding, ceil_mode=True)


@misconception(
    "pool2d_channels",
    hint="view works for pictures only that lie in memory in one piece. reshape copies where it must.",
)
def view_of_the_pictures():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        Y = pool(X.view(-1, 1, *X.shape[2:]), pool_size, stride, padding)
        return Y.view(*X.shape[:2], *Y.shape[2:])


@misconception(
    "pool2d_channels",
    hint="Half of the padding is missing: padding says how much to add on each side, not in total.",
)
def padding_as_the_total():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        value = float("-inf") if mode == "max" else 0
        top, left = padding[0] // 2, padding[1] // 2
        X = F.pad(X, (left, padding[1] - left, top, padding[0] - top), value=value)
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


# --- receptive_field


@misconception(
    "receptive_field",
    hint="You multiply the kernel sizes. Windows of neighbours overlap, so each layer adds much less than "
    "that.",
)
def product_of_the_kernels():
    def receptive_field(kernel_sizes, strides=None):
        import math

        return math.prod(kernel_sizes)


@misconception(
    "receptive_field",
    hint="The strides have no effect in your answer. They spread the windows of the layers that follow.",
)
def strides_without_effect():
    def receptive_field(kernel_sizes, strides=None):
        return 1 + sum(k - 1 for k in kernel_sizes)


@misconception(
    "receptive_field",
    hint="A layer's own stride is counted in its own term. Only the strides of the layers before it belong "
    "there.",
)
def own_stride_counted():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 1, 1
        for k, s in zip(kernel_sizes, strides):
            distance *= s
            r += (k - 1) * distance
        return r


@misconception(
    "receptive_field",
    hint="Each layer is spread by the stride of one layer only. All strides before it multiply.",
)
def only_the_stride_just_before():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, before = 1, 1
        for k, s in zip(kernel_sizes, strides):
            r += (k - 1) * before
            before = s
        return r


@misconception(
    "receptive_field",
    hint="You add up the kernel sizes. Windows of neighbours overlap: a layer adds its kernel size less one.",
)
def sum_of_the_kernels():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 0, 1
        for k, s in zip(kernel_sizes, strides):
            r += k * distance
            distance *= s
        return r


@misconception(
    "receptive_field",
    hint="You use the strides of the layers that follow. What spreads a window are the layers between it and "
    "the input.",
)
def strides_after_instead_of_before():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r = 1
        for k, s in zip(kernel_sizes, strides):
            r = (r - 1) * s + k
        return r


@misconception(
    "receptive_field",
    hint="The strides before a layer are added up. They multiply.",
)
def strides_added():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        return 1 + sum((k - 1) * max(1, sum(strides[:i])) for i, k in enumerate(kernel_sizes))


@misconception(
    "receptive_field",
    hint="You leave out the entry itself. Without layers it sees one entry, itself.",
)
def the_one_forgotten():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 0, 1
        for k, s in zip(kernel_sizes, strides):
            r += (k - 1) * distance
            distance *= s
        return r


@misconception(
    "receptive_field",
    hint="pop() empties the lists that you were given. Read them without changing them, or work on copies.",
)
def lists_emptied():
    def receptive_field(kernel_sizes, strides=None):
        if strides is None:
            strides = [1] * len(kernel_sizes)
        field = 1
        while kernel_sizes:
            field = (field - 1) * strides.pop() + kernel_sizes.pop()
        return field


@misconception(
    "receptive_field",
    hint="Your answer needs a first layer. Without layers an entry sees itself.",
)
def no_layers_is_an_error():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        field, distance = kernel_sizes[0], strides[0]
        for k, s in zip(kernel_sizes[1:], strides[1:]):
            field += (k - 1) * distance
            distance *= s
        return field


# --- lost_pixels


@misconception(
    "lost_pixels",
    hint="Each layer takes away one pixel less than its kernel has: the first window counts too.",
)
def a_whole_kernel_lost():
    lost_pixels = {1: 27, 7: 32 - 7 * 5}


@misconception(
    "lost_pixels",
    hint="One layer is not right: in how many places does a window of 5 fit on 32 pixels?",
)
def one_too_few():
    lost_pixels = {1: 27, 7: 4}


@misconception(
    "lost_pixels",
    hint="These look like the pixels that were lost. The question asks for the side length that is left.",
)
def how_much_was_lost():
    lost_pixels = {1: 4, 7: 28}


@misconception(
    "lost_pixels",
    hint="Every one of the layers takes pixels away, not only the first.",
)
def lost_only_once():
    lost_pixels = {1: 28, 7: 28}


@misconception(
    "lost_pixels",
    hint="These look like areas. The question asks for side lengths.",
)
def areas():
    lost_pixels = {1: 28 * 28, 7: 4 * 4}


# --- dense_image_weights


@misconception(
    "dense_image_weights",
    hint="These are as many numbers as one unit has. Every unit has its own weights.",
)
def one_unit_only():
    dense_image_weights = 10**6


@misconception(
    "dense_image_weights",
    hint="You counted the biases. The question asks for weights only.",
)
def with_biases():
    dense_image_weights = 10**6 * 1000 + 1000


@misconception(
    "dense_image_weights",
    hint="You added inputs and outputs. There is one weight for each pair of them.",
)
def inputs_plus_outputs():
    dense_image_weights = 10**6 + 1000


@misconception(
    "dense_image_weights",
    hint="The side of the picture has 1000 pixels, but each of its pixels is an input.",
)
def side_instead_of_area():
    dense_image_weights = 1000 * 1000
