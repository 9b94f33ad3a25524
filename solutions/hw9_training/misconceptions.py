"""Wrong answers that students give, each with the hint it earns."""

import copy

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.authoring.answers import misconception

# --- Accumulator -----------------------------------------------------------------------------------


@misconception(
    "Accumulator",
    hint="Added tensors stay tensors here, and each one keeps its whole graph alive. Turn what is added into a "
    "plain float first.",
)
def keeps_tensors():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="detach cuts the graph, but the sums are tensors still. The question asks for plain Python floats.",
)
def keeps_detached_tensors():
    class Accumulator:
        def __init__(self, n):
            self.data = torch.zeros(n)

        def add(self, *args):
            self.data = self.data + torch.tensor([float(a) for a in args])

        def reset(self):
            self.data.zero_()

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="The list stands under `class`, so all accumulators share it. Make it in __init__, as self.…",
)
def shared_list():
    class Accumulator:
        data = []

        def __init__(self, n):
            while len(self.data) < n:
                self.data.append(0.0)

        def add(self, *args):
            for i, value in enumerate(args):
                self.data[i] += float(value)

        def reset(self):
            for i in range(len(self.data)):
                self.data[i] = 0.0

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="The default list is made once and shared by all accumulators. Make a new one in __init__.",
)
def shared_default():
    class Accumulator:
        def __init__(self, n, data=[]):
            self.data = data
            self.data.extend([0.0] * (n - len(data)))

        def add(self, *args):
            for i, value in enumerate(args):
                self.data[i] += float(value)

        def reset(self):
            self.data[:] = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@misconception("Accumulator", hint="The last numbers replace the sums. Add them to what is there.")
def replaces():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [float(value) for value in args]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="reset empties the list. Afterwards there should be as many sums as before, all of them 0.",
)
def reset_empties():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + float(b) for a, b in zip(self.data, args)]

        def reset(self):
            self.data = []

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="reset fills a local variable, and the sums stay as they are. Set them on self.",
)
def reset_does_nothing():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + float(b) for a, b in zip(self.data, args)]

        def reset(self):
            data = [0.0] * len(self.data)
            return data

        def __getitem__(self, idx):
            return self.data[idx]


@misconception("Accumulator", hint="int() cuts off the fraction of a loss. The sums are floats.")
def whole_numbers():
    class Accumulator:
        def __init__(self, n):
            self.data = [0] * n

        def add(self, *args):
            self.data = [a + int(b) for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@misconception("Accumulator", hint="item() belongs to tensors. Plain numbers are added, too.")
def tensors_only():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b.item() for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@misconception(
    "Accumulator",
    hint="The sums become floats only when they are read. Until then they hold the graphs of all "
    "batches: make each number plain as it is added.",
)
def graphs_kept_until_they_are_read():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, i):
            return float(self.data[i])


# --- train_epoch -----------------------------------------------------------------------------------


@misconception(
    "train_epoch",
    hint="The gradients of earlier batches are still there and are added to the new ones. "
    "Zero them before each backward.",
)
def no_zero_grad():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            l = loss(y_hat, y).mean()
            l.backward()
            optimizer.step()
            total += l.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The gradients are zeroed once per epoch only, so those of earlier batches pile up. Zero them per batch.",
)
def zero_grad_once():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        optimizer.zero_grad()
        acc = Accumulator(3)
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            batch_loss.backward()
            optimizer.step()
            acc.add(float(batch_loss) * len(y), (y_hat.argmax(dim=1) == y).sum(), len(y))
        return acc[0] / acc[2], acc[1] / acc[2]


@misconception(
    "train_epoch",
    hint="The gradients are deleted between backward and step, so the step has nothing to go by.",
)
def zero_grad_after_backward():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            batch_loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The network trains in eval mode here. It may come from an evaluation: put it into training mode first.",
)
def mode_not_set():
    def train_epoch(net, train_iter, loss, optimizer):
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The network trains in eval mode here: dropout is off and batch normalisation learns nothing.",
)
def eval_mode():
    def train_epoch(net, train_iter, loss, optimizer):
        net.eval()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="This is the mean of the batch means, so each example of a small last batch counts more. "
    "Add up over examples and divide once.",
)
def mean_of_batch_means():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        losses, shares = [], []
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            losses.append(batch_loss.item())
            shares.append((y_hat.argmax(1) == y).float().mean().item())
        return sum(losses) / len(losses), sum(shares) / len(shares)


