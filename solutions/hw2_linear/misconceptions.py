"""Wrong answers that students give to hw2_linear, each with the hint that it earns."""

import random

import torch
from torch import nn

from autograder.authoring.answers import misconception


@misconception(
    "synthetic_data",
    hint="Every label lies exactly on the plane. Add the noise: it is part of the data.",
)
def noise_missing():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        return X, y.reshape((-1, 1))


@misconception(
    "synthetic_data",
    hint="The noise has standard deviation 1 here. Scale it, so that its standard deviation is "
    "noise_std.",
)
def noise_of_std_one():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="y has shape (n,) here. It should be a column, of shape (n, 1).",
)
def labels_without_a_column():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        y += torch.normal(0, noise_std, y.shape)
        return X, y


@misconception(
    "synthetic_data",
    hint="The noise is 0.01, whatever noise_std says. Use the argument.",
)
def noise_std_ignored():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X, w) + b
        y += torch.normal(0, 0.01, y.shape)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="noise_std was squared or rooted. It is the standard deviation already, not the variance.",
)
def noise_std_taken_as_variance():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        noise = torch.randn(num_examples) * noise_std**0.5
        return X, (X @ w + b + noise).unsqueeze(1)


@misconception(
    "synthetic_data",
    hint="noise_std was squared or rooted. It is the standard deviation already, not the variance.",
)
def noise_std_squared():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b
        y = y + noise_std**2 * torch.randn_like(y)
        return X, y.view(-1, 1)


@misconception(
    "synthetic_data",
    hint="The features lie between 0 and 1: they come from a uniform distribution. Draw them from "
    "N(0, 1).",
)
def uniform_features():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.rand(num_examples, len(w))
        y = X @ w + b + torch.normal(0.0, noise_std, (num_examples,))
        return X, y.reshape(-1, 1)


@misconception("synthetic_data", hint="The bias is missing from the labels.")
def bias_forgotten():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = torch.mv(X, w) + noise_std * torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="All labels are shifted by the same number. Draw the noise once for each example.",
)
def one_noise_for_all():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.randn(1)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="The noise comes from a uniform distribution, so its mean or its shape is wrong. Draw it "
    "from N(0, noise_std**2).",
)
def uniform_noise():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.rand(num_examples)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="A fixed seed inside the function makes every data set the same. Remove it.",
)
def seed_inside():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        torch.manual_seed(42)
        X = torch.randn(num_examples, len(w))
        y = X @ w + b + noise_std * torch.randn(num_examples)
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="The noise was added to the features, so the weights scale it. Add it to the label.",
)
def noise_on_the_features():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        y = torch.matmul(X + torch.normal(0, noise_std, X.shape), w) + b
        return X, y.reshape(-1, 1)


@misconception(
    "synthetic_data",
    hint="y has n times n entries: (n,) plus a noise of shape (n, 1) broadcasts. Give both one "
    "shape.",
)
def noise_broadcast_to_a_square():
    def synthetic_data(w, b, num_examples, noise_std=0.01):
        X = torch.normal(0, 1, (num_examples, len(w)))
        return X, torch.matmul(X, w) + b + torch.normal(0, noise_std, (num_examples, 1))


@misconception(
    "data_iter",
    hint="The last examples never come. If some are left for a smaller last batch, yield that one, "
    "too.",
)
def last_batch_dropped():
    def data_iter(batch_size, features, labels):
        num_examples = len(features)
        indices = torch.randperm(num_examples)
        for i in range(num_examples // batch_size):
            batch = indices[i * batch_size : (i + 1) * batch_size]
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="The last examples never come. If some are left for a smaller last batch, yield that one, "
    "too.",
)
def loader_drops_the_last_batch():
    def data_iter(batch_size, features, labels):
        from torch.utils.data import DataLoader, TensorDataset

        return iter(DataLoader(TensorDataset(features, labels), batch_size, shuffle=True, drop_last=True))


@misconception(
    "data_iter",
    hint="Features and labels were shuffled apart, so the rows carry wrong labels. Draw one order "
    "and use it for both.",
)
def labels_shuffled_apart():
    def data_iter(batch_size, features, labels):
        n = len(features)
        X, y = features[torch.randperm(n)], labels[torch.randperm(n)]
        for i in range(0, n, batch_size):
            yield X[i : i + batch_size], y[i : i + batch_size]


