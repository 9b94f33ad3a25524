# %% [raw]
# # BEGIN QUESTION
# name: logit_cross_entropy

# %% [markdown]
# ## 3 · Cross entropy straight from logits (10 min)
#
# Chain the two functions that you have now and feed in the logits $(1000, -1000, 0)$ with the label 1. Softmax,
# however careful, gives that class the probability $e^{-2000}$, and no float can hold it: it becomes 0. Then
# $-\ln 0 = \infty$, although the true loss is a harmless number. A small constant inside the logarithm hides
# the `inf` and puts a wrong number in its place.
#
# Work on paper first and let the logarithm meet the exponential:
#
# $$-\ln \frac{\exp(x_{i,y_i})}{\sum_k \exp(x_{ik})} = \ln \sum_k \exp(x_{ik}) \;-\; x_{i,y_i}$$
#
# The probability itself has disappeared, and nothing can underflow to 0 any more. The first term, the
# *log-sum-exp*, still needs the shift of question 1. With $m_i$ the largest logit of the row,
#
# $$\ln \sum_k \exp(x_{ik}) = m_i + \ln \sum_k \exp(x_{ik} - m_i).$$
#
# **Example.** For the logits $(1000, -1000, 0)$: $m = 1000$, the shifted exponentials are $1, 0, 0$,
# the log-sum-exp is $1000 + \ln 1 = 1000$. So label 0 costs $0$, label 1 costs $1000 - (-1000) = 2000$ and
# label 2 costs $1000$.
#
# This is why PyTorch's `nn.CrossEntropyLoss` takes logits, and why a network should *not* end in a softmax
# layer when it is trained with that loss.
#
# **Your task.** Write `logit_cross_entropy(logits, y)`: one loss per example, shape $(n,)$, exact and finite
# for logits of $\pm 1000$, with a gradient.
#
# <details><summary>Hint: I get inf</summary>
#
# If an exponential sees an unshifted logit, it can be `inf`. If a probability is computed anywhere, it can
# be 0, and then its logarithm is too late. Neither is needed: shift, and take the logarithm of the *sum*,
# never of a single exponential.
#
# <details><summary>The next line</summary>
#
# `largest = logits.max(dim=1, …)` comes first, one number per row, and it is added again outside of the
# logarithm.
# </details></details>
#
# <details><summary>Hint: my result has the shape (n, n)</summary>
#
# A column $(n, 1)$ met a vector $(n,)$. The largest logits were kept as a column, so that they line up with
# the rows; the sum over `dim=1` is a vector.
#
# <details><summary>The next line</summary>
#
# Print both shapes before you add. `.squeeze(1)` makes the column a vector.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def logit_cross_entropy(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the cross entropy of every example, shape (n,): ln(sum_k exp(x_ik)) - x_i,y_i.

    logits: any real numbers x, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    Exact and finite for logits of ±1000: no probability is ever computed.
    """
    # BEGIN SOLUTION
    largest = logits.max(dim=1, keepdim=True).values
    log_sum_exp = largest.squeeze(1) + torch.log(torch.exp(logits - largest).sum(dim=1))
    return log_sum_exp - logits[torch.arange(len(logits)), y]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_logit_cross_entropy_of_ordinary_logits(logit_cross_entropy):
    import torch

    logits = torch.tensor([[1.0, 2.0, 5.0], [4.0, 1.0, 3.0]]).log()
    expected = torch.tensor([1.3862944, 0.6931472])
    torch.testing.assert_close(logit_cross_entropy(logits, torch.tensor([1, 0])), expected)

# %%
# CORE
def test_logit_cross_entropy_of_logits_near_plus_and_minus_1000(logit_cross_entropy):
    import torch

    logits = torch.tensor([[1000.0, -1000.0, 0.0]] * 3 + [[-1000.0, -1000.0, -1000.0]])
    expected = torch.tensor([0.0, 2000.0, 1000.0, 1.0986123])
    losses = logit_cross_entropy(logits, torch.tensor([0, 1, 2, 1]))
    assert losses.isfinite().all(), f"Logits of plus and minus 1000 gave inf or nan: {losses}"
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(losses, expected, atol=2e-4, rtol=1e-5)

# %%
# HIDDEN
def test_logit_cross_entropy_of_random_logits(logit_cross_entropy):
    import torch

    # One label has a probability below 1e-13, none below 1e-30: exp of any logit, shifted or not, is an ordinary
    # number. Those of which it is not have tests of their own.
    for n, q, scale in [(9, 4, 1.0), (3, 8, 7.0), (1, 5, 2.0), (6, 2, 7.5)]:
        logits = torch.randn(n, q).clamp(-2.5, 2.5) * scale
        y = torch.randint(0, q, (n,))
        logits[0, y[0]] = logits[0].min() - 30
        expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
        torch.testing.assert_close(logit_cross_entropy(logits, y), expected)

# %%
# HIDDEN
def test_logit_cross_entropy_is_exact_for_huge_logits(logit_cross_entropy):
    import torch

    offsets = torch.tensor([[1000.0], [-1000.0], [0.0], [300.0], [-760.0]], dtype=torch.float64)
    logits = torch.randn(5, 4, dtype=torch.float64) * 2 + offsets
    logits[:, 1] -= torch.tensor([0.0, 40.0, 95.0, 800.0, 1000.0])
    for label in range(4):
        y = torch.full((5,), label)
        expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
        torch.testing.assert_close(logit_cross_entropy(logits, y), expected)
        # float32 keeps numbers near 1000 to about 6e-5
        result = logit_cross_entropy(logits.float(), y)
        torch.testing.assert_close(result, expected.float(), atol=1e-3, rtol=1e-5)

# %%
# HIDDEN
def test_logit_cross_entropy_keeps_float64_and_takes_any_layout(logit_cross_entropy):
    import torch

    logits = (torch.randn(8, 15, dtype=torch.float64) * 4)[1::2, ::3].t()
    logits[0, 3] = logits[0].min() - 30  # a loss above 30, in which a constant beside the probability shows
    y = torch.tensor([3, 0, 2, 1, 3])
    before = logits.clone()
    expected = torch.nn.functional.cross_entropy(logits, y, reduction="none")
    torch.testing.assert_close(logit_cross_entropy(logits, y), expected)
    assert torch.equal(logits, before), "logit_cross_entropy changed its argument logits"

# %%
# HIDDEN
def test_logit_cross_entropy_has_the_right_gradient(logit_cross_entropy):
    import torch

    values = torch.randn(5, 3, dtype=torch.float64) * 3
    values[1] += 1000
    values[3] = torch.tensor([1000.0, -1000.0, 999.0])
    y = torch.tensor([2, 0, 1, 1, 0])
    upstream = torch.tensor([2.0, -3.0, 0.5, 7.0, 1.0], dtype=torch.float64)
    logits = values.clone().requires_grad_()
    losses = logit_cross_entropy(logits, y)
    assert losses.shape == (5,), "The result must hold one loss per example, shape (n,)."
    assert losses.requires_grad, "No gradient reaches the logits: the result must stay part of the graph."
    losses.backward(upstream)
    one_hot = torch.nn.functional.one_hot(y, 3)
    expected = (torch.softmax(values, dim=1) - one_hot) * upstream[:, None]
    torch.testing.assert_close(logits.grad, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Compare your loss with PyTorch's own, where both are sure of themselves and wrong.

# %% tags=["otter_ignore"]
logits, y = torch.tensor([[2.0, 0.0, 1.0], [1000.0, -1000.0, 0.0]]), torch.tensor([2, 1])
print("yours    ", logit_cross_entropy(logits, y))
print("PyTorch's", F.cross_entropy(logits, y, reduction="none"))
print("-ln of your softmax", cross_entropy(softmax(logits), y), "  (too late: the probability is 0)")
