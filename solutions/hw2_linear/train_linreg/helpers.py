"""What the tests of `train_linreg` measure beside it: one part of what it returns.

Two answers with one mistake give the same part, however differently w starts and the losses are measured.
"""


def ends(train_linreg, sizes):
    """Return w and b, in a row, after two epochs of ones and a million, for each of `sizes` of data and batch. A probe."""
    import torch

    rows = []
    for n, batch_size in sizes:
        labels = torch.full((n, 1), 1e6)
        w, b, _ = train_linreg(torch.ones(n, 1), labels, lr=0.05, num_epochs=2, batch_size=batch_size)
        rows.append([w.detach().sum().item(), b.detach().sum().item()])
    return torch.tensor(rows).round()  # beside a million no start counts


def losses_at_rest(train_linreg):
    """Return the losses of 12 trainings of four epochs without features in which nothing moves. A probe."""
    import torch

    labels = torch.arange(30.0).reshape(-1, 1)
    trained = [train_linreg(torch.zeros(30, 1), labels, lr=0.0, num_epochs=4, batch_size=7) for _ in range(12)]
    return torch.tensor([float(loss) for _, _, losses in trained for loss in losses])


def losses_by_default(train_linreg):
    """Return the losses of 40 examples without features. A probe."""
    import torch

    _, _, losses = train_linreg(torch.zeros(40, 2), torch.full((40, 1), 1000.0))
    return [float(loss) for loss in losses]
