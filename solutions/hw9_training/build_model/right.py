import torch.nn.functional as F
from torch import nn

from autograder.authoring.marks import right


@right
def lenet_with_relu():
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 6, kernel_size=5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 16, kernel_size=5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, 10),
        )


@right
def lazy_layers_in_a_class():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.LazyConv2d(16, 5, stride=2, padding=2)
            self.norm = nn.LazyBatchNorm2d()
            self.hidden = nn.LazyLinear(100)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            X = F.max_pool2d(F.relu(self.norm(self.conv(X))), 2)
            X = F.relu(self.hidden(X.flatten(1)))
            return F.log_softmax(self.out(X), dim=1)

    def build_model():
        return Net()


@right
def perceptron_with_dropout():
    def build_model():
        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 400),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(400, 100),
            nn.ReLU(),
            nn.Linear(100, 10),
        )
        for layer in net:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        return net


@right
def costs_more_than_the_full_budget():
    # 11 million per picture, so it gets 38 % of the steps.
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(64 * 7 * 7, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )


@right
def residual_blocks():
    class Residual(nn.Module):
        def __init__(self, cin, cout, stride=1):
            super().__init__()
            self.conv1 = nn.Conv2d(cin, cout, 3, padding=1, stride=stride)
            self.conv2 = nn.Conv2d(cout, cout, 3, padding=1)
            self.conv3 = (
                nn.Conv2d(cin, cout, 1, stride=stride) if stride > 1 or cin != cout else None
            )
            self.bn1, self.bn2 = nn.BatchNorm2d(cout), nn.BatchNorm2d(cout)

        def forward(self, X):
            Y = F.relu(self.bn1(self.conv1(X)))
            Y = self.bn2(self.conv2(Y))
            if self.conv3:
                X = self.conv3(X)
            return F.relu(Y + X)

    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1, stride=2),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            Residual(16, 32, 2),
            Residual(32, 64, 2),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(64, 10),
        )
