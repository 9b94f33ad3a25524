# %% [raw]
# # BEGIN QUESTION
# name: train_epoch

# %% [markdown]
# ## 2 · One epoch of training (20 min)
#
# An *epoch* shows every training example to the network once, batch by batch. For each batch $\mathcal B$:
#
# 1. **forward**: the network's outputs and their losses $\ell_i$;
# 2. **zero_grad**: autograd *adds* to `.grad`, so the gradients of the last batch must go;
# 3. **backward**: the gradient of the batch's *mean* loss $\frac{1}{|\mathcal B|}\sum_{i\in\mathcal B} \ell_i$;
# 4. **step**: the optimizer moves the parameters.
#
# On the way, keep count of what the network answered *in step 1*, before the update. The epoch's figures are
# means over all $n$ examples:
#
# $$\text{mean loss} = \frac1n \sum_{i=1}^n \ell_i, \qquad
#   \text{accuracy} = \frac1n \sum_{i=1}^n \mathbb 1\!\left[\arg\max_j \hat y_{ij} = y_i\right]$$
#
# **Example.** Two classes, one feature, a linear layer without bias and with zero weights. The first batch
# holds the inputs 2 and 4 with the labels 0 and 1. Both classes get the probability $\frac12$, so each loss is
# $\ln 2 \approx 0.6931$. The gradient of the mean loss for the weight of class 0 is
# $\frac12\left[(\frac12 - 1)\cdot 2 + \frac12 \cdot 4\right] = \frac12$, for class 1 it is $-\frac12$. With
# the learning rate 1, one step leads to the weights $-\frac12$ and $\frac12$.
#
# The second batch holds the input 1 with the label 1. Now class 1 gets the probability
# $1/(1 + e^{-1}) \approx 0.7311$, the loss is $0.3133$, and the gradients are $0.2689$ and $-0.2689$. The step
# leads to the weights $-0.7689$ and $0.7689$: the gradients of the first batch have no part in it. The mean
# loss of the epoch is $(0.6931 + 0.6931 + 0.3133) / 3 \approx 0.5665$.
#
# **Losses come in two forms.** `nn.CrossEntropyLoss(reduction="none")` returns one loss per example, shape
# $(n,)$. With `reduction="mean"` it returns a single number, the mean of the batch. Your function must work with
# both, and give the same parameters and figures with both. Mind the last batch: it is smaller, so the mean of
# the batch means is *not* the mean over the examples.
#
# **Your task.** Write `train_epoch(net, train_iter, loss, optimizer)`. Put the network into training mode first:
# it may come from an evaluation. Return the pair (mean loss, accuracy) as Python floats.
#
# <details><summary>Hint: "grad can be implicitly created only for scalar outputs"</summary>
#
# `backward` starts from a single number. The mean of one loss per example is one, and the mean of a single number is
# that number itself, so one expression serves both forms.
#
# <details><summary>The next line</summary>
#
# `batch_loss = loss(…, y).mean()`, and `batch_loss.backward()` starts from there.
# </details></details>
#
# <details><summary>Hint: my mean loss is a little off</summary>
#
# For the sum over the epoch you need the batch's *total*: how does it follow from the batch's mean and the batch's
# size?
#
# <details><summary>The next line</summary>
#
# Add up three numbers per batch: `batch_loss.detach()` times `len(y)`, the hits, and `len(y)`.
# </details></details>
#
# <details><summary>Hint: the second step goes astray</summary>
#
# The gradients of the batch before are still there: `backward` added to them.
#
# <details><summary>The next line</summary>
#
# `optimizer.zero_grad()` stands anywhere above `backward()`, once per batch.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_epoch(net: nn.Module, train_iter, loss, optimizer: torch.optim.Optimizer) -> tuple[float, float]:
    """Train net for one epoch over the batches (X, y) of train_iter. Return (mean loss, accuracy) as floats.

    Per batch: forward, zero_grad, backward of the batch's mean loss, step; all in training mode.
    loss(net(X), y) is one loss per example, shape (n,), or their mean (reduction "none" or "mean").
    Both figures are means over all examples, measured on the outputs that the network was trained on.
    """
    # BEGIN SOLUTION
    net.train()
    sums = Accumulator(3)
    for X, y in train_iter:
        y_hat = net(X)
        batch_loss = loss(y_hat, y).mean()
        optimizer.zero_grad()
        batch_loss.backward()
        optimizer.step()
        sums.add(batch_loss.detach() * len(y), (y_hat.argmax(dim=1) == y).sum(), len(y))
    return sums[0] / sums[2], sums[1] / sums[2]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_train_epoch_on_the_worked_example(train_epoch):
    import torch
    from torch import nn

    first = torch.tensor([[2.0], [4.0]]), torch.tensor([0, 1])
    second = torch.tensor([[1.0]]), torch.tensor([1])
    for reduction in ("none", "mean"):
        for batches, weight, expected in [([first], 0.5, 0.6931472), ([first, second], 0.7689414, 0.5665186)]:
            net = nn.Linear(1, 2, bias=False)
            net.weight.data.zero_()
            optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
            mean_loss, _ = train_epoch(net, batches, nn.CrossEntropyLoss(reduction=reduction), optimizer)
            after = f"after {len(batches)} batch(es) with reduction {reduction!r}"
            right = torch.allclose(net.weight.detach(), torch.tensor([[-weight], [weight]]), atol=1e-5)
            assert right, f"{after} the weights should be {-weight} and {weight}, got {net.weight.flatten().tolist()}"
            assert abs(mean_loss - expected) < 1e-5, f"{after} the mean loss should be {expected}, got {mean_loss}"

