import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def built_in_pooling():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = {"max": F.max_pool2d, "avg": F.avg_pool2d}[mode]
        return pool(X, pool_size, stride=stride, padding=padding)


@right
def windows_of_all_channels():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = stride or pool_size
        (ph, pw), (sh, sw) = padding, stride
        fill = -torch.inf if mode == "max" else 0
        X = F.pad(X, (pw, pw, ph, ph), "constant", fill)
        windows = X.unfold(2, pool_size[0], sh).unfold(3, pool_size[1], sw).flatten(-2)
        return windows.max(-1)[0] if mode == "max" else windows.mean(-1)


@right
def filling_entry_by_entry():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        if stride is None:
            stride = pool_size
        n, c, h, w = X.shape
        fill = torch.finfo(X.dtype).min if mode == "max" else 0.0
        P = X.new_full((n, c, h + 2 * padding[0], w + 2 * padding[1]), fill)
        P[:, :, padding[0] : padding[0] + h, padding[1] : padding[1] + w] = X
        rows = (P.shape[2] - pool_size[0]) // stride[0] + 1
        columns = (P.shape[3] - pool_size[1]) // stride[1] + 1
        Y = X.new_zeros(n, c, rows, columns)
        for i in range(rows):
            for j in range(columns):
                top, left = i * stride[0], j * stride[1]
                window = P[:, :, top : top + pool_size[0], left : left + pool_size[1]]
                Y[:, :, i, j] = window.amax((2, 3)) if mode == "max" else window.mean((2, 3))
        return Y


@right
def windows_clipped_at_the_border():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        (h, w), (kh, kw), (ph, pw) = X.shape[2:], pool_size, padding
        sh, sw = pool_size if stride is None else stride
        rows = []
        for top in range(-ph, h + ph - kh + 1, sh):
            row = []
            for left in range(-pw, w + pw - kw + 1, sw):
                window = X[:, :, max(top, 0) : top + kh, max(left, 0) : left + kw]
                total = window.sum((2, 3)) / (kh * kw)
                row.append(window.amax((2, 3)) if mode == "max" else total)
            rows.append(torch.stack(row, -1))
        return torch.stack(rows, -2)


@right
def padding_with_the_smallest_number_there_is():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        value = torch.finfo(X.dtype).min if mode == "max" else 0
        pad = nn.ConstantPad2d((padding[1], padding[1], padding[0], padding[0]), value)
        rows, columns = stride or pool_size
        flat = pad(X).flatten(0, 1)
        Y = torch.cat([pool2d(x, pool_size, mode)[None] for x in flat])
        return Y[:, ::rows, ::columns].unflatten(0, X.shape[:2])