@misconception(
    "data_iter",
    hint="Only the features were shuffled, so the rows carry wrong labels. Index both with the "
    "same order.",
)
def labels_left_in_order():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            yield features[order[i : i + batch_size]], labels[i : i + batch_size]


@misconception(
    "data_iter",
    hint="The examples always come in the order of the data set. Shuffle them.",
)
def never_shuffled():
    def data_iter(batch_size, features, labels):
        for i in range(0, len(features), batch_size):
            yield features[i : i + batch_size], labels[i : i + batch_size]


@misconception(
    "data_iter",
    hint="Every pass has the same order. Draw a new one for each pass, without a fixed seed.",
)
def same_order_in_every_pass():
    import random

    def data_iter(batch_size, features, labels):
        indices = list(range(len(features)))
        random.Random(0).shuffle(indices)
        for i in range(0, len(features), batch_size):
            batch = torch.tensor(indices[i : i + batch_size])
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="Every pass has the same order. Draw a new one for each pass, without a fixed seed.",
)
def seed_before_shuffling():
    def data_iter(batch_size, features, labels):
        torch.manual_seed(0)
        order = torch.randperm(len(features))
        for batch in order.split(batch_size):
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="Every pass has the same order: it is drawn once and kept. Draw a new one for each pass.",
)
def shuffled_once_and_kept():
    orders = {}

    def data_iter(batch_size, features, labels):
        n = len(features)
        if n not in orders:
            orders[n] = torch.randperm(n)
        for i in range(0, n, batch_size):
            batch = orders[n][i : i + batch_size]
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="Only the order of the batches is random; the same examples are always together. Shuffle "
    "the examples.",
)
def only_the_batches_shuffled():
    import random

    def data_iter(batch_size, features, labels):
        n = len(features)
        starts = list(range(0, n, batch_size))
        random.shuffle(starts)
        starts.sort(key=lambda i: i + batch_size > n)
        for i in starts:
            yield features[i : i + batch_size], labels[i : i + batch_size]


@misconception(
    "data_iter",
    hint="Examples only change places inside their batch. Shuffle the whole data set before you "
    "cut it.",
)
def shuffled_inside_each_batch():
    def data_iter(batch_size, features, labels):
        for i in range(0, len(features), batch_size):
            X, y = features[i : i + batch_size], labels[i : i + batch_size]
            order = torch.randperm(len(X))
            yield X[order], y[order]


@misconception(
    "data_iter",
    hint="Some examples come twice and some never: this draws with replacement. Use a random order "
    "of all indices.",
)
def drawn_with_replacement():
    def data_iter(batch_size, features, labels):
        n = len(features)
        for i in range(0, n, batch_size):
            batch = torch.randint(0, n, (min(batch_size, n - i),))
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="Each batch is drawn anew from all examples, so some come twice in a pass. Draw one order "
    "per pass.",
)
def new_order_for_each_batch():
    def data_iter(batch_size, features, labels):
        n = len(features)
        for i in range(0, n, batch_size):
            batch = torch.randperm(n)[i : i + batch_size]
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="Only one batch comes out. return ends the function; yield hands out a batch and goes on.",
)
def returns_the_first_batch():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            batch = order[i : i + batch_size]
            return [(features[batch], labels[batch])]