@misconception(
    "train_epoch",
    hint='With reduction="mean" the batch means are added up and divided by the number of examples. '
    "Turn each mean into the batch's total first.",
)
def batch_mean_counted_as_total():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        metric = [0.0, 0.0, 0]
        for X, y in train_iter:
            y_hat = net(X)
            l = loss(y_hat, y)
            optimizer.zero_grad()
            l.mean().backward()
            optimizer.step()
            metric[0] += float(l.sum())
            metric[1] += float((y_hat.argmax(1) == y).sum())
            metric[2] += y.numel()
        return metric[0] / metric[2], metric[1] / metric[2]


@misconception(
    "train_epoch",
    hint='backward starts from a single number, but with reduction="none" the loss has one entry per example. '
    "Take their mean.",
)
def one_form_of_loss_only():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y)
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The gradient of the sum is as many times too large as the batch has examples. Use the batch's mean loss.",
)
def gradient_of_the_sum():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            losses = loss(y_hat, y)
            optimizer.zero_grad()
            losses.sum().backward()
            optimizer.step()
            total += losses.mean().item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The step comes before backward, so it uses the gradients of the batch before. Backward first.",
)
def step_before_backward():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.step()
            optimizer.zero_grad()
            batch_loss.backward()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="Accuracy and loss come from a second look after the update. Measure on the outputs that were trained on.",
)
def figures_after_the_update():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            optimizer.zero_grad()
            loss(net(X), y).mean().backward()
            optimizer.step()
            with torch.no_grad():
                y_hat = net(X)
                total += loss(y_hat, y).mean().item() * len(y)
                hits += (y_hat.argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The accuracy is measured after the update. Use the outputs of the forward pass before it.",
)
def accuracy_after_the_update():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            batch_loss = loss(net(X), y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (net(X).argmax(1) == y).sum().item()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="These are the figures of the last batch. The means go over all examples of the epoch.",
)
def last_batch():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
        return batch_loss.item(), (y_hat.argmax(1) == y).float().mean().item()


@misconception(
    "train_epoch",
    hint="Sums are returned here. Divide them by the number of examples.",
)
def sums():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = 0.0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
        return total, hits


