import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def with_sigmoid():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.Sigmoid(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.Sigmoid(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.Sigmoid(),
            nn.Linear(120, 84),
            nn.Sigmoid(),
            nn.Linear(84, num_classes),
        )


@right
def a_class():
    class LeNet(nn.Module):
        def __init__(self, num_classes):
            super().__init__()
            self.last = nn.Linear(84, num_classes)  # the order in which layers are made is free
            self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding="same"), nn.Conv2d(6, 16, 5)
            self.hidden = nn.ModuleList([nn.Linear(400, 120), nn.Linear(120, 84)])

        def forward(self, X):
            for conv in (self.conv1, self.conv2):
                X = F.avg_pool2d(F.relu(conv(X)), kernel_size=2, stride=2)
            X = X.reshape(len(X), -1)
            for layer in self.hidden:
                X = F.relu(layer(X))
            return self.last(X)

    def make_lenet(num_classes=10):
        return LeNet(num_classes)


@right
def lazy_layers():
    def make_lenet(num_classes=10):
        layers = []
        for channels, padding in [(6, 2), (16, 0)]:
            layers += [nn.LazyConv2d(channels, 5, padding=padding), nn.Sigmoid(), nn.AdaptiveAvgPool2d(14 if padding else 5)]
        layers.append(nn.Flatten())
        for units in (120, 84):
            layers += [nn.LazyLinear(units), nn.Sigmoid()]
        return nn.Sequential(*layers, nn.LazyLinear(num_classes))


@right
def convolutions_all_the_way():
    class Everywhere(nn.Module):
        def __init__(self, num_classes):
            super().__init__()
            self.maps = nn.ParameterList([torch.randn(6, 1, 5, 5) / 5, torch.randn(16, 6, 5, 5) / 12])
            self.shifts = nn.ParameterList([torch.zeros(6), torch.zeros(16)])
            self.c5, self.f6, self.f7 = nn.Conv2d(16, 120, 5), nn.Conv2d(120, 84, 1), nn.Conv2d(84, num_classes, 1)

        def forward(self, X):
            X = F.pad(X, (2, 2, 2, 2))
            for weight, bias in zip(self.maps, self.shifts):
                X = torch.relu(F.conv2d(X, weight, bias))
                X = X.unflatten(2, (-1, 2)).unflatten(4, (-1, 2)).mean(dim=(3, 5))
            return self.f7(torch.relu(self.f6(torch.relu(self.c5(X))))).flatten(1)

    def make_lenet(num_classes=10):
        return Everywhere(num_classes)
