from torch import nn

from autograder.authoring.marks import right


@right
def half_times_square():
    def squared_loss(y_hat, y):
        error = y_hat - y.view_as(y_hat)
        return 0.5 * error * error


@right
def built_in_without_reduction():
    def squared_loss(y_hat, y):
        return nn.functional.mse_loss(y_hat, y.reshape(y_hat.shape), reduction="none") / 2


@right
def reshaped_back():
    def squared_loss(y_hat, y):
        error = y_hat.reshape(-1) - y.reshape(-1)
        return (error.square() / 2).reshape(y_hat.shape)
