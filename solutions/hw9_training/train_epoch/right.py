import torch

from autograder.authoring.marks import right


@right
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


@right
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


@right
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


@right
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


@right
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
