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


@wrong(hint="Gradients of earlier batches are added to the new ones. Zero them once for every batch.")
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


@wrong(hint="The gradients are deleted between backward and step, so the step has nothing to go by.")
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


@wrong(hint="The network trains in eval mode, so dropout is off. Put it into training mode first.")
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


@wrong(hint="The network trains in eval mode, so dropout is off. Put it into training mode first.")
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
    hint='With reduction="mean" the batch means are added up and divided by the number of examples. Turn each mean '
    "into the batch's total first."
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


@wrong(hint='With reduction="none" the loss has an entry per example. backward starts from one number: their mean.')
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


@wrong(hint="The gradient of the sum is as many times too large as the batch has examples. Use the batch's mean loss.")
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


@wrong(hint="The step comes before backward, so it uses the gradients of the batch before. Backward first.")
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


@wrong(hint="Accuracy and loss come from a second look after the update. Measure on the outputs that were trained on.")
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


@wrong(hint="The accuracy is measured after the update. Use the outputs of the forward pass before it.")
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


@wrong(hint="These are the figures of the last batch. The means go over all examples of the epoch.")
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


@wrong(hint="Sums are returned here. Divide them by the number of examples.")
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
            total = total + batch_loss * len(y)
            hits = hits + (y_hat.argmax(1) == y).sum()
            n += len(y)
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


@wrong(hint="Setting `training` by hand reaches the outermost module only. `net.train()` reaches all of them.")
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


@wrong(hint="A new optimizer knows nothing of the given one's momentum and weight decay. Step with the given one.")
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
