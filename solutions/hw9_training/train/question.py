# %% [raw]
# # BEGIN QUESTION
# name: train

# %% [markdown]
# ## 4 · Many epochs and a history (20 min)
#
# Training is `train_epoch`, again and again. After each epoch you look at the accuracy on other data, to see whether
# the network learns something that holds beyond the training set. That data is only looked at, never learned from. The
# textbook calls it `test_iter`, and so does this function. As long as anything is still to be chosen, what you hand
# over under this name is *validation* data.
#
# Write down what you see. A *history* is a list with one dictionary per epoch, for instance
#
# ```python
# [{"epoch": 1, "train_loss": 0.91, "train_acc": 0.66, "test_acc": 0.74},
#  {"epoch": 2, "train_loss": 0.58, "train_acc": 0.79, "test_acc": 0.78}]
# ```
#
# where `train_loss` and `train_acc` are the pair that `train_epoch` returns, and `test_acc` is the share of right
# answers over all examples of `test_iter` after the epoch, in eval mode and without gradients.
#
# **Devices.** Parameters and data must live on the same device. If a `device` is given, move the network there
# *once*, and every batch, inputs *and* labels, as it comes, for training and for measuring. With `device=None`
# nothing moves. Your `train_epoch` has no such parameter, but takes any iterable of batches: one that moves them, too.
#
# **Your task.** Write `train(net, train_iter, test_iter, loss, num_epochs, optimizer, device=None)`, which returns
# the history. You may paste your `evaluate_accuracy`, of softmax regression, above `train` in the same cell.
#
# <details><summary>Hint: all records of my history are equal</summary>
#
# A dictionary that is made before the loop is the same object in every place. Make a *new* one in each epoch.
#
# <details><summary>The next line</summary>
#
# `history.append({…})` is the last line of the loop.
# </details></details>
#
# <details><summary>Hint: only the later epochs look odd</summary>
#
# Which mode does your evaluation leave the network in?
#
# <details><summary>The next line</summary>
#
# `net.train()` is the first line of `train_epoch`, and `net.eval()` stands above each measurement.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train(
    net: nn.Module,
    train_iter,
    test_iter,
    loss,
    num_epochs: int,
    optimizer: torch.optim.Optimizer,
    device: torch.device | str | None = None,
) -> list[dict]:
    """Train net for num_epochs epochs and return the history: one dict per epoch.

    Keys: "epoch" (1, 2, ...), "train_loss" and "train_acc" (as train_epoch returns them) and
    "test_acc" (share of right answers over test_iter after the epoch, in eval mode).
    If a device is given, net and every batch are moved there.
    """
    # BEGIN SOLUTION
    if device is not None:
        net.to(device)

    def moved(data_iter):
        for X, y in data_iter:
            yield (X, y) if device is None else (X.to(device), y.to(device))

    history = []
    for epoch in range(1, num_epochs + 1):
        train_loss, train_acc = train_epoch(net, moved(train_iter), loss, optimizer)
        net.eval()
        hits, examples = 0, 0
        with torch.no_grad():
            for X, y in moved(test_iter):
                hits += (net(X).argmax(dim=1) == y).sum().item()
                examples += len(y)
        history.append(
            {"epoch": epoch, "train_loss": train_loss, "train_acc": train_acc, "test_acc": hits / examples}
        )
    return history
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_train_returns_one_record_per_epoch(train):
    import torch
    from torch import nn

    net = nn.Linear(2, 2)
    net.weight.data.copy_(torch.eye(2))  # net(X) is X, and the learning rate 0 keeps it so
    net.bias.data.zero_()
    scores = torch.tensor([[3.0, 0.0], [0.0, 3.0], [5.0, 1.0], [2.0, 1.0]])
    train_batches = [(scores, torch.tensor([0, 1, 0, 1]))]
    test_batches = [(scores[:3], torch.tensor([1, 1, 1])), (scores[3:], torch.tensor([1]))]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
    history = train(net, train_batches, test_batches, nn.CrossEntropyLoss(), 3, optimizer)
    assert len(history) == 3, "3 epochs give 3 records"
    for record in history:
        missing = {"epoch", "train_loss", "train_acc", "test_acc"} - set(record)
        assert not missing, f"a record lacks {sorted(missing)}"
        assert abs(record["train_loss"] - 0.3571465) < 1e-4, f"train_loss {record['train_loss']}, expected 0.35715"
        assert abs(record["train_acc"] - 0.75) < 1e-6, f"train_acc {record['train_acc']}: 3 of 4 are right"
        assert abs(record["test_acc"] - 0.25) < 1e-6, f"test_acc {record['test_acc']}: 1 of 4 is right"
    numbers = [record["epoch"] for record in history]
    assert numbers in ([1, 2, 3], [0, 1, 2]), f"the epochs should be numbered 1, 2, 3, got {numbers}"

