import torch
from torch import nn
from torch.nn import functional as F

from autograder.authoring.marks import wrong


@wrong(hint="No activation acts between hidden and out, and two linear layers in a row are one. (F.relu returns it.)")
def relu_missing():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(self.hidden(X))


@wrong(hint="No activation acts between hidden and out, and two linear layers in a row are one. (F.relu returns it.)")
def relu_result_unused():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            H = self.hidden(X)
            F.relu(H)
            return self.out(H)


@wrong(hint="nn.Module must be prepared first: super().__init__() before the first layer is stored.", raises=True)
def super_init_forgotten():
    class MLP(nn.Module):
        def __init__(self):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@wrong(hint="super is a function: write super().__init__(), with parentheses after super, too.")
def super_without_call():
    class MLP(nn.Module):
        def __init__(self):
            super.__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@wrong(hint="nn.Module must be prepared first: super().__init__() before the first layer is stored.", raises=True)
def super_init_last():
    class MLP(nn.Module):
        def __init__(self):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)
            super().__init__()

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@wrong(hint="The output layer has an activation as well. Only the hidden layer gets one.")
def relu_on_the_output():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return F.relu(self.out(F.relu(self.hidden(X))))


@wrong(hint="The ReLU is applied to the input. It belongs between hidden and out.")
def relu_before_hidden():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(self.hidden(F.relu(X)))


@wrong(hint="There is a softmax at the end. The network should return plain numbers, not probabilities.")
def softmax_at_the_end():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return F.softmax(self.out(F.relu(self.hidden(X))), dim=1)


@wrong(hint="New layers are made on every forward pass. Make them once, in __init__, and keep them.")
def layers_made_in_forward():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)
            return self.out(torch.relu(self.hidden(X)))


@wrong(hint="The sizes differ from the question: 20 inputs, 256 hidden units, 10 outputs.")
def image_sizes():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(784, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@wrong(hint="The only ReLU comes after out. It belongs between hidden and out.")
def relu_after_out_only():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return torch.relu(self.out(self.hidden(X)))


@wrong(hint="The activation between the layers is the sigmoid. The question asks for ReLU.")
def sigmoid_between():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(torch.sigmoid(self.hidden(X)))


@wrong(hint="forward computes the output and does not return it.")
def return_forgotten():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            self.out(F.relu(self.hidden(X)))


@wrong(hint="The layers have no bias. The question has b_1 and b_2: leave bias=False out.")
def without_biases():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256, bias=False)
            self.out = nn.Linear(256, 10, bias=False)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@wrong(hint="The activation between the layers is tanh. The question asks for ReLU.")
def tanh_between():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(torch.tanh(self.hidden(X)))


@wrong(hint="This ReLU is leaky: negative numbers become small, not 0.")
def leaky_between():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.leaky_relu(self.hidden(X)))


@wrong(
    hint="detach() or .data cuts the graph behind the hidden layer, so it never learns. Leave it out.",
    public=False,
    reason="the gradients are looked at in the hidden tests only",
)
def hidden_layer_detached():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)).detach())
