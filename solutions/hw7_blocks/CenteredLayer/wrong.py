from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="This subtracts the sum. The question asks for the mean.")
def minus_the_sum():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.sum()


@wrong(hint="This subtracts one mean for each column. There is one mean for all entries together.")
def mean_of_columns():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean(dim=0)


@wrong(hint="This subtracts one mean for each row. There is one mean for all entries together.")
def mean_of_rows():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean(dim=-1, keepdim=True)


@wrong(hint="The sum is divided by the number of rows only. Divide by the number of all entries.")
def sum_over_length():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.sum() / len(X)


@wrong(hint="This divides by the standard deviation as well. Only the mean is to be subtracted.")
def standardises():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return (X - X.mean()) / X.std()


@wrong(
    hint="The mean is cut out of the graph (.item(), .data or .detach()), so the gradient is wrong. The mean depends "
    "on X, too.",
    public=False,
    reason="That the mean has a gradient of its own is left to think of.",
)
def mean_without_gradient():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean().item()


@wrong(
    hint="The mean is cut out of the graph (.item(), .data or .detach()), so the gradient is wrong. The mean depends "
    "on X, too.",
    public=False,
    reason="That the mean has a gradient of its own is left to think of.",
)
def mean_detached():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.detach().mean()


@wrong(hint="This changes the input itself: -= works in place. Return a new tensor.")
def in_place():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            X -= X.mean()
            return X


@wrong(hint="forward returns the mean, not the centred input.")
def returns_the_mean():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X.mean()


@wrong(hint="The sign is exchanged: the mean is subtracted from X, not X from the mean.")
def sign_exchanged():
    class CenteredLayer(nn.Module):
        def forward(self, X):
            return X.mean() - X


@wrong(hint="This subtracts the median, the number in the middle. The question asks for the mean.")
def median_for_mean():
    class CenteredLayer(nn.Module):
        def forward(self, X):
            return X - X.median()


@wrong(hint="This divides by the standard deviation as well. Only the mean is to be subtracted.")
def layer_norm_instead():
    class CenteredLayer(nn.Module):
        def forward(self, X):
            return nn.functional.layer_norm(X, X.shape)
