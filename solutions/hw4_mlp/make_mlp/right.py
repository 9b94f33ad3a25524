import torch
from torch import nn

from autograder.authoring.marks import right


@right
def textbook_type_check():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(num_inputs, num_hiddens),
            nn.ReLU(),
            nn.Linear(num_hiddens, num_outputs),
        )

        def init_weights(m):
            if type(m) == nn.Linear:  # noqa: E721
                nn.init.normal_(m.weight, std=0.01)
                nn.init.zeros_(m.bias)

        return net.apply(init_weights)


@right
def class_of_its_own():
    class Net(nn.Sequential):
        def __init__(self, a, b, c):
            super().__init__(nn.Flatten(), nn.Linear(a, b), nn.ReLU(inplace=True), nn.Linear(b, c))
            self.apply(self.start)

        @staticmethod
        def start(layer):
            if hasattr(layer, "weight"):
                layer.weight.data.normal_(0, 0.01)

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        return Net(num_inputs, num_hiddens, num_outputs)


@right
def named_layers():
    from collections import OrderedDict

    def _init(layer):
        match layer:
            case nn.Linear():
                with torch.no_grad():
                    layer.weight.copy_(torch.randn_like(layer.weight) * 0.01)
                    layer.bias.fill_(0)

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            OrderedDict(
                flatten=nn.Flatten(),
                hidden=nn.Linear(num_inputs, num_hiddens),
                relu=nn.ReLU(),
                output=nn.Linear(num_hiddens, num_outputs),
            )
        )
        net.apply(_init)
        return net


@right
def appended_layers():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential()
        net.append(nn.Flatten(start_dim=1))
        net.append(nn.Linear(num_inputs, num_hiddens))
        net.append(nn.ReLU())
        net.append(nn.Linear(num_hiddens, num_outputs))
        for p in net.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, 0, 0.01)
        return net


@right
def lambda_in_apply():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        layers = [nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU()]
        layers.append(nn.Linear(num_hiddens, num_outputs))
        return nn.Sequential(*layers).apply(
            lambda m: m.weight.data.normal_(std=0.01) if isinstance(m, nn.Linear) else None
        )
