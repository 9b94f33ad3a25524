import torch

from autograder.authoring.marks import wrong


@wrong(hint="This counts the right answers. Accuracy is their share: divide by the number of rows.")
def count():
    def accuracy(y_hat, y):
        y_hat = y_hat.argmax(axis=1)
        cmp = y_hat.type(y.dtype) == y
        return float(cmp.type(y.dtype).sum())


@wrong(hint="The largest entry of each column was looked up. Each row is one example: look along the row.")
def argmax_over_axis_0():
    def accuracy(y_hat, y):
        answers = y_hat.argmax(dim=0)
        return sum(float(a == b) for a, b in zip(answers, y)) / len(y)


@wrong(hint="Without an axis, argmax gives one position in the whole matrix. You want one per row.")
def argmax_of_the_whole_matrix():
    def accuracy(y_hat, y):
        return (y_hat.argmax() == y).float().mean().item()


@wrong(hint="This is a tensor. Return a Python float: .item() gives you the number in it.")
def tensor():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1) == y).float().mean()


@wrong(hint="This is a percentage. Accuracy is a share between 0 and 1.")
def percent():
    def accuracy(y_hat, y):
        return 100 * (y_hat.argmax(dim=1) == y).float().mean().item()


@wrong(hint="This is the share of wrong answers. Accuracy is the share of right ones.")
def error_rate():
    def accuracy(y_hat, y):
        return (torch.argmax(y_hat, 1) != y).float().mean().item()


@wrong(hint="max returns the largest values and where they are. Compare the positions with the labels.")
def values_instead_of_positions():
    def accuracy(y_hat, y):
        return (y_hat.max(dim=1)[0] == y).float().mean().item()


@wrong(hint="The division dropped the fraction: // rounds down. Use /.")
def whole_division():
    def accuracy(y_hat, y):
        return float((y_hat.argmax(dim=1) == y).sum().item() // len(y))


@wrong(hint="Divide by the number of rows. numel() counts the entries of all classes.")
def divided_by_all_entries():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1) == y).sum().item() / y_hat.numel()


@wrong(
    hint="0.5 is no threshold here: with several classes the largest entry may be smaller, and logits have no upper "
    "end. Look for the largest entry of the row."
)
def threshold():
    def accuracy(y_hat, y):
        return (y_hat[torch.arange(len(y)), y] > 0.5).float().mean().item()


@wrong(hint="The column of answers and the row of labels broadcast to n times n comparisons.")
def every_answer_with_every_label():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1, keepdim=True) == y).float().mean().item()


@wrong(hint="This looks for the smallest entry of each row. The model's answer is the class with the largest.")
def smallest_entry():
    def accuracy(y_hat, y):
        return (y_hat.argmin(dim=1) == y).float().mean().item()


@wrong(hint="The number of right answers was divided by the number of classes. Divide by the number of rows.")
def divided_by_the_classes():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1) == y).sum().item() / y_hat.shape[1]
