import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The input's size is fixed already: typed in, or by an earlier run. Return a fresh lazy network each time.")
def fixed_input_size():
    def make_lazy_net():
        return nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))


@wrong(hint="Only the first layer is lazy. The second one should wait for its first input, too.")
def second_layer_fixed():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.Linear(256, 10))


@wrong(hint="The input's size is fixed already: typed in, or by an earlier run. Return a fresh lazy network each time.")
def dry_run():
    def make_lazy_net():
        net = nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))
        net(torch.rand(2, 20))
        return net


@wrong(hint="The ReLU between the layers is missing.")
def lazy_without_relu():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.LazyLinear(10))


@wrong(hint="There is an activation after the last layer. The network ends with the lazy Linear of 10 outputs.")
def lazy_with_relu_last():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10), nn.ReLU())


@wrong(hint="The order of the sizes is exchanged: 256 outputs first, then 10.")
def sizes_exchanged():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(10), nn.ReLU(), nn.LazyLinear(256))


@wrong(hint="The input's size is fixed already: typed in, or by an earlier run. Return a fresh lazy network each time.")
def one_network_for_all():
    the_net = nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))

    def make_lazy_net():
        return the_net


@wrong(hint="There is a softmax at the end. The network should return plain numbers, not probabilities.")
def lazy_with_softmax():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10), nn.Softmax(dim=1))


@wrong(hint="The layers have no bias. A lazy Linear has one, as nn.Linear has: leave bias=False out.")
def lazy_without_biases():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256, bias=False), nn.ReLU(), nn.LazyLinear(10, bias=False))


@wrong(hint="The activation between the layers is the sigmoid. The question asks for ReLU.")
def lazy_with_sigmoid():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.Sigmoid(), nn.LazyLinear(10))