# %%
# CORE
def test_train_epoch_returns_means_over_examples(train_epoch):
    import torch
    from torch import nn

    # Three examples with the loss ln 2, and then one that is wrong, with the loss ln 4.
    X = torch.tensor([[0.01, 0.0], [0.0, 0.01], [0.01, 0.0], [1.0986123, 0.0]])
    y = torch.tensor([0, 1, 0, 1])
    for reduction in ("none", "mean"):
        net = nn.Linear(2, 2)
        net.weight.data.copy_(torch.eye(2))  # net(X) is X, and the learning rate 0 keeps it so
        net.bias.data.zero_()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
        batches = [(X[:3], y[:3]), (X[3:], y[3:])]
        result = train_epoch(net, batches, nn.CrossEntropyLoss(reduction=reduction), optimizer)
        mean_loss, accuracy = result
        assert isinstance(mean_loss, float) and isinstance(accuracy, float), "Both figures should be floats."
        assert abs(mean_loss - 0.8627) < 1e-3, f"mean loss {mean_loss} with reduction {reduction!r}, expected 0.8627"
        assert abs(accuracy - 0.75) < 1e-6, f"3 of 4 examples are right, got {accuracy}"
    net = nn.Linear(1, 2, bias=False)
    net.weight.data.copy_(torch.tensor([[0.1], [-0.1]]))  # wrong at first, and right after one step
    batch = torch.tensor([[1.0], [2.0]]), torch.tensor([1, 1])
    _, accuracy = train_epoch(net, [batch], nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=1.0))
    assert accuracy == 0, f"before the update 0 of 2 examples are right, got {accuracy}"

# %%
# CORE
def test_train_epoch_trains_in_training_mode_with_the_given_optimizer(train_epoch):
    import torch
    from torch import nn

    net = nn.Sequential(nn.BatchNorm1d(2), nn.Linear(2, 2))
    net.eval()  # as an evaluation may have left it
    bias = net[1].bias.detach().clone()
    optimizer = torch.optim.SGD([net[1].weight], lr=0.1)
    batch = torch.tensor([[1.0, -2.0], [3.0, 4.0], [5.0, 7.0]]), torch.tensor([0, 1, 1])
    train_epoch(net, [batch], nn.CrossEntropyLoss(), optimizer)
    assert net[0].running_mean[1] != 0, "BatchNorm saw no batch in training mode: does the whole network switch to it?"
    assert torch.equal(net[1].bias, bias), "The optimizer has the weight only, and the bias moved: step with the given one."

