from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def indexing_the_axes():
    def padded_conv(X, conv):
        return conv(X[None, None, :, :])[0, 0]


@right
def one_channel_without_a_batch():
    def padded_conv(X, conv):
        return conv(X.unsqueeze(0)).squeeze(0)


@right
def the_functional_form():
    def padded_conv(X, conv):
        X = X.reshape(1, 1, *X.shape)
        Y = F.conv2d(X, conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation)
        return Y.flatten(0, 2)
