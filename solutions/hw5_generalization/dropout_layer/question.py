# %% [raw]
# # BEGIN QUESTION
# name: dropout_layer

# %% [markdown]
# ## 5 · A dropout layer (15 min)
#
# Each entry $h$ of a layer is replaced, independently of all the others, by
#
# $$h' = \begin{cases} 0 & \text{with probability } p, \\[2pt]
# \dfrac{h}{1-p} & \text{otherwise.} \end{cases}$$
#
# Why the division? It keeps the mean: $E[h'] = p \cdot 0 + (1-p)\,\frac{h}{1-p} = h$. So the next layer sees
# inputs of the usual size, and nothing needs to be changed when dropout is switched off.
#
# **Example.** With $p = 0.5$, an entry $3$ becomes $0$ or $6$.
#
# **Your task.** Write `dropout_layer(X, dropout)`, where `dropout` is $p$.
#
# - Every entry has its own chance, and every call draws anew.
# - $p = 0$ gives `X`; $p = 1$ gives zeros (and no `nan`).
# - A $p$ outside of $[0, 1]$ raises a `ValueError` (or an `AssertionError`, as the textbook's `assert` does).
# - Shape and dtype are those of `X`. Gradients flow back through the survivors: the backward pass uses *the
#   same mask*.
# - Write it yourself: a call of `F.dropout`, `nn.Dropout` or one of their relatives takes the question to 0
#   points. `torch.rand` and `torch.bernoulli` are yours to use.
#
# <details><summary>Hint: the share of zeros is not what I asked for</summary>
#
# Compare uniform random numbers with $p$. Which of the two comparisons is true with probability $1 - p$,
# the chance to survive?
#
# <details><summary>The next line</summary>
#
# `torch.rand(…)` draws them, all between 0 and 1. For $p = 0.2$, how many of them lie above 0.2?
# </details></details>
#
# <details><summary>Hint: whole columns vanish together</summary>
#
# The mask needs a random number for every entry, so it has the shape of `X`.
#
# <details><summary>The next line</summary>
#
# `mask = torch.rand(X.shape, …) …` has as many entries as `X`, and True for each that stays.
# </details></details>
#
# <details><summary>Hint: nan for p = 1</summary>
#
# That is $0/0$. Treat this case on its own, before you divide.
#
# <details><summary>The next line</summary>
#
# `if dropout == 1:`, and below it return zeros that are like `X`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def dropout_layer(X: torch.Tensor, dropout: float) -> torch.Tensor:
    """Set each entry of X to 0 with probability `dropout`, and divide the others by 1 - dropout.

    ValueError (or AssertionError) unless 0 <= dropout <= 1. Write it yourself: `F.dropout`, `nn.Dropout` and
    their relatives take the question to 0 points.
    """
    # BEGIN SOLUTION
    if not 0 <= dropout <= 1:
        raise ValueError(f"dropout is a probability; {dropout} is not")
    if dropout == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape, device=X.device) >= dropout
    return X * mask / (1 - dropout)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dropout_layer_keeps_all_for_zero_and_nothing_for_one(dropout_layer):
    import torch

    X = torch.tensor([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], dtype=torch.float64)
    torch.testing.assert_close(dropout_layer(X, 0.0), X)
    torch.testing.assert_close(dropout_layer(X, 1.0), torch.zeros(2, 3, dtype=torch.float64))

# %%
# CORE
def test_dropout_layer_drops_a_fifth_and_scales_the_rest(dropout_layer):
    import torch

    # 20,000 independent entries, six standard deviations, two checks: false alarms below 6e-9. Of two rows, or two
    # columns, that vanish as a whole, a fifth is never dropped.
    for shape in [(2, 10000), (10000, 2)]:
        X = torch.arange(1.0, 20001.0).reshape(shape)
        Y = dropout_layer(X, 0.2)
        assert Y.shape == X.shape, "The result has the shape of X."
        dropped = Y == 0
        torch.testing.assert_close(Y, torch.where(dropped, 0.0, X / 0.8))
        share = dropped.float().mean().item()
        assert abs(share - 0.2) < 0.017, f"With p = 0.2 a fifth of the entries is dropped, not {share:.3f}."
        same = torch.equal(dropout_layer(X, 0.2) == 0, dropped)
        assert not same, "The second call dropped the very same entries. Every call should draw anew."

