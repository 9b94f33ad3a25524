import torch
from torch import nn

from autograder.authoring.marks import right


@right
def textbook_reshape():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        X = X.reshape((-1, W1.shape[0]))
        H = relu(X @ W1 + b1)  # noqa: F821
        return H @ W2 + b2


@right
def built_in_layers():
    import torch.nn.functional as F

    def mlp_forward(X, params):
        hidden = F.relu(F.linear(torch.flatten(X, 1), params[0].T, params[1]))
        return F.linear(hidden, params[2].T, params[3])


@right
def einsum_with_clamp():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        X = X.contiguous().view(len(X), -1)
        H = (torch.einsum("ni,ih->nh", X, W1) + b1).clamp(min=0)
        return torch.einsum("nh,ho->no", H, W2) + b2


@right
def addmm():
    def mlp_forward(X, params):
        *hidden, W, b = params
        H = nn.Flatten()(X)
        for V, c in zip(hidden[::2], hidden[1::2]):
            H = torch.maximum(torch.addmm(c, H, V), torch.zeros(1, dtype=X.dtype))
        return torch.addmm(b, H, W)


@right
def one_example_at_a_time():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        rows = []
        for x in X:
            h = relu(x.flatten().matmul(W1) + b1)  # noqa: F821
            rows.append(h.matmul(W2) + b2)
        return torch.stack(rows)


@right
def as_a_module():
    class Forward(nn.Module):
        def forward(self, X, params):
            W1, b1, W2, b2 = params
            H = torch.mm(X.reshape(X.size(0), -1), W1).add(b1)
            return torch.mm(torch.where(H > 0, H, torch.zeros_like(H)), W2).add(b2)

    mlp_forward = Forward()