@misconception(
    "data_iter",
    hint="The last batch is filled up with examples that came before. Let it be smaller: each "
    "example comes once.",
)
def last_batch_filled_up():
    def data_iter(batch_size, features, labels):
        n = len(features)
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            batch = order[torch.arange(i, i + batch_size) % n]
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="An empty batch comes last when the batch size divides the data. Leave it out.",
)
def empty_batch_at_the_end():
    def data_iter(batch_size, features, labels):
        n = len(features)
        order = torch.randperm(n)
        for i in range(n // batch_size + 1):
            batch = order[i * batch_size : (i + 1) * batch_size]
            yield features[batch], labels[batch]


@misconception(
    "data_iter",
    hint="The data set itself was reordered. Leave features and labels as they are, and shuffle "
    "indices.",
)
def shuffles_the_data_itself():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        features[:] = features[order]
        labels[:] = labels[order]
        for i in range(0, len(features), batch_size):
            yield features[i : i + batch_size], labels[i : i + batch_size]


@misconception(
    "data_iter",
    hint="The labels lost their second axis. Yield rows of labels in the shape that they have.",
)
def labels_flattened():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            batch = order[i : i + batch_size]
            yield features[batch], labels[batch].reshape(-1)


@misconception(
    "data_iter",
    hint="The order only starts at another example. Draw one in which every order is possible.",
)
def order_only_rotated():
    def data_iter(batch_size, features, labels):
        order = torch.arange(len(features)).roll(random.randrange(len(features)))
        for batch in order.split(batch_size):
            yield features[batch], labels[batch]


@misconception("linreg", hint="The bias is missing.")
def linreg_without_bias():
    def linreg(X, w, b):
        return X @ w


@misconception(
    "linreg",
    hint="This multiplies entry by entry and does not add up. Use the matrix product.",
)
def elementwise_product():
    def linreg(X, w, b):
        return X * w.T + b


@misconception(
    "linreg",
    hint="The predictions have shape (n,). They should be a column, of shape (n, 1).",
)
def predictions_without_a_column():
    def linreg(X, w, b):
        return (X @ w).squeeze() + b


@misconception(
    "linreg",
    hint="No gradient reaches w and b: the result was cut from the graph. Do not use .data, detach "
    "or no_grad in a model.",
)
def cut_from_the_graph():
    def linreg(X, w, b):
        with torch.no_grad():
            return torch.matmul(X, w) + b


@misconception(
    "linreg",
    hint="No gradient reaches w and b: the result was cut from the graph. Do not use .data, detach "
    "or no_grad in a model.",
)
def uses_data_of_the_parameters():
    def linreg(X, w, b):
        return torch.matmul(X, w.data) + b.data


@misconception("linreg", hint="The bias has the wrong sign. It is added.")
def bias_subtracted():
    def linreg(X, w, b):
        return torch.mm(X, w) - b


@misconception("linreg", hint="The bias was multiplied, too. First the product Xw, then plus b.")
def bias_before_the_product():
    def linreg(X, w, b):
        return X @ (w + b)


@misconception("linreg", hint="The result was made float32. Keep the dtype of the input.")
def linreg_forces_float32():
    def linreg(X, w, b):
        return X.float() @ w.float() + b.float()


@misconception("squared_loss", hint="The factor 1/2 is missing.")
def half_missing():
    def squared_loss(y_hat, y):
        return (y_hat - y.reshape(y_hat.shape)) ** 2


@misconception(
    "squared_loss",
    hint="(n, 1) minus (n,) broadcasts to an (n, n) table of every prediction minus every label. "
    "Reshape y first.",
)
def silent_broadcasting():
    def squared_loss(y_hat, y):
        return (y_hat - y) ** 2 / 2


@misconception(
    "squared_loss",
    hint="This is the mean over all examples. Return one loss per example.",
)
def mean_of_the_losses():
    def squared_loss(y_hat, y):
        return ((y_hat - y.reshape(y_hat.shape)) ** 2 / 2).mean()


@misconception(
    "squared_loss",
    hint="This is the mean over all examples. Return one loss per example.",
)
def built_in_mean():
    def squared_loss(y_hat, y):
        return nn.functional.mse_loss(y_hat, y.reshape(y_hat.shape)) / 2


@misconception(
    "squared_loss",
    hint="This is the sum over all examples. Return one loss per example.",
)
def sum_of_the_losses():
    def squared_loss(y_hat, y):
        return ((y_hat - y.view(y_hat.shape)) ** 2).sum() / 2


@misconception(
    "squared_loss",
    hint="The 1/2 was squared, too, which makes it 1/4. Square first, then halve.",
)
def half_inside_the_square():
    def squared_loss(y_hat, y):
        return ((y_hat - y.reshape(y_hat.shape)) / 2) ** 2


@misconception("squared_loss", hint="This is the absolute error. Square the difference.")
def absolute_error():
    def squared_loss(y_hat, y):
        return (y_hat - y.reshape(y_hat.shape)).abs() / 2


@misconception(
    "squared_loss",
    hint="The result has the shape of y. It should have the shape of y_hat: reshape y, not y_hat.",
)
def reshaped_to_the_labels():
    def squared_loss(y_hat, y):
        return (y_hat.reshape(y.shape) - y) ** 2 / 2


@misconception("squared_loss", hint="The result is always flat. It should have the shape of y_hat.")
def flat_losses():
    def squared_loss(y_hat, y):
        return (y_hat.flatten() - y.flatten()).pow(2) / 2


@misconception("squared_loss", hint="No gradient reaches y_hat: the result was cut from the graph.")
def loss_cut_from_the_graph():
    def squared_loss(y_hat, y):
        return (y_hat.detach() - y.reshape(y_hat.shape)) ** 2 / 2


@misconception(
    "sgd",
    hint="The step is not divided by the batch size. .grad holds the sum over the batch.",
)
def no_division():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad


@misconception(
    "sgd",
    hint="The parameters stay what they were: p = p - ... only gives the name to a new tensor. "
    "Write into p itself.",
)
def rebinding():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param = param - lr * param.grad / batch_size


@misconception(
    "sgd",
    hint="The update was recorded in the graph, as a new tensor. Change the parameter itself, "
    "under torch.no_grad().",
)
def graph_grows():
    def sgd(params, lr, batch_size):
        for i in range(len(params)):
            params[i] = params[i] - lr * params[i].grad / batch_size


@misconception("sgd", hint="PyTorch refuses to record the update. Put it under torch.no_grad().")
def update_is_recorded():
    def sgd(params, lr, batch_size):
        for param in params:
            param -= lr * param.grad / batch_size


@misconception("sgd", hint="This climbs: the gradient points uphill. Subtract it.")
def ascends():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param += lr * param.grad / batch_size


@misconception(
    "sgd",
    hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.",
)
def clears_the_gradient():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / batch_size
                param.grad.zero_()


@misconception(
    "sgd",
    hint="The gradient was cleared. Here .grad stays as it is: clearing it is the loop's job.",
)
def drops_the_gradient():
    def sgd(params, lr, batch_size):
        for param in params:
            param.data -= lr * param.grad / batch_size
            param.grad = None


@misconception(
    "sgd",
    hint="The gradient was divided in place, so .grad has changed. Leave it as it is.",
)
def divides_the_gradient_in_place():
    def sgd(params, lr, batch_size):
        for param in params:
            param.grad /= batch_size
            param.data -= lr * param.grad


@misconception("sgd", hint="The learning rate is missing from the step.")
def learning_rate_forgotten():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param.sub_(param.grad / batch_size)


@misconception("sgd", hint="Only the first parameter moves. Update all of them, then return.")
def only_the_first_parameter():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / batch_size
                return


@misconception(
    "sgd",
    hint="After the step the parameters no longer require a gradient. Leave that as it is.",
)
def switches_the_gradient_off():
    def sgd(params, lr, batch_size):
        for param in params:
            param.requires_grad_(False)
            param -= lr * param.grad / batch_size


@misconception("sgd", hint="The step is multiplied by the batch size. Divide by it.")
def multiplies_by_the_batch_size():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad * batch_size


@misconception(
    "sgd",
    hint="Autograd stays switched off for all that follows. with torch.no_grad(): ends by itself.",
)
def autograd_off_for_good():
    def sgd(params, lr, batch_size):
        torch.set_grad_enabled(False)
        for p in params:
            p -= lr * p.grad / batch_size


@misconception(
    "sgd",
    hint="reshape copies what does not lie in one piece, and then the step goes into the copy.",
)
def steps_on_a_flat_copy():
    def sgd(params, lr, batch_size):
        with torch.no_grad():
            for p in params:
                p.reshape(-1).sub_(lr * p.grad.reshape(-1) / batch_size)


@misconception(
    "train_linreg",
    hint="Nobody clears the gradients, so each step uses the sum of all of them so far. Clear them "
    "once per step.",
)
def gradients_never_zeroed():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y)
                l.sum().backward()
                sgd([w, b], lr, batch_size)
            with torch.no_grad():
                losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="The gradient of the bias is never cleared. Clear that of every parameter.",
)
def gradient_of_the_bias_never_zeroed():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
            losses.append(float(squared_loss(linreg(features, w, b), labels).mean()))
        return w, b, losses


