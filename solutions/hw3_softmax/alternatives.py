"""Other right answers: each must earn full marks."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from autograder.authoring.answers import alternative

# --- softmax --------------------------------------------------------------------------------------


@alternative("softmax")
def exponential_of_the_difference_to_log_sum_exp():
    def softmax(X):
        return torch.exp(X - torch.logsumexp(X, dim=1, keepdim=True))


@alternative("softmax")
def row_by_row():
    def softmax(X):
        rows = []
        for row in X:
            e = (row - row.max()).exp()
            rows.append(e / e.sum())
        return torch.stack(rows)


@alternative("softmax")
def detached_shift_without_keepdim():
    def softmax(X):
        shift = X.detach().amax(-1)
        e = math.e ** (X - shift[:, None])
        return e / e.sum(-1).unsqueeze(-1)


@alternative("softmax")
def pairwise_differences():
    def softmax(X):
        differences = X.unsqueeze(1) - X.unsqueeze(2)
        return 1 / torch.exp(differences).sum(dim=2)


@alternative("softmax")
def einsum_for_the_sum():
    def softmax(X):
        highest, _ = torch.max(X, 1)
        E = (X.T - highest).T.exp()
        return torch.einsum("ij,i->ij", E, 1 / torch.einsum("ij->i", E))


@alternative("softmax")
def autograd_function():
    class _Softmax(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            P = (X - X.amax(1, keepdim=True)).exp_()
            P /= P.sum(1, keepdim=True)
            ctx.save_for_backward(P)
            return P

        @staticmethod
        def backward(ctx, upstream):
            (P,) = ctx.saved_tensors
            return P * (upstream - (upstream * P).sum(1, keepdim=True))

    softmax = _Softmax.apply


@alternative("softmax")
def vectorised_over_rows():
    def _row(x):
        e = torch.exp(x - x.amax())
        return e / e.sum()

    softmax = torch.vmap(_row)


@alternative("softmax")
def layer_that_fills_a_matrix():
    class _Softmax(nn.Module):
        def forward(self, X):
            out = torch.empty_like(X)
            for i in range(len(X)):
                e = math.e ** (X[i] - max(X[i]))
                out[i] = e / sum(e)
            return out

    softmax = _Softmax()


# --- cross_entropy --------------------------------------------------------------------------------


@alternative("cross_entropy")
def gather():
    def cross_entropy(y_hat, y):
        return -torch.log(torch.gather(y_hat, 1, y.view(-1, 1)).view(-1))


@alternative("cross_entropy")
def one_hot():
    def cross_entropy(y_hat, y):
        mask = F.one_hot(y, num_classes=y_hat.shape[1]).to(y_hat.dtype)
        return -(mask * y_hat).sum(dim=1).log()


@alternative("cross_entropy")
def range_of_rows():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[range(len(y_hat)), y])


@alternative("cross_entropy")
def nll_loss():
    def cross_entropy(y_hat, y):
        return F.nll_loss(torch.log(y_hat), y, reduction="none")


@alternative("cross_entropy")
def loop():
    def cross_entropy(y_hat, y):
        return torch.stack([(1 / row[label]).log() for row, label in zip(y_hat, y)])


@alternative("cross_entropy")
def mask_of_the_labels():
    def cross_entropy(y_hat, y):
        return -torch.log(y_hat[y[:, None] == torch.arange(y_hat.shape[1])])


@alternative("cross_entropy")
def diagonal_of_the_columns():
    def cross_entropy(y_hat, y):
        return -y_hat[:, y].diagonal().log()


# --- logit_cross_entropy --------------------------------------------------------------------------


@alternative("logit_cross_entropy")
def built_in():
    def logit_cross_entropy(logits, y):
        return F.cross_entropy(logits, y, reduction="none")


@alternative("logit_cross_entropy")
def logsumexp():
    def logit_cross_entropy(logits, y):
        return torch.logsumexp(logits, 1) - logits.gather(1, y.unsqueeze(-1)).squeeze(-1)


@alternative("logit_cross_entropy")
def log_softmax():
    def logit_cross_entropy(logits, y):
        return -F.log_softmax(logits, dim=1)[range(len(y)), y]


@alternative("logit_cross_entropy")
def distances_to_the_label():
    def logit_cross_entropy(logits, y):
        distances = logits - logits[torch.arange(len(y)), y][:, None]
        top = distances.amax(dim=1)
        return top + (distances - top[:, None]).exp().sum(dim=1).log()


@alternative("logit_cross_entropy")
def shifted_logits():
    def logit_cross_entropy(logits, y):
        shifted = logits - logits.detach().max(1, keepdim=True)[0]
        log_probabilities = shifted - shifted.exp().sum(1, keepdim=True).log()
        return -(log_probabilities * F.one_hot(y, logits.shape[1])).sum(1)


@alternative("logit_cross_entropy")
def folded_with_logaddexp():
    from functools import reduce

    def logit_cross_entropy(logits, y):
        of_the_label = (logits * F.one_hot(y, logits.shape[1])).sum(dim=1)
        return reduce(torch.logaddexp, logits.unbind(dim=1)) - of_the_label


# --- accuracy -------------------------------------------------------------------------------------


@alternative("accuracy")
def count_and_divide():
    def accuracy(y_hat, y):
        cmp = y_hat.argmax(axis=1).type(y.dtype) == y
        return float(cmp.type(y.dtype).sum()) / len(y)


@alternative("accuracy")
def python_loop():
    def accuracy(y_hat, y):
        hits = 0
        for row, label in zip(y_hat.tolist(), y.tolist()):
            if row.index(max(row)) == label:
                hits += 1
        return hits / len(y_hat)


@alternative("accuracy")
def label_reaches_the_maximum():
    def accuracy(y_hat, y):
        chosen = y_hat[torch.arange(y_hat.shape[0]), y]
        return torch.eq(chosen, y_hat.max(dim=1).values).double().mean().item()


@alternative("accuracy")
def sorted_classes():
    def accuracy(y_hat, y):
        best = y_hat.sort(dim=-1, descending=True).indices[:, 0]
        return 1.0 - (best != y).sum().item() / y.numel()


@alternative("accuracy")
def numpy_mean():
    def accuracy(y_hat, y):
        return np.mean(y_hat.detach().numpy().argmax(axis=1) == y.numpy())


# --- evaluate_accuracy ----------------------------------------------------------------------------


@alternative("evaluate_accuracy")
def everything_at_once():
    def evaluate_accuracy(net, data_iter):
        training = net.training
        net.eval()
        try:
            with torch.inference_mode():
                pairs = [(net(X), y) for X, y in data_iter]
        finally:
            if training:
                net.train()
        outputs, labels = zip(*pairs)
        return accuracy(torch.cat(outputs), torch.cat(labels))


@alternative("evaluate_accuracy")
def decorated():
    from torch import no_grad

    @no_grad()
    def evaluate_accuracy(net, data_iter):
        state = net.training
        net.train(False)
        device = next(net.parameters()).device
        correct = torch.tensor(0, device=device)
        n = 0
        for X, y in data_iter:
            X, y = X.to(device), y.to(device)
            correct += (net(X).argmax(dim=-1) == y).sum()
            n += y.shape[0]
        net.train(state)
        return correct.item() / n


@alternative("evaluate_accuracy")
def mode_of_every_module_put_back():
    def evaluate_accuracy(net, data_iter):
        modes = {module: module.training for module in net.modules()}
        for module in modes:
            module.training = False
        results = []
        previous = torch.is_grad_enabled()
        torch.set_grad_enabled(False)
        for X, y in data_iter:
            results.extend((net(X).argmax(1) == y).tolist())
        torch.set_grad_enabled(previous)
        for module, mode in modes.items():
            module.training = mode
        return sum(results) / len(results)


@alternative("evaluate_accuracy")
def weighted_mean():
    def evaluate_accuracy(net, data_iter):
        was_training = net.training
        net.eval()
        shares, sizes = [], []
        with torch.no_grad():
            for batch in data_iter:
                X, y = batch
                shares.append(accuracy(net(X), y))
                sizes.append(X.size(0))
        net.train(mode=was_training)
        shares, sizes = torch.tensor(shares), torch.tensor(sizes)
        return float((shares * sizes).sum() / sizes.sum())


@alternative("evaluate_accuracy")
def copy_of_the_network():
    import copy

    def evaluate_accuracy(net, data_iter):
        twin = copy.deepcopy(net).eval().requires_grad_(False)
        hits = [twin(X).argmax(dim=1) == y for X, y in data_iter]
        return torch.cat(hits).double().mean().item()


@alternative("evaluate_accuracy")
def in_a_context_of_its_own():
    import contextlib

    @contextlib.contextmanager
    def _evaluating(net):
        was_training = net.training
        try:
            net.eval()
            with torch.inference_mode():
                yield
        finally:
            net.train(was_training)

    def evaluate_accuracy(net, data_iter):
        with _evaluating(net):
            pairs = [(accuracy(net(X), y), len(y)) for X, y in data_iter]
        return float(np.average([share for share, _ in pairs], weights=[n for _, n in pairs]))


# --- FlattenLayer ---------------------------------------------------------------------------------


@alternative("FlattenLayer")
def torch_flatten():
    class FlattenLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, x):
            return torch.flatten(x, start_dim=1)


@alternative("FlattenLayer")
def contiguous_view():
    class FlattenLayer(nn.Module):
        def forward(self, x):
            n, *rest = x.shape
            return x.contiguous().view(n, math.prod(rest))


@alternative("FlattenLayer")
def derived_from_flatten():
    class FlattenLayer(nn.Flatten):
        pass


@alternative("FlattenLayer")
def stacked_rows():
    class FlattenLayer(torch.nn.Module):
        def __init__(self):
            super(FlattenLayer, self).__init__()

        def forward(self, X):
            return torch.stack([example.reshape(-1) for example in X], dim=0)


@alternative("FlattenLayer")
def one_axis_at_a_time():
    class FlattenLayer(nn.Module):
        def forward(self, X):
            while X.dim() > 2:
                X = X.flatten(1, 2)
            return X


# --- initial_loss ---------------------------------------------------------------------------------


@alternative("initial_loss")
def negative_logarithm_of_the_probability():
    initial_loss = -math.log(0.1)


@alternative("initial_loss")
def rounded():
    initial_loss = 2.3


@alternative("initial_loss")
def measured():
    initial_loss = F.cross_entropy(torch.zeros(4, 10), torch.tensor([3, 1, 9, 0])).item()


@alternative("initial_loss")
def tensor_with_one_entry():
    initial_loss = cross_entropy(torch.full((1, 10), 0.1), torch.tensor([3]))
