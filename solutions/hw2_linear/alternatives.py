"""Other right answers to hw2_linear, which must earn full marks."""

import numpy as np
import torch
from torch import nn

from autograder.authoring.answers import alternative


@alternative("synthetic_data")
def scaled_randn():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w.reshape(-1, 1) + b
        return X, y + noise_std * torch.randn_like(y)


@alternative("synthetic_data")
def distributions():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        normal = torch.distributions.Normal(0.0, 1.0)
        X = normal.sample((num_examples, w.numel()))
        noise = torch.distributions.Normal(0.0, noise_std).sample((num_examples,))
        y = (X * w).sum(dim=1) + b + noise
        return X, y[:, None]


@alternative("synthetic_data")
def numpy_draws():
    import numpy as np

    def synthetic_data(w, b, num_examples, noise_std=0.01):
        generator = np.random.default_rng()
        X = generator.standard_normal((num_examples, len(w)))
        y = X @ w.numpy() + b + generator.normal(scale=noise_std, size=num_examples)
        return torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.float32).view(-1, 1)


@alternative("synthetic_data")
def one_label_at_a_time():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.empty(num_examples, len(w)).normal_()
        y = torch.empty(num_examples, 1)
        for i in range(num_examples):
            y[i] = torch.dot(X[i], w) + b
        return X, y.add_(torch.empty_like(y).normal_(0, noise_std))


@alternative("data_iter")
def list_of_indices():
    import random

    def data_iter(batch_size, features, labels):
        num_examples = len(features)
        indices = list(range(num_examples))
        random.shuffle(indices)
        for i in range(0, num_examples, batch_size):
            batch_indices = torch.tensor(indices[i : min(i + batch_size, num_examples)])
            yield features[batch_indices], labels[batch_indices]


@alternative("data_iter")
def data_loader():
    from torch.utils.data import DataLoader, TensorDataset

    def data_iter(batch_size, features, labels):
        return DataLoader(TensorDataset(features, labels), batch_size, shuffle=True)


@alternative("data_iter")
def split_copies():
    def data_iter(batch_size, features, labels):
        order = torch.rand(len(labels)).argsort()
        X, y = features[order], labels[order]
        return zip(X.split(batch_size), y.split(batch_size))


@alternative("data_iter")
def while_loop():
    def data_iter(batch_size, features, labels):
        left = torch.randperm(features.shape[0])
        while left.numel() > 0:
            batch, left = left[:batch_size], left[batch_size:]
            yield [features.index_select(0, batch), labels.index_select(0, batch)]


@alternative("data_iter")
def iterator_object():
    class _Batches:
        def __init__(self, batch_size, features, labels):
            self.pieces = iter(torch.randperm(len(features)).split(batch_size))
            self.features, self.labels = features, labels

        def __iter__(self):
            return self

        def __next__(self):
            piece = next(self.pieces)
            return [self.features[piece], self.labels[piece]]

    def data_iter(batch_size, features, labels):
        return _Batches(batch_size, features, labels)


@alternative("data_iter")
def random_keys():
    def data_iter(batch_size, features, labels):
        order = np.argsort(np.random.rand(len(features)))
        pieces = (order[i : i + batch_size] for i in range(0, len(order), batch_size))
        return ((features[piece], labels[piece]) for piece in pieces)


@alternative("linreg")
def operator():
    def linreg(X, w, b):
        return X @ w + b


@alternative("linreg")
def functional():
    def linreg(X, w, b):
        return nn.functional.linear(X, w.T, b)


@alternative("linreg")
def sum_of_products():
    def linreg(X, w, b):
        return (X * w.reshape(1, -1)).sum(dim=1, keepdim=True).add(b)


@alternative("linreg")
def addmm():
    def linreg(X, w, b):
        return torch.addmm(b, X, w)


@alternative("linreg")
def partial_of_a_helper():
    from functools import partial

    def _affine(X, w, b, product):
        y_hat = product(X, w)
        y_hat += b
        return y_hat

    linreg = partial(_affine, product=torch.mm)