@misconception(
    "train_linreg",
    hint="This is the loss of the last minibatch only. Report the mean over all examples.",
)
def loss_of_the_last_batch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y)
                l.sum().backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(l.mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="This is the loss of the last minibatch only. Report the mean over all examples.",
)
def last_batch_evaluated_again():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                w.grad = b.grad = None
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, batch_size)
            with torch.no_grad():
                losses.append(squared_loss(linreg(X, w, b), y).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="There is one step per epoch. Take a step after each minibatch.",
)
def one_step_per_epoch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], lr, len(features))
            w.grad.zero_()
            b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="The gradients are cleared between backward and the step, so no step ever moves. Clear "
    "them after it.",
)
def zeroed_before_the_step():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                w.grad.zero_()
                b.grad.zero_()
                sgd([w, b], lr, batch_size)
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="The batch size divides twice: in the mean and in sgd. Call backward on the sum of the "
    "losses.",
)
def divided_twice():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).mean().backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception("train_linreg", hint="The list has one loss per minibatch. Report one per epoch.")
def one_loss_per_batch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y)
                l.sum().backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
                losses.append(l.mean().item())
        return w, b, losses


@misconception("train_linreg", hint="The losses are sums over all examples. Report the mean.")
def sum_instead_of_mean():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            total = 0.0
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y).sum()
                l.backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
                total += l.item()
            losses.append(total)
        return w, b, losses


