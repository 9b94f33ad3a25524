import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="Here dropout acts in evaluation mode, too: nobody hears of net.eval(). Ask self.training in forward, each time.")
def flag_of_the_constructor():
    class DropoutMLP(nn.Module):
        def __init__(
            self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256, dropout1=0.2, dropout2=0.5,
            is_training=True
        ):
            super().__init__()
            self.is_training = is_training
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.dropout1, self.dropout2 = dropout1, dropout2

        def forward(self, X):
            H1 = torch.relu(self.lin1(X))
            if self.is_training:
                H1 = dropout_layer(H1, self.dropout1)
            H2 = torch.relu(self.lin2(H1))
            if self.is_training:
                H2 = dropout_layer(H2, self.dropout2)
            return self.lin3(H2)


@wrong(hint="Here dropout acts in evaluation mode, too: nobody hears of net.eval(). Ask self.training in forward, each time.")
def functional_dropout_without_the_mode():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.p1, self.p2 = dropout1, dropout2

        def forward(self, X):
            H1 = F.dropout(F.relu(self.lin1(X)), self.p1)
            H2 = F.dropout(F.relu(self.lin2(H1)), self.p2)
            return self.lin3(H2)


@wrong(hint="The output is dropped too. Only the hidden layers have dropout.")
def dropout_on_the_output():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs), nn.Dropout(dropout2),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The dropouts come one layer late: the input of the second layer is whole, and the output is dropped.")
def dropout_one_layer_late():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens2, num_outputs), nn.Dropout(dropout2),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The second dropout acts on the output. It belongs after the second hidden layer's relu.")
def second_dropout_after_the_output():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs), nn.Dropout(dropout2),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The default rates have changed places. It is the layer near the input that drops less.")
def default_rates_exchanged():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.5, dropout2=0.2):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The input is dropped. The dropouts belong after the two hidden layers.")
def dropout_on_the_input():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Dropout(dropout1),
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The two rates are exchanged: dropout1 belongs to the first hidden layer.")
def rates_exchanged():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.drop1, self.drop2 = nn.Dropout(dropout1), nn.Dropout(dropout2)

        def forward(self, X):
            H1 = self.drop2(torch.relu(self.lin1(X)))
            H2 = self.drop1(torch.relu(self.lin2(H1)))
            return self.lin3(H2)


@wrong(hint="The rates are fixed in your code. Use the arguments dropout1 and dropout2.")
def fixed_rates():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.drop = nn.Dropout()

        def forward(self, X):
            H1 = self.drop(torch.relu(self.lin1(X)))
            H2 = self.drop(torch.relu(self.lin2(H1)))
            return self.lin3(H2)


@wrong(hint="Nothing is ever dropped. Each hidden layer has its dropout in training mode.")
def no_dropout_at_all():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="It drops in evaluation and not in training: the question about the mode is upside down.")
def mode_upside_down():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.p1, self.p2 = dropout1, dropout2

        def forward(self, X):
            H1 = F.dropout(torch.relu(self.lin1(X)), self.p1, not self.training)
            H2 = F.dropout(torch.relu(self.lin2(H1)), self.p2, not self.training)
            return self.lin3(H2)


@wrong(hint="There is no relu between the layers, so the whole network is one linear layer.")
def relu_missing():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The output passes through relu. The output layer is linear.")
def relu_on_the_output():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs), nn.ReLU(),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="The second dropout is missing: both hidden layers have one.")
def second_dropout_missing():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.lin1 = nn.Linear(num_inputs, num_hiddens1)
            self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
            self.lin3 = nn.Linear(num_hiddens2, num_outputs)
            self.dropout1 = dropout1

        def forward(self, X):
            H1 = torch.relu(self.lin1(X))
            if self.training:
                H1 = dropout_layer(H1, self.dropout1)
            return self.lin3(torch.relu(self.lin2(H1)))


@wrong(hint="The default of dropout1 is not right: less is dropped near the input.")
def default_rates_wrong():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.5, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="One rate acts in both places. dropout1 belongs to the first hidden layer, dropout2 to the second.")
def first_rate_for_both():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            drop = nn.Dropout(dropout1)
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), drop,
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), drop,
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="Only the first hidden layer has a relu. The second one has its own, before its dropout.")
def second_relu_missing():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.ReLU(), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)


@wrong(hint="Only the second hidden layer has a relu. The first one has its own, before its dropout.")
def first_relu_missing():
    class DropoutMLP(nn.Module):
        def __init__(self, num_inputs=784, num_outputs=10, num_hiddens1=256, num_hiddens2=256,
                     dropout1=0.2, dropout2=0.5):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(num_inputs, num_hiddens1), nn.Dropout(dropout1),
                nn.Linear(num_hiddens1, num_hiddens2), nn.ReLU(), nn.Dropout(dropout2),
                nn.Linear(num_hiddens2, num_outputs),
            )
        def forward(self, X):
            return self.net(X)
