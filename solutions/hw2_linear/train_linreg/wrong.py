import torch

from autograder.authoring.marks import wrong


@wrong(hint="Nobody clears the gradients, so each step uses the sum of all of them so far. Clear them once per step.")
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


@wrong(hint="The gradient of the bias is never cleared. Clear that of every parameter.")
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


@wrong(hint="This is the loss of the last minibatch only. Report the mean over all examples.")
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


@wrong(hint="This is the loss of the last minibatch only. Report the mean over all examples.")
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


@wrong(hint="There is one step per epoch. Take a step after each minibatch.")
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


@wrong(hint="The gradients are cleared between backward and the step, so no step ever moves. Clear them after it.")
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


@wrong(hint="The batch size divides twice: in the mean and in sgd. Call backward on the sum of the losses.")
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


@wrong(hint="The list has one loss per minibatch. Report one per epoch.")
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


@wrong(hint="The losses are sums over all examples. Report the mean.")
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


@wrong(hint="The bias is never updated. Give it to sgd, too.")
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


@wrong(hint="The arguments lr, num_epochs or batch_size are not used. Numbers were typed in their place.")
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


@wrong(hint="Each epoch starts again with new parameters. Make them once, before the loop.")
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


@wrong(hint="The batches have 10 examples, whatever batch_size says. Use the argument.")
def batch_size_ignored():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(10, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, 10)
                w.grad = b.grad = None
            with torch.no_grad():
                losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@wrong(hint="The batches have 10 examples, whatever batch_size says. Use the argument.")
def batches_of_ten():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(10, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, 10)
                w.grad.zero_()
                b.grad.zero_()
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@wrong(hint="Nobody clears the gradients, so each step uses the sum of all of them so far. Clear them once per step.")
def gradients_never_zeroed_from_zeros():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, batch_size)
            with torch.no_grad():
                losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses


@wrong(hint="The batch size divides twice: in the mean and in sgd. Call backward on the sum of the losses.")
def divided_twice_from_zeros():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            total = 0.0
            for X, y in data_iter(batch_size, features, labels):
                l = squared_loss(linreg(X, w, b), y).mean()
                w.grad = b.grad = None
                l.backward()
                sgd([w, b], lr, batch_size)
                total += l.item() * len(y)
            losses.append(total / len(features))
        return w, b, losses


@wrong(hint="There is one step per epoch. Take a step after each minibatch.")
def whole_data_set_in_one_step():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.zeros((features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            l = squared_loss(linreg(features, w, b), labels)
            w.grad = b.grad = None
            l.sum().backward()
            sgd([w, b], lr, len(features))
            losses.append(l.mean().item())
        return w, b, losses


@wrong(hint="The gradients are cleared only once in an epoch. Clear them for each minibatch.")
def zeroed_once_an_epoch():
    def train_linreg(features, labels, lr=0.03, num_epochs=3, batch_size=10):
        w = torch.normal(0, 0.01, size=(features.shape[1], 1), requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        losses = []
        for epoch in range(num_epochs):
            w.grad = b.grad = None
            for X, y in data_iter(batch_size, features, labels):
                squared_loss(linreg(X, w, b), y).sum().backward()
                sgd([w, b], lr, batch_size)
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
        return w, b, losses
