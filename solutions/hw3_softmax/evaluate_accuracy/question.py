# %% [raw]
# # BEGIN QUESTION
# name: evaluate_accuracy

# %% [markdown]
# ## 6 · Accuracy over a whole data set (10 min)
#
# Test data comes in minibatches too, because it may not fit into memory at once. Three things go wrong here
# in real projects.
#
# **The last batch is smaller.** Suppose one batch holds 4 examples, all right, and the last batch holds one
# example, wrong. The mean of the two batch accuracies is $(1 + 0)/2 = 0.5$. But 4 of 5 examples are right, so
# the accuracy is $0.8$. Count hits and examples over all batches, and divide once at the end.
#
# **Some layers behave differently in training.** Dropout deletes random entries; batch normalisation uses the
# statistics of the current batch and updates its running ones. `net.eval()` switches all of them to their
# quiet form, `net.train()` switches them back. An evaluation in the middle of training that forgets to switch
# back changes the training that follows; `net.training` tells which mode a network is in.
#
# **Autograd records everything.** For a measurement nobody calls `backward`, so the graph is memory and time
# wasted. Inside `with torch.no_grad():` nothing is recorded.
#
# **Your task.** Write `evaluate_accuracy(net, data_iter)`:
# - `net` is an `nn.Module`, `data_iter` any iterable that gives batches `(X, y)`: a `DataLoader`, a list, or
#   a generator, which can be run through only once and has no `len`;
# - it returns the share of right answers over all examples, as a Python `float`;
# - the network is evaluated in eval mode and without gradients;
# - afterwards `net.training` is what it was before: training mode if it was in training mode, eval mode if it
#   was in eval mode.
#
# <details><summary>Hint: my accuracy changes from call to call</summary>
#
# Something random is still at work while you measure: is the network in eval mode *before* the first batch
# goes through it?
#
# <details><summary>The next line</summary>
#
# The loop stands below `net.eval()` and inside `with torch.no_grad():`.
# </details></details>
#
# <details><summary>Hint: the check says that the mode was not put back</summary>
#
# Write down `net.training` before you change it, and use that value at the end. `net.train(False)` is the
# same as `net.eval()`.
#
# <details><summary>The next line</summary>
#
# `was_training = …` is the very first line. The last but one hands it to `net.train`.
# </details></details>
#
# <details><summary>Hint: I get 0.5 where 0.8 is right</summary>
#
# Then you average over batches. Count hits and examples over all batches, and divide once at the end.
#
# <details><summary>The next line</summary>
#
# `accuracy(…) * len(y)` is the number of hits of one batch.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def evaluate_accuracy(net: nn.Module, data_iter: Iterable[tuple[torch.Tensor, torch.Tensor]]) -> float:
    """Return the share of examples that net classifies correctly over all batches (X, y) of data_iter.

    Runs net in eval mode and without gradients, then puts its mode (`net.training`) back as it was.
    data_iter is any iterable of batches and is gone through once; the last batch may be smaller.
    """
    # BEGIN SOLUTION
    was_training = net.training
    net.eval()
    hits, examples = 0.0, 0
    with torch.no_grad():
        for X, y in data_iter:
            hits += accuracy(net(X), y) * len(y)
            examples += len(y)
    net.train(was_training)
    return hits / examples
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_evaluate_accuracy_counts_examples_and_not_batches(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Linear(2, 2)
    net.weight.data.copy_(torch.eye(2))  # net(X) is X
    net.bias.data.zero_()
    scores = torch.tensor([[3.0, 1.0], [-2.0, 5.0], [0.5, 0.0], [1.0, 2.0], [4.0, 0.0]])
    labels = torch.tensor([0, 1, 0, 1, 1])
    result = evaluate_accuracy(net, [(scores[:4], labels[:4]), (scores[4:], labels[4:])])
    assert isinstance(result, float), "evaluate_accuracy should return a Python float"
    assert abs(result - 0.8) < 1e-6, f"4 of 5 examples are right, got {result}"

# %%
# CORE
def test_evaluate_accuracy_uses_eval_mode_and_puts_the_mode_back(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Dropout(0.8), nn.Linear(4, 4))
    net[1].weight.data.copy_(torch.eye(4))  # without dropout, net(X) is X
    net[1].bias.data.zero_()
    labels = torch.arange(60) % 4
    scores = torch.full((60, 4), 1.0)
    scores[torch.arange(60), labels] = 2.0
    net.train()
    result = evaluate_accuracy(net, [(scores, labels)])
    assert abs(result - 1) < 1e-6, f"With dropout off all 60 answers are right, that is 1.0, got {result}"
    assert net.training, "The network was in training mode before, and it should be afterwards."
    net.eval()
    evaluate_accuracy(net, [(scores, labels)])
    assert not net.training, "The network was in eval mode before, and it should be afterwards."
    enabled = torch.is_grad_enabled()
    torch.set_grad_enabled(True)
    assert enabled, "Gradients are still switched off after the call."

# %%
# HIDDEN
def test_evaluate_accuracy_over_uneven_batches(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 3))
    X, y = torch.randn(47, 1, 2, 3) * 3, torch.randint(0, 3, (47,))
    with torch.no_grad():
        answers = net(X).argmax(dim=1)
    y[40:] = (answers[40:] + 1) % 3
    y[:20] = answers[:20]
    batches = list(zip(X.split([20, 20, 7]), y.split([20, 20, 7])))
    share = (answers == y).double().mean().item()
    assert abs(evaluate_accuracy(net, batches) - share) < 1e-6, "This is not the share over all examples."

