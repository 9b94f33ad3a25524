from torch import nn

from autograder.authoring.marks import right


@right
def ordered_dict():
    from collections import OrderedDict

    def block1():
        layers = []
        for a, b in ((4, 8), (8, 4)):
            layers += [nn.Linear(a, b), nn.ReLU()]
        return nn.Sequential(*layers)

    def block2():
        return nn.Sequential(OrderedDict([(f"block {i}", block1()) for i in range(4)]))

    def nested_net():
        net = nn.Sequential()
        net.append(block2())
        net.append(nn.Linear(4, 1))
        return net


@right
def classes():
    class Tower(nn.Module):
        def __init__(self):
            super().__init__()
            for i in range(4):
                setattr(self, "block %d" % i, block1())

        def forward(self, X):
            for block in self.children():
                X = block(X)
            return X

    class Nested(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 1)
            self.tower = block2()

        def forward(self, X):
            return self.head(self.tower(X))

    def block1():
        return nn.Sequential(nn.Sequential(nn.Linear(4, 8), nn.ReLU()), nn.Sequential(nn.Linear(8, 4), nn.ReLU()))

    def block2():
        return Tower()

    def nested_net():
        return Nested()
