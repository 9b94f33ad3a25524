from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The factor 1/2 is missing.")
def half_missing():
    def squared_loss(y_hat, y):
        return (y_hat - y.reshape(y_hat.shape)) ** 2


@wrong(hint="(n, 1) minus (n,) broadcasts to an (n, n) table of every prediction minus every label. Reshape y first.")
def silent_broadcasting():
    def squared_loss(y_hat, y):
        return (y_hat - y) ** 2 / 2


@wrong(hint="This is the mean over all examples. Return one loss per example.")
def mean_of_the_losses():
    def squared_loss(y_hat, y):
        return ((y_hat - y.reshape(y_hat.shape)) ** 2 / 2).mean()


@wrong(hint="This is the mean over all examples. Return one loss per example.")
def built_in_mean():
    def squared_loss(y_hat, y):
        return nn.functional.mse_loss(y_hat, y.reshape(y_hat.shape)) / 2


@wrong(hint="This is the sum over all examples. Return one loss per example.")
def sum_of_the_losses():
    def squared_loss(y_hat, y):
        return ((y_hat - y.view(y_hat.shape)) ** 2).sum() / 2


@wrong(hint="The 1/2 was squared, too, which makes it 1/4. Square first, then halve.")
def half_inside_the_square():
    def squared_loss(y_hat, y):
        return ((y_hat - y.reshape(y_hat.shape)) / 2) ** 2


@wrong(hint="This is the absolute error. Square the difference.")
def absolute_error():
    def squared_loss(y_hat, y):
        return (y_hat - y.reshape(y_hat.shape)).abs() / 2


@wrong(hint="The result has the shape of y. It should have the shape of y_hat: reshape y, not y_hat.")
def reshaped_to_the_labels():
    def squared_loss(y_hat, y):
        return (y_hat.reshape(y.shape) - y) ** 2 / 2


@wrong(hint="The result is always flat. It should have the shape of y_hat.")
def flat_losses():
    def squared_loss(y_hat, y):
        return (y_hat.flatten() - y.flatten()).pow(2) / 2


@wrong(hint="No gradient reaches y_hat: the result was cut from the graph.")
def loss_cut_from_the_graph():
    def squared_loss(y_hat, y):
        return (y_hat.detach() - y.reshape(y_hat.shape)) ** 2 / 2
