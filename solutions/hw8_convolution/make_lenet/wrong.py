import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The first convolution has no padding, so 256 numbers are left and not 400. The table keeps 28×28 there.")
def no_padding():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(256, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The first convolution has no padding, so 256 numbers are left and not 400. The table keeps 28×28 there.")
def no_padding_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(256, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The second convolution is padded, too, so 784 numbers are left and not 400. Only the first one keeps the size.")
def padding_twice():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5, padding=2), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(784, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="A softmax follows the last layer. The network returns scores; the loss makes probabilities of them.")
def softmax_on_top():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes), nn.Softmax(dim=1)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="A softmax follows the last layer. The network returns scores; the loss makes probabilities of them.")
def softmax_on_top_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes), nn.Softmax(dim=1)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="A log_softmax follows the last layer. The network returns scores; the loss does the rest.")
def log_softmax_on_top():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes), nn.LogSoftmax(dim=1)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="An activation follows the last layer. Scores may have any sign and size: nothing comes after it.")
def activation_on_the_output():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes), act()]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="An activation follows the last layer. Scores may have any sign and size: nothing comes after it.")
def activation_on_the_output_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes), act()]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The pictures are never made smaller: an average pooling of 2×2 follows each convolution.")
def pooling_left_out():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.Conv2d(6, 16, 5), act()]
        dense = [nn.Linear(9216, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The pictures are never made smaller: an average pooling of 2×2 follows each convolution.")
def pooling_left_out_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.Conv2d(6, 16, 5), act()]
        dense = [nn.Linear(9216, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The convolutions jump, and nothing is averaged. Their stride is 1; an average pooling of 2×2 follows each of them.")
def strides_for_pooling():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, stride=2, padding=2), act(), nn.Conv2d(6, 16, 5, stride=2), act()]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="This pools by maximum. LeNet takes the average of each window.")
def maximum_pooling():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.MaxPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="This pools by maximum. LeNet takes the average of each window.")
def maximum_pooling_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.MaxPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="No activation follows the convolutions. There are four of them: one after every layer but the last.")
def no_activation_after_convolutions():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="No activation follows the convolutions. There are four of them: one after every layer but the last.")
def no_activation_after_convolutions_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="Between the fully connected layers the activations are missing: without a bend they are a single layer.")
def no_activation_between_fully_connected():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="Between the fully connected layers the activations are missing: without a bend they are a single layer.")
def no_activation_between_fully_connected_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="No activation follows the layer of 84 units. There are four of them: one after every layer but the last.")
def last_activation_missing():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="No activation follows the layer of 84 units. There are four of them: one after every layer but the last.")
def last_activation_missing_of_sigmoids():
    def make_lenet(num_classes=10):
        act = nn.Sigmoid
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The pooling comes before the activation. Bend each entry first, then average.")
def pooled_before_the_activation():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), nn.AvgPool2d(2), act(), nn.Conv2d(6, 16, 5), nn.AvgPool2d(2), act()]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The convolutions have no biases. Leave `bias` as it is: every layer has its own.")
def without_biases():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2, bias=False), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5, bias=False), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="There are always ten scores. The last layer has num_classes of them.")
def always_ten_classes():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, 10)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="The flattening swallows the batch: each picture must stay a row of its own.")
def batch_flattened():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(0), *dense)


@wrong(hint="A layer is missing: 400, 120, 84 and then the classes.")
def one_hidden_layer_missing():
    def make_lenet(num_classes=10):
        act = nn.ReLU
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="This is tanh, as in 1998. The question asks for sigmoid or ReLU.")
def tanh():
    def make_lenet(num_classes=10):
        act = nn.Tanh
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), act(), nn.AvgPool2d(2)]
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="ReLU and sigmoid are mixed. Take one of them, the same in all four places.")
def relu_and_sigmoid_mixed():
    def make_lenet(num_classes=10):
        act, pool = nn.ReLU, nn.AvgPool2d(2)
        maps = [nn.Conv2d(1, 6, 5, padding=2), act(), pool, nn.Conv2d(6, 16, 5), act(), pool]
        act = nn.Sigmoid
        dense = [nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, num_classes)]
        return nn.Sequential(*maps, nn.Flatten(), *dense)


@wrong(hint="Every call returns the same layers. Make them inside the function, so that each network has its own.")
def the_same_layers_each_time():
    maps = [nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.AvgPool2d(2)]
    trunk = nn.Sequential(*maps, nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU())

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
            act, pool = nn.ReLU(), nn.AvgPool2d(2)
            maps = [nn.Conv2d(1, 6, 5, padding=2), act, pool, nn.Conv2d(6, 16, 5), act, pool]
            dense = [nn.Linear(400, 120), act, nn.Linear(120, 84), act, nn.Linear(84, num_classes)]
            self.layers = [*maps, nn.Flatten(), *dense]

        def forward(self, X):
            for layer in self.layers:
                X = layer(X)
            return X

    def make_lenet(num_classes=10):
        return LeNet(num_classes)
