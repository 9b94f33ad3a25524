import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The windows lie side by side: you moved by the size of the window. This function moves by one.")
def stride_of_the_pool_size():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], pool_size[0]).unfold(1, pool_size[1], pool_size[1])
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@wrong(hint="For 'avg' you return the sum of the window. Divide by the number of its entries.")
def sum_for_the_average():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        if mode == "avg":
            return windows.sum((2, 3))
        raise ValueError(mode)


@wrong(hint="An unknown mode is answered with zeros. It must raise a ValueError.")
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


@wrong(hint="Everything that is not 'max' is treated as 'avg'. Another mode must raise a ValueError.")
def anything_else_is_average():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@wrong(hint="An unknown mode gives None. It must raise a ValueError.")
def unknown_mode_gives_none():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        elif mode == "avg":
            return windows.mean((2, 3))


@wrong(
    hint="Rows and columns of the window are exchanged. It works for square windows only: pool_size is (rows, columns)."
)
def rows_and_columns_swapped():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        pw, ph = pool_size
        windows = X.unfold(0, ph, 1).unfold(1, pw, 1)
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@wrong(
    hint="Your maximum starts from 0, so it is wrong where all entries are negative. Take the maximum of the window "
    "alone."
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


@wrong(
    hint="You let torch do the pooling. Here the exercise is to write it.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_pooling():
    def pool2d(X, pool_size, mode="max"):
        if mode == "max":
            return nn.MaxPool2d(pool_size, stride=1)(X[None])[0]
        if mode == "avg":
            return nn.AvgPool2d(pool_size, stride=1)(X[None])[0]
        raise ValueError(mode)


@wrong(hint="The result is float32 whatever comes in, so float64 loses half of its digits.")
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


@wrong(hint="Each result passes through a plain Python number, and no gradient can follow it there. Keep it a tensor.")
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


@wrong(hint="You take the entry of the largest magnitude. The maximum is the largest entry, with its sign.")
def largest_magnitude():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return windows.abs().amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@wrong(hint="You accept other names for the two modes. There are two names; every other one is a ValueError.")
def other_names_accepted():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode in ("max", "maximum"):
            return windows.amax((2, 3))
        if mode in ("avg", "mean", "average"):
            return windows.mean((2, 3))
        raise ValueError(mode)


@wrong(
    hint="`mode in 'max'` asks whether mode is a part of the word, and 'a' is one. Compare with `==`.",
    public=False,
    reason="An edge that is left to think of: a mode may look like another.",
)
def part_of_the_word():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode in "max":
            return windows.amax((2, 3))
        if mode in "avg":
            return windows.mean((2, 3))
        raise ValueError(mode)


@wrong(hint="Looking up an unknown mode in a dict raises a KeyError. The question asks for a ValueError.")
def key_error():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return {"max": torch.amax, "avg": torch.mean}[mode](windows, (2, 3))


@wrong(hint="Your window is square: its area is not the square of its number of rows.")
def divided_by_the_square():
    def pool2d(X, pool_size, mode="max"):
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        if mode == "max":
            return windows.amax((2, 3))
        if mode == "avg":
            return windows.sum((2, 3)) / pool_size[0] ** 2
        raise ValueError(mode)


@wrong(
    hint="Pooling each window with a built-in of torch is still built-in pooling. Here the exercise is to write it.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_for_each_window():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        pool = getattr(F, f"adaptive_{mode}_pool2d")
        return pool(windows, 1)[..., 0, 0]


@wrong(
    hint="The result is filled into a tensor on the CPU, wherever the image lies. Make it on the device of X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def filled_on_the_cpu():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        h, w = pool_size
        Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
        for i in range(Y.shape[0]):
            for j in range(Y.shape[1]):
                window = X[i : i + h, j : j + w]
                Y[i, j] = window.max() if mode == "max" else window.mean()
        return Y


@wrong(hint="One row and one column of outputs are missing. A window of p rows fits in more than h - p places.")
def one_place_too_few():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)[:-1, :-1]
        return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


@wrong(hint="The two modes are exchanged: 'avg' gives the maximum, and 'max' the average.")
def modes_exchanged():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        windows = X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1)
        return windows.amax((2, 3)) if mode == "avg" else windows.mean((2, 3))


@wrong(hint="mode has no effect: you always take the maximum. 'avg' asks for the average, another mode for a ValueError.")
def always_the_maximum():
    def pool2d(X, pool_size, mode="max"):
        return X.unfold(0, pool_size[0], 1).unfold(1, pool_size[1], 1).amax((2, 3))


@wrong(hint="Your window has one column, or one row, only. The largest entry of the whole window is asked for.")
def first_column_of_the_window():
    def pool2d(X, pool_size, mode="max"):
        columns = X.unfold(0, pool_size[0], 1)[:, : X.shape[1] - pool_size[1] + 1]
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        return columns.amax(-1) if mode == "max" else columns.mean(-1)


@wrong(hint="Your window has one column, or one row, only. The largest entry of the whole window is asked for.")
def first_row_of_the_window():
    def pool2d(X, pool_size, mode="max"):
        rows = X[: X.shape[0] - pool_size[0] + 1].unfold(1, pool_size[1], 1)
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        return rows.amax(-1) if mode == "max" else rows.mean(-1)


@wrong(hint="One side of the window counts for both. It need not be square: pool_size is (rows, columns).")
def square_windows_only():
    def pool2d(X, pool_size, mode="max"):
        if mode not in ("max", "avg"):
            raise ValueError(mode)
        side = pool_size[0]
        windows = X.unfold(0, side, 1).unfold(1, side, 1)
        return windows.amax((-2, -1)) if mode == "max" else windows.mean((-2, -1))