@misconception(
    "train_epoch",
    hint="The figures are tensors, and the loss still holds its graph. Return Python floats.",
)
def tensors_returned():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total, hits, n = 0, 0, 0
        for X, y in train_iter:
            y_hat = net(X)
            batch_loss = loss(y_hat, y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total = total + batch_loss * len(y)
            hits = hits + (y_hat.argmax(1) == y).sum()
            n += len(y)
        return total / n, hits / n


@misconception(
    "train_epoch",
    hint="The accuracy comes from a second pass with the updated network. Count the answers that "
    "the updates were made from.",
)
def accuracy_in_a_second_pass():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        t = n = 0
        for X, y in train_iter:
            l = loss(net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            t += l.item() * len(y)
            n += len(y)
        net.eval()
        with torch.no_grad():
            c = sum((net(X).argmax(1) == y).sum().item() for X, y in train_iter)
        net.train()
        return t / n, c / n


@misconception(
    "train_epoch",
    hint="Setting `training` by hand reaches the outermost module only. `net.train()` reaches all of them.",
)
def mode_of_the_outermost_module_only():
    def train_epoch(net, train_iter, loss, optimizer):
        net.training = True
        s = Accumulator(3)
        for X, y in train_iter:
            o = net(X)
            l = loss(o, y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            s.add(l.item() * len(y), (o.argmax(1) == y).sum(), len(y))
        return s[0] / s[2], s[1] / s[2]


@misconception(
    "train_epoch",
    hint="A new optimizer knows nothing of the given one's momentum and weight decay. Step with "
    "the one that was passed.",
)
def optimizer_of_its_own():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        optimizer = torch.optim.SGD(net.parameters(), lr=optimizer.param_groups[0]["lr"])
        s = Accumulator(3)
        for X, y in train_iter:
            o = net(X)
            l = loss(o, y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            s.add(l.item() * len(y), (o.argmax(1) == y).sum(), len(y))
        return s[0] / s[2], s[1] / s[2]


# --- evaluate_loss ---------------------------------------------------------------------------------


@misconception(
    "evaluate_loss",
    hint="The batch means are averaged, so each example of a small last batch counts more. "
    "Weight each batch by its size.",
)
def mean_over_batches():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        with torch.no_grad():
            means = [loss(net(X), y).mean().item() for X, y in data_iter]
        net.train(mode)
        return sum(means) / len(means)


@misconception(
    "evaluate_loss",
    hint='Right for reduction="none". With "mean" the loss has a single entry, so a batch counts as one example. '
    "Count with the labels.",
)
def counts_the_entries_of_the_loss():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        metric = Accumulator(2)
        with torch.no_grad():
            for X, y in data_iter:
                l = loss(net(X), y)
                metric.add(l.sum(), l.numel())
        net.train(mode)
        return metric[0] / metric[1]


@misconception(
    "evaluate_loss",
    hint="The network is measured in training mode: dropout is on. Switch to eval mode before the first batch.",
)
def training_mode():
    def evaluate_loss(net, data_iter, loss):
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        return total / n


@misconception(
    "evaluate_loss",
    hint="The network stays in eval mode afterwards. Put the mode back as it was.",
)
def mode_left_in_eval():
    def evaluate_loss(net, data_iter, loss):
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        return total / n


@misconception(
    "evaluate_loss",
    hint="The network ends in training mode even if it was in eval mode. Remember the mode and put that one back.",
)
def always_train_afterwards():
    def evaluate_loss(net, data_iter, loss):
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        net.train()
        return total / n


@misconception(
    "evaluate_loss",
    hint="Eval mode does not stop autograd: a graph is recorded for every batch. Run the network inside no_grad.",
)
def graph_recorded():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        for X, y in data_iter:
            total += loss(net(X), y).mean().item() * len(y)
            n += len(y)
        net.train(mode)
        return total / n


@misconception("evaluate_loss", hint="This is a tensor. Return a Python float.")
def tensor_returned():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total = total + loss(net(X), y).mean() * len(y)
                n += len(y)
        net.train(mode)
        return total / n


@misconception(
    "evaluate_loss",
    hint="This is the sum over all examples. Divide it by their number.",
)
def total_loss():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        with torch.no_grad():
            total = sum(loss(net(X), y).mean().item() * len(y) for X, y in data_iter)
        net.train(mode)
        return total


@misconception(
    "evaluate_loss",
    hint="len asks the iterable for the number of its batches, which a generator cannot tell. "
    "Count examples as the batches come.",
)
def divides_by_len_of_the_iterator():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = 0.0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item()
        net.train(mode)
        return total / len(data_iter)


@misconception(
    "evaluate_loss",
    hint="The batches are gone through twice, and a generator is empty the second time. Sum and count in one pass.",
)
def gone_through_twice():
    def evaluate_loss(net, data_iter, loss):
        was = net.training
        net.eval()
        n = sum(len(y) for _, y in data_iter)
        total = 0.0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
        net.train(was)
        return total / n


@misconception(
    "evaluate_loss",
    hint="Without `requires_grad` no graph is built, but the network cannot be trained afterwards."
    " Leave the parameters alone and use no_grad.",
)
def parameters_frozen():
    def evaluate_loss(net, data_iter, loss):
        was = net.training
        net.eval()
        for p in net.parameters():
            p.requires_grad_(False)
        total = n = 0
        for X, y in data_iter:
            total += loss(net(X), y).mean().item() * len(y)
            n += len(y)
        net.train(was)
        return total / n


@misconception(
    "evaluate_loss",
    hint="Gradients stay switched off for the rest of the notebook. A `with` block switches them on again.",
)
def gradients_left_switched_off():
    def evaluate_loss(net, data_iter, loss):
        was = net.training
        net.eval()
        torch.set_grad_enabled(False)
        total = n = 0
        for X, y in data_iter:
            total += loss(net(X), y).mean().item() * len(y)
            n += len(y)
        net.train(was)
        return total / n


# --- train -----------------------------------------------------------------------------------------


@misconception(
    "train",
    hint="The network moves to the device, the batches do not. Inputs and labels must follow, batch by batch.",
)
def batches_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="The inputs move to the device and the labels stay behind. The loss needs both in one place.",
)
def labels_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def move(data_iter):
            return ((X.to(device) if device is not None else X, y) for X, y in data_iter)

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, move(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in move(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="Training batches are moved, test batches are not. The network needs all its inputs on its own device.",
)
def test_batches_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        net = net.to(device or "cpu")
        history = []
        for epoch in range(num_epochs):
            moved = ((X.to(device or "cpu"), y.to(device or "cpu")) for X, y in train_iter)
            train_loss, train_acc = train_epoch(net, moved, loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="to returns moved copies of tensors; it does not move them in place. Use what it returns.",
)
def result_of_to_thrown_away():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            net.to(device)

        def moved(data_iter):
            for X, y in data_iter:
                if device is not None:
                    X.to(device), y.to(device)
                yield X, y

        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="The batches move to the device, but the network stays where it is. Move it once, before the first epoch.",
)
def network_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="train_epoch runs over the test data as well, so the network learns from it. Test data is only looked at.",
)
def test_data_trained_on():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            _, test_acc = train_epoch(net, moved(test_iter), loss, optimizer)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": test_acc,
                }
            )
        return history


