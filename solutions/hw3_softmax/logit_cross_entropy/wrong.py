import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(
    hint="A probability was computed first. For logits far apart it is 0 in floats, and its logarithm is -inf. Let the"
    " logarithm meet the exponential on paper."
)
def softmax_then_log():
    def logit_cross_entropy(logits, y):
        y_hat = torch.softmax(logits, dim=1)
        return -torch.log(y_hat[torch.arange(len(y)), y])


@wrong(
    hint="A probability was computed first. For logits far apart it is 0 in floats, and its logarithm is -inf. Let the"
    " logarithm meet the exponential on paper."
)
def earlier_functions_chained():
    def logit_cross_entropy(logits, y):
        return cross_entropy(softmax(logits), y)


@wrong(
    hint="A small constant inside the logarithm avoids inf but puts a ceiling on the loss. The loss of a class that is"
    " 2000 below the largest logit is 2000."
)
def small_constant_in_the_logarithm():
    def logit_cross_entropy(logits, y):
        shifted = logits - logits.max(dim=1, keepdim=True).values
        y_hat = shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
        return -torch.log(y_hat[torch.arange(len(y)), y] + 1e-12)


@wrong(
    hint="Clamped probabilities put a ceiling on the loss. The loss of a class that is 2000 below the largest logit is"
    " 2000."
)
def clamped_probabilities():
    def logit_cross_entropy(logits, y):
        y_hat = torch.softmax(logits, dim=1).clamp(min=1e-30)
        return -y_hat.gather(1, y.unsqueeze(1)).squeeze(1).log()


@wrong(
    hint="The formula is right, but exp of a logit near 1000 is inf, and near -1000 the sum is 0. Shift each row by "
    "its own maximum first."
)
def log_sum_exp_without_shift():
    def logit_cross_entropy(logits, y):
        return torch.log(torch.exp(logits).sum(dim=1)) - logits[torch.arange(len(y)), y]


@wrong(
    hint="One shift for the whole matrix leaves nothing of a row that lies far below the maximum. Shift each row by "
    "its own maximum."
)
def global_shift():
    def logit_cross_entropy(logits, y):
        m = logits.max()
        lse = m + (logits - m).exp().sum(dim=1).log()
        return lse - logits[range(len(y)), y]


@wrong(
    hint="The row was shifted, but the shift was not added back to the log-sum-exp (or not taken from the label's "
    "logit as well)."
)
def shift_not_added_back():
    def logit_cross_entropy(logits, y):
        m = logits.max(dim=1, keepdim=True).values
        return (logits - m).exp().sum(dim=1).log() - logits[torch.arange(len(y)), y]


@wrong(
    hint="This is the largest logit minus the label's logit. The first term is the logarithm of a sum over all "
    "classes, which is a little more than the maximum."
)
def maximum_for_log_sum_exp():
    def logit_cross_entropy(logits, y):
        return logits.max(dim=1).values - logits[torch.arange(len(y)), y]


@wrong(hint="This is the average over the examples. Return the loss of every example, shape (n,).")
def average():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(logits, y)


@wrong(hint="The losses stand in a column of shape (n, 1), or spread to (n, n). One number per example means (n,).")
def column_minus_row():
    def logit_cross_entropy(logits, y):
        m = logits.max(dim=1, keepdim=True).values
        lse = m + (logits - m).exp().sum(dim=1, keepdim=True).log()
        return lse - logits[torch.arange(len(y)), y]


@wrong(hint="The sign is turned round: this is the logarithm of the probability, which is negative.")
def log_likelihood():
    def logit_cross_entropy(logits, y):
        return logits[torch.arange(len(y)), y] - torch.logsumexp(logits, dim=1)


@wrong(hint="Each loss is the sum over all classes here. Only the logit of the label's class is subtracted.")
def all_classes_summed():
    def logit_cross_entropy(logits, y):
        return -F.log_softmax(logits, dim=1).sum(dim=1)


@wrong(hint="Softmax is applied twice: torch's cross entropy wants the logits themselves.")
def softmax_twice():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(F.softmax(logits, dim=1), y, reduction="none")


@wrong(
    hint="A small constant inside the logarithm avoids inf but puts a ceiling on the loss. The loss of a class that is"
    " 2000 below the largest logit is 2000."
)
def a_billionth_in_the_logarithm():
    def logit_cross_entropy(logits, y):
        return -torch.log(torch.softmax(logits, dim=1)[torch.arange(len(y)), y] + 1e-9)


@wrong(
    hint="A small constant inside the logarithm avoids inf but puts a ceiling on the loss. The loss of a class that is"
    " 2000 below the largest logit is 2000."
)
def a_larger_constant_in_the_logarithm():
    def logit_cross_entropy(logits, y):
        return -torch.log(torch.softmax(logits, dim=1)[torch.arange(len(y)), y] + 1e-8)
