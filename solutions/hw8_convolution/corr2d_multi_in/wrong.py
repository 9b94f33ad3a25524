import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="Every channel is correlated with the same kernel, left over from somewhere else. Each channel has a kernel "
    "of its own: take both from zip."
)
def stale_kernel():
    def corr2d_multi_in(X, K):
        k = K[0]
        return sum(corr2d(x, k) for x, z in zip(X, K))


@wrong(
    hint="The name `k` in your loop is not the loop's own: zip hands you the kernel under another name. Each channel "
    "needs its own kernel."
)
def kernel_of_the_last_channel():
    def corr2d_multi_in(X, K):
        for k in K:
            pass
        res = 0
        for x, z in zip(X, K):
            res += corr2d(x, k)
        return res


@wrong(hint="The channels lie side by side, one map each. With several inputs and one output, add them up.")
def no_sum():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)])


@wrong(hint="You average over the channels. They are added up.")
def mean_over_the_channels():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).mean(0)


@wrong(hint="Only one channel has a part in your result. Go through all of them.")
def last_channel_only():
    def corr2d_multi_in(X, K):
        for x, k in zip(X, K):
            Y = corr2d(x, k)
        return Y


@wrong(
    hint="Every channel meets every kernel, or the sum of all channels does. Each channel meets its own kernel only."
)
def channels_added_first():
    def corr2d_multi_in(X, K):
        return corr2d(X.sum(0), K.sum(0))


@wrong(hint="Your result keeps a channel axis of length 1. One output map has two axes only.")
def channel_axis_kept():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).sum(0, keepdim=True)


@wrong(hint="The return stands inside the loop, so the first channel ends it. Return after the loop.")
def returned_inside_the_loop():
    def corr2d_multi_in(X, K):
        Y = 0
        for x, k in zip(X, K):
            Y = Y + corr2d(x, k)
            return Y


@wrong(
    hint="Every channel meets every kernel, or the sum of all channels does. Each channel meets its own kernel only."
)
def every_channel_with_every_kernel():
    def corr2d_multi_in(X, K):
        return sum(corr2d(x, k) for x in X for k in K)


@wrong(hint="You take the largest of the channels' maps at each place. They are added up.")
def largest_of_the_channels():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).amax(0)


@wrong(hint="Everything is added up to one number. Add over the channels only: the places stay.")
def summed_to_one_number():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)]).sum()


@wrong(
    hint="Two channels are taken, as in the example. There may be any number: go through all of them.",
    public=False,
    reason="The public checks have two channels, as the example.",
)
def two_channels_always():
    def corr2d_multi_in(X, K):
        return corr2d(X[0], K[0]) + corr2d(X[1], K[1])


@wrong(hint="The last channel is left out: range(1, n - 1) ends too early. Go through all channels.")
def last_channel_left_out():
    def corr2d_multi_in(X, K):
        return sum(corr2d(X[i], K[i]) for i in range(len(X) - 1))


@wrong(hint="The last channel is left out: range(1, n - 1) ends too early. Go through all channels.")
def last_channel_left_out_after_the_first():
    def corr2d_multi_in(X, K):
        Y = corr2d(X[0], K[0])
        for i in range(1, len(X) - 1):
            Y = Y + corr2d(X[i], K[i])
        return Y


@wrong(hint="The maps are stacked along one axis and added up along another. Add over the channels.")
def added_along_the_rows():
    def corr2d_multi_in(X, K):
        return torch.stack([corr2d(x, k) for x, k in zip(X, K)], dim=-1).sum(dim=0)


@wrong(
    hint="Your sum starts as a float32 tensor, whatever comes in. Give it the dtype of the picture.",
    public=False,
    reason="other dtypes come in the hidden tests only",
)
def sum_in_float32():
    def corr2d_multi_in(X, K):
        Y = torch.zeros(X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1)
        for x, k in zip(X, K):
            Y += corr2d(x, k)
        return Y
