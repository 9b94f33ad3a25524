# %% [raw]
# # BEGIN QUESTION
# name: evaluate_loss

# %% [markdown]
# ## 3 · The loss on other data (12 min)
#
# The training loss always looks too good: the network has adapted to these very examples. What counts is the loss
# on data that it was not trained on, measured *without touching the network*:
#
# - in **eval mode**, so that dropout is off and batch normalisation does not update its statistics;
# - **without a graph**, since nobody will call `backward`;
# - with the **mode put back** afterwards: training mode if the network was in training mode, eval mode if not.
#
# **Example.** One batch of three examples, each with the loss $\ln 2$, and a last batch of one example
# with the loss $\ln 4 = 2 \ln 2$. The mean over the examples is
# $\frac{3 \ln 2 + 2 \ln 2}{4} = 1.25 \ln 2 \approx 0.8664$. The mean of the two batch means would be
# $1.5 \ln 2$, because it lets the one example count as much as the three others together.
#
# **Your task.** Write `evaluate_loss(net, data_iter, loss)`: the mean loss over all examples, as a Python `float`,
# again for losses with `reduction="none"` and with `reduction="mean"`. `data_iter` may be any iterable of batches,
# a generator too, and is gone through once.
#
# <details><summary>Hint: right with reduction="none", wrong with reduction="mean"</summary>
#
# With `"mean"`, the sum of what the loss returns is the sum of the batch means. Turn each batch's mean into the batch's
# total before you add it up, and divide by the number of *examples* in the end.
#
# <details><summary>The next line</summary>
#
# An `Accumulator(2)` keeps both: `sums.add(…, len(y))`.
# </details></details>
#
# <details><summary>Hint: training goes worse after a measurement</summary>
#
# The network was left in eval mode. Note its mode first, and put it back when you are done.
#
# <details><summary>The next line</summary>
#
# `was_training = …` comes first, and `net.train(was_training)` after the loop.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def evaluate_loss(net: nn.Module, data_iter, loss) -> float:
    """Return the mean loss of net over all examples of the batches (X, y) of data_iter, as a float.

    Runs net in eval mode and without a graph, then puts its mode (`net.training`) back as it was.
    loss(net(X), y) is one loss per example or their mean (reduction "none" or "mean").
    """
    # BEGIN SOLUTION
    was_training = net.training
    net.eval()
    sums = Accumulator(2)
    with torch.no_grad():
        for X, y in data_iter:
            sums.add(loss(net(X), y).mean() * len(y), len(y))
    net.train(was_training)
    return sums[0] / sums[1]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_evaluate_loss_on_the_worked_example(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Linear(2, 2)
    net.weight.data.copy_(torch.eye(2))  # net(X) is X
    net.bias.data.zero_()
    three = torch.zeros(3, 2), torch.tensor([0, 1, 0])
    one = torch.tensor([[1.0986123, 0.0]]), torch.tensor([1])
    for reduction in ("none", "mean"):
        result = evaluate_loss(net, [three, one], nn.CrossEntropyLoss(reduction=reduction))
        assert isinstance(result, float), "evaluate_loss should return a Python float"
        assert abs(result - 0.8664340) < 1e-5, f"got {result} with reduction {reduction!r}, expected 0.866434"

# %%
# CORE
def test_evaluate_loss_uses_eval_mode_and_puts_the_mode_back(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Dropout(0.8), nn.Linear(3, 3))
    net[1].weight.data.copy_(torch.eye(3))  # without dropout, net(X) is X
    net[1].bias.data.zero_()
    batch = torch.full((40, 3), 2.0), torch.arange(40) % 3  # equal scores, so each loss is ln 3
    net.train()
    result = evaluate_loss(net, [batch], nn.CrossEntropyLoss())
    assert abs(result - 1.0986123) < 1e-5, f"with dropout off the mean loss is ln 3 = 1.0986, got {result}"
    assert net.training, "The network was in training mode before, and it should be afterwards."
    net.eval()
    evaluate_loss(net, [batch], nn.CrossEntropyLoss())
    assert not net.training, "The network was in eval mode before, and it should be afterwards."

# %%
# CORE
def test_evaluate_loss_leaves_everything_trainable(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(2, 3))
    torch.set_grad_enabled(True)  # an earlier version may have left them switched off
    evaluate_loss(net, [(torch.ones(4, 2), torch.tensor([0, 1, 2, 1]))], nn.CrossEntropyLoss())
    still_enabled = torch.is_grad_enabled()
    torch.set_grad_enabled(True)
    assert still_enabled, "Afterwards gradients are switched off for the whole notebook."
    assert all(p.requires_grad for p in net.parameters()), "Afterwards the parameters require no gradients any more."
    assert all(p.grad is None for p in net.parameters()), "Afterwards the parameters have gradients: does backward run?"
    assert net[0].training, "Afterwards the layer in the network is in eval mode, and it was in training mode before."

# %%
# HIDDEN
# CORE
def test_evaluate_loss_over_uneven_batches(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 4)).double()
    X, y = torch.randn(31, 2, 3, dtype=torch.float64) * 3, torch.randint(0, 4, (31,))
    X[28:] *= 20
    batches = list(zip(X.split(14), y.split(14)))
    with torch.no_grad():
        expected = nn.functional.cross_entropy(net(X), y).item()
    for reduction in ("mean", "none"):
        result = evaluate_loss(net, batches, nn.CrossEntropyLoss(reduction=reduction))
        assert abs(result - expected) < 1e-5 * max(1, expected), "This is not the mean over all examples."

