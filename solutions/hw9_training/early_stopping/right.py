import copy

import torch

from autograder.authoring.marks import right


@right
def deep_copy_of_the_network():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history = []
        best_epoch, best_net = 0, copy.deepcopy(net)
        best_loss = float("inf")
        for epoch in range(1, max_epochs + 1):
            l, acc = train_epoch(net, train_iter, loss, optimizer)
            v = evaluate_loss(net, valid_iter, loss)
            history.append({"epoch": epoch, "train_loss": l, "train_acc": acc, "valid_loss": v})
            if v < best_loss:
                best_loss, best_epoch, best_net = v, epoch, copy.deepcopy(net)
            if epoch - best_epoch >= patience:
                break
        with torch.no_grad():
            for p, best in zip(net.parameters(), best_net.parameters()):
                p.copy_(best)
        return history


@right
def clones_in_a_dictionary():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, losses = [], []
        for epoch in range(max_epochs):
            train_loss, _ = train_epoch(net, train_iter, loss, optimizer)
            losses.append(evaluate_loss(net, valid_iter, loss))
            history.append({"epoch": epoch, "train_loss": train_loss, "val_loss": losses[-1]})
            if losses.index(min(losses)) == epoch:
                kept = {name: value.detach().clone() for name, value in net.state_dict().items()}
            elif epoch - losses.index(min(losses)) == patience:
                break
        net.load_state_dict(kept)
        return history


@right
def loops_written_out():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, left, lowest, epoch = [], patience, None, 0
        while epoch < max_epochs and left > 0:
            net.train()
            for X, y in train_iter:
                optimizer.zero_grad()
                loss(net(X), y).mean().backward()
                optimizer.step()
            net.eval()
            with torch.no_grad():
                pairs = [(loss(net(X), y).mean().item(), len(y)) for X, y in valid_iter]
            valid_loss = sum(mean * n for mean, n in pairs) / sum(n for _, n in pairs)
            history.append({"epoch": epoch, "valid_loss": valid_loss})
            if lowest is None or valid_loss < lowest:
                lowest, left = valid_loss, patience
                best = [p.data.clone() for p in net.parameters()]
            else:
                left -= 1
            epoch += 1
        for p, value in zip(net.parameters(), best):
            p.data = value
        return history


@right
def best_state_as_bytes():
    import io

    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        buffer, lowest, wait, history = None, None, 0, []
        for epoch in range(1, 1 + max_epochs):
            tl, ta = train_epoch(net, train_iter, loss, optimizer)
            vl = evaluate_loss(net, valid_iter, loss)
            history.append({"epoch": epoch, "train_loss": tl, "train_acc": ta, "valid_loss": vl})
            if lowest is None or vl < lowest:
                lowest, wait = vl, 0
                buffer = io.BytesIO()
                torch.save(net.state_dict(), buffer)
                continue
            wait += 1
            if wait == patience:
                break
        buffer.seek(0)
        net.load_state_dict(torch.load(buffer))
        return history


@right
def every_state_kept():
    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        history, states = [], []
        for epoch in range(1, max_epochs + 1):
            tl, ta = train_epoch(net, train_iter, loss, optimizer)
            vl = evaluate_loss(net, valid_iter, loss)
            history.append({"epoch": epoch, "train_loss": tl, "train_acc": ta, "valid_loss": vl})
            states.append(copy.deepcopy(net.state_dict()))
            losses = [r["valid_loss"] for r in history]
            best = losses.index(min(losses))
            if len(losses) - 1 - best >= patience:
                break
        net.load_state_dict(states[best])
        return history


@right
def a_stopper_class():
    class EarlyStopper:
        def __init__(self, patience):
            self.patience, self.counter, self.best, self.weights = patience, 0, float("inf"), None

        def __call__(self, value, net):
            if value < self.best:
                self.best, self.counter = value, 0
                self.weights = copy.deepcopy(net.state_dict())
                return False
            self.counter += 1
            return self.counter >= self.patience

    def train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience):
        stop, history = EarlyStopper(patience), []
        for epoch in range(1, max_epochs + 1):
            tl, ta = train_epoch(net, train_iter, loss, optimizer)
            vl = evaluate_loss(net, valid_iter, loss)
            history.append({"epoch": epoch, "train_loss": tl, "train_acc": ta, "valid_loss": vl})
            if stop(vl, net):
                print("early stopping")
                break
        net.load_state_dict(stop.weights)
        return history
