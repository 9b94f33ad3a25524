"""Other right answers: each must earn full marks."""

import copy

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader

from autograder.authoring.answers import alternative

# --- Accumulator -----------------------------------------------------------------------------------


@alternative("Accumulator")
def loop_over_places():
    class Accumulator(object):
        def __init__(self, n):
            self.n = n
            self.reset()

        def add(self, *args):
            for i, value in enumerate(args):
                self.sums[i] += value.item() if isinstance(value, torch.Tensor) else value

        def reset(self):
            self.sums = [0.0 for _ in range(self.n)]

        def __getitem__(self, i):
            return float(self.sums[i])


@alternative("Accumulator")
def sums_in_a_tensor():
    class Accumulator:
        def __init__(self, n):
            self.data = torch.zeros(n, dtype=torch.float64)

        @torch.no_grad()
        def add(self, *args):
            self.data += torch.tensor([float(value) for value in args])

        def reset(self):
            self.data.zero_()

        def __getitem__(self, i):
            return self.data[i].item()


@alternative("Accumulator")
def dictionary():
    class Accumulator:
        def __init__(self, n):
            self.data = dict.fromkeys(range(n), 0.0)

        def add(self, *args):
            for key, value in zip(self.data, args):
                self.data[key] = self.data[key] + float(value)

        def reset(self):
            self.data.update((key, 0.0) for key in self.data)

        def __getitem__(self, i):
            return self.data[i]


@alternative("Accumulator")
def sums_in_a_float64_tensor():
    class Accumulator:
        def __init__(self, n):
            self.t = torch.zeros(n, dtype=torch.float64)

        @torch.no_grad()
        def add(self, *args):
            for i, a in enumerate(args):
                self.t[i] += a

        def reset(self):
            self.t.fill_(0.0)

        def __getitem__(self, i):
            return self.t[i].item()


# --- train_epoch -----------------------------------------------------------------------------------


@alternative("train_epoch")
def plain_sums():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        loss_sum, hits, n = 0.0, 0, 0
        for X, y in train_iter:
            optimizer.zero_grad()
            y_hat = net(X)
            l = loss(y_hat, y)
            if l.dim() > 0:
                l.sum().div(len(y)).backward()
                loss_sum += l.sum().item()
            else:
                l.backward()
                loss_sum += l.item() * X.shape[0]
            optimizer.step()
            with torch.no_grad():
                hits += int((torch.max(y_hat, 1)[1] == y).sum())
            n += y.size(0)
        return loss_sum / n, hits / n


@alternative("train_epoch")
def zero_grad_at_the_end():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train(True)
        metric = Accumulator(3)
        for batch in train_iter:
            X, y = batch
            y_hat = net(X)
            l = loss(y_hat, y)
            l.mean().backward()
            optimizer.step()
            optimizer.zero_grad()
            metric.add(
                float(l.mean()) * y.numel(), float((y_hat.argmax(axis=1) == y).sum()), y.numel()
            )
        return metric[0] / metric[2], metric[1] / metric[2]


@alternative("train_epoch")
def everything_collected():
    def train_epoch(net, train_iter, loss, optimizer):
        for module in net.modules():
            module.training = True
        losses, right = [], []
        for X, y in train_iter:
            for group in optimizer.param_groups:
                for p in group["params"]:
                    p.grad = None
            y_hat = net(X)
            value = torch.mean(loss(y_hat, y))
            value.backward()
            optimizer.step()
            losses += [value.item()] * len(y)
            right += (y_hat.detach().argmax(-1) == y).tolist()
        return sum(losses) / len(losses), sum(right) / len(right)


@alternative("train_epoch")
def step_with_a_closure():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        L = N = C = 0
        for X, y in train_iter:

            def closure():
                nonlocal L, N, C
                optimizer.zero_grad()
                o = net(X)
                l = torch.mean(loss(o, y))
                l.backward()
                L += l.item() * len(X)
                N += len(X)
                C += int((torch.argmax(o, -1) == y).sum())
                return l

            optimizer.step(closure)
        return L / N, C / N


