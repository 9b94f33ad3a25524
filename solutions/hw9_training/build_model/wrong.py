import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.authoring.marks import wrong


@wrong(
    hint="This network has more than 500,000 parameters. Most sit in the first linear layer: make its input or its "
    "width smaller."
)
def too_many_parameters():
    def build_model():
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 512),
            nn.ReLU(),
            nn.Linear(512, 256),
            nn.ReLU(),
            nn.Linear(256, 10),
        )


@wrong(hint="The output has a single number per picture. Ten classes need ten scores.")
def one_output():
    def build_model():
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 1))


@wrong(hint="The output has axes of length 1 left over. Asked for is the shape (n, 10): flatten it at the end.")
def picture_shaped_output():
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 8, 5, stride=4), nn.ReLU(), nn.Conv2d(8, 10, 3), nn.AdaptiveAvgPool2d(1)
        )


@wrong(hint="A linear layer needs rows of numbers, and pictures of shape (n, 1, 28, 28) come in. Flatten them first.")
def pictures_not_flattened():
    def build_model():
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


@wrong(
    hint="The network was trained before it was returned. Return it untrained: the grader trains it.",
    public=False,
    reason="what it knows before training is measured on the pictures that the grader keeps back",
)
def pretrained_weights():
    def build_model():
        X, y = as_tensors(load_fashion_mnist(train=True))
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
        for X_batch, y_batch in DataLoader(TensorDataset(X[:5120], y[:5120]), batch_size=256):
            optimizer.zero_grad()
            F.cross_entropy(net(X_batch), y_batch).backward()
            optimizer.step()
        return net


@wrong(
    hint="Every call returns the same network, so a second training would start where the first one ended. Build a new"
    " one in each call."
)
def the_same_network_again():
    shared_net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))

    def build_model():
        return shared_net


@wrong(
    hint="With all weights 0 the hidden units stay equal to each other for ever. Leave the random initialisation.",
    public=False,
    reason="how well it learns shows only after the grader's training",
)
def zero_weights():
    def build_model():
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        for p in net.parameters():
            nn.init.zeros_(p)
        return net


@wrong(
    hint="Four sigmoids in a row squash the gradients, and five epochs are not enough. Use ReLU.",
    public=False,
    reason="how well it learns shows only after the grader's training",
)
def deep_and_squashed():
    def build_model():
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 10),
        )


@wrong(
    hint="Through a layer of two units hardly anything of the picture gets. Make the hidden layers wider.",
    public=False,
    reason="how well it learns shows only after the grader's training",
)
def bottleneck():
    def build_model():
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 2), nn.ReLU(), nn.Linear(2, 10))


@wrong(hint="build_model returns nothing. A return is missing.")
def nothing_returned():
    def build_model():
        nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


@wrong(hint="This is the class, not a network. Make an instance: call it.")
def class_returned():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.out = nn.Linear(784, 10)

        def forward(self, X):
            return self.out(X.flatten(1))

    def build_model():
        return Net


@wrong(hint="The network returns a pair. Ten scores per picture are asked, and nothing else.")
def scores_and_features():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = nn.Linear(784, 128), nn.Linear(128, 10)

        def forward(self, X):
            h = torch.relu(self.a(X.flatten(1)))
            return self.b(h), h

    def build_model():
        return Net()


@wrong(hint="In training mode the network returns a pair. The training needs the scores alone, in both modes.")
def a_second_output_in_training():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.aux = nn.Linear(784, 128), nn.Linear(128, 10), nn.Linear(128, 10)

        def forward(self, X):
            h = torch.relu(self.a(X.flatten(1)))
            if self.training:
                return self.b(h), self.aux(h)
            return self.b(h)

    def build_model():
        return Net()


@wrong(hint="The logarithm of a negative number is nan. Return the scores as they are.")
def logarithm_of_negative_scores():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Linear(784, 10)

        def forward(self, X):
            return torch.log(self.a(X.flatten(1)))

    def build_model():
        return Net()


@wrong(hint="Layers in a plain list are not found by `parameters()`. Use nn.Sequential or nn.ModuleList.")
def layers_in_a_plain_list():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)]

        def forward(self, X):
            for layer in self.layers:
                X = layer(X)
            return X

    def build_model():
        return Net()


@wrong(hint="No parameter requires a gradient, so there is nothing to train.")
def frozen_parameters():
    def build_model():
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        for p in net.parameters():
            p.requires_grad = False
        return net


@wrong(hint="Through argmax no gradient flows. Return scores, not decisions.")
def hard_decisions():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Linear(784, 10)

        def forward(self, X):
            return F.one_hot(self.a(X.flatten(1)).argmax(1), 10).float()

    def build_model():
        return Net()


@wrong(
    hint="The weights hold the mean picture of each class, so the network knows the pictures before it is trained. "
    "Return it untrained.",
    public=False,
    reason="what it knows before training is measured on the pictures that the grader keeps back",
)
def weights_made_from_the_pictures():
    class Nearest(nn.Module):
        def __init__(self):
            super().__init__()
            X, y = as_tensors(load_fashion_mnist(train=True))
            means = torch.stack([X[y == k].mean(0).flatten() for k in range(10)])
            self.linear = nn.Linear(784, 10)
            with torch.no_grad():
                self.linear.weight.copy_(means / 50)
                self.linear.bias.copy_(-(means**2).sum(1) / 100)

        def forward(self, X):
            return self.linear(X.flatten(1))

    def build_model():
        return Nearest()
