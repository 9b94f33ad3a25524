import torch
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The padding is 0 and wins against negative entries. Pad with something that is never the largest.")
def zeros_win_the_maximum():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]))
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(
    hint="A large negative number is not small enough for every picture, and it must not enter an average. For a "
    "maximum pad with minus infinity, for an average with 0."
)
def padding_by_a_guess():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=-100.0)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(
    hint="Minus infinity pads well for a maximum, but it makes averages infinite. There the padding counts as zeros."
)
def infinite_averages():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=-torch.inf)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(hint="The channels are pooled together and one is left. Each channel is pooled on its own.")
def channels_pooled_together():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        Y = pool(X, pool_size, stride, padding)
        return Y.amax(1, keepdim=True) if mode == "max" else Y.mean(1, keepdim=True)


@wrong(hint="All channels show the same map, as if they had been pooled together. Each channel is pooled on its own.")
def largest_of_all_channels_everywhere():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        together = X.amax(1, keepdim=True) if mode == "max" else X.mean(1, keepdim=True)
        return pool(together.expand_as(X), pool_size, stride, padding)


@wrong(hint="Without a stride your windows move by one. The default stride is the pool size.")
def default_stride_one():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = (1, 1) if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(hint="The argument stride has no effect: the windows always move by the pool size.")
def stride_ignored():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, padding=padding)


@wrong(hint="The padding of rows went to the columns and the other way round. F.pad starts with the last axis.")
def padding_of_rows_and_columns_swapped():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (padding[0], padding[0], padding[1], padding[1]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(hint="You add too little: padding says how many rows and columns to add on each side, and both sides get them.")
def padding_on_one_side():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        stride = pool_size if stride is None else stride
        value = -torch.inf if mode == "max" else 0.0
        X = F.pad(X, (0, padding[1], 0, padding[0]), value=value)
        Y = torch.stack([torch.stack([pool2d(c, pool_size, mode) for c in x]) for x in X])
        return Y[:, :, :: stride[0], :: stride[1]]


@wrong(hint="Your averages leave the padding out. Here it counts as zeros, as in nn.AvgPool2d by default.")
def padding_left_out_of_averages():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        if mode == "max":
            return F.max_pool2d(X, pool_size, stride, padding)
        return F.avg_pool2d(X, pool_size, stride, padding, count_include_pad=False)


@wrong(hint="The argument mode gets lost on the way: you always take the maximum.")
def mode_not_passed_on():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        return F.max_pool2d(X, pool_size, stride, padding)


@wrong(
    hint="A large negative number is not small enough for every picture. Which number is never larger than any other?"
)
def padding_by_a_better_guess():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        value = -1e9 if mode == "max" else 0
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


@wrong(hint="A window that does not fit is used as well. Round the size of the output down.")
def rounded_up_pooling():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, stride, padding, ceil_mode=True)


@wrong(hint="view works for pictures only that lie in memory in one piece. reshape copies where it must.")
def view_of_the_pictures():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        Y = pool(X.view(-1, 1, *X.shape[2:]), pool_size, stride, padding)
        return Y.view(*X.shape[:2], *Y.shape[2:])


@wrong(hint="You add too little: padding says how many rows and columns to add on each side, and both sides get them.")
def padding_as_the_total():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        value = float("-inf") if mode == "max" else 0
        top, left = padding[0] // 2, padding[1] // 2
        X = F.pad(X, (left, padding[1] - left, top, padding[0] - top), value=value)
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


@wrong(hint="You add too little: padding says how many rows and columns to add on each side, and both sides get them.")
def padding_ignored():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


@wrong(hint="You add too little: padding says how many rows and columns to add on each side, and both sides get them.")
def padding_above_and_left_only():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        X = F.pad(X, (padding[1], 0, padding[0], 0), value=float("-inf") if mode == "max" else 0)
        windows = X.unfold(2, pool_size[0], rows).unfold(3, pool_size[1], columns)
        return windows.amax((4, 5)) if mode == "max" else windows.mean((4, 5))


@wrong(hint="The strides of rows and columns are exchanged. stride is (rows, columns).")
def strides_exchanged():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        rows, columns = pool_size if stride is None else stride
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, (columns, rows), padding)


@wrong(hint="Your padding is a number like -1, which wins against smaller entries. Only minus infinity never wins.")
def minus_one_as_padding():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        value = -1.0 if mode == "max" else 0.0
        X = F.pad(X, (padding[1], padding[1], padding[0], padding[0]), value=value)
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X, pool_size, stride)


@wrong(hint="Only the first picture is pooled. The batch stays as it is: every picture has its result.")
def first_picture_only():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        pool = F.max_pool2d if mode == "max" else F.avg_pool2d
        return pool(X[0], pool_size, stride, padding)


@wrong(hint="The padding is counted twice. Here it is what is added on each side, as PyTorch's layers count.")
def padding_doubled():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        (h, w), s = padding, stride or pool_size
        X = F.pad(X, (2 * w, 2 * w, 2 * h, 2 * h), value=-torch.inf if mode == "max" else 0.0)
        windows = X.unfold(2, pool_size[0], s[0]).unfold(3, pool_size[1], s[1])
        return windows.amax((-2, -1)) if mode == "max" else windows.mean((-2, -1))


@wrong(hint="One stride is used for rows and columns alike. stride is a pair: (rows, columns).")
def one_stride_for_both():
    def pool2d_channels(X, pool_size, padding=(0, 0), stride=None, mode="max"):
        (h, w), s = padding, (stride or pool_size)[0]
        X = F.pad(X, (w, w, h, h), value=-torch.inf if mode == "max" else 0.0)
        windows = X.unfold(2, pool_size[0], s).unfold(3, pool_size[1], s)
        return windows.amax((-2, -1)) if mode == "max" else windows.mean((-2, -1))
