import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The batch means are averaged, so each example of a small last batch counts more. Weight each batch by its "
    "size."
)
def mean_over_batches():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        with torch.no_grad():
            means = [loss(net(X), y).mean().item() for X, y in data_iter]
        net.train(mode)
        return sum(means) / len(means)


@wrong(
    hint='Right for reduction="none". With "mean" the loss has a single entry, so a batch counts as one example. Count'
    " with the labels."
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


@wrong(hint="The network is measured in training mode: dropout is on. Switch to eval mode before the first batch.")
def training_mode():
    def evaluate_loss(net, data_iter, loss):
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        return total / n


@wrong(hint="The network stays in eval mode afterwards. Put the mode back as it was.")
def mode_left_in_eval():
    def evaluate_loss(net, data_iter, loss):
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        return total / n


@wrong(hint="The network ends in training mode even if it was in eval mode. Remember the mode and put that one back.")
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


@wrong(
    hint="Eval mode does not stop autograd: a graph is recorded for every batch. Run the network inside no_grad.",
    public=False,
    reason="the value is right; only the judge sees whether a graph is recorded",
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


@wrong(hint="This is a tensor. Return a Python float.")
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


@wrong(hint="This is a tensor that holds the graphs of all batches. Evaluate in no_grad and return a Python float.")
def tensor_with_its_graph_returned():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        for X, y in data_iter:
            total = total + loss(net(X), y).mean() * len(y)
            n += len(y)
        net.train(mode)
        return total / n


@wrong(hint="This is the sum over all examples. Divide it by their number.")
def total_loss():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        with torch.no_grad():
            total = sum(loss(net(X), y).mean().item() * len(y) for X, y in data_iter)
        net.train(mode)
        return total


@wrong(
    hint="len asks the iterable for the number of its batches, which a generator cannot tell. Count examples as the "
    "batches come."
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


@wrong(
    hint="The batches are gone through twice, and a generator is empty the second time. Sum and count in one pass.",
    public=False,
    reason="the checks give a list, which lasts; only a probe can give a generator",
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


@wrong(
    hint="Without `requires_grad` no graph is built, but the network cannot be trained afterwards. Leave the "
    "parameters alone and use no_grad."
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


@wrong(hint="Gradients stay switched off for the rest of the notebook. A `with` block switches them on again.")
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


@wrong(
    hint='Right for reduction="none". With "mean", what the loss returns is the mean of a batch already: times its size '
    "it is the batch's total."
)
def batch_mean_taken_for_a_total():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).sum().item()
                n += len(y)
        net.train(mode)
        return total / n


@wrong(hint="This is the loss of the last batch: `=` forgets the others. Add up over all of them.")
def last_batch_only():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        with torch.no_grad():
            for X, y in data_iter:
                mean = loss(net(X), y).mean().item()
        net.train(mode)
        return mean


@wrong(hint="The `return` stands inside the loop, so the first batch is the only one. Return after the loop.")
def returns_in_the_loop():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
                net.train(mode)
                return total / n


@wrong(hint="backward runs here, so the network is left with gradients. Evaluation only looks: no backward, and no_grad.")
def gradients_computed():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        for X, y in data_iter:
            batch_loss = loss(net(X), y).mean()
            batch_loss.backward()
            total += batch_loss.item() * len(y)
            n += len(y)
        net.train(mode)
        return total / n


@wrong(hint="Setting `training` by hand reaches the outermost module only. `net.train(mode)` reaches all of them.")
def mode_of_the_outermost_module_put_back():
    def evaluate_loss(net, data_iter, loss):
        mode = net.training
        net.eval()
        total = n = 0
        with torch.no_grad():
            for X, y in data_iter:
                total += loss(net(X), y).mean().item() * len(y)
                n += len(y)
        net.training = mode
        return total / n
