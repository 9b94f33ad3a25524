import numpy as np
import torch

from autograder.authoring.marks import right


@right
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


@right
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


@right
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


@right
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


@right
def copy_of_the_network():
    import copy

    def evaluate_accuracy(net, data_iter):
        twin = copy.deepcopy(net).eval().requires_grad_(False)
        hits = [twin(X).argmax(dim=1) == y for X, y in data_iter]
        return torch.cat(hits).double().mean().item()


@right
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
