import numpy as np
import torch

from autograder.authoring.marks import right


@right
def losses_in_a_tensor():
    def fit(net, data, loss, optimizer, num_epochs):
        history = []
        for epoch in range(num_epochs):
            values, sizes = [], []
            for X, y in data:
                optimizer.zero_grad()
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                values.append(l.detach())
                sizes.append(y.shape[0])
            weights = torch.tensor(sizes) / sum(sizes)
            history.append((torch.stack(values) * weights).sum())
        return history


@right
def running_mean():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for _ in range(num_epochs):
            mean, seen = 0.0, 0
            for X, y in data:
                net.zero_grad()
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                seen += len(y)
                mean += (l.item() - mean) * len(y) / seen
            losses.append(mean)
        return losses


@right
def measured_after_the_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for _ in range(num_epochs):
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
            with torch.no_grad():
                pairs = [(loss(net(X), y).item(), len(X)) for X, y in data]
            losses.append(sum(l * n for l, n in pairs) / sum(n for _, n in pairs))
        return losses


@right
def zeroed_at_the_end():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for batch in data:
                X, y = batch
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                optimizer.zero_grad()
                total += float(l) * X.shape[0]
                count += X.shape[0]
            losses.append(total / count)
        return losses


@right
def step_with_a_closure():
    def fit(net, data, loss, optimizer, num_epochs):
        def _epoch():
            losses, sizes = [], []
            for X, y in data:

                def _closure():
                    net.zero_grad()
                    value = loss(net(X), y)
                    value.backward()
                    return value

                losses.append(optimizer.step(_closure).item())
                sizes.append(len(X))
            return float(np.average(losses, weights=sizes))

        return tuple(_epoch() for _ in range(num_epochs))
