import torch

from autograder.authoring.marks import right


@right
def mean_loss_during_the_epoch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        n, d = features.shape
        w = torch.zeros(d, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            total = 0.0
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y).sum()
                w.grad = b.grad = None
                l.backward()
                sgd([w, b], lr, batch_size)
                total += l.item()
            losses.append(total / n)
        return w.detach(), b.detach(), losses


@right
def mean_of_each_batch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.randn(features.shape[1], 1).requires_grad_()
        b = torch.zeros(1).requires_grad_()
        losses = []
        for _ in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                if w.grad is not None:
                    w.grad.zero_()
                    b.grad.zero_()
                squared_loss(linreg(X, w, b), y).mean().backward()
                sgd([w, b], lr, 1)
            losses.append(squared_loss(linreg(features, w, b), labels).detach().mean())
        return w, b, losses


@right
def gradient_by_hand():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w, b = torch.zeros(features.shape[1]), torch.zeros(())
        y_all = labels.reshape(-1)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(features)).split(batch_size):
                X, error = features[rows], features[rows] @ w + b - y_all[rows]
                w -= lr * (X.T @ error) / len(rows)
                b -= lr * error.mean()
            losses.append(float(((features @ w + b - y_all) ** 2 / 2).mean()))
        return w, b, losses


@right
def autograd_grad():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0.0, 0.01, (features.size(1), 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y).sum()
                w.grad, b.grad = torch.autograd.grad(l, (w, b))
                sgd((w, b), lr, batch_size)
            with torch.no_grad():
                train_l = squared_loss(linreg(features, w, b), labels)
                losses.append(float(train_l.mean()))
        return [w, b, losses]
