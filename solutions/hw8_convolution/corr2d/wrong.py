import torch
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The kernel is turned by 180°: its entries are taken backwards. Lay it on the image as it is.")
def kernel_flipped():
    def corr2d(X, K):
        K = torch.flip(K, (0, 1))
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(hint="The kernel is turned by 180°: its entries are taken backwards. Lay it on the image as it is.")
def kernel_read_backwards():
    def corr2d(X, K):
        kh, kw = K.shape
        rows, columns = X.shape[0] - kh + 1, X.shape[1] - kw + 1
        Y = 0
        for a in range(kh):
            for b in range(kw):
                Y = Y + X[a : a + rows, b : b + columns] * K[kh - 1 - a, kw - 1 - b]
        return Y


@wrong(
    hint="One row and one column of outputs are missing. A kernel of k rows fits on h rows in more than h - k places: "
    "count them for k = h."
)
def one_place_too_few():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h, X.shape[1] - w, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(hint="The shape is right, but the last row and the last column stay 0: the loops stop one place early.")
def loops_stop_early():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(X.shape[0] - h):
            for j in range(X.shape[1] - w):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(
    hint="Rows and columns of the kernel are exchanged. It works for square kernels only: shape[0] counts rows, "
    "shape[1] columns."
)
def rows_and_columns_of_the_kernel_swapped():
    def corr2d(X, K):
        w, h = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(
    hint="The result is float32 whatever comes in, so float64 loses half of its digits. Give the result the dtype of "
    "the numbers that it is made of."
)
def always_float32():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(
    hint="The result takes the dtype of the image. For an image of integers every sum is cut to an integer, even where"
    " the kernel has fractions."
)
def integers_cut_short():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(
    hint="The kernel is converted to the image's dtype first, which cuts its fractions away under an image of integers."
)
def kernel_cut_to_integers():
    def corr2d(X, K):
        K = K.to(X.dtype)
        windows = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
        return (windows * K).sum((2, 3))


@wrong(hint="No gradient can follow through numpy or a plain number. Stay with tensors to reach image and kernel.")
def graph_cut_by_item():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=torch.result_type(X, K))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum().item()
        return Y


@wrong(
    hint="You let torch do the sliding. Here the exercise is to write it: slice out each window, multiply, add up.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_convolution():
    def corr2d(X, K):
        return F.conv2d(X.reshape(1, 1, *X.shape), K.reshape(1, 1, *K.shape))[0, 0]


@wrong(
    hint="This is a matrix product of window and kernel. Multiply entry by entry instead, with `*`, and add everything"
    " up."
)
def matrix_product_in_the_window():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] @ K.T).sum()
        return Y


@wrong(
    hint="The result has the size of the image, as if it had been padded with zeros. Only windows that lie entirely on"
    " the image count here."
)
def padded_to_the_same_size():
    def corr2d(X, K):
        h, w = K.shape
        P = F.pad(X, (0, w - 1, 0, h - 1))
        return (P.unfold(0, h, 1).unfold(1, w, 1) * K).sum((2, 3))


@wrong(hint="The windows lie side by side: you moved by the kernel's size. Move by one row or column at a time.")
def windows_side_by_side():
    def corr2d(X, K):
        h, w = K.shape
        return (X.unfold(0, h, h).unfold(1, w, w) * K).sum((2, 3))


@wrong(hint="The strides are those of an image that lies in memory in one piece. Take them from the image, or slice.")
def contiguous_images_only():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        windows = X.as_strided((h - kh + 1, w - kw + 1, kh, kw), (w, 1, w, 1))
        return (windows * K).sum((2, 3))


@wrong(hint="No gradient can follow through numpy or a plain number. Stay with tensors to reach image and kernel.")
def detour_through_numpy():
    import numpy as np

    def corr2d(X, K):
        image, kernel = X.detach().numpy(), K.detach().numpy()
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
        return torch.from_numpy((windows * kernel).sum((2, 3)))


@wrong(
    hint="A transposed convolution of torch, cut to size, is still a built-in convolution. Slide the window yourself.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def transposed_convolution():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        Y = getattr(torch, "conv_transpose2d")(X[None, None], K.flip(0, 1)[None, None])[0, 0]
        return Y[kh - 1 : h, kw - 1 : w]


@wrong(hint="You write the result into the image that you were given. Make a new tensor for it.")
def written_into_the_image():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        for i in range(h - kh + 1):
            for j in range(w - kw + 1):
                X[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
        return X[: h - kh + 1, : w - kw + 1]


@wrong(
    hint="The result is filled into a tensor on the CPU, wherever the image lies. Make it on the device of X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def filled_on_the_cpu():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=torch.result_type(X, K))
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(hint="The kernel is turned on its side: rows and columns are exchanged in it. Lay it on the image as it is.")
def kernel_transposed():
    def corr2d(X, K):
        h, w = K.shape
        return torch.einsum("ijab,ba->ij", X.unfold(0, h, 1).unfold(1, w, 1), K)


@wrong(hint="This is the mean of the products in each window. Add them up.")
def mean_of_the_window():
    def corr2d(X, K):
        h, w = K.shape
        return (X.unfold(0, h, 1).unfold(1, w, 1) * K).mean((2, 3))


@wrong(hint="One side of the kernel counts for both. It need not be square: take rows and columns from shape.")
def square_kernels_only():
    def corr2d(X, K):
        k = K.shape[0]
        Y = torch.zeros(X.shape[0] - k + 1, X.shape[1] - k + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                Y[i, j] = (X[i : i + k, j : j + k] * K).sum()
        return Y


@wrong(hint="The result has the size of the image, and its end is left at 0. It is smaller: (h - kh + 1, w - kw + 1).")
def zeros_like_the_image():
    def corr2d(X, K):
        h, w = K.shape
        Y = torch.zeros_like(X)
        for i in range(X.shape[0] - h + 1):
            for j in range(X.shape[1] - w + 1):
                Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y


@wrong(hint="Rows and columns of the result are exchanged: one row of the output comes from one row of places.")
def result_transposed():
    def corr2d(X, K):
        h, w = K.shape
        columns = range(X.shape[1] - w + 1)
        rows = range(X.shape[0] - h + 1)
        return torch.stack([torch.stack([(X[i : i + h, j : j + w] * K).sum() for i in rows]) for j in columns])


@wrong(hint="The kernel is turned on its side: rows and columns are exchanged in it. Lay it on the image as it is.")
def kernel_column_by_column():
    def corr2d(X, K):
        h, w = K.shape
        windows = X.unfold(0, h, 1).unfold(1, w, 1).flatten(2)
        return (windows * K.T.reshape(-1)).sum(dim=-1)


@wrong(hint="The image is padded. Here the kernel stays inside it, and the output is smaller than the image.")
def image_padded():
    def corr2d(X, K):
        h, w = K.shape
        X = F.pad(X, (w // 2, w // 2, h // 2, h // 2))
        return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(-1, -2))
