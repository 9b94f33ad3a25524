from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def class_with_two_calls():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.shared = nn.Linear(8, 8)
            self.out = nn.Linear(8, 1)
            self.hidden = nn.Linear(4, 8)

        def forward(self, X):
            X = F.relu(self.hidden(X))
            for _ in range(2):
                X = F.relu(self.shared(X))
            return self.out(X)

    def tied_net():
        return Tied()


@right
def relu_only_between():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.Linear(8, 1))


@right
def nested_with_shared_block():
    def tied_net():
        block = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
        return nn.Sequential(nn.Sequential(nn.Linear(4, 8), nn.ReLU()), block, block, nn.Linear(8, 1))


@right
def places_by_index():
    def tied_net():
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU())
        net.append(net[2])
        return net.append(nn.Linear(8, 1))
