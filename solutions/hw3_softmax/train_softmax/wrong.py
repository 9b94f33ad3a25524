import torch
from torch.utils.data import DataLoader, TensorDataset

from autograder.authoring.marks import wrong


@wrong(hint="Nobody clears the gradients, so each step uses the sum of all of them so far. Clear them once per step.")
def gradients_never_zeroed():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            total = 0.0
            for X, y in DataLoader(TensorDataset(features, labels), batch_size, shuffle=True):
                l = logit_cross_entropy(softmax_regression(X, W, b), y)
                l.mean().backward()
                with torch.no_grad():
                    W -= lr * W.grad
                    b -= lr * b.grad
                total += l.sum().item()
            losses.append(total / len(features))
        return W, b, losses


@wrong(hint="The examples come in the same order in every epoch. Shuffle them anew before you deal them into batches.")
def never_shuffled():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for X, y in zip(features.split(batch_size), labels.split(batch_size)):
                G = softmax_gradient(softmax_regression(X, W, b), y)
                W -= lr * X.flatten(1).T @ G
                b -= lr * G.sum(0)
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(hint="The examples were shuffled once, before training. Shuffle them anew in every epoch.")
def shuffled_once():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        order = torch.randperm(len(features))
        features, labels = features[order], labels[order]
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for X, y in zip(features.split(batch_size), labels.split(batch_size)):
                G = softmax_gradient(softmax_regression(X, W, b), y)
                W -= lr * X.flatten(1).T @ G
                b -= lr * G.sum(0)
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(
    hint="The batches are made once, and only their order changes. Shuffle the examples themselves, then deal them into "
    "batches."
)
def only_the_batches_are_shuffled():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        batches = list(zip(features.split(batch_size), labels.split(batch_size)))
        W = torch.normal(0, 0.01, (features[0].numel(), num_classes), dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            total = 0.0
            for i in torch.randperm(len(batches)).tolist():
                X, y = batches[i]
                W.grad = b.grad = None
                l = logit_cross_entropy(softmax_regression(X, W, b), y)
                l.mean().backward()
                with torch.no_grad():
                    W -= lr * W.grad
                    b -= lr * b.grad
                total += l.sum().item()
            losses.append(total / len(features))
        return W, b, losses


@wrong(hint="This is the loss of the last minibatch only. Report the mean over all examples.")
def loss_of_the_last_batch():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(features)).split(batch_size):
                l = logit_cross_entropy(softmax_regression(features[rows], W, b), labels[rows]).mean()
                dW, db = torch.autograd.grad(l, (W, b))
                with torch.no_grad():
                    W -= lr * dW
                    b -= lr * db
            losses.append(l.item())
        return W, b, losses


@wrong(hint="Every batch counts as much as any other in the loss. The last one holds fewer examples: weigh by size.")
def mean_of_the_batch_means():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            means = []
            for rows in torch.randperm(len(features)).split(batch_size):
                l = logit_cross_entropy(softmax_regression(features[rows], W, b), labels[rows]).mean()
                dW, db = torch.autograd.grad(l, (W, b))
                with torch.no_grad():
                    W -= lr * dW
                    b -= lr * db
                means.append(l.item())
            losses.append(sum(means) / len(means))
        return W, b, losses


@wrong(hint="Each step uses the sum of the gradients of a batch. Use their mean, or a large batch takes a long step.")
def sum_over_the_batch():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            total = 0.0
            for X, y in DataLoader(TensorDataset(features, labels), batch_size, shuffle=True):
                l = logit_cross_entropy(softmax_regression(X, W, b), y).sum()
                l.backward()
                for p in (W, b):
                    p.data -= lr * p.grad
                    p.grad.zero_()
                total += l.item()
            losses.append(total / len(features))
        return W, b, losses


@wrong(hint="The last batch is smaller, but its gradient is divided by batch_size. Divide by the examples in it.")
def divided_by_batch_size():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype, requires_grad=True)
        b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
        losses = []
        for _ in range(num_epochs):
            total = 0.0
            for X, y in DataLoader(TensorDataset(features, labels), batch_size, shuffle=True):
                l = logit_cross_entropy(softmax_regression(X, W, b), y).sum()
                l.backward()
                with torch.no_grad():
                    for p in (W, b):
                        p -= lr * p.grad / batch_size
                        p.grad = None
                total += l.item()
            losses.append(total / len(features))
        return W, b, losses


