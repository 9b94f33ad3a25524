import math

import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(hint="The losses stand in a column of shape (n, 1). One number per example means shape (n,).")
def column_from_gather():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.gather(1, y.view(-1, 1)))


@wrong(hint="For a single example the only axis is squeezed away as well. Name the axis that you want to remove.")
def squeezes_every_axis():
    def cross_entropy(y_hat, y):
        return -y_hat.gather(1, y.unsqueeze(1)).squeeze().log()


@wrong(hint="This is the average over the examples. Return the loss of every example; averages come later.")
def mean():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[range(len(y_hat)), y]).mean()


@wrong(hint="This is the sum over the examples. Return the loss of every example.")
def total():
    def cross_entropy(y_hat, y):
        return -y_hat[torch.arange(y_hat.shape[0]), y].log().sum()


@wrong(hint="Labels count from 0. Here the column before the label's is taken.")
def labels_counted_from_one():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[torch.arange(len(y)), y - 1])


@wrong(hint="This takes the class that the model prefers. The loss is about the class that the label names.")
def predicted_class():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.max(dim=1).values)


@wrong(hint="The label has chosen a row here. Each example has its own row; the label chooses the column in it.")
def rows_and_columns_swapped():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.T[torch.arange(len(y)), y])


@wrong(hint="Whole columns were taken, which gives an (n, n) matrix. You want one entry per row.")
def whole_columns():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[:, y])


@wrong(hint="A logarithm below 1 is negative, and a loss is not. The minus sign is missing.")
def no_minus():
    def cross_entropy(y_hat, y):
        return torch.log(y_hat[list(range(len(y_hat))), y])


@wrong(hint="This is the logarithm to base 2. Cross entropy uses the natural logarithm.")
def base_two():
    def cross_entropy(y_hat, y):
        return -torch.log2(y_hat[torch.arange(len(y_hat)), y])


@wrong(hint="PyTorch's cross entropy wants logits and applies softmax to them. y_hat is a distribution already.")
def softmax_applied_again():
    def cross_entropy(y_hat, y):
        return F.cross_entropy(y_hat, y, reduction="none")


@wrong(hint="The other classes' probabilities are charged too. Cross entropy looks at the true class only.")
def one_against_all():
    def cross_entropy(y_hat, y):
        target = F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)
        return F.binary_cross_entropy(y_hat, target, reduction="none").sum(dim=1)


@wrong(hint="This is the missing probability, 1 minus that of the true class. The loss is its negative logarithm.")
def missing_probability():
    def cross_entropy(y_hat, y):
        return 1 - y_hat[torch.arange(len(y)), y]


@wrong(hint="nll_loss expects logarithms. Given probabilities, it returns the negative probability.")
def logarithm_forgotten():
    def cross_entropy(y_hat, y):
        return F.nll_loss(y_hat, y, reduction="none")


@wrong(hint="The numbers went through plain Python, and the graph was lost on the way. Stay with tensors.")
def python_numbers():
    def cross_entropy(y_hat, y):
        return torch.tensor([-math.log(y_hat[i, int(y[i])]) for i in range(len(y))], dtype=y_hat.dtype)


@wrong(hint="Small probabilities are raised here, so that a sure and wrong answer looks cheap.")
def probabilities_raised():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.clamp(min=1e-3)[torch.arange(len(y)), y])


@wrong(hint="A constant inside the logarithm changes every loss. Take the logarithm of the probability itself.")
def constant_in_the_logarithm():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[torch.arange(len(y)), y] + 1e-6)


@wrong(hint="0 · log 0 is nan, where another class has probability 0. Only the true class goes into the logarithm.")
def one_hot_times_logarithm():
    def cross_entropy(y_hat, y):
        one_hot = F.one_hot(y, num_classes=y_hat.shape[1])
        return -(one_hot * torch.log(y_hat)).sum(dim=1)


@wrong(hint="These are the right numbers in a Python list, and the graph was lost on the way. Stay with tensors.")
def list_of_numbers():
    def cross_entropy(y_hat, y):
        return [-math.log(y_hat[i, k]) for i, k in enumerate(y.tolist())]