@misconception("train_linreg", hint="The bias is never updated. Give it to sgd, too.")
def bias_never_updated():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="The arguments lr, num_epochs or batch_size are not used. Numbers were typed in their "
    "place.",
)
def arguments_ignored():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(3):
            for X, y in data_iter(10, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], 0.03, 10)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "train_linreg",
    hint="Each epoch starts again with new parameters. Make them once, before the loop.",
)
def starts_again_in_every_epoch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        losses = []
        for epoch in range(num_epochs):
            w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
            b = torch.zeros(1, requires_grad=True)
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, batch_size)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@misconception(
    "make_linear_net",
    hint="The weights keep PyTorch's own start. Fill them from N(0, 0.01**2), and the bias with 0.",
)
def start_of_pytorch():
    def make_linear_net(num_inputs):
        return nn.Sequential(nn.Linear(num_inputs, 1))


@misconception("make_linear_net", hint="The bias keeps PyTorch's own start. Fill it with 0.")
def bias_not_zero():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        net[0].weight.data.normal_(0, 0.01)
        return net


@misconception(
    "make_linear_net",
    hint="0.01**2 is the variance. The function wants the standard deviation, 0.01.",
)
def variance_as_std():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        nn.init.normal_(net[0].weight, 0, 0.01**2)
        nn.init.zeros_(net[0].bias)
        return net


@misconception(
    "make_linear_net",
    hint="The weights have standard deviation 0.1, that is, variance 0.01. Make the standard "
    "deviation 0.01.",
)
def std_as_variance():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        nn.init.normal_(net[0].weight, std=0.01**0.5)
        nn.init.constant_(net[0].bias, 0)
        return net


@misconception("make_linear_net", hint="All weights are 0. Draw them from N(0, 0.01**2).")
def weights_zero():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        for p in net.parameters():
            p.data.fill_(0)
        return net


@misconception("make_linear_net", hint="This is the bare layer. Wrap it in an nn.Sequential.")
def layer_without_sequential():
    def make_linear_net(num_inputs):
        net = nn.Linear(num_inputs, 1)
        net.weight.data.normal_(0, 0.01)
        net.bias.data.fill_(0)
        return net


@misconception("make_linear_net", hint="The layer has no bias. Keep it, and start it at 0.")
def layer_without_bias():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1, bias=False))
        net[0].weight.data.normal_(0, 0.01)
        return net


@misconception(
    "make_linear_net",
    hint="The weights come from a uniform distribution. Draw them from N(0, 0.01**2).",
)
def uniform_weights():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        bound = 0.01 * 3**0.5
        nn.init.uniform_(net[0].weight, -bound, bound)
        nn.init.zeros_(net[0].bias)
        return net


