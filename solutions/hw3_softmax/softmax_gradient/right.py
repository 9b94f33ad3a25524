import torch
import torch.nn.functional as F

from autograder.authoring.marks import right


@right
def one_entry_of_each_row():
    def softmax_gradient(logits, y):
        grad = softmax(logits)
        grad[torch.arange(len(y)), y] -= 1
        return grad / len(y)


@right
def row_by_row():
    def softmax_gradient(logits, y):
        n, q = logits.shape
        rows = []
        for i in range(n):
            p = torch.exp(logits[i] - torch.logsumexp(logits[i], 0))
            truth = torch.tensor([float(j == y[i]) for j in range(q)], dtype=logits.dtype)
            rows.append((p - truth) / n)
        return torch.stack(rows)


@right
def scattered():
    def softmax_gradient(logits, y):
        p = F.softmax(logits, dim=-1)
        return p.scatter_add(1, y[:, None], -torch.ones_like(p)).div(p.size(0))


@right
def compared_with_the_class_numbers():
    def softmax_gradient(logits, y):
        with torch.no_grad():
            truth = (y.unsqueeze(1) == torch.arange(logits.size(1))).to(logits.dtype)
            return (softmax(logits) - truth).mul(1 / logits.size(0))
