# %% [raw]
# # BEGIN QUESTION
# name: log_rmse

# %% [markdown]
# ## 7 · An error in percent (10 min)
#
# To be wrong by 50,000 dollars is bad for a cottage and nothing for a palace. With prices, the *relative*
# error counts. So compare logarithms, because $\log \hat y - \log y = \log (\hat y / y)$:
#
# $$\text{log-rmse} = \sqrt{\frac1n \sum_{i=1}^{n} \big(\log \max(\hat y_i, 1) - \log y_i\big)^2} .$$
#
# A value of $0.1$ means that prices are typically wrong by a tenth. The $\max(\hat y_i, 1)$ is there because
# an untrained network may well predict a negative price, and its logarithm would be `nan`.
#
# **Example.** The predictions $(e^2, -5)$ for the prices $(1, e)$ give
# $\sqrt{\tfrac12 (2^2 + 1^2)} = \sqrt{2.5} \approx 1.581$.
#
# **Your task.** Write `log_rmse(net, features, labels)`.
#
# - It returns a Python `float`, and builds no graph.
# - The network's output has the shape `(n, 1)`. The labels have `(n, 1)` or `(n,)`: the $i$-th prediction
#   belongs to the $i$-th label, either way.
#
# <details><summary>Hint: my result is far too large</summary>
#
# Subtract an array `(n,)` from one of `(n, 1)`, and broadcasting makes `(n, n)` of it. Bring both to one
# shape first.
#
# <details><summary>The next line</summary>
#
# `.reshape(-1)` makes a vector of either. Print both shapes before you subtract.
# </details></details>
#
# <details><summary>Hint: nan or inf</summary>
#
# A logarithm met a number that is not positive. `torch.clamp(…, min=1)` goes *before* the logarithm.
#
# <details><summary>The next line</summary>
#
# It goes around the predictions only: a true price is never below 1.
# </details></details>
#
# <details><summary>Hint: a little too small</summary>
#
# The root of the mean is not the mean of the roots. Square, average, then take the root, once.
#
# <details><summary>The next line</summary>
#
# `difference.square()` comes first. Which two come after it, in this order?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def log_rmse(net: nn.Module, features: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the root mean squared error between log max(net(features), 1) and log labels, a float.

    features: (n, d), net(features): (n, 1), labels: (n, 1) or (n,).
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        predictions = net(features).clamp(min=1).reshape(-1)
        difference = predictions.log() - labels.reshape(-1).log()
        return difference.square().mean().sqrt().item()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_log_rmse_gives_the_example(log_rmse):
    import torch
    from torch import nn

    # nn.Identity hands its input on, so the features are the predictions.
    predictions = torch.tensor([[2.718281828**2], [-5.0]])
    labels = torch.tensor([[1.0], [2.718281828]])
    error = log_rmse(nn.Identity(), predictions, labels)
    assert isinstance(error, float), "The result is a Python float."
    assert abs(error - 2.5**0.5) < 1e-4, "The example gives the root of 2.5."

# %%
def test_log_rmse_pairs_predictions_with_labels_of_either_shape(log_rmse):
    import torch
    from torch import nn

    column = torch.tensor([[1.0], [2.718281828], [2.718281828**3]])
    assert log_rmse(nn.Identity(), column, column) < 1e-4, "Each prediction equals its label."
    assert log_rmse(nn.Identity(), column, column.reshape(3)) < 1e-4, "Each prediction equals its label."
    error = log_rmse(nn.Identity(), torch.tensor([[2.0]]), torch.tensor([[0.5]]))
    assert abs(error - 1.386294) < 1e-4, f"The prediction 2 for the label 0.5 gives log 4 = 1.386, not {error:.4g}."

# %%
# HIDDEN
# CORE
def test_log_rmse_is_right_for_a_real_network(log_rmse):
    import torch
    from torch import nn

    for n in [1, 8, 37]:
        net = nn.Linear(3, 1)
        with torch.no_grad():
            net.weight.copy_(torch.tensor([[40000.0, -9000.0, 700.0]]))
            net.bias.fill_(150000.0)
        features = torch.randn(n, 3)
        labels = 100000 * torch.rand(n, 1) + 50000
        predictions = net(features).detach().clamp(min=1)
        expected = ((predictions.log() - labels.log()) ** 2).mean().sqrt().item()
        got = log_rmse(net, features, labels)
        assert isinstance(got, float), "The result is a Python float."
        assert abs(got - expected) <= 1e-4 * expected + 1e-5, "The error is not right."

# %%
# HIDDEN
def test_log_rmse_takes_predictions_below_one_as_one(log_rmse):
    import math

    import torch
    from torch import nn

    predictions = torch.tensor([[-300000.0], [0.0], [0.25], [1.0], [90000.0]])
    labels = torch.tensor([[7.0], [20.0], [0.2], [90000.0], [150000.0]])
    logs = [math.log(7), math.log(20), math.log(0.2), math.log(90000), math.log(5 / 3)]
    expected = math.sqrt(sum(x * x for x in logs) / 5)
    got = log_rmse(nn.Identity(), predictions, labels)
    assert math.isfinite(got), "The result must be finite, whatever the network predicts."
    assert abs(got - expected) < 1e-3, "Predictions below 1 count as 1."

# %%
# HIDDEN
def test_log_rmse_does_not_broadcast_columns_against_rows(log_rmse):
    import torch
    from torch import nn

    predictions = torch.rand(19, 1).double() * 50 + 1.5
    labels = torch.rand(19, 1).double() * 90 + 1.5
    expected = (predictions.log() - labels.log()).square().mean().sqrt().item()
    for targets in (labels, labels[:, 0]):
        got = log_rmse(nn.Identity(), predictions, targets)
        assert abs(got - expected) < 1e-4, "Each prediction is compared with its own label only."

# %%
# HIDDEN
def test_log_rmse_leaves_the_network_alone(log_rmse):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))
    before = [p.detach().clone() for p in net.parameters()]
    got = log_rmse(net, torch.randn(6, 4), torch.rand(6, 1) + 1)
    assert isinstance(got, float), "The result is a Python float."
    for p, value in zip(net.parameters(), before):
        assert p.grad is None, "Measuring an error must not compute gradients."
        torch.testing.assert_close(p.detach(), value, rtol=0, atol=0)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
