import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="The network keeps PyTorch's own start. Fill net[0].weight in place, from N(0, 0.01**2), and the bias with 0."
)
def start_of_pytorch():
    def make_linear_net(num_inputs):
        return nn.Sequential(nn.Linear(num_inputs, 1))


@wrong(hint="The bias is not 0, as PyTorch's own start is not. Fill it with 0.")
def bias_not_zero():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        net[0].weight.data.normal_(0, 0.01)
        return net


@wrong(hint="0.01**2 is the variance. The function wants the standard deviation, 0.01.")
def variance_as_std():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        nn.init.normal_(net[0].weight, 0, 0.01**2)
        nn.init.zeros_(net[0].bias)
        return net


@wrong(hint="The weights have standard deviation 0.1, that is, variance 0.01. Make the standard deviation 0.01.")
def std_as_variance():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        nn.init.normal_(net[0].weight, std=0.01**0.5)
        nn.init.constant_(net[0].bias, 0)
        return net


@wrong(hint="All weights are 0. Draw them from N(0, 0.01**2).")
def weights_zero():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        for p in net.parameters():
            p.data.fill_(0)
        return net


@wrong(hint="This is the bare layer. Wrap it in an nn.Sequential.")
def layer_without_sequential():
    def make_linear_net(num_inputs):
        net = nn.Linear(num_inputs, 1)
        net.weight.data.normal_(0, 0.01)
        net.bias.data.fill_(0)
        return net


@wrong(hint="The layer has no bias. Keep it, and start it at 0.")
def layer_without_bias():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1, bias=False))
        net[0].weight.data.normal_(0, 0.01)
        return net


@wrong(hint="The weights come from a uniform distribution. Draw them from N(0, 0.01**2).")
def uniform_weights():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        bound = 0.01 * 3**0.5
        nn.init.uniform_(net[0].weight, -bound, bound)
        nn.init.zeros_(net[0].bias)
        return net


@wrong(
    hint="The network keeps PyTorch's own start. Fill net[0].weight in place, from N(0, 0.01**2), and the bias with 0."
)
def fills_a_copy():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        weight, bias = net[0].weight, net[0].bias
        weight = torch.normal(0, 0.01, weight.shape)
        bias = torch.zeros(1)
        return net


@wrong(
    hint="The network ends in a ReLU, so it can never predict a negative number. Only the linear layer belongs here."
)
def relu_on_top():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1), nn.ReLU())
        net[0].weight.data.normal_(0, 0.01)
        net[0].bias.data.fill_(0)
        return net


@wrong(hint="The weights have standard deviation 1, the default of normal_ (one number is its mean). Make it 0.01.")
def standard_normal_weights():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        nn.init.normal_(net[0].weight)
        nn.init.zeros_(net[0].bias)
        return net


@wrong(hint="Only the linear layer belongs into the nn.Sequential. The rows are flat already.")
def flattened_first():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Flatten(), nn.Linear(num_inputs, 1))
        net[1].weight.data.normal_(0, 0.01)
        net[1].bias.data.fill_(0)
        return net
