# %% [raw]
# # BEGIN QUESTION
# name: fit

# %% [markdown]
# ## 8 · The concise loop (10 min)
#
# The loop is that of question 6. Only the names change: the network is called like a function, the *optimizer* knows
# the parameters, and three of its and the loss's methods do the rest.
#
# | from scratch | with PyTorch |
# |---|---|
# | `y_hat = linreg(X, w, b)` | `y_hat = net(X)` |
# | `l = squared_loss(y_hat, y).sum()` | `l = loss(y_hat, y)` |
# | `w.grad.zero_()`, `b.grad.zero_()` | `optimizer.zero_grad()` |
# | `l.backward()` | `l.backward()` |
# | `sgd([w, b], lr, batch_size)` | `optimizer.step()` |
#
# A loss such as `nn.MSELoss()` returns the **mean over the batch**. That is what the division by the batch size was
# for, so the optimizer needs none.
#
# There is one trap. What is the mean loss of an epoch whose last batch is smaller? Averaging the means of the batches
# would give the examples of the small batch too much say. Weight each mean by the number of its examples:
#
# $$\text{epoch loss} = \frac{\sum_{\mathcal{B}} |\mathcal{B}| \cdot \text{loss}(\mathcal{B})}
#   {\sum_{\mathcal{B}} |\mathcal{B}|} .$$
#
# **Example.** Three examples with mean loss 2 and one with loss 10 make $(3 \cdot 2 + 1 \cdot 10) / 4 = 4$, and not
# $6$.
#
# **Your task.** Write `fit(net, data, loss, optimizer, num_epochs)`. `data` is a list of batches `(X, y)`, or
# anything else that can be looped over once per epoch, like a `DataLoader`. `loss(y_hat, y)` returns the mean loss of
# a batch; give it the prediction first. For each batch: `zero_grad`, `backward`, `step`. Return a list with the mean
# loss of each epoch, from the losses that the loop computes, weighted by batch size, as plain numbers.
#
# <details><summary>Hint: the weights do not move</summary>
#
# Say aloud what each line does to `.grad`: `zero_grad` clears it, `backward` adds to it, `step` reads it. Between
# `backward` and `step` nothing may clear it.
#
# <details><summary>The next line</summary>
#
# Copy the right column of the table, from the second line down, in the order in which it makes sense:
# `optimizer.step()` comes last.
# </details></details>
#
# <details><summary>Hint: the losses come out too large</summary>
#
# Work through the example above on paper: what do you divide by? Each batch counts as often as it has examples.
#
# <details><summary>The next line</summary>
#
# Keep two sums, one of losses times examples and one of examples: `count += len(X)`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def fit(
    net: nn.Module,
    data: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    num_epochs: int,
) -> list[float]:
    """Train net on the batches (X, y) of data and return the mean loss of each epoch.

    loss(y_hat, y) is the mean loss of a batch. For each batch: zero_grad, backward, step. The mean over an
    epoch is weighted by the number of examples in each batch.
    """
    # BEGIN SOLUTION
    losses = []
    for _ in range(num_epochs):
        total, count = 0.0, 0
        for X, y in data:
            batch_loss = loss(net(X), y)
            optimizer.zero_grad()
            batch_loss.backward()
            optimizer.step()
            total += batch_loss.item() * len(X)
            count += len(X)
        losses.append(total / count)
    return losses
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_fit_takes_one_step_for_each_batch(fit):
    import torch
    from torch import nn

    # Predictions 0.5 and -6.5, errors -1 and -2: the weights have the gradient [0, -7], the bias -3.
    net = nn.Sequential(nn.Linear(2, 1))
    net[0].weight.data = torch.tensor([[1.0, -2.0]])
    net[0].bias.data = torch.tensor([0.5])
    data = [(torch.tensor([[2.0, 1.0], [-1.0, 3.0]]), torch.tensor([[1.5], [-4.5]]))]
    fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.1), 1)
    torch.testing.assert_close(net[0].weight.detach(), torch.tensor([[1.0, -1.3]]))
    torch.testing.assert_close(net[0].bias.detach(), torch.tensor([0.8]))
    # A second batch: prediction 1.8, error 1, so the weights have the gradient [2, 0] and the bias 2.
    net[0].weight.data = torch.tensor([[1.0, -2.0]])
    net[0].bias.data = torch.tensor([0.5])
    data.append((torch.tensor([[1.0, 0.0]]), torch.tensor([[0.8]])))
    fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.1), 1)
    torch.testing.assert_close(net[0].weight.detach(), torch.tensor([[0.8, -1.3]]))
    torch.testing.assert_close(net[0].bias.detach(), torch.tensor([0.6]))