@alternative("train_epoch")
def backward_with_weights():
    def train_epoch(net, train_iter, loss, optimizer):
        net.train()
        acc = Accumulator(3)
        for X, y in train_iter:
            y_hat = net(X)
            l = loss(y_hat, y)
            optimizer.zero_grad()
            weights = torch.full_like(l, 1.0 / l.numel())
            l.backward(weights)
            optimizer.step()
            acc.add(l.detach().mean() * len(y), (y_hat.argmax(dim=1) == y).sum(), len(y))
        return acc[0] / acc[2], acc[1] / acc[2]


# --- evaluate_loss ---------------------------------------------------------------------------------


@alternative("evaluate_loss")
def branch_on_the_reduction():
    def evaluate_loss(net, data_iter, loss):
        state = net.training
        net.eval()
        total, count = 0.0, 0
        with torch.inference_mode():
            for X, y in data_iter:
                out = loss(net(X), y)
                if loss.reduction == "none":
                    total += float(out.sum())
                else:
                    total += float(out) * y.shape[0]
                count += y.shape[0]
        if state:
            net.train()
        return total / count


@alternative("evaluate_loss")
def outputs_collected():
    def evaluate_loss(net, data_iter, loss):
        state = net.training
        net.train(False)
        outputs, labels = [], []
        with torch.no_grad():
            for X, y in data_iter:
                outputs.append(net(X))
                labels.append(y)
            result = loss(torch.cat(outputs), torch.cat(labels)).mean().item()
        net.train(state)
        return result


@alternative("evaluate_loss")
def decorated_with_no_grad():
    @torch.no_grad()
    def evaluate_loss(net, data_iter, loss):
        modes = [(m, m.training) for m in net.modules()]
        net.eval()
        mean, seen = 0.0, 0
        for X, y in data_iter:
            seen += len(X)
            mean += (loss(net(X), y).mean().item() - mean) * len(X) / seen
        for m, mode in modes:
            m.training = mode
        return mean


@alternative("evaluate_loss")
def measured_on_a_copy():
    def evaluate_loss(net, data_iter, loss):
        twin = copy.deepcopy(net).eval()
        pieces = []
        with torch.no_grad():
            for X, y in data_iter:
                pieces.append(loss(twin(X), y).mean().repeat(len(y)))
        return float(torch.cat(pieces).mean())


@alternative("evaluate_loss")
def running_mean():
    def evaluate_loss(net, data_iter, loss):
        was = net.training
        net.eval()
        mean, seen = 0.0, 0
        with torch.no_grad():
            for X, y in data_iter:
                n = len(y)
                l = torch.mean(loss(net(X), y)).item()
                mean += (l - mean) * n / (seen + n)
                seen += n
        if was:
            net.train()
        else:
            net.eval()
        return mean


@alternative("evaluate_loss")
def mode_of_every_module_put_back():
    from contextlib import contextmanager

    @contextmanager
    def evaluating(model):
        states = {m: m.training for m in model.modules()}
        model.eval()
        try:
            yield model
        finally:
            for m, s in states.items():
                m.training = s

    def evaluate_loss(net, data_iter, loss):
        metric = Accumulator(2)
        with evaluating(net), torch.no_grad():
            for X, y in data_iter:
                l = loss(net(X), y)
                metric.add(l.mean() * y.shape[0], y.shape[0])
        return metric[0] / metric[1]


# --- train -----------------------------------------------------------------------------------------


@alternative("train")
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


@alternative("train")
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


@alternative("train")
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


@alternative("train")
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


@alternative("train")
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


@alternative("train")
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


# --- early_stopping --------------------------------------------------------------------------------


@alternative("early_stopping")
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


@alternative("early_stopping")
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


@alternative("early_stopping")
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


@alternative("early_stopping")
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


@alternative("early_stopping")
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


@alternative("early_stopping")
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