# %%
# HIDDEN
# CORE
def test_train_epoch_matches_the_definition_over_two_epochs(train_epoch):
    import copy

    import torch
    from torch import nn

    g = torch.Generator().manual_seed(1)
    X = torch.randn(23, 3, generator=g, dtype=torch.float64) * 2
    y = torch.randint(0, 4, (23,), generator=g)
    batches = list(zip(X.split([9, 9, 5]), y.split([9, 9, 5])))
    for reduction in ("none", "mean"):
        net = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 4)).double()
        for p in net.parameters():
            p.data.copy_(torch.randn(p.shape, generator=g, dtype=torch.float64))
        twin = copy.deepcopy(net)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.4)
        twin_optimizer = torch.optim.SGD(twin.parameters(), lr=0.4)
        for _ in range(2):
            total, hits = 0.0, 0
            for features, labels in batches:
                outputs = twin(features)
                losses = nn.functional.cross_entropy(outputs, labels, reduction="none")
                twin_optimizer.zero_grad()
                losses.mean().backward()
                twin_optimizer.step()
                total += losses.sum().item()
                hits += int((outputs.argmax(dim=1) == labels).sum())
            mean_loss, accuracy = train_epoch(net, batches, nn.CrossEntropyLoss(reduction=reduction), optimizer)
            for p, expected in zip(net.parameters(), twin.parameters()):
                assert torch.allclose(p, expected, rtol=1e-6, atol=1e-6), (
                    "The parameters are not those of one update per batch, each by the gradient of that batch's mean."
                )
            assert abs(mean_loss - total / 23) < 1e-5, "The mean loss over all examples is off."
            assert abs(accuracy - hits / 23) < 1e-6, "The accuracy of the outputs before each update is off."

# %%
# HIDDEN
def test_train_epoch_with_momentum_and_weight_decay(train_epoch):
    import copy

    import torch
    from torch import nn

    X, y = torch.randn(17, 4, dtype=torch.float64), torch.arange(17) % 3
    batches = list(zip(X.split(5), y.split(5)))
    net = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)).double()
    twin = copy.deepcopy(net)
    settings = {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.01}
    optimizer = torch.optim.SGD(net.parameters(), **settings)
    twin_optimizer = torch.optim.SGD(twin.parameters(), **settings)
    for features, labels in batches:
        losses = nn.functional.cross_entropy(twin(features), labels)
        twin_optimizer.zero_grad()
        losses.backward()
        twin_optimizer.step()
    train_epoch(net, batches, nn.CrossEntropyLoss(reduction="none"), optimizer)
    for p, expected in zip(net.parameters(), twin.parameters()):
        assert torch.allclose(p, expected, rtol=1e-6, atol=1e-6), (
            "The parameters are not where the given optimizer takes them, with its momentum and weight decay."
        )

# %%
# HIDDEN
def test_train_epoch_with_a_loader_that_shuffles(train_epoch, judge):
    import torch
    from torch import nn

    def measure(train_epoch, weight, X, y):
        import torch
        from torch import nn
        from torch.utils.data import DataLoader, TensorDataset

        class Spy(nn.Module):
            def __init__(self):
                super().__init__()
                self.linear = nn.Linear(2, 3, bias=False)
                self.modes = []
                self.rows = []

            def forward(self, X):
                self.modes.append(self.training)
                self.rows.extend(X[:, 0].tolist())
                return self.linear(X)

        spy = Spy()
        spy.linear.weight.data.copy_(weight)
        spy.eval()
        loader = DataLoader(TensorDataset(X, y), batch_size=8, shuffle=True)
        optimizer = torch.optim.SGD(spy.parameters(), lr=1e-3)
        result = train_epoch(spy, loader, nn.CrossEntropyLoss(reduction="none"), optimizer)
        return spy.modes, sorted(spy.rows), spy.linear.weight.detach(), result

    # With so small a rate the order of the batches changes next to nothing.
    weight, X, y = torch.randn(3, 2), torch.randn(24, 2), torch.arange(24) % 3
    W = weight.clone().requires_grad_()
    loss = nn.functional.cross_entropy(X @ W.T, y)
    (gradient,) = torch.autograd.grad(loss, W)
    hits = ((X @ weight.T).argmax(dim=1) == y).double().mean().item()
    modes, rows, trained, (mean_loss, accuracy) = judge.probe(measure, train_epoch, weight, X, y)
    assert all(modes), "The network must be in training mode for every batch."
    assert rows == sorted(X[:, 0].tolist()), "Every example must go through the network, and once."
    step = (trained - weight) / -3e-3
    close = torch.allclose(step, gradient, rtol=0.05, atol=0.02)
    assert close, "The parameters did not move as one step per batch moves them."
    floats = isinstance(mean_loss, float) and isinstance(accuracy, float)
    assert floats, "Return two Python floats: mean loss and accuracy."
    assert abs(mean_loss - loss.item()) < 0.02, "The mean loss over all examples is off."
    assert abs(accuracy - hits) < 0.1, "The accuracy of the outputs before each update is off."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
