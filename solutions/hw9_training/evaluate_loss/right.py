import copy

import torch

from autograder.authoring.marks import right


@right
def branch_on_the_reduction():
    def evaluate_loss(net, data_iter, loss):
        state = net.training
        net.eval()
        total, count = 0.0, 0
        with torch.inference_mode():
            for X, y in data_iter:
                out = loss(net(X), y)
                if loss.reduction == "none":
                    total += float(out.sum())
                else:
                    total += float(out) * y.shape[0]
                count += y.shape[0]
        if state:
            net.train()
        return total / count


@right
def outputs_collected():
    def evaluate_loss(net, data_iter, loss):
        state = net.training
        net.train(False)
        outputs, labels = [], []
        with torch.no_grad():
            for X, y in data_iter:
                outputs.append(net(X))
                labels.append(y)
            result = loss(torch.cat(outputs), torch.cat(labels)).mean().item()
        net.train(state)
        return result


@right
def decorated_with_no_grad():
    @torch.no_grad()
    def evaluate_loss(net, data_iter, loss):
        modes = [(m, m.training) for m in net.modules()]
        net.eval()
        mean, seen = 0.0, 0
        for X, y in data_iter:
            seen += len(X)
            mean += (loss(net(X), y).mean().item() - mean) * len(X) / seen
        for m, mode in modes:
            m.training = mode
        return mean


@right
def measured_on_a_copy():
    def evaluate_loss(net, data_iter, loss):
        twin = copy.deepcopy(net).eval()
        pieces = []
        with torch.no_grad():
            for X, y in data_iter:
                pieces.append(loss(twin(X), y).mean().repeat(len(y)))
        return float(torch.cat(pieces).mean())


@right
def running_mean():
    def evaluate_loss(net, data_iter, loss):
        was = net.training
        net.eval()
        mean, seen = 0.0, 0
        with torch.no_grad():
            for X, y in data_iter:
                n = len(y)
                l = torch.mean(loss(net(X), y)).item()
                mean += (l - mean) * n / (seen + n)
                seen += n
        if was:
            net.train()
        else:
            net.eval()
        return mean


@right
def mode_of_every_module_put_back():
    from contextlib import contextmanager

    @contextmanager
    def evaluating(model):
        states = {m: m.training for m in model.modules()}
        model.eval()
        try:
            yield model
        finally:
            for m, s in states.items():
                m.training = s

    def evaluate_loss(net, data_iter, loss):
        metric = Accumulator(2)
        with evaluating(net), torch.no_grad():
            for X, y in data_iter:
                l = loss(net(X), y)
                metric.add(l.mean() * y.shape[0], y.shape[0])
        return metric[0] / metric[1]