@misconception(
    "train",
    hint="Only the last epoch is returned. The history is a list with one record per epoch.",
)
def one_record_only():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
        return [
            {
                "epoch": epoch + 1,
                "train_loss": train_loss,
                "train_acc": train_acc,
                "test_acc": hits / n,
            }
        ]


@misconception(
    "train",
    hint="One dictionary is changed in each epoch and stands in every place of the list. Make a new one per epoch.",
)
def the_same_dictionary_again_and_again():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history, record = [], {}
        for epoch in range(num_epochs):
            record["epoch"] = epoch + 1
            record["train_loss"], record["train_acc"] = train_epoch(
                net, moved(train_iter), loss, optimizer
            )
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            record["test_acc"] = hits / n
            history.append(record)
        return history


@misconception(
    "train",
    hint="test_acc is measured in training mode: dropout is on and batch normalisation learns the test data.",
)
def test_accuracy_in_training_mode():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="test_acc is measured on the training data. Use test_iter for it.",
)
def accuracy_of_the_training_data():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(train_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="The test accuracy is measured before the epoch's training, so each record is one epoch behind.",
)
def tested_before_training():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            net.eval()
            hits = n = 0
            with torch.no_grad():
                for X, y in moved(test_iter):
                    hits += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": hits / n,
                }
            )
        return history


@misconception(
    "train",
    hint="Here the test accuracy is a mean over batches. It is a share over all test examples.",
)
def mean_of_batch_accuracies():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(data_iter):
            for X, y in data_iter:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        if device is not None:
            net.to(device)
        history = []
        for epoch in range(num_epochs):
            train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            with torch.no_grad():
                shares = [
                    (net(X).argmax(1) == y).float().mean().item() for X, y in moved(test_iter)
                ]
            history.append(
                {
                    "epoch": epoch + 1,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": sum(shares) / len(shares),
                }
            )
        return history


@misconception(
    "train",
    hint="The test inputs move to the device, but their labels do not. Both are needed there.",
)
def test_labels_left_behind():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            net.to(device)
        history = []
        for epoch in range(1, num_epochs + 1):
            batches = (
                train_iter
                if device is None
                else ((X.to(device), y.to(device)) for X, y in train_iter)
            )
            l, a = train_epoch(net, batches, loss, optimizer)
            net.eval()
            h = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    if device is not None:
                        X = X.to(device)
                    h += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


@misconception(
    "train",
    hint="The test batches build a graph that nobody uses. Measure the accuracy without gradients.",
)
def test_accuracy_with_a_graph():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        def moved(it):
            for X, y in it:
                yield (X, y) if device is None else (X.to(device), y.to(device))

        net.to(device)
        history = []
        for epoch in range(1, num_epochs + 1):
            l, a = train_epoch(net, moved(train_iter), loss, optimizer)
            net.eval()
            h = n = 0
            for X, y in moved(test_iter):
                h += (net(X).argmax(1) == y).sum().item()
                n += len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


