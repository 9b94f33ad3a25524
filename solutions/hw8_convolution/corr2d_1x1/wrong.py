import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The picture is read as (pixels, channels), but it is stored channel after channel: this mixes channels and "
    "pixels. Read it as (channels, pixels)."
)
def pixels_and_channels_mixed():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        Y = X.reshape(h * w, c) @ K.reshape(o, c).T
        return Y.T.reshape(o, h, w)


@wrong(
    hint="The product is right, but its result is cut up wrongly: it has one row per pixel, so it must be transposed, "
    "not just reshaped."
)
def result_reshaped_without_transposing():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        Y = X.reshape(c, -1).T @ K.reshape(o, c).T
        return Y.reshape(o, h, w)


@wrong(hint="The weights are read as (c, o). The kernels count the output channels first.")
def weights_read_as_inputs_by_outputs():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        return (K.reshape(c, o).T @ X.reshape(c, h * w)).reshape(o, h, w)


@wrong(
    hint="You loop over the output channels. One matrix product does all of them.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def loop_over_the_outputs():
    def corr2d_1x1(X, K):
        return torch.stack([(k * X).sum(0) for k in K])


@wrong(
    hint="You call your general convolution. Here the exercise is the matrix product behind the 1×1 case.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def general_convolution():
    def corr2d_1x1(X, K):
        return corr2d_multi_in_out(X, K)


@wrong(
    hint="You let torch's convolution do it. Here the exercise is the matrix product behind the 1×1 case.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def built_in_convolution_1x1():
    def corr2d_1x1(X, K):
        return torch.conv2d(X.unsqueeze(0), K).squeeze(0)


@wrong(hint="The result has the channels last. They come first, as in the input.")
def channels_last():
    def corr2d_1x1(X, K):
        return torch.einsum("chw,oc->hwo", X, K.flatten(1))


@wrong(
    hint="view works for pictures only that lie in memory in one piece. reshape copies where it must.",
    public=False,
    reason="how a picture lies in memory is left to think of",
)
def view_instead_of_reshape():
    def corr2d_1x1(X, K):
        c, h, w = X.shape
        o = K.shape[0]
        return (K.view(o, c) @ X.view(c, h * w)).view(o, h, w)


@wrong(
    hint="The loop has only moved into a helper. One matrix product does all output channels at once.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def loop_in_a_helper():
    def one_by_one(X, W):
        maps = []
        for w in W:
            maps.append((w.reshape(-1, 1, 1) * X).sum(0))
        return torch.stack(maps)

    def corr2d_1x1(X, K):
        return one_by_one(X, K.flatten(1))


@wrong(
    hint="map goes through the pixels one by one, as a loop does. One matrix product does all of them.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def map_over_the_columns():
    def corr2d_1x1(X, K):
        columns = map(lambda column: K.flatten(1) @ column, X.flatten(1).t())
        return torch.stack(list(columns), 1).reshape(-1, *X.shape[1:])


@wrong(
    hint="You call your general convolution. Here the exercise is the matrix product behind the 1×1 case.",
    public=False,
    reason="A rule: only the judge sees loops and which functions of torch ran.",
)
def general_convolution_in_disguise():
    from functools import partial

    def apply(X, K, function):
        return function(X, K)

    corr2d_1x1 = partial(apply, function=corr2d_multi_in_out)


@wrong(
    hint="squeeze() without an argument drops every axis of length 1, also that of a single output or input channel. "
    "Name the axes that you mean."
)
def every_axis_squeezed():
    def corr2d_1x1(X, K):
        return (K.squeeze() @ X.flatten(1)).reshape(-1, *X.shape[1:])


@wrong(
    hint="The picture is read as (pixels, channels), but it is stored channel after channel: this mixes channels and "
    "pixels. One row per channel is `reshape(c, h * w)`, without another order of the axes."
)
def pixels_first_then_reshaped():
    def corr2d_1x1(X, K):
        (c, h, w), o = X.shape, K.shape[0]
        return (K.reshape(o, c) @ X.permute(1, 2, 0).reshape(c, h * w)).reshape(o, h, w)


@wrong(hint="Height and width of the result are exchanged.")
def height_and_width_exchanged():
    def corr2d_1x1(X, K):
        (c, h, w), o = X.shape, K.shape[0]
        return (K.reshape(o, c) @ X.reshape(c, h * w)).reshape(o, w, h)


@wrong(hint="The product is right, with one column per pixel. Give it back its height and width.")
def left_as_a_matrix():
    def corr2d_1x1(X, K):
        return K.flatten(1) @ X.flatten(1)


@wrong(hint="You average over the input channels. They are added up.")
def channels_averaged():
    def corr2d_1x1(X, K):
        return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X) / X.shape[0]


@wrong(hint="The input channels are multiplied by their weights, but not added up. A matrix product does both.")
def channels_not_added_up():
    def corr2d_1x1(X, K):
        return X * K


@wrong(
    hint="This computes in float32 whatever comes in. float64 in gives float64 out.",
    public=False,
    reason="other dtypes come in the hidden tests only",
)
def product_in_float32():
    def corr2d_1x1(X, K):
        return torch.einsum("oc,chw->ohw", K[:, :, 0, 0].float(), X.float())
