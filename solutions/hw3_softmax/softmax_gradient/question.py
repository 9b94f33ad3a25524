# %% [raw]
# # BEGIN QUESTION
# name: softmax_gradient

# %% [markdown]
# ## 4 · The backward pass, by hand (15 min)
#
# So far autograd has found every gradient. Once in your life you should find one yourself, and this is the
# one: it is the first thing that flows backwards through every classifier. Start from the two terms of
# question 3,
#
# $$\ell_i = \ln \sum_k \exp(x_{ik}) \;-\; x_{i,y_i} ,$$
#
# and differentiate with respect to one logit $x_{ij}$.
#
# - The second term is a logit of row $i$. Its slope is 1 if $x_{ij}$ is *that very* logit, and 0 for all the
#   others. A row of zeros with a single 1 in the column of the label is called *one-hot*.
# - The first term needs the chain rule: one over the sum, times the slope of the sum. What comes out is an
#   old friend of yours from question 1.
#
# Training lowers the **mean** loss of a batch, $L = \frac1n \sum_i \ell_i$. So every row of the gradient also
# carries the factor that turns a sum into a mean. Rows do not mix: $x_{ij}$ occurs in $\ell_i$ only.
#
# **Example.** Two examples with the logits $(\ln 1, \ln 2, \ln 5)$, label 2, and $(\ln 4, \ln 1, \ln 3)$,
# label 0:
#
# $$\frac{\partial L}{\partial \mathbf X} = \begin{bmatrix}
# \tfrac{1}{16} & \tfrac{2}{16} & -\tfrac{3}{16} \\[2pt] -\tfrac{4}{16} & \tfrac{1}{16} & \tfrac{3}{16}
# \end{bmatrix}$$
#
# Read it as forces. A step goes *against* the gradient, so the logit of the label is pulled up, the others
# are pushed down, and the better an answer is already, the weaker the pull. Each row adds up to 0. Why must
# it?
#
# **Your task.** Write `softmax_gradient(logits, y)`: the gradient of the mean cross entropy with respect to
# the logits, in the shape and dtype of `logits`, for any $n \ge 1$, and exact for logits of $\pm 1000$. You may
# use your `softmax`. Write the formula: whoever lets autograd differentiate takes the question to 0 points.
#
# <details><summary>Hint: the signs are right, but my numbers are too large by the same factor</summary>
#
# Then you have the gradient of the *sum* of the losses. In the example the factor is 2, the number of rows.
# Take care: a mean over all entries would divide by rows times classes.
#
# <details><summary>The next line</summary>
#
# The last thing to happen is a division by `len(y)`.
# </details></details>
#
# <details><summary>Hint: only a single column is right</summary>
#
# Each row has its 1 in a column of its own. `M[:, y]` means whole columns; `M[torch.arange(n), y]` means
# one entry per row, as in question 2.
#
# <details><summary>The next line</summary>
#
# `F.one_hot(y, …)` makes the whole matrix of ones and zeros at once. Tell it the number of classes: the
# largest label need not occur in the batch.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def softmax_gradient(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the gradient of the mean cross entropy of a batch by its logits, shape (n, q).

    logits: any real numbers, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    By formula: autograd takes the question to 0 points. Exact for logits of ±1000.
    """
    # BEGIN SOLUTION
    one_hot = F.one_hot(y, logits.shape[1])
    return (softmax(logits) - one_hot) / len(y)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_softmax_gradient_of_the_example(softmax_gradient):
    import torch

    logits = torch.tensor([[1.0, 2.0, 5.0], [4.0, 1.0, 3.0]]).log()
    expected = torch.tensor([[0.0625, 0.125, -0.1875], [-0.25, 0.0625, 0.1875]])
    torch.testing.assert_close(softmax_gradient(logits, torch.tensor([2, 0])), expected)

# %%
# CORE
def test_softmax_gradient_of_three_examples_with_four_classes(softmax_gradient):
    import torch

    logits = torch.tensor([[1.0, 2.0, 4.0, 1.0], [5.0, 1.0, 1.0, 3.0], [2.0, 2.0, 3.0, 1.0]]).log()
    expected = torch.tensor([[-7.0, 2.0, 4.0, 1.0], [4.0, 0.8, 0.8, -5.6], [2.0, 2.0, -5.0, 1.0]]) / 24
    torch.testing.assert_close(softmax_gradient(logits, torch.tensor([0, 3, 2])), expected)

# %%
# CORE
def test_softmax_gradient_of_logits_near_plus_and_minus_1000(softmax_gradient):
    import torch

    logits = torch.tensor([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0]])
    expected = torch.tensor([[0.5, -0.5, 0.0], [1 / 6, 1 / 6, -1 / 3]])
    torch.testing.assert_close(softmax_gradient(logits, torch.tensor([1, 2])), expected)

# %%
def test_softmax_gradient_keeps_float64_and_leaves_the_logits_alone(softmax_gradient):
    import torch

    logits = torch.tensor([[1.0, 3.0, 4.0], [2.0, 1.0, 1.0]], dtype=torch.float64).log()
    before = logits.clone()
    gradient = softmax_gradient(logits, torch.tensor([1, 0]))  # nobody has the last label
    assert gradient.dtype == torch.float64, f"float64 goes in, so float64 must come out, got {gradient.dtype}."
    assert torch.equal(logits, before), "softmax_gradient changed the logits that it was given."
    expected = torch.tensor([[0.0625, -0.3125, 0.25], [-0.25, 0.125, 0.125]], dtype=torch.float64)
    torch.testing.assert_close(gradient, expected)

# %%
# HIDDEN
# CORE
def test_softmax_gradient_of_random_logits(softmax_gradient):
    import torch

    for n, q, scale in [(9, 4, 1.0), (3, 8, 6.0), (5, 2, 12.0), (4, 11, 2.0)]:
        logits = scale * torch.randn(n, q)
        y = torch.randint(0, q, (n,))
        y[0] = y[-1] = q - 1
        expected = torch.softmax(logits, dim=1)
        for row, label in enumerate(y.tolist()):
            expected[row, label] -= 1
        torch.testing.assert_close(softmax_gradient(logits, y), expected / n)

# %%
# HIDDEN
def test_softmax_gradient_of_a_single_example(softmax_gradient):
    import torch

    logits = torch.tensor([[1.0, 2.0, 5.0, 2.0]]).log()
    for label in range(4):
        expected = torch.tensor([[0.1, 0.2, 0.5, 0.2]])
        expected[0, label] -= 1
        torch.testing.assert_close(softmax_gradient(logits, torch.tensor([label])), expected)

# %%
# HIDDEN
def test_softmax_gradient_of_huge_logits_in_any_layout(softmax_gradient):
    import torch

    offsets = torch.tensor([1000.0, -1000.0, 0.0, 300.0, -750.0], dtype=torch.float64)
    logits = (torch.randn(8, 5, dtype=torch.float64) * 2 + offsets)[::2].t()
    logits[2, 1] = -1000.0
    y = torch.tensor([3, 9, 0, 9, 1, 9, 2, 9, 3])[::2]
    before = logits.clone()
    expected = torch.softmax(logits, dim=1)
    for row, label in enumerate(y.tolist()):
        expected[row, label] -= 1
    torch.testing.assert_close(softmax_gradient(logits, y), expected / 5)
    assert torch.equal(logits, before), "softmax_gradient changed its argument logits"

# %%
# HIDDEN
# RULE
def test_softmax_gradient_is_a_formula_and_not_autograd(softmax_gradient, judge):
    import torch

    runs = 0
    for logits, y in [  # as tame as those of the core tests: an answer with a slip has broken no rule
        (3 * torch.randn(4, 3), torch.tensor([2, 0, 1, 1])),
        (torch.randn(2, 6), torch.tensor([4, 5])),
        (torch.randn(7, 2) - 5, torch.tensor([1, 0, 0, 1, 1, 0, 0])),
    ]:
        expected = torch.softmax(logits, dim=1)
        for row, label in enumerate(y.tolist()):
            expected[row, label] -= 1
        passes, gradient = judge.probe(passes_of_autograd, softmax_gradient, logits, y)
        torch.testing.assert_close(gradient, expected / len(y))  # it is the answer that was watched
        runs += passes
    assert runs == 0, "Write the gradient as a formula: autograd takes the question to 0 points."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Never trust a gradient that nobody checked. In the first notebook you built the tool for it: nudge and see.
# Nudging one entry at a time costs two calls per entry, far too many for a real network. A cheaper check
# nudges *all* entries at once, along a random direction $\mathbf V$, and compares one number:
#
# $$\frac{L(\mathbf X + \varepsilon \mathbf V) - L(\mathbf X - \varepsilon \mathbf V)}{2\varepsilon}
# \;\approx\; \sum_{i,j} \frac{\partial L}{\partial x_{ij}} V_{ij}$$
#
# The cell does both, if you paste your `numeric_gradient` of hw1 into the empty one above it.

# %% tags=["otter_ignore"]
# Paste your numeric_gradient of hw1 here.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
logits, y = 4 * torch.randn(5, 3, dtype=torch.float64), torch.tensor([2, 0, 1, 1, 0])


def mean_loss(logits: torch.Tensor) -> torch.Tensor:
    return logit_cross_entropy(logits, y).mean()


gradient, eps = softmax_gradient(logits, y), 1e-4
for _ in range(3):
    V = torch.randn_like(logits)
    nudged = (mean_loss(logits + eps * V) - mean_loss(logits - eps * V)) / (2 * eps)
    print(f"along a direction: nudged {nudged:+.8f}, yours {(gradient * V).sum():+.8f}")
if "numeric_gradient" in globals():
    difference = (numeric_gradient(mean_loss, logits, eps) - gradient).abs().max()
    print(f"entry by entry, with your numeric_gradient: largest difference {difference:.1e}")
