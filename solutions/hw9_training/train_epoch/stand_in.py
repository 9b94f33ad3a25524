"""A right `train_epoch` for later questions, made of torch's own functions."""

import torch


def train_epoch(net, train_iter, loss, optimizer):
    """Train with the optimizer's closure, on the mean loss of each batch."""
    net.train(True)
    losses, hits = [], []
    for X, y in train_iter:

        def closure(X=X, y=y):
            optimizer.zero_grad()
            outputs = net(X)
            value = torch.mean(loss(outputs, y))
            value.backward()
            losses.append(value.detach().expand(len(y)).double())
            if outputs.dim() == 2 and y.dim() == 1:
                hits.append(torch.eq(torch.topk(outputs.detach(), 1).indices.squeeze(1), y).double())
            return value

        optimizer.step(closure)
    accuracy = torch.cat(hits).mean().item() if hits else 0.0
    return torch.cat(losses).mean().item(), accuracy
