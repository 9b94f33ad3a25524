import torch
import torch.nn.functional as F

from autograder.authoring.marks import right


@right
def gather():
    def cross_entropy(y_hat, y):
        return -torch.log(torch.gather(y_hat, 1, y.view(-1, 1)).view(-1))


@right
def one_hot():
    def cross_entropy(y_hat, y):
        mask = F.one_hot(y, num_classes=y_hat.shape[1]).to(y_hat.dtype)
        return -(mask * y_hat).sum(dim=1).log()


@right
def range_of_rows():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[range(len(y_hat)), y])


@right
def nll_loss():
    def cross_entropy(y_hat, y):
        return F.nll_loss(torch.log(y_hat), y, reduction="none")


@right
def loop():
    def cross_entropy(y_hat, y):
        return torch.stack([(1 / row[label]).log() for row, label in zip(y_hat, y)])


@right
def mask_of_the_labels():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[y[:, None] == torch.arange(y_hat.shape[1])])


@right
def diagonal_of_the_columns():
    def cross_entropy(y_hat, y):
        return -y_hat[:, y].diagonal().log()
