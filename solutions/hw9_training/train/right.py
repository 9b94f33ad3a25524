import torch

from autograder.authoring.marks import right


@right
def loops_of_its_own():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is None:
            device = torch.device("cpu")
        net = net.to(device)
        history = []
        for epoch in range(num_epochs):
            net.train()
            loss_sum, train_hits, train_n = 0.0, 0.0, 0
            for X, y in train_iter:
                X, y = X.to(device), y.to(device)
                y_hat = net(X)
                l = loss(y_hat, y).mean()
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                loss_sum += l.item() * len(y)
                train_hits += (y_hat.argmax(1) == y).sum().item()
                train_n += len(y)
            net.eval()
            test_hits, test_n = 0.0, 0
            with torch.inference_mode():
                for X, y in test_iter:
                    X, y = (
                        X.to(device=device, non_blocking=True),
                        y.to(device=device, non_blocking=True),
                    )
                    test_hits += (net(X).argmax(1) == y).sum().item()
                    test_n += len(y)
            history.append(
                {
                    "epoch": epoch,
                    "train_loss": loss_sum / train_n,
                    "train_acc": train_hits / train_n,
                    "test_acc": test_hits / test_n,
                }
            )
        return history


@right
def batches_moved_by_a_class():
    class Moved:
        def __init__(self, batches, device):
            self.batches, self.device = batches, device

        def __iter__(self):
            for batch in self.batches:
                yield tuple(t if self.device is None else t.to(self.device) for t in batch)

    @torch.no_grad()
    def test_accuracy(net, batches):
        mode = net.training
        net.eval()
        right = torch.cat([net(X).argmax(dim=1).eq(y) for X, y in batches])
        net.train(mode)
        return right.double().mean().item()

    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            for p in net.parameters():
                p.data = p.data.to(device)
        train_iter, test_iter = Moved(train_iter, device), Moved(test_iter, device)
        history = []
        while len(history) < num_epochs:
            figures = train_epoch(net, train_iter, loss, optimizer)
            history += [
                dict(
                    epoch=len(history) + 1,
                    train_loss=figures[0],
                    train_acc=figures[1],
                    test_acc=test_accuracy(net, test_iter),
                    num_epochs=num_epochs,
                )
            ]
        return history


@right
def all_batches_moved_beforehand():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        device = device or "cpu"
        net.to(device)

        def score(batches):
            net.eval()
            hits, n = 0, 0
            with torch.no_grad():
                for X, y in batches:
                    hits += (net(X.to(device)).argmax(1).to("cpu") == y.to("cpu")).sum().item()
                    n += len(y)
            return hits / n

        history = []
        for epoch in range(num_epochs):
            batches = [[t.to(device) for t in batch] for batch in train_iter]
            train_loss, train_acc = train_epoch(net, batches, loss, optimizer)
            history.append(
                {
                    "epoch": epoch,
                    "train_loss": train_loss,
                    "train_acc": train_acc,
                    "test_acc": score(test_iter),
                }
            )
        return history


@right
def moved_only_if_elsewhere():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            device = torch.device(device)
            net.to(device)

        def moved(it):
            for X, y in it:
                if device is not None and X.device != device:
                    X = X.to(device)
                if device is not None and y.device != device:
                    y = y.to(device)
                yield X, y

        def acc(it):
            net.eval()
            with torch.no_grad():
                h = torch.cat([net(X).argmax(1) == y for X, y in it])
            net.train()
            return h.float().mean().item()

        records = []
        for e in range(num_epochs):
            a, b = train_epoch(net, moved(train_iter), loss, optimizer)
            records.append(
                {"epoch": e + 1, "train_loss": a, "train_acc": b, "test_acc": acc(moved(test_iter))}
            )
        return records


@right
def answers_brought_back_to_the_cpu():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is None:
            device = next(net.parameters()).device
        net.to(device)
        history = []
        for epoch in range(1, num_epochs + 1):
            tl, ta = train_epoch(
                net, [(X.to(device), y.to(device)) for X, y in train_iter], loss, optimizer
            )
            net.eval()
            good = n = 0
            with torch.no_grad():
                for X, y in test_iter:
                    good += (net(X.to(device)).argmax(1).cpu() == y.cpu()).sum().item()
                    n += len(y)
            history.append(
                {"epoch": epoch, "train_loss": tl, "train_acc": ta, "test_acc": good / n}
            )
        return history


@right
def answers_compared_as_lists():
    def train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None):
        if device is not None:
            net.to(device)

        def loader():
            for batch in train_iter:
                yield tuple(t.to(device) for t in batch) if device is not None else batch

        history = []
        for epoch in range(1, num_epochs + 1):
            tl, ta = train_epoch(net, loader(), loss, optimizer)
            net.eval()
            answers, truth = [], []
            with torch.no_grad():
                for X, y in test_iter:
                    if device is not None:
                        X = X.to(device)
                    answers += net(X).argmax(1).tolist()
                    truth += y.tolist()
            net.train()
            acc = sum(a == t for a, t in zip(answers, truth)) / len(truth)
            history.append({"epoch": epoch, "train_loss": tl, "train_acc": ta, "test_acc": acc})
        return history
