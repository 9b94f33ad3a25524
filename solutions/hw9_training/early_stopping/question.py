# %% [raw]
# # BEGIN QUESTION
# name: early_stopping

# %% [markdown]
# ## 5 · Stop in time (20 min)
#
# Train long enough, and the training loss keeps falling while the loss on *validation* data turns and rises: the
# network begins to learn its training examples by heart. So watch the validation loss and stop when it has not
# improved for a while. How long is a while? The *patience* says: the number of epochs in a row without a lower
# validation loss that you are willing to wait.
#
# After each epoch, compare the validation loss with the **lowest one so far**, that of the best epoch.
#
# - Lower: this is the new best epoch. Keep a copy of its parameters, and start waiting anew.
# - Not lower (an equal loss is not lower): one more epoch of waiting. If that makes `patience` epochs in a row,
#   stop.
#
# When training ends, because patience ran out or because `max_epochs` were done, **put the best epoch's parameters
# back** into the network.
#
# **Example** with `patience = 2`:
#
# | epoch | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
# |---|---|---|---|---|---|---|---|
# | validation loss | 0.69 | 0.80 | 0.67 | 0.75 | 0.66 | 0.70 | 0.68 |
# | epochs without a lower one | 0 | 1 | 0 | 1 | 0 | 1 | **2** |
#
# Training stops after epoch 7, although 0.68 is lower than the 0.70 before it, and the network gets the parameters
# of epoch 5. The history has seven records.
#
# **The trap.** `net.state_dict()` does not copy. Its tensors *are* the parameters, and the next step changes
# them in place. What you keep must be a copy.
#
# **Your task.** Write `train_with_patience(net, train_iter, valid_iter, loss, optimizer, max_epochs, patience)`. It
# trains with `train_epoch`, measures with `evaluate_loss` and returns the history, a list with one dictionary per
# epoch that was run: `epoch`, `train_loss`, `train_acc`, `valid_loss`.
#
# <details><summary>Hint: at the end the network has the parameters of the last epoch</summary>
#
# Did you load the kept parameters back *after* the loop, even when `max_epochs` ended it? If so, look at them in the
# epoch after you kept them: do they still have their old values?
#
# <details><summary>The next line</summary>
#
# `copy.deepcopy(…)` of the state cuts the tie; `.clone()` on each tensor does, too.
# </details></details>
#
# <details><summary>Hint: training stops after the wrong epoch</summary>
#
# The waiting begins anew with each *lowest* loss so far, not with each loss that is below the one before. And it ends
# at `patience`.
#
# <details><summary>The next line</summary>
#
# Keep three things: the lowest loss, its state, and `waited`. With the numbers of the example, `waited` is the last row
# of the table.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_with_patience(
    net: nn.Module,
    train_iter,
    valid_iter,
    loss,
    optimizer: torch.optim.Optimizer,
    max_epochs: int,
    patience: int,
) -> list[dict]:
    """Train until `patience` epochs in a row brought no lower validation loss, at most max_epochs epochs.

    Then put the parameters of the epoch with the lowest validation loss back into net.
    Return the history, one dict per epoch: "epoch", "train_loss", "train_acc", "valid_loss".
    """
    # BEGIN SOLUTION
    history = []
    lowest, best_state, waited = float("inf"), None, 0
    for epoch in range(1, max_epochs + 1):
        train_loss, train_acc = train_epoch(net, train_iter, loss, optimizer)
        valid_loss = evaluate_loss(net, valid_iter, loss)
        history.append({"epoch": epoch, "train_loss": train_loss, "train_acc": train_acc, "valid_loss": valid_loss})
        if valid_loss < lowest:
            lowest, best_state, waited = valid_loss, copy.deepcopy(net.state_dict()), 0
        else:
            waited += 1
            if waited == patience:
                break
    if best_state is not None:
        net.load_state_dict(best_state)
    return history
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_early_stopping_in_a_valley(train_with_patience):
    import torch
    from torch import nn

    # Training pulls the weight up and up. The validation loss, 0.633, 0.613, 0.612, 0.618, 0.628, 0.639, ...
    # is lowest after epoch 3, where the weight is 0.4664.
    net = nn.Linear(1, 2, bias=False)
    net.weight.data.zero_()
    train_batches = [(torch.ones(10, 1), torch.tensor([0] * 9 + [1]))]
    valid_batches = [(torch.ones(10, 1), torch.tensor([0] * 7 + [1] * 3))]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    history = train_with_patience(net, train_batches, valid_batches, nn.CrossEntropyLoss(), optimizer, 20, 2)
    assert len(history) == 5, f"3 epochs down and 2 of waiting make 5, the history has {len(history)}"
    losses = [round(record["valid_loss"], 3) for record in history if "valid_loss" in record]
    right = losses in ([], [0.633, 0.613, 0.612, 0.618, 0.628])
    assert right, f"each record should hold the validation loss of its own epoch, the history has {losses}"
    assert abs(net.weight[0].item() - 0.4664) < 1e-3, "The network should have the parameters of epoch 3."

