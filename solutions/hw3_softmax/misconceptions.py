"""Wrong answers that students give, each with the hint it earns."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from autograder.authoring.answers import misconception

# --- softmax --------------------------------------------------------------------------------------


@misconception(
    "softmax",
    hint="The formula is right, but exp of a logit near 1000 is inf, and near -1000 every term is "
    "0. "
    "Shift each row before you take exponentials.",
)
def no_shift():
    def softmax(X):
        X_exp = torch.exp(X)
        partition = X_exp.sum(1, keepdim=True)
        return X_exp / partition


@misconception(
    "softmax",
    hint="The columns add up to 1 here. Each row is one example, so each row must become a "
    "distribution.",
)
def columns_instead_of_rows():
    def softmax(X):
        X = X - X.max(dim=0, keepdim=True).values
        X_exp = X.exp()
        return X_exp / X_exp.sum(dim=0, keepdim=True)


@misconception(
    "softmax",
    hint="The columns add up to 1 here. Each row is one example, so each row must become a "
    "distribution.",
)
def sums_over_columns_only():
    def softmax(X):
        e = torch.exp(X - torch.amax(X, 1, keepdim=True))
        return e / torch.sum(e, axis=0)


@misconception(
    "softmax",
    hint="One shift for the whole matrix saves the row with the largest logit only. "
    "In a row far below it every exponential becomes 0. Shift each row by a number of its own.",
)
def global_maximum():
    def softmax(X):
        X_exp = torch.exp(X - X.max())
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="A row shifted by its mean can still hold large positive numbers, and their exponential "
    "is inf. "
    "Think about which shift leaves nothing above 0.",
)
def shift_by_the_mean():
    def softmax(X):
        exps = (X - X.mean(dim=1, keepdim=True)).exp()
        return exps / exps.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="Shifting by the row's minimum makes every exponent larger instead of smaller. "
    "Think about which shift leaves nothing above 0.",
)
def shift_by_the_minimum():
    def softmax(X):
        exps = torch.exp(X - X.min(dim=1, keepdim=True).values)
        return exps / exps.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="Clamping changes the differences between logits, and with them the probabilities. "
    "A shift by one number per row does not.",
)
def clamped_logits():
    def softmax(X):
        X_exp = torch.exp(torch.clamp(X, -80, 80))
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="nan has been painted over with a number, and the probabilities of that row are still "
    "wrong. "
    "Shift each row before the exponential, and no nan arises.",
)
def nan_replaced():
    def softmax(X):
        X_exp = torch.exp(X)
        return torch.nan_to_num(X_exp / X_exp.sum(1, keepdim=True), nan=1.0)


@misconception(
    "softmax",
    hint="The whole matrix adds up to 1 here. Each row must add up to 1 on its own.",
)
def one_distribution_for_the_matrix():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True)[0])
        return X_exp / X_exp.sum()


@misconception(
    "softmax",
    hint="The row sums have lost their axis, so they line up with the columns. Keep it with "
    "keepdim=True.",
)
def row_sums_without_keepdim():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1)


@misconception(
    "softmax",
    hint="The largest entry became 1. Divide by the sum of the row, so that the row adds up to 1.",
)
def divided_by_the_maximum():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.max(dim=1, keepdim=True).values


@misconception(
    "softmax",
    hint="These are shares of the logits themselves. Take exponentials first: logits may be "
    "negative.",
)
def shares_without_exponential():
    def softmax(X):
        return X / X.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="This is torch's own softmax. Here you write it yourself, from exp and sums.",
)
def built_in_function():
    def softmax(X):
        return torch.softmax(X, dim=1)


@misconception(
    "softmax",
    hint="This is torch's own softmax. Here you write it yourself, from exp and sums.",
)
def built_in_module():
    from torch.nn import Softmax

    def softmax(X):
        return Softmax(dim=1)(X)


@misconception(
    "softmax",
    hint="The exponential of log_softmax is softmax, computed by torch. Here you write it "
    "yourself.",
)
def built_in_log_softmax():
    def softmax(X):
        return F.log_softmax(X, dim=-1).exp()


@misconception(
    "softmax",
    hint="The caller's X was changed in place. Put the shifted logits into a tensor of their own.",
)
def shifts_X_in_place():
    def softmax(X):
        X -= X.max(dim=1, keepdim=True).values
        X_exp = X.exp()
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="float64 went in and float32 came out. Keep the dtype of X: no conversion is needed.",
)
def always_float32():
    def softmax(X):
        X = X.float()
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="The values are right, but the graph is cut, and no gradient can flow back to X. "
    "Leave .data, .detach() and no_grad out of this function.",
)
def detached():
    def softmax(X):
        X_exp = torch.exp(X.detach() - X.detach().max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="For large logits this falls back on torch's softmax. Write that case yourself as well: "
    "shift each row.",
)
def built_in_for_large_logits():
    def softmax(X):
        if X.abs().max() > 50:
            return torch.softmax(X, dim=1)
        return X.exp() / X.exp().sum(dim=1, keepdim=True)


@misconception(
    "softmax",
    hint="This is torch's own softmax under another name. Here you write it yourself, from exp "
    "and sums.",
)
def built_in_operator():
    def softmax(X):
        return getattr(torch.ops.aten, "soft" + "max")(X, 1)


@misconception(
    "softmax",
    hint="Something tiny was added so that no sum is 0. A row far below the maximum then becomes "
    "uniform.",
)
def global_maximum_and_a_small_constant():
    def softmax(X):
        X_exp = torch.exp(X - X.max()) + 1e-30
        return X_exp / X_exp.sum(dim=1, keepdim=True)


# --- cross_entropy --------------------------------------------------------------------------------


@misconception(
    "cross_entropy",
    hint="The losses stand in a column of shape (n, 1). One number per example means shape (n,).",
)
def column_from_gather():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.gather(1, y.view(-1, 1)))


@misconception(
    "cross_entropy",
    hint="For a single example the only axis is squeezed away as well. Name the axis that you "
    "want to remove.",
)
def squeezes_every_axis():
    def cross_entropy(y_hat, y):
        return -y_hat.gather(1, y.unsqueeze(1)).squeeze().log()


@misconception(
    "cross_entropy",
    hint="This is the average over the examples. Return the loss of every example; averages come "
    "later.",
)
def mean():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[range(len(y_hat)), y]).mean()


@misconception(
    "cross_entropy",
    hint="This is the sum over the examples. Return the loss of every example.",
)
def total():
    def cross_entropy(y_hat, y):
        return -y_hat[torch.arange(y_hat.shape[0]), y].log().sum()


@misconception(
    "cross_entropy",
    hint="Labels count from 0. Here the column before the label's is taken.",
)
def labels_counted_from_one():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[torch.arange(len(y)), y - 1])


@misconception(
    "cross_entropy",
    hint="This takes the class that the model prefers. The loss is about the class that the label "
    "names.",
)
def predicted_class():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.max(dim=1).values)


@misconception(
    "cross_entropy",
    hint="The label has chosen a row here. Each example has its own row; the label chooses the "
    "column in it.",
)
def rows_and_columns_swapped():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.T[torch.arange(len(y)), y])


@misconception(
    "cross_entropy",
    hint="Whole columns were taken, which gives an (n, n) matrix. You want one entry per row.",
)
def whole_columns():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[:, y])


@misconception(
    "cross_entropy",
    hint="A logarithm below 1 is negative, and a loss is not. The minus sign is missing.",
)
def no_minus():
    def cross_entropy(y_hat, y):
        return torch.log(y_hat[list(range(len(y_hat))), y])


@misconception(
    "cross_entropy",
    hint="This is the logarithm to base 2. Cross entropy uses the natural logarithm.",
)
def base_two():
    def cross_entropy(y_hat, y):
        return -torch.log2(y_hat[torch.arange(len(y_hat)), y])


@misconception(
    "cross_entropy",
    hint="PyTorch's cross entropy wants logits and applies softmax to them. y_hat is a "
    "distribution already.",
)
def softmax_applied_again():
    def cross_entropy(y_hat, y):
        return F.cross_entropy(y_hat, y, reduction="none")


@misconception(
    "cross_entropy",
    hint="The other classes' probabilities are charged too. Cross entropy looks at the true class "
    "only.",
)
def one_against_all():
    def cross_entropy(y_hat, y):
        target = F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)
        return F.binary_cross_entropy(y_hat, target, reduction="none").sum(dim=1)


@misconception(
    "cross_entropy",
    hint="This is the missing probability, 1 minus that of the true class. The loss is its "
    "negative logarithm.",
)
def missing_probability():
    def cross_entropy(y_hat, y):
        return 1 - y_hat[torch.arange(len(y)), y]


@misconception(
    "cross_entropy",
    hint="nll_loss expects logarithms. Given probabilities, it returns the negative probability.",
)
def logarithm_forgotten():
    def cross_entropy(y_hat, y):
        return F.nll_loss(y_hat, y, reduction="none")


@misconception(
    "cross_entropy",
    hint="The numbers went through plain Python, and the graph was lost on the way. Stay with "
    "tensors.",
)
def python_numbers():
    def cross_entropy(y_hat, y):
        return torch.tensor([-math.log(y_hat[i, int(y[i])]) for i in range(len(y))], dtype=y_hat.dtype)


@misconception(
    "cross_entropy",
    hint="Small probabilities are raised here, so that a sure and wrong answer looks cheap.",
)
def probabilities_raised():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat.clamp(min=1e-3)[torch.arange(len(y)), y])


@misconception(
    "cross_entropy",
    hint="A constant inside the logarithm changes every loss. Take the logarithm of the "
    "probability itself.",
)
def constant_in_the_logarithm():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[torch.arange(len(y)), y] + 1e-6)


# --- logit_cross_entropy --------------------------------------------------------------------------


@misconception(
    "logit_cross_entropy",
    hint="A probability was computed first. For logits far apart it is 0 in floats, and its "
    "logarithm is -inf. "
    "Let the logarithm meet the exponential on paper.",
)
def softmax_then_log():
    def logit_cross_entropy(logits, y):
        y_hat = torch.softmax(logits, dim=1)
        return -torch.log(y_hat[torch.arange(len(y)), y])


@misconception(
    "logit_cross_entropy",
    hint="A probability was computed first. For logits far apart it is 0 in floats, and its "
    "logarithm is -inf. "
    "Let the logarithm meet the exponential on paper.",
)
def earlier_functions_chained():
    def logit_cross_entropy(logits, y):
        return cross_entropy(softmax(logits), y)


@misconception(
    "logit_cross_entropy",
    hint="A small constant inside the logarithm avoids inf but puts a ceiling on the loss. "
    "The loss of a class that is 2000 below the largest logit is 2000.",
)
def small_constant_in_the_logarithm():
    def logit_cross_entropy(logits, y):
        shifted = logits - logits.max(dim=1, keepdim=True).values
        y_hat = shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
        return -torch.log(y_hat[torch.arange(len(y)), y] + 1e-12)


@misconception(
    "logit_cross_entropy",
    hint="Clamped probabilities put a ceiling on the loss. The loss of a class that is 2000 below "
    "the largest "
    "logit is 2000.",
)
def clamped_probabilities():
    def logit_cross_entropy(logits, y):
        y_hat = torch.softmax(logits, dim=1).clamp(min=1e-30)
        return -y_hat.gather(1, y.unsqueeze(1)).squeeze(1).log()


@misconception(
    "logit_cross_entropy",
    hint="The formula is right, but exp of a logit near 1000 is inf, and near -1000 the sum is 0. "
    "Shift each row by its own maximum first.",
)
def log_sum_exp_without_shift():
    def logit_cross_entropy(logits, y):
        return torch.log(torch.exp(logits).sum(dim=1)) - logits[torch.arange(len(y)), y]


@misconception(
    "logit_cross_entropy",
    hint="One shift for the whole matrix leaves nothing of a row that lies far below the maximum. "
    "Shift each row by its own maximum.",
)
def global_shift():
    def logit_cross_entropy(logits, y):
        m = logits.max()
        lse = m + (logits - m).exp().sum(dim=1).log()
        return lse - logits[range(len(y)), y]


@misconception(
    "logit_cross_entropy",
    hint="The row was shifted, but the shift was not added back to the log-sum-exp "
    "(or not taken from the label's logit as well).",
)
def shift_not_added_back():
    def logit_cross_entropy(logits, y):
        m = logits.max(dim=1, keepdim=True).values
        return (logits - m).exp().sum(dim=1).log() - logits[torch.arange(len(y)), y]


@misconception(
    "logit_cross_entropy",
    hint="This is the largest logit minus the label's logit. "
    "The first term is the logarithm of a sum over all classes, which is a little more than the "
    "maximum.",
)
def maximum_for_log_sum_exp():
    def logit_cross_entropy(logits, y):
        return logits.max(dim=1).values - logits[torch.arange(len(y)), y]


@misconception(
    "logit_cross_entropy",
    hint="This is the average over the examples. Return the loss of every example, shape (n,).",
)
def average():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(logits, y)


@misconception(
    "logit_cross_entropy",
    hint="The losses stand in a column of shape (n, 1), or spread to (n, n). One number per "
    "example means (n,).",
)
def column_minus_row():
    def logit_cross_entropy(logits, y):
        m = logits.max(dim=1, keepdim=True).values
        lse = m + (logits - m).exp().sum(dim=1, keepdim=True).log()
        return lse - logits[torch.arange(len(y)), y]


@misconception(
    "logit_cross_entropy",
    hint="The sign is turned round: this is the logarithm of the probability, which is negative.",
)
def log_likelihood():
    def logit_cross_entropy(logits, y):
        return logits[torch.arange(len(y)), y] - torch.logsumexp(logits, dim=1)


@misconception(
    "logit_cross_entropy",
    hint="Each loss is the sum over all classes here. Only the logit of the label's class is "
    "subtracted.",
)
def all_classes_summed():
    def logit_cross_entropy(logits, y):
        return -F.log_softmax(logits, dim=1).sum(dim=1)


@misconception(
    "logit_cross_entropy",
    hint="Softmax is applied twice: torch's cross entropy wants the logits themselves.",
)
def softmax_twice():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(F.softmax(logits, dim=1), y, reduction="none")


# --- accuracy -------------------------------------------------------------------------------------


@misconception(
    "accuracy",
    hint="This counts the right answers. Accuracy is their share: divide by the number of rows.",
)
def count():
    def accuracy(y_hat, y):
        y_hat = y_hat.argmax(axis=1)
        cmp = y_hat.type(y.dtype) == y
        return float(cmp.type(y.dtype).sum())


@misconception(
    "accuracy",
    hint="The largest entry of each column was looked up. Each row is one example: look along the "
    "row.",
)
def argmax_over_axis_0():
    def accuracy(y_hat, y):
        answers = y_hat.argmax(dim=0)
        return sum(float(a == b) for a, b in zip(answers, y)) / len(y)


@misconception(
    "accuracy",
    hint="Without an axis, argmax gives one position in the whole matrix. You want one per row.",
)
def argmax_of_the_whole_matrix():
    def accuracy(y_hat, y):
        return (y_hat.argmax() == y).float().mean().item()


@misconception(
    "accuracy",
    hint="This is a tensor. Return a Python float: .item() gives you the number in it.",
)
def tensor():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1) == y).float().mean()


@misconception("accuracy", hint="This is a percentage. Accuracy is a share between 0 and 1.")
def percent():
    def accuracy(y_hat, y):
        return 100 * (y_hat.argmax(dim=1) == y).float().mean().item()


@misconception(
    "accuracy",
    hint="This is the share of wrong answers. Accuracy is the share of right ones.",
)
def error_rate():
    def accuracy(y_hat, y):
        return (torch.argmax(y_hat, 1) != y).float().mean().item()


@misconception(
    "accuracy",
    hint="max returns the largest values and where they are. Compare the positions with the "
    "labels.",
)
def values_instead_of_positions():
    def accuracy(y_hat, y):
        return (y_hat.max(dim=1)[0] == y).float().mean().item()


@misconception("accuracy", hint="The division dropped the fraction: // rounds down. Use /.")
def whole_division():
    def accuracy(y_hat, y):
        return float((y_hat.argmax(dim=1) == y).sum().item() // len(y))


@misconception(
    "accuracy",
    hint="Divide by the number of rows. numel() counts the entries of all classes.",
)
def divided_by_all_entries():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1) == y).sum().item() / y_hat.numel()


@misconception(
    "accuracy",
    hint="0.5 is no threshold here: with several classes the largest entry may be smaller, and "
    "logits have no "
    "upper end. Look for the largest entry of the row.",
)
def threshold():
    def accuracy(y_hat, y):
        return (y_hat[torch.arange(len(y)), y] > 0.5).float().mean().item()


@misconception(
    "accuracy",
    hint="The column of answers and the row of labels broadcast to n times n comparisons.",
)
def every_answer_with_every_label():
    def accuracy(y_hat, y):
        return (y_hat.argmax(dim=1, keepdim=True) == y).float().mean().item()


# --- evaluate_accuracy ----------------------------------------------------------------------------


@misconception(
    "evaluate_accuracy",
    hint="This averages the accuracies of the batches, so each example of a small last batch "
    "counts more. "
    "Add up hits and examples, and divide once.",
)
def mean_of_batch_accuracies():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        with torch.no_grad():
            shares = [(net(X).argmax(dim=1) == y).float().mean().item() for X, y in data_iter]
        net.train(mode)
        return sum(shares) / len(shares)


@misconception(
    "evaluate_accuracy",
    hint="The network was left in training mode, so dropout deletes entries while you measure. "
    "Switch it to eval mode before the first batch.",
)
def dropout_left_on():
    def evaluate_accuracy(net, data_iter):
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="no_grad stops the recording of gradients; it does not switch dropout off. Eval mode "
    "does that.",
)
def puts_the_mode_back_but_never_changes_it():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        hits = total = 0
        with torch.inference_mode():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += len(y)
        net.train(mode)
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="Eval mode does not stop autograd: the graph of every batch is still recorded. "
    "Run the network without gradients.",
)
def graph_built():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="detach comes too late: the graph has been recorded by then. Run the network inside "
    "no_grad.",
)
def detached_too_late():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).detach().argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="The network stays in eval mode afterwards, so the training that follows runs without "
    "dropout. "
    "Put the mode back as it was.",
)
def mode_left_in_eval():
    def evaluate_accuracy(net, data_iter):
        if isinstance(net, nn.Module):
            net.eval()
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="The network ends in training mode even if it was in eval mode before. "
    "Remember the mode, and put that one back.",
)
def always_train_afterwards():
    def evaluate_accuracy(net, data_iter):
        net.eval()
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        net.train()
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="The mode was written down after it had been changed. Remember net.training first.",
)
def remembers_too_late():
    def evaluate_accuracy(net, data_iter):
        net.eval()
        mode = net.training
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        net.train(mode)
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="This returns inside the loop, after the first batch. Go through all of them.",
)
def first_batch_only():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        try:
            with torch.no_grad():
                for X, y in data_iter:
                    return (net(X).argmax(dim=1) == y).float().mean().item()
        finally:
            net.train(mode)


@misconception(
    "evaluate_accuracy",
    hint="The data is gone through twice. A generator is empty the second time, and a shuffling "
    "loader pairs "
    "predictions with labels of other examples. Take X and y of a batch together.",
)
def two_passes():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        with torch.no_grad():
            answers = torch.cat([net(X).argmax(dim=1) for X, _ in data_iter])
            labels = torch.cat([y for _, y in data_iter])
        net.train(mode)
        return (answers == labels).float().mean().item()


@misconception(
    "evaluate_accuracy",
    hint="This counts the right answers. Divide by the number of examples.",
)
def hits_not_divided():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = 0.0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
        net.train(mode)
        return hits


@misconception(
    "evaluate_accuracy",
    hint="Gradients were switched off for the whole program and never on again: training would "
    "fail afterwards. "
    "with torch.no_grad(): ends by itself.",
)
def gradients_off_for_good():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        torch.set_grad_enabled(False)
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@misconception(
    "evaluate_accuracy",
    hint="Only the flag of the outermost module was set. net.eval() reaches the layers inside as "
    "well.",
)
def flag_of_the_outer_module_only():
    def evaluate_accuracy(net, data_iter):
        was_training, net.training = net.training, False
        hits = examples = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                examples += len(y)
        net.training = was_training
        return hits / examples


@misconception(
    "evaluate_accuracy",
    hint="data_iter is indexed here. A generator has neither len nor index: loop over it once.",
)
def needs_a_list():
    def evaluate_accuracy(net, data_iter):
        was_training = net.training
        net.eval()
        hits = examples = 0
        with torch.no_grad():
            for i in range(len(data_iter)):
                X, y = data_iter[i]
                hits += (net(X).argmax(dim=1) == y).sum().item()
                examples += len(y)
        net.train(was_training)
        return hits / examples


# --- FlattenLayer ---------------------------------------------------------------------------------


@misconception(
    "FlattenLayer",
    hint="The examples were strung together into one row. Keep the first axis: one row per "
    "example.",
)
def flattens_the_batch_too():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1)


@misconception(
    "FlattenLayer",
    hint="The examples were strung together into one row. Keep the first axis: one row per "
    "example.",
)
def one_row_for_all():
    class FlattenLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return torch.flatten(X).unsqueeze(0)


@misconception(
    "FlattenLayer",
    hint="view cannot flatten pictures that were turned or cropped, since their memory is not in "
    "that order. "
    "reshape copies when it has to.",
)
def view():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.view(X.shape[0], -1)


@misconception(
    "FlattenLayer",
    hint="Only the last two axes were joined. All axes after the first become one.",
)
def last_two_axes():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.flatten(start_dim=2)


@misconception(
    "FlattenLayer",
    hint="The last axis was kept and the examples were mixed into the rows. Keep the first axis.",
)
def keeps_the_last_axis():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, X.shape[-1])


@misconception(
    "FlattenLayer",
    hint="The row length is fixed to that of one kind of picture. Let it follow from the input's "
    "shape.",
)
def always_784():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, 784)


@misconception(
    "FlattenLayer",
    hint="Numbers of different examples ended up in one row. Each row must hold one example, in "
    "its order.",
)
def mixes_the_examples():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.reshape(-1, X.shape[0]).T


@misconception(
    "FlattenLayer",
    hint="forward computes the rows but returns nothing. A return is missing.",
)
def forgotten_return():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            X.reshape(X.shape[0], -1)


@misconception(
    "FlattenLayer",
    hint="squeeze removes axes of length 1 only. All axes after the first must become one.",
)
def squeeze():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.squeeze()


@misconception(
    "FlattenLayer",
    hint="The graph is cut here, so nothing before this layer could learn. Leave .data and "
    ".detach() out.",
)
def cuts_the_graph():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            return X.data.reshape(len(X), -1)


@misconception(
    "FlattenLayer",
    hint="The class works, but it is no layer: derive it from nn.Module, so that nn.Sequential "
    "takes it.",
)
def no_module():
    class FlattenLayer:
        def __call__(self, X):
            return X.reshape(X.shape[0], -1)


@misconception(
    "FlattenLayer",
    hint="The size of the first batch is kept for all later ones. Take it from the batch at hand.",
)
def remembers_the_first_size():
    class FlattenLayer(nn.Module):
        size = None

        def forward(self, X):
            self.size = self.size or X[0].numel()
            return X.reshape(-1, self.size)


# --- initial_loss ---------------------------------------------------------------------------------


@misconception(
    "initial_loss",
    hint="This is the logarithm to base 2. Cross entropy uses the natural logarithm.",
)
def logarithm_to_base_2():
    initial_loss = math.log2(10)


@misconception(
    "initial_loss",
    hint="This is the logarithm to base 10. Cross entropy uses the natural logarithm.",
)
def logarithm_to_base_10():
    initial_loss = math.log10(10)


@misconception(
    "initial_loss",
    hint="This is the probability that each class gets. The loss is its negative logarithm.",
)
def the_probability():
    initial_loss = 0.1


@misconception(
    "initial_loss",
    hint="0.9 is the share of wrong answers of a guess. The question asks for the cross entropy.",
)
def the_error_rate():
    initial_loss = 0.9


@misconception(
    "initial_loss",
    hint="The loss is of one example on average, not the sum over the ten classes.",
)
def summed_over_the_classes():
    initial_loss = 10 * math.log(10)


@misconception(
    "initial_loss",
    hint="A loss of 0 needs a model that is sure and right. This one knows nothing yet.",
)
def nothing():
    initial_loss = 0


@misconception("initial_loss", hint="This is the loss with 2 classes. Here there are 10.")
def two_classes():
    initial_loss = 0.693


@misconception("initial_loss", hint="This is a text. Set initial_loss to a number, without quotes.")
def loss_as_text():
    initial_loss = "2.303"
