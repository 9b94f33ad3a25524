import torch

from autograder.authoring.marks import wrong


@wrong(hint="The maps are stacked along the last axis. The kernels are counted by the first one.")
def stacked_last():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, k) for k in K], -1)


@wrong(hint="The maps are stacked along axis 1. The kernels are counted by the first axis, axis 0.")
def stacked_in_the_middle():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, k) for k in K], dim=1)


@wrong(hint="The maps are glued into one tall picture: cat makes no new axis. Give the kernels an axis of their own.")
def glued_together():
    def corr2d_multi_in_out(X, K):
        return torch.cat([corr2d_multi_in(X, k) for k in K], 0)


@wrong(hint="You add up over the kernels as well. Each kernel has a map of its own.")
def summed_over_the_kernels():
    def corr2d_multi_in_out(X, K):
        return sum(corr2d_multi_in(X, k) for k in K)


@wrong(hint="All maps are made with the same kernel. Each one belongs to a kernel of its own.")
def first_kernel_everywhere():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, K[0]) for k in K], 0)


@wrong(hint="The loop goes over the channels of the picture. Go over the kernels: each one takes the whole picture.")
def loop_over_the_channels():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, K[i]) for i in range(X.shape[0])], 0)


@wrong(hint="Your result is float32 whatever comes in. Give it the dtype of the pictures.")
def filled_into_float32():
    def corr2d_multi_in_out(X, K):
        o, c, h, w = K.shape
        Y = torch.zeros(o, X.shape[1] - h + 1, X.shape[2] - w + 1)
        for j in range(o):
            Y[j] = corr2d_multi_in(X, K[j])
        return Y


@wrong(hint="The result is a list of maps. Make one tensor of them, with the kernels along the first axis.")
def list_of_maps():
    def corr2d_multi_in_out(X, K):
        return [corr2d_multi_in(X, k) for k in K]


@wrong(
    hint="The maps pass through Python numbers, and no gradient can follow them there. Use torch.stack.",
    public=False,
    reason="the values are right; the gradient is left to think of",
)
def tensor_made_of_numbers():
    def corr2d_multi_in_out(X, K):
        return torch.tensor([corr2d_multi_in(X, k).tolist() for k in K], dtype=X.dtype)


@wrong(hint="The channels are not added up: each kernel gives one map. corr2d_multi_in adds over the channels.")
def channels_not_added():
    def corr2d_multi_in_out(X, K):
        return torch.stack([torch.stack([corr2d(x, k) for x, k in zip(X, kernel)]) for kernel in K])


@wrong(hint="You walk along the input channels. The kernels are counted by the first axis: `for k in K`.")
def walks_along_the_input_channels():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, K[:, i]) for i in range(K.shape[1])])


@wrong(hint="There is an axis too many in front. One picture comes in without a batch axis, and leaves without one.")
def batch_axis_added():
    def corr2d_multi_in_out(X, K):
        return torch.stack([corr2d_multi_in(X, k) for k in K])[None]