# %%
# CORE
def test_early_stopping_starts_to_wait_anew_after_a_new_best(train_with_patience):
    import torch
    from torch import nn

    # The validation loss goes 0.687, 0.801, 0.675, 0.762, 0.673, 0.741, 0.674, ...
    net = nn.Linear(1, 2, bias=False).double()
    net.weight.data.copy_(torch.tensor([[0.5], [-0.5]]))
    ones = torch.ones(10, 1, dtype=torch.float64)
    train_batches = [(ones, torch.tensor([0, 1] * 5))]
    valid_batches = [(ones, torch.tensor([0] * 4 + [1] * 6))]
    optimizer = torch.optim.SGD(net.parameters(), lr=3.8)
    history = train_with_patience(net, train_batches, valid_batches, nn.CrossEntropyLoss(), optimizer, 20, 2)
    assert len(history) == 7, f"Epoch 5 is the best and 2 epochs of waiting follow, the history has {len(history)}"
    assert abs(net.weight[1].item() - 0.19348) < 1e-4, "The network should have the parameters of epoch 5."

# %%
def test_early_stopping_at_max_epochs_and_with_equal_losses(train_with_patience):
    import torch
    from torch import nn

    net = nn.Linear(1, 2, bias=False)
    net.weight.data.zero_()
    train_batches = [(torch.ones(10, 1), torch.tensor([0] * 9 + [1]))]
    valid_batches = [(torch.ones(10, 1), torch.tensor([0] * 7 + [1] * 3))]
    loss, optimizer = nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=0.5)
    history = train_with_patience(net, train_batches, valid_batches, loss, optimizer, 4, 2)
    assert len(history) == 4, f"max_epochs is 4, the history has {len(history)}"
    best = abs(net.weight[0].item() - 0.4664) < 1e-3
    assert best, "Epoch 3 of 4 was the best, and the network should have its parameters."
    for group in optimizer.param_groups:
        group["lr"] = 0.0  # nothing moves, and all losses are equal
    history = train_with_patience(net, train_batches, valid_batches, loss, optimizer, 20, 2)
    assert len(history) == 3, f"With equal losses 2 epochs of waiting follow the first, the history has {len(history)}"

# %%
# HIDDEN
# CORE
def test_early_stopping_for_several_patiences(train_with_patience):
    import torch
    from torch import nn

    cases = [(0.0, 9, 7, 0.3), (1.0, 5, 4, 3.8), (0.5, 2, 4, 0.2), (-1.5, 5, 6, 3.7)]
    ones = torch.ones(10, 1, dtype=torch.float64)
    for start, train_zeros, valid_zeros, lr in cases:
        y = torch.tensor([0] * train_zeros + [1] * (10 - train_zeros))
        y_valid = torch.tensor([0] * valid_zeros + [1] * (10 - valid_zeros))
        for patience in (1, 2, 3, 5):
            w, lowest, best, best_epoch, epoch = start, float("inf"), start, 0, 0
            while epoch < 15 and epoch - best_epoch < patience:
                epoch += 1
                w -= lr * (torch.sigmoid(torch.tensor(2 * w, dtype=torch.float64)).item() - train_zeros / 10)
                scores = torch.tensor([[w, -w]], dtype=torch.float64).expand(10, 2)
                valid_loss = nn.functional.cross_entropy(scores, y_valid).item()
                if valid_loss < lowest:
                    lowest, best, best_epoch = valid_loss, w, epoch
            net = nn.Linear(1, 2, bias=False).double()
            net.weight.data.copy_(torch.tensor([[start], [-start]]))
            optimizer = torch.optim.SGD(net.parameters(), lr=lr)
            loss = nn.CrossEntropyLoss(reduction="none")
            history = train_with_patience(net, [(ones, y)], [(ones, y_valid)], loss, optimizer, 15, patience)
            assert len(history) == epoch, "Training did not stop when the question says, or the history is not complete."
            wanted = torch.tensor([[best], [-best]], dtype=torch.float64)
            right = torch.allclose(net.weight, wanted, atol=1e-6, rtol=1e-6)
            assert right, "The network should end with the parameters of the epoch with the lowest validation loss."

