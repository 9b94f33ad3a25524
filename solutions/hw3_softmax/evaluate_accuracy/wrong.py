import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(
    hint="This averages the accuracies of the batches, so each example of a small last batch counts more. Add up hits "
    "and examples, and divide once."
)
def mean_of_batch_accuracies():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        with torch.no_grad():
            shares = [(net(X).argmax(dim=1) == y).float().mean().item() for X, y in data_iter]
        net.train(mode)
        return sum(shares) / len(shares)


@wrong(hint="Measured in training mode, so dropout deleted entries (no_grad does not stop that). Switch to eval mode.")
def dropout_left_on():
    def evaluate_accuracy(net, data_iter):
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        return hits / total


@wrong(hint="Measured in training mode, so dropout deleted entries (no_grad does not stop that). Switch to eval mode.")
def puts_the_mode_back_but_never_changes_it():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        hits = total = 0
        with torch.inference_mode():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += len(y)
        net.train(mode)
        return hits / total


@wrong(
    hint="The graph of every batch is still recorded: eval mode does not stop that, and detach comes too late.",
    public=False,
    reason="Only the judge sees whether a graph is recorded.",
)
def graph_built():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@wrong(
    hint="The graph of every batch is still recorded: eval mode does not stop that, and detach comes too late.",
    public=False,
    reason="Only the judge sees whether a graph is recorded.",
)
def detached_too_late():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).detach().argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@wrong(hint="The network stays in eval mode afterwards. Note its mode before you change it, and put that back.")
def mode_left_in_eval():
    def evaluate_accuracy(net, data_iter):
        if isinstance(net, nn.Module):
            net.eval()
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        return hits / total


@wrong(
    hint="The network ends in training mode even if it was in eval mode before. Remember the mode, and put that one "
    "back."
)
def always_train_afterwards():
    def evaluate_accuracy(net, data_iter):
        net.eval()
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        net.train()
        return hits / total


@wrong(hint="The network stays in eval mode afterwards. Note its mode before you change it, and put that back.")
def remembers_too_late():
    def evaluate_accuracy(net, data_iter):
        net.eval()
        mode = net.training
        hits = total = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                total += y.numel()
        net.train(mode)
        return hits / total


@wrong(hint="This returns inside the loop, after the first batch. Go through all of them.")
def first_batch_only():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        try:
            with torch.no_grad():
                for X, y in data_iter:
                    return (net(X).argmax(dim=1) == y).float().mean().item()
        finally:
            net.train(mode)


@wrong(
    hint="The data is gone through twice. A generator is empty the second time, and a shuffling loader pairs "
    "predictions with labels of other examples. Take X and y of a batch together.",
    public=False,
    reason="A generator is only made where the judge measures; that there may be one stands in the question.",
)
def two_passes():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        with torch.no_grad():
            answers = torch.cat([net(X).argmax(dim=1) for X, _ in data_iter])
            labels = torch.cat([y for _, y in data_iter])
        net.train(mode)
        return (answers == labels).float().mean().item()


@wrong(hint="This counts the right answers. Divide by the number of examples.")
def hits_not_divided():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = 0.0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
        net.train(mode)
        return hits


@wrong(
    hint="Gradients were switched off for the whole program and never on again: training would fail afterwards. with "
    "torch.no_grad(): ends by itself."
)
def gradients_off_for_good():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        torch.set_grad_enabled(False)
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).argmax(dim=1) == y).sum().item()
            total += len(y)
        net.train(mode)
        return hits / total


@wrong(hint="Only the flag of the outermost module was set. net.eval() reaches the layers inside as well.")
def flag_of_the_outer_module_only():
    def evaluate_accuracy(net, data_iter):
        was_training, net.training = net.training, False
        hits = examples = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                examples += len(y)
        net.training = was_training
        return hits / examples


@wrong(
    hint="data_iter is indexed here. A generator has neither len nor index: loop over it once.",
    public=False,
    reason="A generator is only made where the judge measures; that there may be one stands in the question.",
)
def needs_a_list():
    def evaluate_accuracy(net, data_iter):
        was_training = net.training
        net.eval()
        hits = examples = 0
        with torch.no_grad():
            for i in range(len(data_iter)):
                X, y = data_iter[i]
                hits += (net(X).argmax(dim=1) == y).sum().item()
                examples += len(y)
        net.train(was_training)
        return hits / examples


@wrong(hint="This is the accuracy of the last batch only. Count the hits and the examples of all batches.")
def last_batch_only():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        with torch.no_grad():
            for X, y in data_iter:
                share = (net(X).argmax(dim=1) == y).float().mean().item()
        net.train(mode)
        return share


@wrong(hint="The sum of the hits was divided by the number of batches. Divide by the number of examples.")
def divided_by_the_number_of_batches():
    def evaluate_accuracy(net, data_iter):
        mode = net.training
        net.eval()
        hits = batches = 0
        with torch.no_grad():
            for X, y in data_iter:
                hits += (net(X).argmax(dim=1) == y).sum().item()
                batches += 1
        net.train(mode)
        return hits / batches


@wrong(hint="Measured in training mode, so dropout deleted entries, and with a graph. Both must be switched off.")
def nothing_switched_off():
    def evaluate_accuracy(net, data_iter):
        hits = total = 0
        for X, y in data_iter:
            hits += (net(X).argmax(dim=1) == y).sum().item()
            total += len(y)
        return hits / total
