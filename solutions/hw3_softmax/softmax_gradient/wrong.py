import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(hint="This is the gradient of the sum of the losses. Training lowers their mean over the batch.")
def not_divided_by_the_batch():
    def softmax_gradient(logits, y):
        return softmax(logits) - F.one_hot(y, logits.shape[1])


@wrong(hint="Only the first of the two terms was differentiated. The logit of the label stands in the second one.")
def one_hot_not_subtracted():
    def softmax_gradient(logits, y):
        return softmax(logits) / len(logits)


@wrong(hint="All signs are turned round: a step against this gradient would make the loss grow.")
def truth_minus_prediction():
    def softmax_gradient(logits, y):
        truth = torch.zeros_like(logits)
        truth[torch.arange(len(y)), y] = 1
        return (truth - softmax(logits)) / len(y)


@wrong(hint="The mean was taken over all entries. It runs over the examples of the batch only.")
def divided_by_all_entries():
    def softmax_gradient(logits, y):
        grad = softmax(logits)
        grad[range(len(y)), y] -= 1
        return grad / logits.numel()


@wrong(hint="The mean was taken over the classes. It runs over the examples of the batch.")
def divided_by_the_classes():
    def softmax_gradient(logits, y):
        return (softmax(logits) - torch.eye(logits.shape[1], dtype=logits.dtype)[y]) / logits.shape[1]


@wrong(hint="Whole columns were changed. Each row has one label: index rows and columns together.")
def whole_columns():
    def softmax_gradient(logits, y):
        grad = softmax(logits)
        grad[:, y] -= 1
        return grad / len(y)


@wrong(hint="Only the columns of the labels have a gradient here. The other logits stand in the sum as well.")
def gradient_of_the_label_only():
    def softmax_gradient(logits, y):
        rows = torch.arange(len(y))
        grad = torch.zeros_like(logits)
        grad[rows, y] = (softmax(logits)[rows, y] - 1) / len(y)
        return grad


@wrong(hint="The exponentials see the logits unshifted, and near 1000 they are inf. Use the softmax of question 1.")
def exponentials_without_a_shift():
    def softmax_gradient(logits, y):
        e = logits.exp()
        p = e / e.sum(1, keepdim=True)
        p[torch.arange(len(y)), y] -= 1
        return p / len(y)


@wrong(hint="This is the gradient by the probabilities. One more factor of the chain rule leads to the logits.")
def gradient_by_the_probabilities():
    def softmax_gradient(logits, y):
        p = softmax(logits)
        grad = torch.zeros_like(p)
        rows = torch.arange(len(y))
        grad[rows, y] = -1 / p[rows, y]
        return grad / len(y)


@wrong(
    hint="Autograd found this gradient. Here you write its formula.",
    public=False,
    reason="the values are right, and how they were found is watched in the hidden tests only",
)
def backward():
    def softmax_gradient(logits, y):
        x = logits.detach().clone().requires_grad_()
        F.cross_entropy(x, y).backward()
        return x.grad


@wrong(
    hint="Autograd found this gradient. Here you write its formula.",
    public=False,
    reason="the values are right, and how they were found is watched in the hidden tests only",
)
def gradient_of_your_own_loss():
    def softmax_gradient(logits, y):
        x = logits.detach().requires_grad_(True)
        return torch.autograd.grad(logit_cross_entropy(x, y).mean(), x)[0]


@wrong(hint="The logits that you were given were changed. Write into a tensor of your own.")
def writes_into_the_logits():
    def softmax_gradient(logits, y):
        logits[:] = softmax(logits)
        logits[torch.arange(len(y)), y] -= 1
        return logits / len(y)


@wrong(hint="float64 went in and float32 came out. Keep the dtype of the logits.")
def always_float32():
    def softmax_gradient(logits, y):
        return (softmax(logits).float() - F.one_hot(y, logits.shape[1]).float()) / len(y)


@wrong(hint="The number of classes was guessed from the labels in the batch. The logits have a column for every class.")
def classes_from_the_labels():
    def softmax_gradient(logits, y):
        return (softmax(logits) - F.one_hot(y)) / len(y)


@wrong(hint="The softmax runs down the batch here. Each row is an example, and its probabilities add up to 1.")
def softmax_over_the_batch():
    def softmax_gradient(logits, y):
        return (torch.softmax(logits, dim=0) - F.one_hot(y, logits.shape[1])) / len(y)


@wrong(hint="All rows are shifted by one number, the largest of all: a row far below it is lost. Each row needs its own.")
def shifted_by_the_largest_of_all():
    def softmax_gradient(logits, y):
        e = (logits - logits.max()).exp()
        return (e / e.sum(1, keepdim=True) - F.one_hot(y, logits.shape[1])) / len(y)


@wrong(hint="Only the one-hot rows were divided by n: / comes before -. The probabilities are divided as well.")
def only_the_one_hot_rows_divided():
    def softmax_gradient(logits, y):
        return softmax(logits) - F.one_hot(y, logits.shape[1]) / len(y)


@wrong(hint="Only the probabilities were divided by n. The one-hot rows are divided as well.")
def only_the_probabilities_divided():
    def softmax_gradient(logits, y):
        gradient = softmax(logits) / len(y)
        gradient[torch.arange(len(y)), y] -= 1
        return gradient


@wrong(hint="The one-hot rows were added. They are subtracted from the probabilities.")
def one_hot_rows_added():
    def softmax_gradient(logits, y):
        return (softmax(logits) + F.one_hot(y, logits.shape[1])) / len(y)