# %%
# HIDDEN
# CORE
def test_early_stopping_puts_the_best_parameters_back_when_max_epochs_ends_it(train_with_patience):
    import torch
    from torch import nn

    net = nn.Linear(1, 2, bias=False)
    net.weight.data.zero_()
    train_batches = [(torch.ones(10, 1), torch.tensor([0] * 9 + [1]))]
    valid_batches = [(torch.ones(10, 1), torch.tensor([0] * 7 + [1] * 3))]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    history = train_with_patience(net, train_batches, valid_batches, nn.CrossEntropyLoss(), optimizer, 6, 10)
    assert len(history) == 6, "If patience does not run out, max_epochs epochs are run, and each one has its record."
    assert abs(net.weight[0].item() - 0.4664) < 1e-3, (
        "Also when max_epochs ends the training, the parameters of the lowest validation loss must be put back."
    )

# %%
# HIDDEN
def test_early_stopping_counts_an_equal_loss_as_waiting(train_with_patience):
    import torch
    from torch import nn

    # After one large step both units are dead, and the loss stays at ln 2 for ever.
    net = nn.Sequential(nn.Linear(1, 2, bias=False), nn.ReLU())
    net[0].weight.data.copy_(torch.tensor([[1.0], [-1.0]]))
    batches = [(torch.ones(4, 1), torch.ones(4, dtype=torch.int64))]
    optimizer = torch.optim.SGD(net.parameters(), lr=10.0)
    history = train_with_patience(net, batches, batches, nn.CrossEntropyLoss(), optimizer, 12, 3)
    assert len(history) == 4, "An equal loss is not lower: `patience` such epochs in a row end the training."

# %%
# HIDDEN
def test_early_stopping_of_a_deeper_network(train_with_patience):
    import copy

    import torch
    from torch import nn

    # The validation loss falls for 14 epochs, with a pause at the third, and rises then.
    g = torch.Generator().manual_seed(6)
    X = torch.randn(40, 3, generator=g, dtype=torch.float64) * 2
    y = torch.randint(0, 3, (40,), generator=g)
    train_batches = list(zip(X[:22].split(9), y[:22].split(9)))
    valid_batches = list(zip(X[22:].split(7), y[22:].split(7)))
    net = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.Tanh(), nn.Linear(8, 3)).double()
    for p in net.parameters():
        p.data.copy_(torch.randn(p.shape, generator=g, dtype=torch.float64))
    twin = copy.deepcopy(net)
    twin_optimizer = torch.optim.SGD(twin.parameters(), lr=0.5)
    lowest, best, best_epoch, epoch = float("inf"), None, 0, 0
    while epoch < 25 and epoch - best_epoch < 3:
        epoch += 1
        twin.train()
        for features, labels in train_batches:
            twin_optimizer.zero_grad()
            nn.functional.cross_entropy(twin(features), labels).backward()
            twin_optimizer.step()
        twin.eval()
        valid_loss = nn.functional.cross_entropy(twin(X[22:]), y[22:]).item()
        if valid_loss < lowest:
            lowest, best_epoch = valid_loss, epoch
            best = [p.detach().clone() for p in twin.parameters()]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    history = train_with_patience(net, train_batches, valid_batches, nn.CrossEntropyLoss(), optimizer, 25, 3)
    assert len(history) == epoch, "Training did not stop when the question says, or the history is not complete."
    for p, wanted in zip(net.parameters(), best):
        right = torch.allclose(p, wanted, rtol=1e-6, atol=1e-6)
        assert right, "The network should end with the parameters of the epoch with the lowest validation loss."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### A network that learns by heart
#
# With only 500 pictures to learn from, this network soon knows them all: its training loss goes to zero. Its
# validation loss turns early and climbs, since the network grows ever surer of itself, even where it is wrong. Your
# function has all the patience in the world here, so that you see it. The dotted line marks the epoch whose
# parameters it brings back.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
small_iter = DataLoader(TensorDataset(X_fit[:500], y_fit[:500]), batch_size=50, shuffle=True)
mlp_small = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
optimizer = torch.optim.SGD(mlp_small.parameters(), lr=0.03, momentum=0.9)
small_history = train_with_patience(mlp_small, small_iter, valid_iter, nn.CrossEntropyLoss(), optimizer, 50, 50)

valid_losses = [record["valid_loss"] for record in small_history]
best_epoch = 1 + valid_losses.index(min(valid_losses))
brought_back = evaluate_loss(mlp_small, valid_iter, nn.CrossEntropyLoss())
epochs = range(1, len(small_history) + 1)
_, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
ax.plot(epochs, [record["train_loss"] for record in small_history], label="training")
ax.plot(epochs, valid_losses, "--", label="validation")
ax.axvline(best_epoch, linestyle=":", color="gray", label=f"best epoch: {best_epoch}")
ax.set(xlabel="epoch", ylabel="mean loss", title=f"the validation loss of the network you get back: {brought_back:.2f}")
ax.legend()
ax.grid(alpha=0.3)
print("In the picture: training loss (solid) goes to zero. Validation loss (dashed) falls for some epochs,\n"
      "up to the dotted line, and then climbs.")
plt.show()