# %%
def test_train_learns_on_a_given_device(train):
    import torch
    from torch import nn

    net = nn.Linear(1, 2)
    net.weight.data.copy_(torch.tensor([[1.0], [-1.0]]))  # wrong at first
    net.bias.data.zero_()
    X, y = torch.tensor([[-2.0], [-1.0], [1.0], [2.0], [3.0]]), torch.tensor([0, 0, 1, 1, 1])
    batches = [(X[:3], y[:3]), (X[3:], y[3:])]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    test_batches = [(X, torch.tensor([1, 1, 0, 0, 1]))]  # who learns from these answers wrongly
    history = train(net, batches, test_batches, nn.CrossEntropyLoss(reduction="none"), 12, optimizer, torch.device("cpu"))
    assert len(history) == 12, "12 epochs give 12 records"
    first, last = history[0]["train_loss"], history[-1]["train_loss"]
    assert last < 0.2 < first, f"train_loss should fall from above 0.2 to below, it goes from {first} to {last}"
    assert history[-1]["train_acc"] == 1.0, "In the end every answer to a training example should be right."
    shares = [round(float(record["test_acc"]), 3) for record in history]
    assert shares == [0.2] * 12, f"after each epoch 1 of 5 test examples is answered as its label says, got {shares}"

# %%
# CORE
def test_train_measures_in_eval_mode(train):
    import torch
    from torch import nn

    # In training mode nothing comes through the dropout, and the bias has every answer be 1. In eval mode X decides.
    net = nn.Sequential(nn.Dropout(1.0), nn.Linear(2, 2))
    net[1].weight.data.copy_(torch.eye(2))
    net[1].bias.data.copy_(torch.tensor([0.0, 0.5]))
    batches = [(torch.tensor([[3.0, 0.0], [0.0, 3.0], [5.0, 1.0], [2.0, 1.0]]), torch.tensor([1, 1, 1, 1]))]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
    history = train(net, batches, batches, nn.CrossEntropyLoss(), 3, optimizer)
    for record in history:
        figures = record["train_acc"], record["test_acc"]
        assert figures == (1.0, 0.25), f"4 of 4 are 1 in training mode and 1 of 4 in eval mode, got the shares {figures}"

# %%
# HIDDEN
# CORE
def test_train_matches_the_definition(train):
    import copy
    import torch
    from torch import nn

    g = torch.Generator().manual_seed(2)
    X = torch.randn(38, 3, generator=g, dtype=torch.float64) * 2
    y = torch.randint(0, 3, (38,), generator=g)
    train_batches = list(zip(X[:21].split(8), y[:21].split(8)))
    test_batches = list(zip(X[21:].split(7), y[21:].split(7)))
    net = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 3)).double()
    for p in net.parameters():
        p.data.copy_(torch.randn(p.shape, generator=g, dtype=torch.float64))
    twin = copy.deepcopy(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
    twin_optimizer = torch.optim.SGD(twin.parameters(), lr=0.3)
    expected = []
    for _ in range(4):
        total, hits = 0.0, 0
        for features, labels in train_batches:
            outputs = twin(features)
            losses = nn.functional.cross_entropy(outputs, labels, reduction="none")
            twin_optimizer.zero_grad()
            losses.mean().backward()
            twin_optimizer.step()
            total += losses.sum().item()
            hits += int((outputs.argmax(dim=1) == labels).sum())
        right = int((twin(X[21:]).argmax(dim=1) == y[21:]).sum())
        expected.append((total / 21, hits / 21, right / 17))
    history = train(net, train_batches, test_batches, nn.CrossEntropyLoss(), 4, optimizer)
    for p, wanted in zip(net.parameters(), twin.parameters()):
        assert torch.allclose(p, wanted, rtol=1e-6, atol=1e-6), (
            "The parameters are not those of num_epochs epochs on the training batches with the given optimizer."
        )
    assert len(history) == 4, "One record per epoch."
    for record, (train_loss, train_acc, test_acc) in zip(history, expected):
        assert abs(record["train_loss"] - train_loss) < 1e-5, "train_loss is not what train_epoch measures."
        assert abs(record["train_acc"] - train_acc) < 1e-6, "train_acc is not what train_epoch measures."
        assert abs(record["test_acc"] - test_acc) < 1e-6, "test_acc is not the share over the test examples."

# %%
# HIDDEN
def test_train_switches_between_the_modes(train):
    import copy
    import torch
    from torch import nn

    g = torch.Generator().manual_seed(3)
    X = torch.randn(30, 4, generator=g, dtype=torch.float64) * 2 + 3
    y = torch.randint(0, 3, (30,), generator=g)
    train_batches = list(zip(X[:18].split(6), y[:18].split(6)))
    test_batches = list(zip(X[18:].split(9), y[18:].split(9)))
    net = nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Linear(5, 3)).double()
    for p in net.parameters():
        p.data.copy_(torch.randn(p.shape, generator=g, dtype=torch.float64))
    twin = copy.deepcopy(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.2)
    twin_optimizer = torch.optim.SGD(twin.parameters(), lr=0.2)
    expected = []
    for _ in range(3):
        twin.train()
        for features, labels in train_batches:
            twin_optimizer.zero_grad()
            nn.functional.cross_entropy(twin(features), labels).backward()
            twin_optimizer.step()
        twin.eval()
        expected.append(int((twin(X[18:]).argmax(dim=1) == y[18:]).sum()) / 12)
    history = train(net, train_batches, test_batches, nn.CrossEntropyLoss(reduction="none"), 3, optimizer)
    for value, wanted in zip(net.state_dict().values(), twin.state_dict().values()):
        assert torch.allclose(value, wanted, rtol=1e-6, atol=1e-6), (
            "Parameters or running statistics are off: only training batches may go through the network in training mode."
        )
    assert len(history) == 3, "One record per epoch."
    for record, test_acc in zip(history, expected):
        assert abs(record["test_acc"] - test_acc) < 1e-6, "test_acc is not the share that is right in eval mode."