# %%
# CORE
def test_fit_weights_the_losses_by_batch_size(fit):
    import torch
    from torch import nn

    # With lr = 0 nothing moves. The net predicts 0: three examples have mean loss 2, one has loss 10.
    net = nn.Sequential(nn.Linear(2, 1))
    nn.init.zeros_(net[0].weight)
    nn.init.zeros_(net[0].bias)
    data = [
        (torch.ones(3, 2), torch.tensor([[1.0], [1.0], [2.0]])),
        (torch.ones(1, 2), torch.tensor([[10.0**0.5]])),
    ]
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.0), 2)
    assert len(losses) == 2, f"Expected one loss for each of the 2 epochs, got {len(losses)}."
    for loss in losses:
        assert abs(float(loss) - 4) < 0.001, f"The mean over the 4 examples is 4, got {float(loss):.4f}."

# %%
def test_fit_learns(fit):
    import torch
    from torch import nn

    X = torch.randn(200, 2)
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2
    net = nn.Sequential(nn.Linear(2, 1))
    data = list(zip(X.split(16), y.split(16)))
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.115), 8)
    w, b = net[0].weight.detach().reshape(-1), net[0].bias.detach()
    assert (w - torch.tensor([2.0, -3.4])).abs().max() < 0.1, f"w should be close to [2, -3.4], got {w}."
    assert (b - 4.2).abs().max() < 0.1, f"b should be close to 4.2, got {b}."
    assert float(losses[-1]) < 0.01 * float(losses[0]), "The loss should fall below a hundredth of the first."

# %%
def test_fit_calls_the_loss_with_the_prediction_first(fit):
    import torch
    from torch import nn

    # With lr = 0 nothing moves, and the net predicts 0.
    net = nn.Sequential(nn.Linear(2, 1))
    nn.init.zeros_(net[0].weight)
    nn.init.zeros_(net[0].bias)
    data = [(torch.ones(2, 2), torch.tensor([[1.0], [3.0]]))]
    (loss,) = fit(net, data, lambda y_hat, y: (y_hat - 3 * y).mean(), torch.optim.SGD(net.parameters(), lr=0.0), 1)
    assert abs(float(loss) + 6) < 0.001, f"The mean of prediction - 3 * label is -6, got {float(loss):.4f}."

# %%
# HIDDEN
# CORE
def test_fit_takes_the_right_steps(fit):
    import copy
    import torch
    from torch import nn

    makers = [
        lambda params: torch.optim.SGD(params, lr=0.05),
        lambda params: torch.optim.SGD(params, lr=0.02, momentum=0.9),
        lambda params: torch.optim.Adam(params, lr=0.01),
    ]
    for make in makers:
        net = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).double()
        twin = copy.deepcopy(net)
        data = [(torch.randn(n, 3).double(), 2 * torch.randn(n, 2).double()) for n in (6, 6, 4, 1)]
        fit(net, data, nn.MSELoss(), make(net.parameters()), 3)
        optimizer = make(twin.parameters())
        for X, y in data * 3:
            optimizer.zero_grad()
            nn.functional.mse_loss(twin(X), y).backward()
            optimizer.step()
        for p, expected in zip(net.parameters(), twin.parameters()):
            torch.testing.assert_close(p.detach(), expected.detach())

# %%
# HIDDEN
def test_fit_returns_the_loss_of_every_epoch(fit):
    import copy
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 1)).double()
    twin = copy.deepcopy(net)
    data = [(torch.randn(n, 3).double(), 5 * torch.randn(n, 1).double()) for n in (7, 4, 2)]
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.1), 4)
    assert len(losses) == 4, "There must be one loss per epoch."
    message = "Each loss must be a plain number, without the graph of its batches: .item() leaves that behind."
    assert not any(getattr(loss, "requires_grad", False) for loss in losses), message
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
    for loss in losses:
        during = 0.0
        for X, y in data:
            optimizer.zero_grad()
            (batch_loss := nn.functional.mse_loss(twin(X), y)).backward()
            optimizer.step()
            during += batch_loss.item() * len(X) / 13
        after = sum(nn.functional.mse_loss(twin(X), y).item() * len(X) / 13 for X, y in data)
        message = "Each loss must be the mean over all examples of its epoch, weighted by batch size."
        assert min(abs(float(loss) / during - 1), abs(float(loss) / after - 1)) < 1e-4, message

