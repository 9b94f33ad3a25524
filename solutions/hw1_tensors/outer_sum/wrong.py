import numpy as np
import torch

from autograder.authoring.marks import wrong


@wrong(hint="Your table is transposed: the entries of a must run downwards, one row for each of them.")
def transposed():
    def outer_sum(a, b):
        return a[None, :] + b[:, None]


@wrong(hint="Your table is transposed: the entries of a must run downwards, one row for each of them.")
def transposed_at_the_end():
    def outer_sum(a, b):
        table = a.unsqueeze(1) + b.unsqueeze(0)
        return table.T


@wrong(hint="a + b adds entry by entry and needs equal lengths. Give each vector an axis of its own first.")
def entry_by_entry():
    def outer_sum(a, b):
        return a + b


@wrong(hint="Your table has one column for each entry of a. It needs one for each entry of b, whose length may differ.")
def square_table_only():
    def outer_sum(a, b):
        return a.reshape(-1, 1) + b.expand(len(a), len(a))


@wrong(
    hint="The numbers are right, but they come from a Python loop. Let broadcasting do it in one operation.",
    public=False,
    reason="A rule: only the judge counts loops and steps.",
)
def double_loop():
    def outer_sum(a, b):
        out = torch.zeros(len(a), len(b), dtype=a.dtype)
        for i in range(len(a)):
            for j in range(len(b)):
                out[i, j] = a[i] + b[j]
        return out


@wrong(hint="A comprehension is a Python loop too. Let broadcasting do it in one operation.")
def stacked_comprehension():
    def outer_sum(a, b):
        return torch.stack([x + b for x in a])


@wrong(hint="This is the outer product a[i]·b[j]. The entries must be added.")
def outer_product():
    def outer_sum(a, b):
        return torch.outer(a, b)


@wrong(hint="The sums are right, but in one long row. They belong in a table of shape (m, n).")
def one_long_row():
    def outer_sum(a, b):
        return torch.cartesian_prod(a, b).sum(1)


@wrong(hint="Your table is always float32. Keep the dtype of the vectors.")
def float32_table():
    def outer_sum(a, b):
        return a.float()[:, None] + b.float()


@wrong(
    hint="unsqueeze_ with an underscore gives the caller's own vector another shape. Leave the arguments as they are."
)
def reshapes_the_argument():
    def outer_sum(a, b):
        return a.unsqueeze_(1) + b


@wrong(hint="Your table has lost its history, so no gradient reaches a and b. Compute with the tensors themselves.")
def through_numpy():
    def outer_sum(a, b):
        return torch.from_numpy(np.add.outer(a.detach().numpy(), b.detach().numpy()))


@wrong(hint="This is a[i] − b[j]. The entries must be added.")
def differences():
    def outer_sum(a, b):
        return a[:, None] - b[None, :]


@wrong(
    hint="The loop is only hidden (in `map` or in a helper), and as slow there. One sum of two tensors is enough.",
    public=False,
    reason="A rule: only the judge counts loops and steps.",
)
def mapped():
    def outer_sum(a, b):
        if len(a) == 0:
            return a[:, None] + b
        return torch.stack(list(map(lambda entry: entry + b, a)))


@wrong(
    hint="The loop is only hidden (in `map` or in a helper), and as slow there. One sum of two tensors is enough.",
    public=False,
    reason="A rule: only the judge counts loops and steps.",
)
def looped_in_a_helper():
    def rows_of(a, b):
        return [entry + b for entry in a]

    def outer_sum(a, b):
        return torch.stack(rows_of(a, b)) if len(a) else a[:, None] + b


@wrong(
    hint="A function that calls itself for each entry is a loop, too. One sum of two tensors is enough.",
    public=False,
    reason="A rule: only the judge counts loops and steps.",
)
def entry_by_entry_recursion():
    def outer_sum(a, b):
        if len(a) == 0:
            return a[:, None] + b
        return torch.cat([(a[0] + b)[None], outer_sum(a[1:], b)])


@wrong(hint="sum turns small whole numbers into int64. Add the two tensors, and the dtype stays what it was.")
def summed_pairs():
    def outer_sum(a, b):
        return torch.cartesian_prod(a, b).sum(1).reshape(len(a), len(b))


@wrong(
    hint="You make a tensor on the CPU, wherever the vectors lie. Make it on their device, or do without it.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def zeros_on_the_cpu():
    def outer_sum(a, b):
        return torch.zeros(len(a), len(b), dtype=a.dtype) + a[:, None] + b


@wrong(
    hint="You make a tensor on the CPU, wherever the vectors lie. Make it on their device, or do without it.",
    public=False,
    reason="a device is played in the hidden tests only: the checks in the notebook know the CPU",
)
def products_with_ones_of_the_cpu():
    def outer_sum(a, b):
        rows, columns = torch.ones(len(b), dtype=b.dtype), torch.ones(len(a), dtype=a.dtype)
        return torch.outer(a, rows) + torch.outer(columns, b)
