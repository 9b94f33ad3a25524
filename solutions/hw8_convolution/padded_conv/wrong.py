import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The batch and channel axes are still there. Take them off again after the layer.")
def batch_and_channel_left_in():
    def padded_conv(X, conv):
        return conv(X.reshape((1, 1) + X.shape))


@wrong(hint="One of the extra axes is still there. You added two, so take two off.")
def channel_left_in():
    def padded_conv(X, conv):
        return conv(X[None, None])[0]


@wrong(
    hint="squeeze() drops every axis of length 1, also a single row or column of the image. Name the axes that should "
    "go."
)
def everything_squeezed():
    def padded_conv(X, conv):
        return conv(X.unsqueeze(0).unsqueeze(0)).squeeze()


@wrong(
    hint="The output does not always have the shape of the input: kernel, padding and stride decide. Take the shape "
    "from the output."
)
def reshaped_like_the_input():
    def padded_conv(X, conv):
        return conv(X.reshape(1, 1, *X.shape)).reshape(X.shape)


@wrong(
    hint="You run the layer's kernel alone. Its padding, its stride and its bias belong to the layer too: call the "
    "layer itself."
)
def kernel_without_padding_and_bias():
    def padded_conv(X, conv):
        return F.conv2d(X[None, None], conv.weight)[0, 0]


@wrong(hint="The graph is cut: no gradient reaches the layer. Return the layer's output without detaching it.")
def output_detached():
    def padded_conv(X, conv):
        with torch.no_grad():
            return conv(X[None, None])[0, 0]


@wrong(
    hint="You pass on some of the layer's settings and leave others out. Call the layer itself: it knows all of them."
)
def dilation_left_out():
    def padded_conv(X, conv):
        Y = F.conv2d(
            X[None, None], conv.weight, conv.bias, stride=conv.stride, padding=conv.padding
        )
        return Y[0, 0]


@wrong(hint="A layer without bias has `conv.bias = None`, which cannot be added. Call the layer itself.")
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


@wrong(hint="You make a new layer with the same settings. Its kernel and bias are random; run the one you got.")
def new_layer_of_the_same_kind():
    def padded_conv(X, conv):
        conv = nn.Conv2d(1, 1, conv.kernel_size, conv.stride, conv.padding)
        return conv(X[None, None])[0, 0]


@wrong(hint="Rows and columns of the image are exchanged. Leave their order; only two axes are added in front.")
def image_transposed():
    def padded_conv(X, conv):
        return conv(X.T[None, None])[0, 0]


@wrong(hint="The output is cut or reshaped to another size. Return it as it comes, with two axes less.")
def cut_to_the_input():
    def padded_conv(X, conv):
        return conv(X[None, None])[0, 0][: X.shape[0], : X.shape[1]]