@misconception(
    "train",
    hint="A generator made before the loop is empty after the first epoch. Make a new one in each epoch.",
)
def a_generator_used_up():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            net.to(device)
            train_iter = ((X.to(device), y.to(device)) for X, y in train_iter)
        history = []
        for epoch in range(1, num_epochs + 1):
            l, a = train_epoch(net, train_iter, loss, optimizer)
            net.eval()
            h = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    if device is not None:
                        X, y = X.to(device), y.to(device)
                    h += (net(X).argmax(1) == y).sum().item()
                    n += len(y)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": a, "test_acc": h / n})
        return history


# --- early_stopping --------------------------------------------------------------------------------


@misconception(
    "early_stopping",
    hint="state_dict() does not copy: its tensors are the parameters and go on changing. Keep a copy.",
)
def kept_by_reference():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state, bad = valid_loss, net.state_dict(), 0
            else:
                bad += 1
                if bad >= patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="A copy of the dictionary holds the same tensors. Copy the tensors themselves.",
)
def shallow_copy():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.copy(net.state_dict()), 0
            else:
                bad += 1
                if bad >= patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="The count of waiting epochs never goes back to 0. After a new best epoch the waiting starts anew.",
)
def counter_never_reset():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state = valid_loss, copy.deepcopy(net.state_dict())
            else:
                bad += 1
                if bad >= patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="The loss is compared with that of the epoch before. Compare it with the lowest one so far.",
)
def compared_with_the_epoch_before():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        previous, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < previous:
                best_state, bad = copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad >= patience:
                    break
            previous = valid_loss
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="The best parameters are not put back: the network keeps those of the last epoch.",
)
def last_parameters_kept():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, bad, history = float("inf"), 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, bad = valid_loss, 0
            else:
                bad += 1
            if bad == patience:
                break
        return history


@misconception(
    "early_stopping",
    hint="The best parameters are put back only when patience runs out. They are also due after max_epochs.",
)
def put_back_only_when_stopped():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    net.load_state_dict(best_state)
                    return history
        return history


@misconception(
    "early_stopping",
    hint="This waits one epoch too long. Stop as soon as `patience` epochs in a row were no better.",
)
def waits_one_more():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad > patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="Patience 1 is built in: training stops at the first epoch that is no better.",
)
def patience_ignored():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, history = float("inf"), None, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss >= best:
                break
            best, best_state = valid_loss, copy.deepcopy(net.state_dict())
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="Training never stops early: every call runs max_epochs epochs.",
)
def never_stops():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, history = float("inf"), None, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state = valid_loss, copy.deepcopy(net.state_dict())
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="An equal loss counts as an improvement here. Only a lower one is.",
)
def equal_counts_as_lower():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss <= best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="The training loss decides here. It falls and falls; the validation loss is to be watched.",
)
def training_loss_watched():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss = evaluate_loss(net, valid_iter, loss)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if train_loss < best:
                best, best_state, bad = train_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="train_epoch runs over the validation data, so the network learns from it. Measure with evaluate_loss.",
)
def validation_data_trained_on():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        best, best_state, bad, history = float("inf"), None, 0, []
        for epoch in range(max_epochs):
            train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
            valid_loss, _ = train_epoch(net, valid_iter, loss, optimizer)
            history.append(
                dict(epoch=epoch, train_loss=train_loss, train_acc=train_acc, valid_loss=valid_loss)
            )
            if valid_loss < best:
                best, best_state, bad = valid_loss, copy.deepcopy(net.state_dict()), 0
            else:
                bad += 1
                if bad == patience:
                    break
        net.load_state_dict(best_state)
        return history


@misconception(
    "early_stopping",
    hint="The history holds the lowest loss so far. Record the validation loss of each epoch as it was measured.",
)
def lowest_loss_recorded():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, low, wait = [], float("inf"), 0
        for e in range(1, max_epochs + 1):
            a, b = train_epoch(net, train_iter, loss, optimizer)
            v = evaluate_loss(net, valid_iter, loss)
            if v < low:
                low, best, wait = v, copy.deepcopy(net.state_dict()), 0
            else:
                wait += 1
            history.append({"epoch": e, "train_loss": a, "train_acc": b, "valid_loss": low})
            if wait >= patience:
                break
        net.load_state_dict(best)
        return history