# %%
# HIDDEN
def test_fit_weights_every_batch_by_its_size(fit):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 1))
    data = [(torch.randn(n, 4), scale * torch.randn(n, 1)) for n, scale in [(9, 1), (2, 40), (5, 6), (1, 15)]]
    errors = torch.cat([net(X).detach() - y for X, y in data])
    losses = fit(net, data, nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=0.0), 3)
    assert len(losses) == 3, "There must be one loss per epoch."
    expected = errors.square().mean().item()
    message = "Each loss must be the mean over all examples, weighted by batch size."
    assert all(abs(float(loss) / expected - 1) < 1e-3 for loss in losses), message

# %%
# HIDDEN
def test_fit_gives_the_loss_prediction_first(fit):
    import copy

    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(2, 1))
    twin = copy.deepcopy(net)
    data = [(torch.randn(n, 2), torch.randn(n, 1)) for n in (5, 3)]

    def loss(y_hat, y):
        return (3 * y_hat - y).square().mean()

    fit(net, data, loss, torch.optim.SGD(net.parameters(), lr=0.01), 2)
    for X, y in data * 2:
        twin.zero_grad()
        loss(twin(X), y).backward()
        for p in twin.parameters():
            p.data -= 0.01 * p.grad
    for p, expected in zip(net.parameters(), twin.parameters()):
        torch.testing.assert_close(p.detach(), expected.detach())

# %%
# HIDDEN
def test_fit_loops_over_the_data_once_per_epoch(fit, judge):
    import torch

    weight, X, y = torch.randn(1, 3), torch.randn(11, 3), 4 * torch.randn(11, 1)
    expected = (X @ weight.T - y).square().mean().item()
    losses, passes = judge.probe(fitted_to_a_loader, fit, weight, X, y)
    assert passes >= 3, "Every epoch must loop over data anew: a DataLoader then shuffles anew."
    assert len(losses) == 3, "There must be one loss per epoch."
    message = "Each loss must be the mean over all examples, weighted by batch size, for a DataLoader too."
    assert all(abs(loss / expected - 1) < 1e-3 for loss in losses), message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Both ways, side by side
#
# The same data and the same learning rate, once with your `train_linreg` and once with your `make_linear_net` and
# `fit`. `DataLoader` does the work of `data_iter`: `shuffle=True` draws a new order for every pass. Both find the
# truth.
#
# Do not read much into the first points: `fit` adds up its losses *while* it learns, from examples that it met early
# and answered badly. If your `train_linreg` measures when the epoch is over, its first point is lower for that reason
# alone. Look at where the curves settle: at different heights, on the same noise. Why? The last question is about
# that.

# %% tags=["otter_ignore"]
torch.manual_seed(2)
w, b, scratch = train_linreg(features, labels, num_epochs=6)
net = make_linear_net(2)
loader = DataLoader(TensorDataset(features, labels), batch_size=10, shuffle=True)
optimizer = torch.optim.SGD(net.parameters(), lr=0.03)
concise = fit(net, loader, F.mse_loss, optimizer, num_epochs=6)  # the function that nn.MSELoss() calls
print("truth       ", true_w.tolist(), true_b)
print("from scratch", [round(v, 3) for v in w.detach().reshape(-1).tolist()], round(b.item(), 3))
print("concise     ", [round(v, 3) for v in net[0].weight.reshape(-1).tolist()], round(net[0].bias.item(), 3))
fig, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
ax.semilogy(range(1, 7), [float(loss) for loss in scratch], marker="o", label="train_linreg")
ax.semilogy(range(1, 7), [float(loss) for loss in concise], marker="s", label="fit, nn.MSELoss")
ax.set(xlabel="epoch", ylabel="mean loss")
ax.legend()
print("In the picture: mean loss over 6 epochs, logarithmic. Both curves fall steeply and then lie flat, fit above.")
plt.show()