# %%
def test_dropout_layer_refuses_what_is_no_probability(dropout_layer):
    import torch

    for p in [-0.1, 1.5]:
        refused = False
        try:
            dropout_layer(torch.ones(2, 3), p)
        except (ValueError, AssertionError):
            refused = True
        assert refused, f"p = {p} must raise a ValueError."

# %%
def test_dropout_layer_sends_the_gradient_back_through_the_survivors(dropout_layer):
    import torch

    X = torch.arange(1.0, 10001.0).reshape(100, 100).requires_grad_()
    Y = dropout_layer(X, 0.2)
    assert Y.requires_grad, "The result must stay part of the graph."
    # 10,000 entries are never all kept or all dropped, nor are 100 whole rows or columns, which another test looks for.
    assert 0 < (Y == 0).sum() < 10000, "Some entries are dropped and others survive, in every call."
    Y.backward(torch.full((100, 100), 4.0))
    torch.testing.assert_close(X.grad, torch.where(Y.detach() == 0, 0.0, 5.0))

# %%
# HIDDEN
# CORE
def test_dropout_layer_drops_the_right_share_and_scales_the_rest(dropout_layer):
    import torch

    # 60,000 independent entries. Six standard deviations, six checks: false alarms below 2e-8 in all.
    for p, shape in [(p, shape) for p in (0.2, 0.5, 0.8) for shape in [(2, 100, 300), (300, 100, 2)]]:
        X = (torch.rand(shape) + 1) * torch.where(torch.rand(shape) < 0.5, -6.0, 6.0)
        Y = dropout_layer(X, p)
        dropped = Y == 0
        torch.testing.assert_close(Y, torch.where(dropped, 0.0, X / (1 - p)))
        share = dropped.float().mean().item()
        assert abs(share - p) < 6 * (p * (1 - p) / X.numel()) ** 0.5, (
            "The share of entries that are dropped is not p."
        )

# %%
# HIDDEN
def test_dropout_layer_keeps_the_mean(dropout_layer):
    import torch

    # The mean of n independent entries has the variance p / (1 - p) / n. Six standard deviations, six checks:
    # false alarms below 2e-8.
    for p, shape in [(p, shape) for p in (0.2, 0.5, 0.8) for shape in [(2, 30000), (30000, 2)]]:
        mean = dropout_layer(torch.ones(shape), p).mean().item()
        assert abs(mean - 1) < 6 * (p / (1 - p) / 60000) ** 0.5, "On average an entry keeps its value."

# %%
# HIDDEN
# CORE
def test_dropout_layer_treats_every_entry_on_its_own(dropout_layer):
    import torch

    # Two neighbours along an axis agree (both dropped or both kept) with probability p^2 + (1-p)^2 if they are
    # independent. 30,000 separate pairs per axis, nine checks of six standard deviations: below 3e-8.
    for p in [0.2, 0.5, 0.8]:
        dropped = dropout_layer(torch.ones(40, 50, 30), p) == 0
        agree = p * p + (1 - p) * (1 - p)
        limit = 6 * (agree * (1 - agree) / 30000) ** 0.5
        pairs = [
            dropped[0::2] == dropped[1::2],
            dropped[:, 0::2] == dropped[:, 1::2],
            dropped[:, :, 0::2] == dropped[:, :, 1::2],
        ]
        for pair in pairs:
            assert abs(pair.float().mean().item() - agree) < limit, (
                "Entries are not dropped independently: each one needs a random number of its own."
            )
    # Ten entries lose exactly two with probability 0.302: thirty times in a row below 3e-16.
    counts = {int((dropout_layer(torch.ones(10), 0.2) == 0).sum()) for _ in range(30)}
    assert len(counts) > 1, "How many entries are dropped is up to chance too, if each has a chance of its own."

