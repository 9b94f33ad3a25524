# %% [raw]
# # BEGIN QUESTION
# name: train_linreg

# %% [markdown]
# ## 6 · The training loop (15 min)
#
# Now put the pieces together. The loop below has not changed since the first neural networks. You will meet
# it again in every assignment:
#
# > Start with some parameters.
# > For each epoch, for each minibatch $(\mathbf{X}, \mathbf{y})$:
# > 1. **forward**: compute the predictions and the losses,
# > 2. **backward**: compute the gradients of the sum of the losses,
# > 3. **step**: update the parameters,
# > 4. **zero**: clear the gradients, before the next `backward()` adds to them.
#
# That `backward()` *adds* to `.grad` is easy to forget. If nobody clears it, each step uses the sum of all
# gradients since the start. The walk then swings around the bottom of the bowl like a marble and does not
# come to rest.
#
# How good is the model after each epoch? The loss of the last minibatch is no answer: ten examples may be
# lucky ones. Record the **mean loss over all examples**. Either evaluate all of them when the epoch is over,
# or add up, batch by batch, what you have computed anyway and divide by the number of examples. Both are
# accepted.
#
# **Example.** 1000 examples, the truth of question 1 and the default values should give weights close to
# $[2,\ -3.4]$, a bias close to $4.2$, and a third loss below $0.001$.
#
# **Your task.** Write `train_linreg`. Start with small random or zero weights and a zero bias. Use your
# `data_iter`, `linreg`, `squared_loss` and `sgd`. Return `(w, b, losses)`: `w` of shape `(d, 1)`, `b` of
# shape `(1,)`, and a list of `num_epochs` numbers.
#
# <details><summary>Hint: the loss falls, and then it grows or swings</summary>
#
# Print `w.grad` after the second `backward()` of a small example. Is it the gradient of the second batch
# alone? If not, nobody cleared the first one. `w.grad.zero_()` does it, and so does `w.grad = None`.
#
# <details><summary>The next line</summary>
#
# The body of the inner loop has four moves, in this order: forward, `.sum().backward()`, `sgd(…)`, and then
# clear *both* gradients.
# </details></details>
#
# <details><summary>Hint: the loss does not move at all</summary>
#
# The order matters: cleared between `backward` and the step, there is nothing left to step with. And are
# `w` and `b` the very tensors that the step is given?
#
# <details><summary>The next line</summary>
#
# Print `w.grad` in the line before `sgd(…)`. It is a column of numbers that are not 0.
# </details></details>
#
# <details><summary>Hint: my list of losses is too long</summary>
#
# One number belongs to each *epoch*, the mean over all examples. The loss of one batch is no answer.
#
# <details><summary>The next line</summary>
#
# After the inner loop, under `torch.no_grad()`, put all `features` through the model once, and append the
# mean of their losses with `.item()`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_linreg(
    features: torch.Tensor,
    labels: torch.Tensor,
    lr: float = 0.03,
    num_epochs: int = 3,
    batch_size: int = 10,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Train a linear model from scratch by minibatch SGD and return (w, b, losses).

    features (n, d) and labels (n, 1) are the data, w (d, 1) and b (1,) the trained parameters. losses is a
    list with one number per epoch: the mean of squared_loss over all examples.
    """
    # BEGIN SOLUTION
    w = torch.normal(0.0, 0.01, (features.shape[1], 1), dtype=features.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=features.dtype, requires_grad=True)
    losses = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], lr, batch_size)
            w.grad.zero_()
            b.grad.zero_()
        with torch.no_grad():
            losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
    return w, b, losses
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_train_linreg_finds_the_truth(train_linreg):
    import torch

    # After 300 steps a right answer is within 0.005 of the truth; the bounds are ten times that.
    X = torch.randn(1000, 2)
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(1000, 1)
    w, b, losses = train_linreg(X, y)
    w, b = w.detach().reshape(-1), b.detach().reshape(-1)
    assert (w - torch.tensor([2.0, -3.4])).abs().max() < 0.05, f"w should be close to [2, -3.4], got {w}."
    assert (b - 4.2).abs().max() < 0.05, f"b should be close to 4.2, got {b}."
    assert hasattr(losses, "__len__"), "losses must be a list with one number for each epoch."
    assert len(losses) == 3, f"Expected one loss for each of the 3 epochs, got {len(losses)}."
    assert float(losses[2]) < 0.001, f"The last loss should be below 0.001, got {float(losses[2]):.5f}."

# %%
# CORE
def test_train_linreg_reports_the_mean_over_all_examples(train_linreg):
    import torch

    # With lr = 0 nothing moves: each loss is that of the weights returned. One label lies far out.
    X = torch.randn(40, 2)
    y = torch.randn(40, 1)
    y[7] = 300.0
    w, b, losses = train_linreg(X, y, lr=0.0, num_epochs=2, batch_size=10)
    expected = ((X @ w.detach().reshape(-1, 1) + b.detach() - y) ** 2 / 2).mean().item()
    for loss in losses:
        message = "With lr = 0 nothing moves, and each loss is the mean over all 40 examples of your w and b: "
        message += f"{expected:.2f}. Got {float(loss):.2f}."
        assert abs(float(loss) / expected - 1) < 0.001, message

# %%
def test_train_linreg_takes_one_step_for_each_batch(train_linreg):
    import torch

    # One batch of all 20 examples: one step of 0.1 times an error of 1000, beside which no start counts.
    w, b, _ = train_linreg(torch.ones(20, 1), torch.full((20, 1), 1000.0), lr=0.1, num_epochs=1, batch_size=20)
    for name, value in [("w", w.item()), ("b", b.item())]:
        message = f"20 examples in a batch of 20 are one step: {name} should be about 100, got {value:.1f}."
        assert abs(value - 100) < 20, message

# %%
# HIDDEN
# CORE
def test_train_linreg_takes_the_right_steps(train_linreg):
    import torch

    # The columns of X are orthogonal with mean 0. With the whole data set as one batch, each step brings
    # every parameter closer to the truth by the factor 1 - lr. Weights that start anywhere below 20
    # change the result by less than the tolerance.
    X = torch.tensor([[1.0, 1, 1], [1, 1, -1], [1, -1, 1], [1, -1, -1]])
    X = torch.cat([X, -X])
    truth, bias = torch.tensor([3000.0, -2000.0, 5000.0]), -4000.0
    y = (X @ truth + bias).reshape(-1, 1)
    for lr, num_epochs in [(0.1, 1), (0.1, 2), (0.2, 4)]:
        w, b, losses = train_linreg(X, y, lr=lr, num_epochs=num_epochs, batch_size=8)
        way = 1 - (1 - lr) ** num_epochs
        assert len(losses) == num_epochs, "There must be one loss per epoch."
        message = "After some epochs with one batch each, w is not where gradient descent leads."
        assert ((w.detach().reshape(-1) - way * truth).abs() < 20).all(), message
        message = "After some epochs with one batch each, b is not where gradient descent leads."
        assert ((b.detach().reshape(-1) - way * bias).abs() < 20).all(), message

# %%
# HIDDEN
def test_train_linreg_reports_every_epoch(train_linreg):
    import torch

    # As above: the loss falls by (1 - lr) ** 2 per epoch, whether measured in the epoch or after it.
    X = torch.tensor([[1.0, 1, 1], [1, 1, -1], [1, -1, 1], [1, -1, -1]])
    X = torch.cat([X, -X])
    y = (X @ torch.tensor([3000.0, -2000.0, 5000.0]) - 4000.0).reshape(-1, 1)
    _, _, losses = train_linreg(X, y, lr=0.1, num_epochs=5, batch_size=8)
    losses = [float(loss) for loss in losses]
    assert len(losses) == 5, "There must be one loss per epoch."
    start = (y.square() / 2).mean().item()
    message = "The loss of the first epoch must be the mean of squared_loss over all examples."
    assert min(abs(losses[0] / start - 1), abs(losses[0] / start / 0.81 - 1)) < 0.03, message
    message = "The losses must be those of each epoch, in order."
    assert all(abs(after / before - 0.81) < 0.03 for before, after in zip(losses, losses[1:])), message

# %%
# HIDDEN
def test_train_linreg_counts_all_batches(train_linreg, judge):
    import torch

    # With lr = 0 nothing moves. Two labels lie so far out that no single batch has the mean of all.
    message = "Each loss must be the mean of squared_loss over all examples of the data set."
    losses = judge.probe(losses_at_rest, train_linreg)  # of the labels 0, 1, ..., 29, with a bias that starts below 1
    assert len(losses) == 48 and ((losses - 8555 / 60).abs() < 16).all(), message
    for n, d, batch_size in [(60, 4, 12), (15, 1, 15), (21, 3, 3)]:
        X, y = torch.randn(n, d), torch.randn(n, 1)
        y[3], y[n - 1] = -500.0, 200.0
        w, b, losses = train_linreg(X, y, lr=0.0, num_epochs=3, batch_size=batch_size)
        expected = ((X @ w.detach().reshape(-1, 1) + b.detach() - y) ** 2 / 2).mean().item()
        assert len(losses) == 3, "There must be one loss per epoch."
        assert all(abs(float(loss) / expected - 1) < 0.001 for loss in losses), message

# %%
# HIDDEN
def test_train_linreg_learns_with_a_smaller_last_batch(train_linreg):
    import torch

    # No noise, at least 300 steps of 0.1: what is left of the distance is far below the tolerance.
    for n, d, batch_size, num_epochs in [(97, 5, 9, 30), (50, 1, 16, 80)]:
        X, truth = torch.randn(n, d), 5 * torch.randn(d, 1)
        w, b, losses = train_linreg(X, X @ truth - 7.0, lr=0.1, num_epochs=num_epochs, batch_size=batch_size)
        message = "The loop does not find the weights of data without noise."
        assert ((w.detach().reshape(-1, 1) - truth).abs() < 0.05).all(), message
        message = "The loop does not find the bias of data without noise."
        assert ((b.detach().reshape(-1) + 7.0).abs() < 0.05).all(), message
        assert len(losses) == num_epochs, "There must be one loss per epoch."
        assert float(losses[-1]) < 0.01 < float(losses[0]), "The loss must fall from epoch to epoch."

# %%
# HIDDEN
def test_train_linreg_takes_batches_of_the_size_that_is_asked_for(train_linreg, judge):
    import torch

    # One feature, always 1: each full batch brings w and b closer by the factor 1 - 2 * lr, together, to half the label.
    sizes = [(40, 5), (24, 24), (18, 3), (30, 10)]
    message = "In each epoch there must be one step for each minibatch of batch_size examples."
    ways = torch.tensor([[1 - 0.9 ** (2 * n // batch_size)] for n, batch_size in sizes])
    assert ((judge.probe(ends, train_linreg, sizes) / 500_000 - ways).abs() < 0.001).all(), message
    for n, batch_size in sizes:
        w, b, _ = train_linreg(torch.ones(n, 1), torch.full((n, 1), 1e6), lr=0.05, num_epochs=1, batch_size=batch_size)
        end = torch.cat([w.detach().reshape(-1), b.detach().reshape(-1)])
        assert ((end / 500_000 - (1 - 0.9 ** (n // batch_size))).abs() < 0.001).all(), message

# %%
# HIDDEN
def test_train_linreg_keeps_the_defaults_of_its_signature(train_linreg, judge):
    import torch

    # Only b learns, in three epochs of four steps of 0.03. The losses are those before each step, or after four.
    message = "By default there are 3 epochs of minibatches of 10 examples, with lr = 0.03."
    after = [500000 * 0.97 ** (2 * step) for step in range(13)]
    ways = ([sum(after[4 * k : 4 * k + 4]) / 4 for k in range(3)], after[4::4])
    losses = judge.probe(losses_by_default, train_linreg)
    assert len(losses) == 3, message
    assert any(max(abs(a / b - 1) for a, b in zip(losses, way)) < 0.01 for way in ways), message
    _, b, losses = train_linreg(torch.zeros(40, 2), torch.full((40, 1), 1000.0))
    assert len(losses) == 3, message
    assert abs(b.detach().reshape(-1) - 1000 * (1 - 0.97**12)) < 2, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### How large a step?
#
# The learning rate is the first knob that you will turn in practice. Your loop draws its learning curves
# below. Predict before you run: which of the five rates is too small for eight epochs, and which is too
# large?
#
# Too small, and eight epochs are not enough. Too large, and the steps jump across the bowl: the loss
# goes up and down and never settles. (Add 2.0 to the list. What happens to its curve?) The dashed line is the
# noise, below which no model can stay.

# %% tags=["otter_ignore"]
torch.manual_seed(1)
fig, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
learning_curves = {}
for lr, marker in zip((0.003, 0.01, 0.03, 0.3, 1.7), "os^Dv"):
    _, _, losses = train_linreg(features, labels, lr=lr, num_epochs=8)
    learning_curves[lr] = [float(loss) for loss in losses]
    ax.semilogy(np.arange(1, 9), learning_curves[lr], marker=marker, markersize=4, label=f"lr = {lr}")
ax.axhline(0.01**2 / 2, color="black", linestyle="--", linewidth=1)
ax.set(xlabel="epoch", ylabel="mean loss", title="learning curves", ylim=(1e-5, 1e2))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
print("In the picture: mean loss over 8 epochs, logarithmic, one marker for each learning rate. 0.003 is still far above the noise at\n"
      "the end; 0.01 just gets there, 0.03 and 0.3 soon; 1.7 falls, and then goes up and down.")
plt.show()

# %% [markdown]
# ### Did we arrive?
#
# The normal equation knows the lowest point of the bowl. (`torch.linalg.lstsq` solves it without forming the
# inverse, which is both faster and more exact.) Compare your walk with it, and both with the truth: what
# neither of them can find is the last thousandth, which the noise has moved.

# %% tags=["otter_ignore"]
w, b, _ = train_linreg(features, labels, num_epochs=6)
walked = torch.cat([w.detach().reshape(-1), b.detach().reshape(-1)])
with_ones = torch.cat([features, torch.ones(len(features), 1)], dim=1)
solved = torch.linalg.lstsq(with_ones, labels).solution.reshape(-1)
print("truth  ", [*true_w.tolist(), true_b])
print("formula", solved.tolist())
print("walk   ", walked.tolist())

# %% [markdown]
# ## The same, in a few lines
#
# You now know what happens in every line of a training loop. From here on, PyTorch may do the work: `nn`
# has the layers and losses, `torch.optim` the update rules, and `torch.utils.data` the minibatches.