# %%
# HIDDEN
# CORE
def test_train_moves_the_network_and_every_batch(train, judge):
    import torch
    from torch import nn

    for device in ("cpu", torch.device("cpu")):
        twin = nn.Linear(2, 3)
        weight, bias = (p.detach().clone() for p in twin.parameters())
        batches = [(torch.randn(n, 2), torch.arange(n) % 3) for n in (4, 4, 3)]
        optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
        for X, y in 3 * batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(twin(X), y).backward()
            optimizer.step()
        left, net_moved, learnt = judge.probe(what_stays_behind, train, device, weight, bias, batches)
        assert "train inputs" not in left, "Inputs of a training batch were not moved to the device."
        assert "test inputs" not in left, "Inputs of a test batch were not moved to the device."
        assert "train labels" not in left, "Labels of a training batch were not moved to the device."
        assert "test labels" not in left, "Labels of a test batch were not moved to the device."
        assert net_moved, "The network was not moved to the device, or not before it is asked."
        assert "graph" not in left, "The test accuracy must be measured without gradients."
        for p, expected in zip(learnt, twin.parameters(), strict=True):
            right = torch.allclose(p, expected.detach(), rtol=1e-4, atol=1e-5)
            assert right, "The parameters are not those of training on the batches that were moved."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Your loop at work
#
# A multilayer perceptron on the pictures of clothes: one hidden layer of 256 units, on a GPU if there is one. Watch
# the two accuracies part company. What the network knows about its training pictures and what it knows about pictures
# in general is not the same.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
X_train, y_train = as_tensors(load_fashion_mnist(train=True))
X_fit, y_fit, X_valid, y_valid = X_train[:8192], y_train[:8192], X_train[8192:10240], y_train[8192:10240]
fit_iter = DataLoader(TensorDataset(X_fit, y_fit), batch_size=256, shuffle=True)
valid_iter = DataLoader(TensorDataset(X_valid, y_valid), batch_size=256)

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
mlp = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
optimizer = torch.optim.SGD(mlp.parameters(), lr=0.05, momentum=0.9)
mlp_history = train(mlp, fit_iter, valid_iter, nn.CrossEntropyLoss(reduction="none"), 15, optimizer, device)
mlp.to("cpu")  # the pictures below lie there

epochs = [record["epoch"] for record in mlp_history]
_, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5), layout="constrained")
left.plot(epochs, [record["train_loss"] for record in mlp_history], "o-", markersize=4, label="training")
right.plot(epochs, [record["train_acc"] for record in mlp_history], "o-", markersize=4, label="training")
right.plot(epochs, [record["test_acc"] for record in mlp_history], "s--", markersize=4, label="validation")
left.set(xlabel="epoch", ylabel="mean loss", title="loss")
right.set(xlabel="epoch", ylabel="share of right answers", title="accuracy")
for ax in (left, right):
    ax.legend()
    ax.grid(alpha=0.3)
print("In the picture: training loss falls; training accuracy (solid) ends well above validation (dashed).")
plt.show()