@misconception(
    "early_stopping",
    hint="`net = best` gives another network to the name inside the function. The caller's network"
    " needs its parameters back.",
)
def net_bound_to_the_best_copy():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, low, wait, best = [], float("inf"), 0, None
        for e in range(1, max_epochs + 1):
            a, b = train_epoch(net, train_iter, loss, optimizer)
            v = evaluate_loss(net, valid_iter, loss)
            history.append({"epoch": e, "train_loss": a, "train_acc": b, "valid_loss": v})
            if v < low:
                low, best, wait = v, copy.deepcopy(net), 0
            else:
                wait += 1
                if wait >= patience:
                    break
        net = best
        return history


# --- predict ---------------------------------------------------------------------------------------


@misconception(
    "predict",
    hint="These are probabilities. The question asks for the label: the place of the largest score.",
)
def probabilities():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            y_hat = F.softmax(net(X), dim=1)
        net.train(mode)
        return y_hat


@misconception(
    "predict",
    hint="This is the largest score itself. The question asks where it is.",
)
def largest_scores():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            scores = net(X).max(dim=1).values
        net.train(mode)
        return scores


@misconception(
    "predict", hint="The network stays in eval mode afterwards. Put the mode back as it was."
)
def mode_left_in_eval_after_predict():
    def predict(net, X):
        net.eval()
        with torch.no_grad():
            return net(X).argmax(dim=1)


@misconception(
    "predict",
    hint="The network answers in training mode: dropout deletes entries. Switch to eval mode first.",
)
def answers_in_training_mode():
    def predict(net, X):
        with torch.no_grad():
            return net(X).argmax(dim=1)


@misconception(
    "predict",
    hint="The network ends in training mode even if it was in eval mode. Remember the mode and put that one back.",
)
def training_mode_afterwards():
    def predict(net, X):
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1)
        net.train()
        return labels


@misconception("predict", hint="A graph is recorded while the network runs. Run it inside no_grad.")
def graph_while_predicting():
    def predict(net, X):
        mode = net.training
        net.eval()
        labels = net(X).argmax(dim=1)
        net.train(mode)
        return labels


@misconception(
    "predict",
    hint="The largest entry of each column was looked up. Each row is one example: look along the row.",
)
def along_the_wrong_axis():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=0)
        net.train(mode)
        return labels


@misconception(
    "predict", hint="The labels stand in a column of shape (n, 1). Asked for is the shape (n,)."
)
def column_of_labels():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).argmax(dim=1, keepdim=True)
        net.train(mode)
        return labels


@misconception(
    "predict",
    hint="For a single input squeeze removes the only axis as well. One input gives the shape (1,).",
)
def squeezed_labels():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            labels = net(X).topk(1).indices.squeeze()
        net.train(mode)
        return labels


@misconception(
    "predict",
    hint="Nothing after a `return` is run, so the mode is not put back. Keep the labels, put the "
    "mode back, then return.",
)
def mode_put_back_after_the_return():
    def predict(net, X):
        was = net.training
        net.eval()
        with torch.no_grad():
            return net(X).argmax(1)
        net.train(was)


# --- build_model -----------------------------------------------------------------------------------


@misconception(
    "build_model",
    hint="This network has more than 500,000 parameters. Most sit in the first linear layer: make its input or its "
    "width smaller.",
)
def too_many_parameters():
    def build_model():
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 512),
            nn.ReLU(),
            nn.Linear(512, 256),
            nn.ReLU(),
            nn.Linear(256, 10),
        )


@misconception(
    "build_model",
    hint="The output has a single number per picture. Ten classes need ten scores.",
)
def one_output():
    def build_model():
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 1))


@misconception(
    "build_model",
    hint="The output has axes of length 1 left over. Asked for is the shape (n, 10): flatten it at the end.",
)
def picture_shaped_output():
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 8, 5, stride=4), nn.ReLU(), nn.Conv2d(8, 10, 3), nn.AdaptiveAvgPool2d(1)
        )


@misconception(
    "build_model",
    hint="A linear layer needs rows of numbers, and pictures of shape (n, 1, 28, 28) come in. Flatten them first.",
)
def pictures_not_flattened():
    def build_model():
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