# --- predict ---------------------------------------------------------------------------------------


@alternative("predict")
def max_of_softmax():
    def predict(net, X):
        training = net.training
        net.eval()
        with torch.inference_mode():
            _, labels = torch.max(F.softmax(net(X), dim=-1), dim=-1)
        if training:
            net.train()
        return labels


@alternative("predict")
def try_and_finally():
    def predict(net, X):
        modes = {m: m.training for m in net.modules()}
        try:
            with torch.no_grad():
                return net.eval()(X).sort(dim=1, descending=True)[1][:, 0]
        finally:
            for m, mode in modes.items():
                m.training = mode


@alternative("predict")
def example_by_example():
    def predict(net, X):
        mode = net.training
        net.train(False)
        with torch.no_grad():
            labels = torch.tensor([int(net(X[i : i + 1]).argmax()) for i in range(len(X))])
        net.train(mode)
        return labels


@alternative("predict")
def through_a_loader():
    def predict(net, X):
        mode = net.training
        net.eval()
        with torch.no_grad():
            parts = [net(part).argmax(dim=1) for part in DataLoader(X, batch_size=16)]
        net.train(mode)
        return torch.cat(parts)


@alternative("predict")
def asked_of_a_copy():
    def predict(net, X):
        twin = copy.deepcopy(net)
        twin.eval()
        with torch.no_grad():
            return twin(X).argmax(1, keepdim=True).squeeze(1)


@alternative("predict")
def sorted_scores():
    def predict(net, X):
        modes = [m.training for m in net.modules()]
        net.eval()
        with torch.no_grad():
            s = net(X).sort(dim=1, descending=True)[1][:, 0].to(torch.int32)
        for m, t in zip(net.modules(), modes):
            m.training = t
        return s


# --- build_model -----------------------------------------------------------------------------------


@alternative("build_model")
def lenet_with_relu():
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 6, kernel_size=5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 16, kernel_size=5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, 10),
        )


@alternative("build_model")
def lazy_layers_in_a_class():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.LazyConv2d(16, 5, stride=2, padding=2)
            self.norm = nn.LazyBatchNorm2d()
            self.hidden = nn.LazyLinear(100)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            X = F.max_pool2d(F.relu(self.norm(self.conv(X))), 2)
            X = F.relu(self.hidden(X.flatten(1)))
            return F.log_softmax(self.out(X), dim=1)

    def build_model():
        return Net()


@alternative("build_model")
def perceptron_with_dropout():
    def build_model():
        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 400),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(400, 100),
            nn.ReLU(),
            nn.Linear(100, 10),
        )
        for layer in net:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
        return net


@alternative("build_model")
def more_multiplications_than_the_full_budget():
    # 11 million per picture, so it gets 89 % of the steps.
    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 48, 3, padding=1, bias=False),
            nn.BatchNorm2d(48),
            nn.ReLU(),
            nn.MaxPool2d(4),
            nn.Flatten(),
            nn.Linear(48 * 7 * 7, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )


@alternative("build_model")
def residual_blocks():
    class Residual(nn.Module):
        def __init__(self, cin, cout, stride=1):
            super().__init__()
            self.conv1 = nn.Conv2d(cin, cout, 3, padding=1, stride=stride)
            self.conv2 = nn.Conv2d(cout, cout, 3, padding=1)
            self.conv3 = (
                nn.Conv2d(cin, cout, 1, stride=stride) if stride > 1 or cin != cout else None
            )
            self.bn1, self.bn2 = nn.BatchNorm2d(cout), nn.BatchNorm2d(cout)

        def forward(self, X):
            Y = F.relu(self.bn1(self.conv1(X)))
            Y = self.bn2(self.conv2(Y))
            if self.conv3:
                X = self.conv3(X)
            return F.relu(Y + X)

    def build_model():
        return nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1, stride=2),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            Residual(16, 32, 2),
            Residual(32, 64, 2),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(64, 10),
        )
