import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The layers lie in a plain list, which `nn.Module` does not look into. Put them into an `nn.ModuleList`.")
def plain_list():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return self.layers[-1](X)


@wrong(hint="A ReLU follows the last layer, too. The outputs may have any sign.")
def relu_on_the_output():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers:
                X = F.relu(layer(X))
            return X


@wrong(hint="No ReLU stands between the layers: all of them together are a single linear one.")
def relu_missing():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])

        def forward(self, X):
            for layer in self.layers:
                X = layer(X)
            return X


@wrong(hint="There is a ReLU in front of the first layer, and it cuts the inputs. It stands *between* the layers.")
def relu_on_the_input():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers:
                X = layer(torch.relu(X))
            return X


@wrong(hint="`super().__init__()` is missing: without it `nn.Module` has no books to register a layer in.", raises=True)
def super_forgotten():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return self.layers[-1](X)


@wrong(hint="The last layer is missing: with each two neighbours in sizes there is one layer more.")
def last_layer_missing():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList()
            for i in range(len(sizes) - 2):
                self.layers.append(nn.Linear(sizes[i], sizes[i + 1]))

        def forward(self, X):
            for layer in self.layers:
                X = F.relu(layer(X))
            return X


@wrong(hint="There are always two layers. Their number follows from the list of sizes.")
def always_two_layers():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(sizes[0], sizes[1]), nn.Linear(sizes[1], sizes[-1])])

        def forward(self, X):
            return self.layers[1](F.relu(self.layers[0](X)))


@wrong(hint="The loop gives `X` to every layer anew. Each layer takes what the one before it gave out.")
def input_to_every_layer():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers:
                H = F.relu(layer(X))
            return H


@wrong(hint="Nothing comes out: `forward` has no `return`.")
def return_forgotten():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            self.layers[-1](X)


@wrong(hint="This is sigmoid. The question asks for ReLU.")
def sigmoid_for_relu():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = torch.sigmoid(layer(X))
            return self.layers[-1](X)


@wrong(hint="Inputs and outputs are exchanged: nn.Linear takes the number of inputs first.")
def inputs_and_outputs_exchanged():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(b, a) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return self.layers[-1](X)


@wrong(hint="This is an nn.Sequential, which runs its layers by itself. Here they lie in an nn.ModuleList, and forward is yours.")
def sequential():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            layers = []
            for a, b in zip(sizes, sizes[1:]):
                layers += [nn.Linear(a, b), nn.ReLU()]
            self.net = nn.Sequential(*layers[:-1])

        def forward(self, X):
            return self.net(X)


@wrong(hint="The list of sizes has changed while the layers were made. It belongs to who passed it: leave it as it is.")
def sizes_used_up():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList()
            while len(sizes) > 1:
                inputs = sizes.pop(0)
                self.layers.append(nn.Linear(inputs, sizes[0]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return self.layers[-1](X)


@wrong(hint="Only one ReLU is there, after the first layer. One follows every layer but the last.")
def relu_after_the_first_layer_only():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            X = F.relu(self.layers[0](X)) if len(self.layers) > 1 else self.layers[0](X)
            for layer in self.layers[1:]:
                X = layer(X)
            return X


@wrong(hint="The ReLU in front of the last layer is missing: one follows every layer but the last.")
def relu_before_the_last_layer_missing():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for i, layer in enumerate(self.layers):
                X = layer(X)
                if i < len(self.layers) - 2:
                    X = F.relu(X)
            return X


@wrong(hint="[layer] * n holds one layer n times. Make a new nn.Linear for each two neighbours in sizes.")
def one_layer_many_times():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(sizes[0], sizes[1])] * (len(sizes) - 1))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return self.layers[-1](X)


@wrong(hint="The last layer never runs. It comes after the loop, without a ReLU.")
def last_layer_not_run():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

        def forward(self, X):
            for layer in self.layers[:-1]:
                X = F.relu(layer(X))
            return X


@wrong(hint="The layers are attributes one by one. Here they lie in an nn.ModuleList, and forward loops over it.")
def attributes_with_numbers():
    class ListMLP(nn.Module):
        def __init__(self, sizes):
            super().__init__()
            self.depth = len(sizes) - 1
            for i in range(self.depth):
                setattr(self, f"layer{i}", nn.Linear(sizes[i], sizes[i + 1]))

        def forward(self, X):
            for i in range(self.depth - 1):
                X = F.relu(getattr(self, f"layer{i}")(X))
            return getattr(self, f"layer{self.depth - 1}")(X)