@misconception(
    "build_model",
    hint="The network was trained before it was returned. Return it untrained: the grader trains it.",
)
def pretrained_weights():
    def build_model():
        X, y = as_tensors(load_fashion_mnist(train=True))
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
        for X_batch, y_batch in DataLoader(TensorDataset(X[:5120], y[:5120]), batch_size=256):
            optimizer.zero_grad()
            F.cross_entropy(net(X_batch), y_batch).backward()
            optimizer.step()
        return net


@misconception(
    "build_model",
    hint="Every call returns the same network, so a second training would start where the first one ended. "
    "Build a new one in each call.",
)
def the_same_network_again():
    shared_net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))

    def build_model():
        return shared_net


@misconception(
    "build_model",
    hint="With all weights 0 the hidden units stay equal to each other for ever. Leave the random initialisation.",
)
def zero_weights():
    def build_model():
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        for p in net.parameters():
            nn.init.zeros_(p)
        return net


@misconception(
    "build_model",
    hint="Four sigmoids in a row squash the gradients, and five epochs are not enough. Use ReLU.",
)
def deep_and_squashed():
    def build_model():
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 64),
            nn.Sigmoid(),
            nn.Linear(64, 10),
        )


@misconception(
    "build_model",
    hint="Through a layer of two units hardly anything of the picture gets. Make the hidden layers wider.",
)
def bottleneck():
    def build_model():
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 2), nn.ReLU(), nn.Linear(2, 10))


@misconception("build_model", hint="build_model returns nothing. A return is missing.")
def nothing_returned():
    def build_model():
        nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


@misconception(
    "build_model",
    hint="This is the class, not a network. Make an instance: call it.",
)
def class_returned():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.out = nn.Linear(784, 10)

        def forward(self, X):
            return self.out(X.flatten(1))

    def build_model():
        return Net


@misconception(
    "build_model",
    hint="The network returns a pair. Ten scores per picture are asked, and nothing else.",
)
def scores_and_features():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = nn.Linear(784, 128), nn.Linear(128, 10)

        def forward(self, X):
            h = torch.relu(self.a(X.flatten(1)))
            return self.b(h), h

    def build_model():
        return Net()


@misconception(
    "build_model",
    hint="In training mode the network returns a pair. The training needs the scores alone, in both modes.",
)
def a_second_output_in_training():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.aux = nn.Linear(784, 128), nn.Linear(128, 10), nn.Linear(128, 10)

        def forward(self, X):
            h = torch.relu(self.a(X.flatten(1)))
            if self.training:
                return self.b(h), self.aux(h)
            return self.b(h)

    def build_model():
        return Net()


@misconception(
    "build_model",
    hint="The logarithm of a negative number is nan. Return the scores as they are.",
)
def logarithm_of_negative_scores():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Linear(784, 10)

        def forward(self, X):
            return torch.log(self.a(X.flatten(1)))

    def build_model():
        return Net()


@misconception(
    "build_model",
    hint="Layers in a plain list are not found by `parameters()`. Use nn.Sequential or nn.ModuleList.",
)
def layers_in_a_plain_list():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)]

        def forward(self, X):
            for layer in self.layers:
                X = layer(X)
            return X

    def build_model():
        return Net()


@misconception(
    "build_model",
    hint="No parameter requires a gradient, so there is nothing to train.",
)
def frozen_parameters():
    def build_model():
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        for p in net.parameters():
            p.requires_grad = False
        return net


@misconception(
    "build_model",
    hint="Through argmax no gradient flows. Return scores, not decisions.",
)
def hard_decisions():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Linear(784, 10)

        def forward(self, X):
            return F.one_hot(self.a(X.flatten(1)).argmax(1), 10).float()

    def build_model():
        return Net()


@misconception(
    "build_model",
    hint="The weights hold the mean picture of each class, so the network knows the pictures "
    "before it is trained. Return it untrained.",
)
def weights_made_from_the_pictures():
    class Nearest(nn.Module):
        def __init__(self):
            super().__init__()
            X, y = as_tensors(load_fashion_mnist(train=True))
            means = torch.stack([X[y == k].mean(0).flatten() for k in range(10)])
            self.linear = nn.Linear(784, 10)
            with torch.no_grad():
                self.linear.weight.copy_(means / 50)
                self.linear.bias.copy_(-(means**2).sum(1) / 100)

        def forward(self, X):
            return self.linear(X.flatten(1))

    def build_model():
        return Nearest()
