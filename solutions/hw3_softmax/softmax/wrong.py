import torch
import torch.nn.functional as F

from autograder.authoring.marks import wrong


@wrong(
    hint="The formula is right, but exp of a logit near 1000 is inf, and near -1000 every term is 0. Shift each row "
    "before you take exponentials."
)
def no_shift():
    def softmax(X):
        X_exp = torch.exp(X)
        partition = X_exp.sum(1, keepdim=True)
        return X_exp / partition


@wrong(hint="The columns add up to 1 here. Each row is one example, so each row must become a distribution.")
def columns_instead_of_rows():
    def softmax(X):
        X = X - X.max(dim=0, keepdim=True).values
        X_exp = X.exp()
        return X_exp / X_exp.sum(dim=0, keepdim=True)


@wrong(hint="The columns add up to 1 here. Each row is one example, so each row must become a distribution.")
def sums_over_columns_only():
    def softmax(X):
        e = torch.exp(X - torch.amax(X, 1, keepdim=True))
        return e / torch.sum(e, axis=0)


@wrong(
    hint="One shift for the whole matrix saves the row with the largest logit only. In a row far below it every "
    "exponential becomes 0. Shift each row by a number of its own."
)
def global_maximum():
    def softmax(X):
        X_exp = torch.exp(X - X.max())
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(
    hint="A row shifted by its mean can still hold large positive numbers, and their exponential is inf. Think about "
    "which shift leaves nothing above 0."
)
def shift_by_the_mean():
    def softmax(X):
        exps = (X - X.mean(dim=1, keepdim=True)).exp()
        return exps / exps.sum(dim=1, keepdim=True)


@wrong(
    hint="Shifting by the row's minimum makes every exponent larger instead of smaller. Think about which shift leaves"
    " nothing above 0."
)
def shift_by_the_minimum():
    def softmax(X):
        exps = torch.exp(X - X.min(dim=1, keepdim=True).values)
        return exps / exps.sum(dim=1, keepdim=True)


@wrong(
    hint="Clamping changes the differences between logits, and with them the probabilities. A shift by one number per "
    "row does not."
)
def clamped_logits():
    def softmax(X):
        X_exp = torch.exp(torch.clamp(X, -80, 80))
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(
    hint="nan has been painted over with a number, and the probabilities of that row are still wrong. Shift each row "
    "before the exponential, and no nan arises."
)
def nan_replaced():
    def softmax(X):
        X_exp = torch.exp(X)
        return torch.nan_to_num(X_exp / X_exp.sum(1, keepdim=True), nan=1.0)


@wrong(hint="The whole matrix adds up to 1 here. Each row must add up to 1 on its own.")
def one_distribution_for_the_matrix():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True)[0])
        return X_exp / X_exp.sum()


@wrong(hint="The row sums have lost their axis, so they line up with the columns. Keep it with keepdim=True.")
def row_sums_without_keepdim():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1)


@wrong(hint="The largest entry became 1. Divide by the sum of the row, so that the row adds up to 1.")
def divided_by_the_maximum():
    def softmax(X):
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.max(dim=1, keepdim=True).values


@wrong(hint="These are shares of the logits themselves. Take exponentials first: logits may be negative.")
def shares_without_exponential():
    def softmax(X):
        return X / X.sum(dim=1, keepdim=True)


@wrong(
    hint="This is torch's own softmax, by whatever name. Here you write it yourself, from exp and sums.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_function():
    def softmax(X):
        return torch.softmax(X, dim=1)


@wrong(
    hint="This is torch's own softmax, by whatever name. Here you write it yourself, from exp and sums.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_module():
    from torch.nn import Softmax

    def softmax(X):
        return Softmax(dim=1)(X)


@wrong(
    hint="The exponential of log_softmax is softmax, computed by torch. Here you write it yourself.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_log_softmax():
    def softmax(X):
        return F.log_softmax(X, dim=-1).exp()


@wrong(hint="The caller's X was changed in place. Put the shifted logits into a tensor of their own.")
def shifts_X_in_place():
    def softmax(X):
        X -= X.max(dim=1, keepdim=True).values
        X_exp = X.exp()
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(hint="float64 went in and float32 came out. Keep the dtype of X: no conversion is needed.")
def always_float32():
    def softmax(X):
        X = X.float()
        X_exp = torch.exp(X - X.max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(
    hint="The values are right, but the graph is cut, and no gradient can flow back to X. Leave .data, .detach() and "
    "no_grad out of this function."
)
def detached():
    def softmax(X):
        X_exp = torch.exp(X.detach() - X.detach().max(dim=1, keepdim=True).values)
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(
    hint="For large logits this falls back on torch's softmax. Write that case yourself as well: shift each row.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_for_large_logits():
    def softmax(X):
        if X.abs().max() > 50:
            return torch.softmax(X, dim=1)
        return X.exp() / X.exp().sum(dim=1, keepdim=True)


@wrong(
    hint="This is torch's own softmax, by whatever name. Here you write it yourself, from exp and sums.",
    public=False,
    reason="A rule: only the judge sees which functions of torch ran.",
)
def built_in_operator():
    def softmax(X):
        return getattr(torch.ops.aten, "soft" + "max")(X, 1)


@wrong(hint="Something tiny was added so that no sum is 0. A row far below the maximum then becomes uniform.")
def global_maximum_and_a_small_constant():
    def softmax(X):
        X_exp = torch.exp(X - X.max()) + 1e-30
        return X_exp / X_exp.sum(dim=1, keepdim=True)


@wrong(
    hint="The result is filled into a tensor on the CPU, wherever X lies. Make it like X.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def filled_on_the_cpu():
    def softmax(X):
        out = torch.zeros(X.shape, dtype=X.dtype)
        for i in range(len(X)):
            e = torch.exp(X[i] - X[i].max())
            out[i] = e / e.sum()
        return out


@wrong(hint="The whole matrix adds up to 1 here. Each row must add up to 1 on its own.")
def one_distribution_and_one_shift():
    def softmax(X):
        X_exp = torch.exp(X - X.max())
        return X_exp / X_exp.sum()


@wrong(hint="The whole matrix adds up to 1 here. Each row must add up to 1 on its own.")
def one_distribution_without_a_shift():
    def softmax(X):
        return torch.exp(X) / torch.exp(X).sum()