@alternative("linreg")
def autograd_function():
    class _Affine(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, w, b):
            ctx.save_for_backward(X, w)
            return X @ w + b

        @staticmethod
        def backward(ctx, upstream):
            X, w = ctx.saved_tensors
            return upstream @ w.T, X.T @ upstream, upstream.sum(dim=0)

    linreg = _Affine.apply


@alternative("squared_loss")
def half_times_square():
    def squared_loss(y_hat, y):
        error = y_hat - y.view_as(y_hat)
        return 0.5 * error * error


@alternative("squared_loss")
def built_in_without_reduction():
    def squared_loss(y_hat, y):
        return nn.functional.mse_loss(y_hat, y.reshape(y_hat.shape), reduction="none") / 2


@alternative("squared_loss")
def reshaped_back():
    def squared_loss(y_hat, y):
        error = y_hat.reshape(-1) - y.reshape(-1)
        return (error.square() / 2).reshape(y_hat.shape)


@alternative("sgd")
def through_data():
    def sgd(params, lr, batch_size):
        for param in params:
            param.data -= lr * param.grad / batch_size


@alternative("sgd")
def sub_with_alpha():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.sub_(p.grad, alpha=lr / batch_size)


@alternative("sgd")
def optimizer_of_torch():
    def sgd(params, lr, batch_size):
        torch.optim.SGD(params, lr=lr / batch_size).step()


@alternative("sgd")
def copies_new_values():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.copy_(p - lr * (p.grad / batch_size))


@alternative("sgd")
def new_data():
    def sgd(params, lr, batch_size):
        for i in range(len(params)):
            params[i].data = params[i].data - lr * params[i].grad / batch_size


@alternative("sgd")
def through_numpy():
    def sgd(params, lr, batch_size):
        for p in params:
            values = p.detach().numpy()
            values -= lr / batch_size * p.grad.numpy()


@alternative("sgd")
def gradient_off_and_on_again():
    def sgd(params, lr, batch_size):
        for p in params:
            p.requires_grad_(False)
            p -= lr * p.grad / batch_size
            p.requires_grad_(True)


@alternative("sgd")
def in_inference_mode():
    def sgd(params, lr, batch_size):
        with torch.inference_mode():
            for p in params:
                p[...] = p - lr * p.grad / batch_size
        return params


@alternative("train_linreg")
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


@alternative("train_linreg")
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


@alternative("train_linreg")
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


@alternative("train_linreg")
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


@alternative("make_linear_net")
def fills_data():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        net[0].weight.data.normal_(0, 0.01)
        net[0].bias.data.fill_(0)
        return net


@alternative("make_linear_net")
def new_parameters():
    def make_linear_net(num_inputs):
        layer = nn.Linear(num_inputs, 1)
        layer.weight = nn.Parameter(torch.randn(1, num_inputs) * 0.01)
        layer.bias = nn.Parameter(torch.zeros(1))
        return nn.Sequential(layer)


@alternative("make_linear_net")
def with_apply():
    def make_linear_net(num_inputs):
        def init(m):
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.01)
                nn.init.constant_(m.bias, 0)

        return nn.Sequential(nn.Linear(num_inputs, 1)).apply(init)


@alternative("make_linear_net")
def size_found_by_the_first_batch():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.LazyLinear(1))
        net(torch.zeros(1, num_inputs))
        net[0].weight.data.normal_(std=0.01)
        net[0].bias.data.zero_()
        return net


@alternative("make_linear_net")
def loaded_state():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        weight = 0.01 * torch.randn(1, num_inputs)
        net.load_state_dict({"0.weight": weight, "0.bias": torch.zeros(1)})
        return net


@alternative("fit")
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


@alternative("fit")
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


@alternative("fit")
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


@alternative("fit")
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


@alternative("fit")
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


@alternative("mse_ratio")
def as_a_float():
    mse_ratio = 2.0


@alternative("mse_ratio")
def as_an_expression():
    mse_ratio = 1 / (1 / 2)


@alternative("mse_ratio")
def measured_tensor():
    _y_hat, _y = torch.randn(50, 1), torch.randn(50, 1)
    mse_ratio = nn.MSELoss()(_y_hat, _y) / ((_y_hat - _y) ** 2 / 2).mean()


@alternative("mse_ratio")
def numpy_number():
    mse_ratio = np.float32(2)
