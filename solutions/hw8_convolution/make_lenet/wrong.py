import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The first convolution has no padding, so 256 numbers are left and not 400. The table keeps 28×28 there.")
def no_padding():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(256, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="A softmax follows the last layer. The network returns scores; the loss makes probabilities of them.")
def softmax_on_top():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
            nn.Softmax(dim=1),
        )


@wrong(hint="An activation follows the last layer. Scores may have any sign and size: nothing comes after it.")
def activation_on_the_output():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
            nn.ReLU(),
        )


@wrong(hint="The pictures are never made smaller: an average pooling of 2×2 follows each convolution.")
def pooling_left_out():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(16 * 24 * 24, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="This pools by maximum. LeNet takes the average of each window.")
def maximum_pooling():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="No activation follows the convolutions. There are four of them: one after every layer but the last.")
def no_activation_after_convolutions():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="Between the fully connected layers the activations are missing: without a bend they are a single layer.")
def no_activation_between_fully_connected():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.Linear(120, 84),
            nn.Linear(84, num_classes),
        )


@wrong(hint="The pooling comes before the activation. Bend each entry first, then average.")
def pooled_before_the_activation():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.AvgPool2d(2),
            nn.ReLU(),
            nn.Conv2d(6, 16, 5),
            nn.AvgPool2d(2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="There are always ten scores. The last layer has num_classes of them.")
def always_ten_classes():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, 10),
        )


@wrong(hint="The flattening swallows the batch: each picture must stay a row of its own.")
def batch_flattened():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(0),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="This is tanh, as in 1998. The question asks for sigmoid or ReLU.")
def tanh():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.Tanh(),
            nn.Linear(120, 84),
            nn.Tanh(),
            nn.Linear(84, num_classes),
        )


@wrong(hint="A layer is missing: 400, 120, 84 and then the classes.")
def one_hidden_layer_missing():
    def make_lenet(num_classes=10):
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, num_classes),
        )


@wrong(hint="Every call returns the same layers. Make them inside the function, so that each network has its own.")
def the_same_layers_each_time():
    trunk = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
    )

    def make_lenet(num_classes=10):
        return nn.Sequential(trunk, nn.Linear(84, num_classes))


@wrong(hint="The scores are squeezed to one picture: the result needs a row for each picture of the batch.")
def averaged_over_the_batch():
    class LeNet(nn.Module):
        def __init__(self, num_classes):
            super().__init__()
            self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
            self.dense = nn.Sequential(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU())
            self.last = nn.Linear(84, num_classes)

        def forward(self, X):
            X = F.avg_pool2d(torch.relu(self.conv1(X)), 2)
            X = F.avg_pool2d(torch.relu(self.conv2(X)), 2)
            return self.last(self.dense(X.flatten(1))).mean(0)

    def make_lenet(num_classes=10):
        return LeNet(num_classes)


@wrong(hint="The layers lie in a plain list, where `parameters()` does not see them. Use `nn.Sequential` or attributes.")
def layers_in_a_plain_list():
    class LeNet(nn.Module):
        def __init__(self, num_classes):
            super().__init__()
            self.layers = [
                nn.Conv2d(1, 6, 5, padding=2),
                nn.ReLU(),
                nn.AvgPool2d(2),
                nn.Conv2d(6, 16, 5),
                nn.ReLU(),
                nn.AvgPool2d(2),
                nn.Flatten(),
                nn.Linear(400, 120),
                nn.ReLU(),
                nn.Linear(120, 84),
                nn.ReLU(),
                nn.Linear(84, num_classes),
            ]

        def forward(self, X):
            for layer in self.layers:
                X = layer(X)
            return X

    def make_lenet(num_classes=10):
        return LeNet(num_classes)