# %%
# HIDDEN
# CORE
def test_dropout_layer_draws_a_new_mask_in_every_call(dropout_layer):
    import torch

    # 60,000 entries, six checks of six standard deviations: false alarms below 2e-8.
    for p, shape in [(p, shape) for p in (0.2, 0.5, 0.8) for shape in [(2, 30000), (30000, 2)]]:
        X = torch.ones(shape)
        same = (dropout_layer(X, p) == 0) == (dropout_layer(X, p) == 0)
        agree = p * p + (1 - p) * (1 - p)
        limit = 6 * (agree * (1 - agree) / X.numel()) ** 0.5
        assert abs(same.float().mean().item() - agree) < limit, (
            "Every call draws a new mask, independent of the last one."
        )

# %%
# HIDDEN
def test_dropout_layer_uses_the_same_mask_in_the_backward_pass(dropout_layer):
    import torch

    for p in [0.2, 0.5, 0.8]:
        X = (torch.rand(100, 120) + 1).requires_grad_()
        upstream = torch.randn(100, 120)
        Y = dropout_layer(X, p)
        assert Y.requires_grad, "The result must stay part of the graph."
        # 12,000 entries are never all kept or all dropped, nor are 100 whole rows, which another test looks for.
        assert 0 < (Y == 0).sum() < 12000, "Some entries are dropped and others survive, in every call."
        Y.backward(upstream)
        assert X.grad is not None, "No gradient reaches X."
        expected = torch.where(Y.detach() == 0, 0.0, upstream / (1 - p))
        torch.testing.assert_close(X.grad, expected)

# %%
# HIDDEN
def test_dropout_layer_keeps_float64_and_takes_any_shape(dropout_layer):
    import torch

    for shape in [(), (0, 3), (11,), (2, 3, 4, 5)]:
        X = torch.rand(shape, dtype=torch.float64) + 1
        for p in [0.0, 0.2, 0.8]:
            Y = dropout_layer(X, p)
            torch.testing.assert_close(Y, torch.where(Y == 0, 0.0, X / (1 - p)))
        torch.testing.assert_close(dropout_layer(X, 1.0), torch.zeros_like(X))
    X = (torch.rand(5, 3, 7) + 1).transpose(0, 2)
    Y = dropout_layer(X, 0.5)
    torch.testing.assert_close(Y, torch.where(Y == 0, 0.0, X / 0.5))

# %%
# HIDDEN
# RULE
def test_dropout_layer_is_not_a_built_in_dropout(dropout_layer, judge):
    import torch

    X, called = torch.randn(800, 800), set()
    for p in (0.5, 0.2):
        watched = judge.watch(dropout_layer, X, p)
        dropped = watched.value == 0
        # It is the answer that was watched. 640,000 entries: 0.1 is 160 standard errors or more, and five where whole
        # rows or columns vanish, which is no matter of this rule.
        torch.testing.assert_close(watched.value, torch.where(dropped, 0.0, X / (1 - p)))
        assert abs(dropped.double().mean().item() - p) < 0.1, "The share that is dropped is not p, so this was not looked at."
        called |= watched.calls
    assert not any("dropout" in name for name in called), (
        "Write the dropout yourself: F.dropout, nn.Dropout and their relatives take the question to 0 points."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Masks, drawn
#
# Your layer on an array of ones. White entries were dropped. The survivors get darker as $p$ grows, because
# fewer of them must carry the same mean, which is printed above each picture.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 4, figsize=(12, 2.2), layout="constrained")
for ax, p in zip(axes, [0.0, 0.2, 0.5, 0.8]):
    masked = dropout_layer(torch.ones(40, 60), p)
    image = ax.imshow(masked, cmap="Blues", vmin=0, vmax=5)
    ax.set(title=f"p = {p}: mean {masked.mean():.2f}", xticks=[], yticks=[])
fig.colorbar(image, ax=axes, label="entry")
print("In the picture: four rectangles of 40 by 60 entries: evenly pale for p = 0, then with ever more white holes,\n"
      "and the darker for it in between.")
plt.show()
