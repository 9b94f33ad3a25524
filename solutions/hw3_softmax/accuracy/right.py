import torch

from autograder.authoring.marks import right


@right
def count_and_divide():
    def accuracy(y_hat, y):
        cmp = y_hat.argmax(axis=1).type(y.dtype) == y
        return float(cmp.type(y.dtype).sum()) / len(y)


@right
def python_loop():
    def accuracy(y_hat, y):
        hits = 0
        for row, label in zip(y_hat.tolist(), y.tolist()):
            if row.index(max(row)) == label:
                hits += 1
        return hits / len(y_hat)


@right
def label_reaches_the_maximum():
    def accuracy(y_hat, y):
        chosen = y_hat[torch.arange(y_hat.shape[0]), y]
        return torch.eq(chosen, y_hat.max(dim=1).values).double().mean().item()


@right
def sorted_classes():
    def accuracy(y_hat, y):
        best = y_hat.sort(dim=-1, descending=True).indices[:, 0]
        return 1.0 - (best != y).sum().item() / y.numel()


@right
def numpy_mean():
    import numpy as np

    def accuracy(y_hat, y):
        return np.mean(y_hat.detach().numpy().argmax(axis=1) == y.numpy())