# %%
# HIDDEN
def test_evaluate_loss_of_a_regression(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Linear(3, 1).double()
    X, y = torch.randn(11, 3, dtype=torch.float64), torch.randn(11, 1, dtype=torch.float64) * 9
    batches = list(zip(X.split(4), y.split(4)))
    with torch.no_grad():
        expected = ((net(X) - y) ** 2).mean().item()
    for reduction in ("none", "mean"):
        result = evaluate_loss(net, batches, nn.MSELoss(reduction=reduction))
        assert abs(result - expected) < 1e-5 * max(1, expected), "This is not the mean over all examples."

# %%
# HIDDEN
# CORE
def test_evaluate_loss_leaves_the_network_as_it_was(evaluate_loss):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5)), nn.Linear(4, 3))
    before = {name: value.clone() for name, value in net.state_dict().items()}
    X, y = torch.randn(19, 4) * 3 + 1, torch.randint(0, 3, (19,))
    expected = nn.functional.cross_entropy(net.eval()(X), y).item()
    net.train()
    result = evaluate_loss(net, list(zip(X.split(8), y.split(8))), nn.CrossEntropyLoss(reduction="none"))
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), "Evaluation must not change parameters or running statistics."
    assert all(p.grad is None for p in net.parameters()), "Evaluation must not compute gradients."
    assert all(p.requires_grad for p in net.parameters()), "The parameters must stay trainable."
    assert net.training and net[0].training and net[0][1].training, "The training mode must be put back."
    assert abs(result - expected) < 1e-5 * max(1, expected), "This is not the mean loss over all examples in eval mode."

# %%
# HIDDEN
# CORE
def test_evaluate_loss_builds_no_graph(evaluate_loss, judge):
    import torch

    weight, batch = torch.randn(3, 4), (torch.randn(5, 4), torch.arange(5) % 3)
    result, seen, grad_enabled = judge.probe(how_it_is_measured, evaluate_loss, weight, [batch, batch], False)
    assert len(seen) >= 2, "Every batch must go through the network."
    assert not any(training for training, _ in seen), "The network must be in eval mode for every batch."
    assert not any(recorded for _, recorded in seen), "The network must run without gradients: no graph is needed."
    assert grad_enabled, "Gradients must be switched on again afterwards."

# %%
# HIDDEN
def test_evaluate_loss_takes_a_generator(evaluate_loss, judge):
    import torch
    from torch import nn

    weight, X, y = torch.randn(3, 4), torch.randn(12, 4), torch.randint(0, 3, (12,))
    expected = nn.functional.cross_entropy(X @ weight.T, y).item()
    batches = list(zip(X.split(5), y.split(5)))
    result, seen, _ = judge.probe(how_it_is_measured, evaluate_loss, weight, batches, True)
    assert len(seen) >= 3, "Every batch must go through the network."
    right = abs(result - expected) < 1e-4 * max(1, expected)
    assert right, "This is not the mean loss over all examples that the generator gave."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