# %%
# HIDDEN
def test_evaluate_accuracy_over_a_generator_and_a_shuffling_loader(evaluate_accuracy, judge):
    import torch

    def measure(evaluate_accuracy, X, y):
        import torch
        from torch import nn
        from torch.utils.data import DataLoader, TensorDataset

        once = ((X[i : i + 8], y[i : i + 8]) for i in range(0, len(X), 8))
        loader = DataLoader(TensorDataset(X, y), batch_size=6, shuffle=True)
        net = nn.Linear(5, 5)
        net.weight.data.copy_(torch.eye(5))  # net(X) is X
        net.bias.data.zero_()
        return evaluate_accuracy(net, once), evaluate_accuracy(net, loader)

    X, y = torch.randn(27, 5), torch.randint(0, 5, (27,))
    y[:12] = X[:12].argmax(dim=1)
    y[24:] = (X[24:].argmax(dim=1) + 2) % 5
    share = (X.argmax(dim=1) == y).double().mean().item()
    once, shuffled = judge.probe(measure, evaluate_accuracy, X, y)
    assert abs(once - share) < 1e-6, "This is not the share over all examples that a generator gives."
    assert abs(shuffled - share) < 1e-6, "This is not the share over all examples of a shuffling DataLoader."

# %%
# HIDDEN
def test_evaluate_accuracy_leaves_the_network_as_it_was(evaluate_accuracy):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5)), nn.Linear(4, 3))
    before = {name: value.clone() for name, value in net.state_dict().items()}
    X, y = torch.randn(22, 4) * 3 + 1, torch.randint(0, 3, (22,))
    answers = net.eval()(X).argmax(dim=1)
    y[:9], y[18:] = answers[:9], (answers[18:] + 1) % 3  # the small batch has no hit, as no other batch has
    share = (answers == y).double().mean().item()
    net.train()
    result = evaluate_accuracy(net, [(X[:9], y[:9]), (X[9:18], y[9:18]), (X[18:], y[18:])])
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), "Evaluation must not change parameters or running statistics."
    assert all(p.grad is None for p in net.parameters()), "Evaluation must not compute gradients."
    assert all(p.requires_grad for p in net.parameters()), "The parameters must stay trainable."
    assert net.training and net[0].training and net[0][1].training, "The training mode must be put back."
    assert abs(result - share) < 1e-6, "This is not the share over all examples of the network in eval mode."

# %%
# HIDDEN
# CORE
def test_evaluate_accuracy_builds_no_graph(evaluate_accuracy, judge):
    import torch
    from torch import nn

    def measure(evaluate_accuracy, weight, batches):
        import torch
        from torch import nn

        seen = []  # not an attribute of the module: a copy of the module must write here too

        class Spy(nn.Linear):
            def forward(self, X):
                out = super().forward(X)
                seen.append((self.training, out.requires_grad))
                return out

        net = Spy(4, 3, bias=False)
        net.weight.data.copy_(weight)
        result = evaluate_accuracy(net, batches)
        grad_enabled = torch.is_grad_enabled()
        torch.set_grad_enabled(True)
        return result, seen, grad_enabled

    weight, X, y = torch.randn(3, 4), torch.randn(13, 4), torch.randint(0, 3, (13,))
    answers = (X @ weight.T).argmax(dim=1)
    y[:5], y[10:] = answers[:5], (answers[10:] + 1) % 3  # the small batch has no hit, as no other batch has
    share = (answers == y).double().mean().item()
    batches = list(zip(X.split(5), y.split(5)))
    result, seen, grad_enabled = judge.probe(measure, evaluate_accuracy, weight, batches)
    assert abs(float(result) - share) < 1e-6, "This is not the share over all examples."
    assert len(seen) >= 3, "Every batch must go through the network."
    assert not any(training for training, _ in seen), "The network must be in eval mode for every batch."
    assert not any(recorded for _, recorded in seen), "The network must run without gradients: no graph is needed."
    assert grad_enabled, "Gradients must be switched on again afterwards."
    net = nn.Linear(4, 3, bias=False)
    net.weight.data.copy_(weight)
    assert abs(evaluate_accuracy(net, batches) - share) < 1e-6, "This is not the share over all examples."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## A module in five minutes
#
# `net` was an `nn.Module` in the last question, and the next one has you write such a class. A module is an
# object that knows three things: its **parameters**, how to compute its output, and whether it is in training
# mode.
#
# - `class Scale(nn.Module)` makes a new kind of module.
# - `__init__` says what it *has*. Its first line is `super().__init__()`: that makes the module able to find
#   its parameters. A layer that has nothing of its own needs no `__init__` at all.
# - `forward` says what it *does* with an input. You never call it yourself: `layer(X)` does, and looks after
#   a few other things on the way.
# - Modules nest. `nn.Sequential(a, b)` is a module that has `a` and `b`, and its parameters are theirs.
#
# The layer below multiplies each column by a number that can be trained. The whole of hw7 is about modules;
# for now this is all you need.


# %% tags=["otter_ignore"]
class Scale(nn.Module):
    def __init__(self, num_inputs: int):
        super().__init__()
        self.factors = nn.Parameter(torch.ones(num_inputs))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return X * self.factors


net = nn.Sequential(Scale(3), nn.Linear(3, 2))
print(net)
for name, parameter in net.named_parameters():
    print(f"{name:10} of shape {tuple(parameter.shape)}")
print("output of shape", tuple(net(torch.randn(4, 3)).shape), "in training mode:", net.training)
