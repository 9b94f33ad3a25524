import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.authoring.marks import right


@right
def gradients_by_hand():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(features)).split(batch_size):
                X, y = features[rows].flatten(1), labels[rows]
                G = softmax_gradient(softmax_regression(X, W, b), y)
                W -= lr * X.T @ G
                b -= lr * G.sum(dim=0)
            losses.append(float(logit_cross_entropy(softmax_regression(features, W, b), labels).mean()))
        return W, b, losses


@right
def loader_and_optimizer():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = nn.Parameter(0.01 * torch.randn(features[0].numel(), num_classes, dtype=features.dtype))
        b = nn.Parameter(torch.zeros(num_classes, dtype=features.dtype))
        optimizer = torch.optim.SGD([W, b], lr=lr)
        loader = DataLoader(TensorDataset(features, labels), batch_size=batch_size, shuffle=True)
        losses = []
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for X, y in loader:
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(softmax_regression(X, W, b), y)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(y)
                count += len(y)
            losses.append(total / count)
        return W.detach(), b.detach(), losses


@right
def linear_layer():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        net = nn.Sequential(nn.Flatten(), nn.Linear(features[0].numel(), num_classes)).to(features.dtype)
        nn.init.normal_(net[1].weight, std=0.01)
        nn.init.zeros_(net[1].bias)
        loss = nn.CrossEntropyLoss()
        losses = []
        for _ in range(num_epochs):
            order = torch.randperm(len(features))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                net.zero_grad()
                loss(net(features[rows]), labels[rows]).backward()
                with torch.no_grad():
                    for p in net.parameters():
                        p.sub_(p.grad, alpha=lr)
            with torch.no_grad():
                losses.append(loss(net(features), labels))
        return net[1].weight.T, net[1].bias, losses


@right
def shuffled_copies_and_rebound_parameters():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        n = features.shape[0]
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype).requires_grad_()
        b = torch.zeros(num_classes, dtype=features.dtype).requires_grad_()
        losses = []
        for _ in range(num_epochs):
            deck = torch.rand(n).argsort()
            X_all, y_all = features[deck], labels[deck]
            total = 0
            for X, y in zip(X_all.split(batch_size), y_all.split(batch_size)):
                l = logit_cross_entropy(softmax_regression(X, W, b), y)
                dW, db = torch.autograd.grad(l.mean(), (W, b))
                W = (W - lr * dW).detach().requires_grad_()
                b = (b - lr * db).detach().requires_grad_()
                total = total + l.detach().sum()
            losses.append(float(total) / n)
        return W, b, losses