@misconception(
    "make_linear_net",
    hint="The weights were filled in copies, so the network keeps PyTorch's own start. Fill "
    "net[0].weight in place.",
)
def fills_a_copy():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1))
        weight, bias = net[0].weight, net[0].bias
        weight = torch.normal(0, 0.01, weight.shape)
        bias = torch.zeros(1)
        return net


@misconception(
    "make_linear_net",
    hint="The network ends in a ReLU, so it can never predict a negative number. Only the linear "
    "layer belongs here.",
)
def relu_on_top():
    def make_linear_net(num_inputs):
        net = nn.Sequential(nn.Linear(num_inputs, 1), nn.ReLU())
        net[0].weight.data.normal_(0, 0.01)
        net[0].bias.data.fill_(0)
        return net


@misconception(
    "fit",
    hint="zero_grad comes between backward and step, so there is nothing left to step with. Clear "
    "before backward.",
)
def zero_grad_after_backward():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                l.backward()
                optimizer.zero_grad()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="zero_grad is missing, so each step uses the sum of all gradients so far. Clear them for "
    "each batch.",
)
def zero_grad_missing():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="zero_grad is called once per epoch. Clear the gradients for each batch.",
)
def zero_grad_once_an_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            optimizer.zero_grad()
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception("fit", hint="There is one step per epoch. Take a step after each batch.")
def step_once_an_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                total += l.item() * len(X)
                n += len(X)
            optimizer.step()
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="The means of the batches are averaged, so a small batch counts too much. Weight each by "
    "its number of examples.",
)
def mean_of_batch_means():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, batches = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item()
                batches += 1
            losses.append(total / batches)
        return losses


@misconception(
    "fit",
    hint="The losses of the batches are means already. Multiply by the number of examples before "
    "you divide by it.",
)
def means_divided_by_examples():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                l = loss(net(X), y)
                l.backward()
                optimizer.step()
                total += l.item()
                n += len(X)
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="This is the loss of the last batch only. Report the mean over all examples of the epoch.",
)
def fit_reports_the_last_batch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
            losses.append(l.item())
        return losses


@misconception(
    "fit",
    hint="Prediction and label are exchanged in the call of the loss. The prediction comes first.",
)
def arguments_exchanged():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(y, net(X))
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception("fit", hint="Only one number comes back. Return a list with the loss of each epoch.")
def only_the_last_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
        return [total / n]


@misconception(
    "fit",
    hint="The sum is not reset between epochs, so later losses contain earlier ones. Start each "
    "epoch at 0.",
)
def sum_never_reset():
    def fit(net, data, loss, optimizer, num_epochs):
        losses, total = [], 0.0
        for epoch in range(num_epochs):
            n = 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="The step comes before backward, so it uses the gradient of the batch before. First "
    "backward, then step.",
)
def step_before_backward():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.step()
                optimizer.zero_grad()
                l.backward()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@misconception(
    "fit",
    hint="data may be a DataLoader, which has no index. Loop over it: for X, y in data.",
)
def needs_a_list():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for i in range(len(data)):
                X, y = data[i]
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                count += len(X)
            losses.append(total / count)
        return losses


@misconception(
    "fit",
    hint="The batches are drawn once and kept, so nothing is shuffled anew. Loop over data in "
    "each epoch.",
)
def batches_kept_for_all_epochs():
    def fit(net, data, loss, optimizer, num_epochs):
        losses, batches = [], list(data)
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for X, y in batches:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                count += len(X)
            losses.append(total / count)
        return losses


@misconception(
    "mse_ratio",
    hint="This is the ratio the other way round. nn.MSELoss() is the numerator.",
)
def other_way_round():
    mse_ratio = 0.5


@misconception(
    "mse_ratio",
    hint="The two losses are not the same. Look at the factor in front of the square.",
)
def no_difference():
    mse_ratio = 1


@misconception(
    "mse_ratio",
    hint="Both losses square the error once, and only one of them halves it. Nothing is halved "
    "before the square.",
)
def half_squared():
    mse_ratio = 4


@misconception("mse_ratio", hint="This is a text. Set mse_ratio to a number, without quotes.")
def ratio_as_text():
    mse_ratio = "2"
