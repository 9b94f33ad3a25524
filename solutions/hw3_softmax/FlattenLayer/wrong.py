import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The examples were strung together into one row. Keep the first axis: one row per example.")
def flattens_the_batch_too():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1)


@wrong(hint="The examples were strung together into one row. Keep the first axis: one row per example.")
def one_row_for_all():
    class FlattenLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return torch.flatten(X).unsqueeze(0)


@wrong(
    hint="view cannot flatten pictures that were turned or cropped, since their memory is not in that order. reshape "
    "copies when it has to."
)
def view():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.view(X.shape[0], -1)


@wrong(hint="Only the last two axes were joined. All axes after the first become one.")
def last_two_axes():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.flatten(start_dim=2)


@wrong(hint="The last axis was kept and the examples were mixed into the rows. Keep the first axis.")
def keeps_the_last_axis():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, X.shape[-1])


@wrong(hint="The row length is fixed to that of one kind of picture. Let it follow from the input's shape.")
def always_784():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, 784)


@wrong(hint="Numbers of different examples ended up in one row. Each row must hold one example, in its order.")
def mixes_the_examples():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, X.shape[0]).T


@wrong(hint="forward computes the rows but returns nothing. A return is missing.")
def forgotten_return():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            X.reshape(X.shape[0], -1)


@wrong(hint="squeeze removes axes of length 1 only. All axes after the first must become one.")
def squeeze():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.squeeze()


@wrong(hint="The graph is cut here, so nothing before this layer could learn. Leave .data and .detach() out.")
def cuts_the_graph():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.data.reshape(len(X), -1)


@wrong(hint="The class works, but it is no layer: derive it from nn.Module, so that nn.Sequential takes it.")
def no_module():
    class FlattenLayer:
        def __call__(self, X):
            return X.reshape(X.shape[0], -1)


@wrong(hint="The size of the first batch is kept for all later ones. Take it from the batch at hand.")
def remembers_the_first_size():
    class FlattenLayer(nn.Module):
        size = None

        def forward(self, X):
            self.size = self.size or X[0].numel()
            return X.reshape(-1, self.size)


@wrong(hint="Only the last two axes were joined. All axes after the first become one.")
def two_axes_from_the_back():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.flatten(start_dim=-2)


@wrong(
    hint="squeeze removes every axis of length 1, and of a single picture the batch axis as well. Leave it out.",
    public=False,
    reason="An edge that is left to think of: a batch of one example.",
)
def squeezed():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(len(X), -1).squeeze()
