import torch

from autograder.authoring.marks import wrong


@wrong(hint="Gradients of earlier batches are added to the new ones. Zero them once for every batch.")
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


@wrong(hint="The step has no gradients to go by: they are made by backward, and nothing may delete them before the step.")
def zero_grad_after_backward():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y).mean()
            batch_loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            sums.add(batch_loss.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="The network trains in eval mode, so dropout is off. Put it into training mode first.")
def mode_not_set():
    def train_epoch(net, train_iter, loss, optimizer):
        sums = Accumulator(3)
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            sums.add(batch_loss.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="This is the mean of the batch means. Add up over the examples and divide once, at the end.")
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


@wrong(
    hint='Means of batches (reduction="mean" gives them, too) are added up and divided by the number of examples. Make '
    "each mean the batch's total first: times `len(y)`."
)
def batch_mean_counted_as_total():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        metric = Accumulator(3)
        for X, y in train_iter:
            l = loss(y_hat := net(X), y)
            optimizer.zero_grad()
            l.mean().backward()
            optimizer.step()
            metric.add(l.sum(), (y_hat.argmax(1) == y).sum(), y.numel())
        return metric[0] / metric[2], metric[1] / metric[2]


@wrong(hint='With reduction="none" the loss has an entry per example. backward starts from one number: their mean.')
def one_form_of_loss_only():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y)
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            sums.add(batch_loss.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="The gradient of the sum is as many times too large as the batch has examples. Use the batch's mean loss.")
def gradient_of_the_sum():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            losses = loss(y_hat := net(X), y)
            optimizer.zero_grad()
            losses.sum().backward()
            optimizer.step()
            sums.add(losses.mean().item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="The step comes before backward, so it uses the gradients of the batch before. Backward first.")
def step_before_backward():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y).mean()
            optimizer.step()
            optimizer.zero_grad()
            batch_loss.backward()
            sums.add(batch_loss.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="Accuracy and loss come from a second look after the update. Measure on the outputs that were trained on.")
def figures_after_the_update():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            optimizer.zero_grad()
            loss(net(X), y).mean().backward()
            optimizer.step()
            with torch.no_grad():
                y_hat = net(X)
                sums.add(loss(y_hat, y).mean() * len(y), (y_hat.argmax(1) == y).sum(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="The accuracy is measured after the update. Use the outputs of the forward pass before it.")
def accuracy_after_the_update():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            batch_loss = loss(net(X), y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            sums.add(batch_loss.item() * len(y), (net(X).argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="These are the figures of the last batch. The means go over all examples of the epoch.")
def last_batch():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
        return batch_loss.item(), (y_hat.argmax(1) == y).float().mean().item()


@wrong(hint="Sums are returned here. Divide them by the number of examples.")
def sums():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = 0.0
        for X, y in train_iter:
            batch_loss = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(y)
            hits += (y_hat.argmax(1) == y).sum().item()
        return total, hits


@wrong(hint="The figures are tensors, and the loss still holds its graph. Return Python floats.")
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
            total, hits, n = total + batch_loss * len(y), hits + (y_hat.argmax(1) == y).sum(), n + len(y)
        return total / n, hits / n


@wrong(hint="The accuracy comes from a second pass, after the updates. Count the answers that they were made from.")
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


@wrong(hint="A new optimizer knows nothing of the given one's momentum and weight decay. Step with the given one.")
def optimizer_of_its_own():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        optimizer = torch.optim.SGD(net.parameters(), lr=optimizer.param_groups[0]["lr"])
        s = Accumulator(3)
        for X, y in train_iter:
            l = loss(o := net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            s.add(l.item() * len(y), (o.argmax(1) == y).sum(), len(y))
        return s[0] / s[2], s[1] / s[2]


@wrong(
    hint='Means of batches (reduction="mean" gives them, too) are added up and divided by the number of examples. Make '
    "each mean the batch's total first: times `len(y)`."
)
def every_batch_mean_counted_as_total():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            l = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            sums.add(l.item(), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="No step moves the parameters along a gradient. Between zero_grad and step stands backward, in every batch.")
def step_on_gradients_just_zeroed():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            l = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            optimizer.step()
            l.backward()
            sums.add(l.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="There is a single step, after the last batch. Each batch has a step of its own: indent it into the loop.")
def one_step_for_the_epoch():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            l = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            sums.add(l.item() * len(y), (y_hat.argmax(1) == y).sum().item(), len(y))
        optimizer.step()
        return sums[0] / sums[2], sums[1] / sums[2]


@wrong(hint="The second figure is a number of right answers. The accuracy is their share of all examples.")
def hits_not_divided():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        total = hits = n = 0
        for X, y in train_iter:
            l = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            total, hits, n = total + l.item() * len(y), hits + (y_hat.argmax(1) == y).sum().item(), n + len(y)
        return total / n, hits


@wrong(hint="The two figures stand in the other order: first the mean loss, then the accuracy.")
def accuracy_first():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        sums = Accumulator(3)
        for X, y in train_iter:
            l = loss(y_hat := net(X), y).mean()
            optimizer.zero_grad()
            l.backward()
            optimizer.step()
            sums.add(l.item() * len(y), (y_hat.argmax(1) == y).sum(), len(y))
        return sums[1] / sums[2], sums[0] / sums[2]
