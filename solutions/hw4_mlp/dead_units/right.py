import torch

from autograder.authoring.marks import right


@right
def largest_output_of_each_unit():
    def dead_units(X, W, b):
        return (relu(X @ W + b).max(dim=0).values == 0).sum().item()


@right
def unit_by_unit():
    def dead_units(X, W, b):
        count = 0
        for w, bias in zip(W.T, b):
            if not (X @ w + bias > 0).any():
                count += 1
        return count


@right
def those_that_do_not_live():
    def dead_units(X, W, b):
        with torch.no_grad():
            H = torch.addmm(b, X, W).clamp(min=0)
            return W.shape[1] - torch.count_nonzero(H.sum(0)).item()