@wrong(hint="The last, smaller batch is left out. Every example takes part in every epoch.")
def last_batch_dropped():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for X, y in DataLoader(TensorDataset(features, labels), batch_size, shuffle=True, drop_last=True):
                G = softmax_gradient(softmax_regression(X, W, b), y)
                W -= lr * X.flatten(1).T @ G
                b -= lr * G.sum(0)
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(hint="The batches are drawn with replacement. Each example takes part once an epoch: shuffle, then deal.")
def drawn_with_replacement():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        n = len(features)
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for start in range(0, n, batch_size):
                rows = torch.randint(0, n, (min(batch_size, n - start),))
                G = softmax_gradient(softmax_regression(features[rows], W, b), labels[rows])
                W -= lr * features[rows].flatten(1).T @ G
                b -= lr * G.sum(0)
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(hint="There is one step per epoch. Take a step after each minibatch.")
def one_step_per_epoch():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            logits = softmax_regression(features, W, b)
            losses.append(logit_cross_entropy(logits, labels).mean().item())
            G = softmax_gradient(logits, labels)
            W -= lr * features.flatten(1).T @ G
            b -= lr * G.sum(0)
        return W, b, losses


@wrong(hint="The bias is never updated. It takes a step, too.")
def bias_never_updated():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
        b = torch.zeros(num_classes, dtype=features.dtype)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(features)).split(batch_size):
                G = softmax_gradient(softmax_regression(features[rows], W, b), labels[rows])
                W -= lr * features[rows].flatten(1).T @ G
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(hint="Each epoch starts again with new parameters. Make them once, before the loop.")
def starts_again_in_every_epoch():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        losses = []
        for _ in range(num_epochs):
            W = torch.zeros(features[0].numel(), num_classes, dtype=features.dtype)
            b = torch.zeros(num_classes, dtype=features.dtype)
            for rows in torch.randperm(len(features)).split(batch_size):
                G = softmax_gradient(softmax_regression(features[rows], W, b), labels[rows])
                W -= lr * features[rows].flatten(1).T @ G
                b -= lr * G.sum(0)
            losses.append(logit_cross_entropy(softmax_regression(features, W, b), labels).mean().item())
        return W, b, losses


@wrong(hint="The steps go uphill: the loss grows. Subtract the gradient.")
def climbs():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        X = features.flatten(1)
        W, b = X.new_zeros(X.shape[1], num_classes), X.new_zeros(num_classes)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(X)).split(batch_size):
                gradient = softmax_gradient(X[rows] @ W + b, labels[rows])
                W += lr * X[rows].T @ gradient
                b += lr * gradient.sum(0)
            losses.append(logit_cross_entropy(X @ W + b, labels).mean().item())
        return W, b, losses


@wrong(hint="This is the loss of the last minibatch only. Report the mean over all examples.")
def last_batch_measured_again():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        X = features.flatten(1)
        W, b = X.new_zeros(X.shape[1], num_classes), X.new_zeros(num_classes)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(X)).split(batch_size):
                gradient = softmax_gradient(X[rows] @ W + b, labels[rows])
                W -= lr * X[rows].T @ gradient
                b -= lr * gradient.sum(0)
            losses.append(logit_cross_entropy(X[rows] @ W + b, labels[rows]).mean().item())
        return W, b, losses


@wrong(hint="The losses are sums over all examples. Report the mean.")
def sum_over_the_examples():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        X = features.flatten(1)
        W, b = X.new_zeros(X.shape[1], num_classes), X.new_zeros(num_classes)
        losses = []
        for _ in range(num_epochs):
            for rows in torch.randperm(len(X)).split(batch_size):
                gradient = softmax_gradient(X[rows] @ W + b, labels[rows])
                W -= lr * X[rows].T @ gradient
                b -= lr * gradient.sum(0)
            losses.append(logit_cross_entropy(X @ W + b, labels).sum().item())
        return W, b, losses


@wrong(hint="The losses are sums over all examples. Report the mean.")
def sum_on_the_way():
    def train_softmax(features, labels, num_classes, lr=0.1, num_epochs=5, batch_size=64):
        X = features.flatten(1)
        W, b = X.new_zeros(X.shape[1], num_classes), X.new_zeros(num_classes)
        losses = []
        for _ in range(num_epochs):
            losses.append(0.0)
            for rows in torch.randperm(len(X)).split(batch_size):
                losses[-1] += logit_cross_entropy(X[rows] @ W + b, labels[rows]).sum().item()
                gradient = softmax_gradient(X[rows] @ W + b, labels[rows])
                W -= lr * X[rows].T @ gradient
                b -= lr * gradient.sum(0)
        return W, b, losses
