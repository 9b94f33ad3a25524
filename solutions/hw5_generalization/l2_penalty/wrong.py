import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is half the norm. The penalty takes its square.")
def norm_not_squared():
    def l2_penalty(w):
        return torch.norm(w) / 2


@wrong(hint="The factor one half is missing.")
def half_missing():
    def l2_penalty(w):
        return (w**2).sum()


@wrong(hint="This is the L1 norm. Square the weights instead of taking magnitudes.")
def l1_norm():
    def l2_penalty(w):
        return w.abs().sum() / 2


@wrong(hint="You average over the weights. Add the squares up.")
def mean_of_squares():
    def l2_penalty(w):
        return (w**2).mean() / 2


@wrong(hint="This is the norm itself: neither squared nor halved.")
def plain_norm():
    def l2_penalty(w):
        return torch.linalg.norm(w)


@wrong(hint="You add up first and square then, so weights of opposite signs cancel.")
def square_of_the_sum():
    def l2_penalty(w):
        return w.sum() ** 2 / 2


@wrong(
    hint="`view` flattens only tensors whose entries lie in order. A transposed weight is a weight too: `reshape`, or "
    "no flattening at all."
)
def view_of_any_layout():
    def l2_penalty(w):
        flat = w.view(-1)
        return flat @ flat / 2


@wrong(hint="No gradient can flow through a plain number. Return a tensor of the graph.")
def penalty_without_a_graph():
    def l2_penalty(w):
        return torch.tensor((w.detach() ** 2).sum().item() / 2, dtype=w.dtype)


@wrong(
    hint="At weights of 0 the gradient is nan: a root has no slope there. Take the sum of squares without a root.",
    public=False,
    reason="the gradient is looked at in the hidden tests only",
)
def square_of_a_root():
    def l2_penalty(w):
        return torch.sqrt((w * w).sum()) ** 2 / 2


@wrong(hint="You add up along one axis, so a matrix gives several numbers. Add all its squares up.")
def along_the_last_axis():
    def l2_penalty(w):
        return (w**2).sum(dim=-1) / 2


@wrong(hint="You halve the weights before they are squared, which makes a quarter. Halve the sum of the squares.")
def halved_before_squaring():
    def l2_penalty(w):
        return ((w / 2) ** 2).sum()
