# %% [raw]
# # BEGIN QUESTION
# name: softmax

# %% [markdown]
# ## 1 · From scores to probabilities (10 min)
#
# A linear layer gives every class a score, its *logit*. Logits can be any real numbers. A probability must
# lie between 0 and 1, and the probabilities of all classes must add up to 1. Softmax gets there in two moves:
# the exponential makes every score positive, and division by the row's sum makes the row add up to 1.
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_k \exp(x_{ik})}$$
#
# **Example.** Take the logits $(\ln 1, \ln 2, \ln 5)$. Their exponentials are $1, 2, 5$ with the sum
# $8$, so the probabilities are $\tfrac18, \tfrac28, \tfrac58$. The order of the classes stays as it was. Only
# *differences* of logits count: add 7 to all three and numerator and denominator both grow by the factor
# $e^7$, which cancels.
#
# **Where the formula breaks.** A 32-bit float ends near $3.4 \cdot 10^{38}$, and $e^{89}$ is already beyond
# it. The exponential of a large logit becomes `inf`, and `inf / inf` is `nan`. Very negative logits fail the
# other way: every exponential becomes 0, and `0 / 0` is `nan` as well.
#
# The way out is the fact above: only differences count. Shift a row by any number you like and its
# probabilities do not change. Choose the shift so that no exponential can overflow and at least one is not 0.
# Think about what the shift must be when one row is near $1000$ and the next row near $-1000$.
#
# **Your task.** Write `softmax(X)` for logits of shape $(n, q)$:
# - one distribution per row, in the shape and dtype of `X`, and on its device;
# - logits of $\pm 1000$ give neither `inf` nor `nan`, but the right probabilities, in one and the same
#   matrix;
# - `X` itself stays as it is, and gradients flow from the result back to `X`;
# - write it yourself: a call of `torch.softmax`, `F.softmax`, `nn.Softmax` or `log_softmax` takes the
#   question to 0 points.
#
# <details><summary>Hint: "The size of tensor a must match the size of tensor b"</summary>
#
# Print the shape of your row sums. A reduction over `dim=1` turns $(n, q)$ into $(n,)$, and that does not
# line up with the rows of an $(n, q)$ matrix.
#
# <details><summary>The next line</summary>
#
# `keepdim=True` keeps the sums a column of shape $(n, 1)$, and a column divides every row by its own
# number.
# </details></details>
#
# <details><summary>Hint: I get nan</summary>
#
# Print the exponentials: which row holds `inf`, which row holds only zeros? Each row needs a shift of its
# own, after which no entry is above 0 and one of them *is* 0.
#
# <details><summary>The next line</summary>
#
# `X.max(dim=1, keepdim=True)` gives two things, `values` and `indices`. Which of them is the shift, and on
# which side of `exp` does it belong?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def softmax(X: torch.Tensor) -> torch.Tensor:
    """Turn every row of logits X, shape (n, q), into a distribution: exp(x_ij) / sum_k exp(x_ik).

    The result has X's shape and dtype, is right for logits of ±1000 too, and lets gradients through.
    Write it yourself: `torch.softmax`, `F.softmax`, `nn.Softmax` and `log_softmax` take the question to 0 points.
    """
    # BEGIN SOLUTION
    shifted = X - X.max(dim=1, keepdim=True).values
    X_exp = torch.exp(shifted)
    return X_exp / X_exp.sum(dim=1, keepdim=True)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_softmax_of_the_worked_example(softmax):
    import torch

    X = torch.tensor([[1.0, 2.0, 5.0], [4.0, 1.0, 3.0]]).log()
    expected = torch.tensor([[0.125, 0.25, 0.625], [0.5, 0.125, 0.375]])
    torch.testing.assert_close(softmax(X), expected)

# %%
# CORE
def test_softmax_of_logits_near_plus_and_minus_1000(softmax):
    import torch

    X = torch.tensor([[1000.0, 1000.0, -1000.0], [-1000.0, -1000.0, -1001.0], [0.0, 1000.0, 999.0]])
    expected = torch.tensor([[0.5, 0.5, 0.0], [0.4223188, 0.4223188, 0.1553624], [0.0, 0.7310586, 0.2689414]])
    result = softmax(X)
    assert result.isfinite().all(), f"Logits of plus and minus 1000 gave inf or nan: {result}"
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(result, expected, atol=2e-4, rtol=1e-5)

# %%
def test_softmax_keeps_float64_and_leaves_X_alone(softmax):
    import torch

    X = torch.tensor([[2.0, -7.5, 0.5, 1.0]], dtype=torch.float64)
    before = X.clone()
    result = softmax(X)
    assert result.dtype == torch.float64, f"X is float64, the result is {result.dtype}"
    assert torch.equal(X, before), "softmax changed its argument X"

# %%
# CORE
def test_softmax_lets_a_gradient_through(softmax):
    import torch

    X = torch.tensor([[1.0, 2.0, 5.0]]).log().requires_grad_()
    result = softmax(X)
    assert result.requires_grad, "No gradient can reach X: the result must stay part of the graph."
    result[0, 0].backward()
    torch.testing.assert_close(X.grad, torch.tensor([[0.109375, -0.03125, -0.078125]]))

# %%
# HIDDEN
def test_softmax_of_random_logits(softmax):
    import torch

    # No two logits are further apart than 50: exp of them is an ordinary number, whatever is subtracted. Those of
    # which it is not have tests of their own.
    for n, q, scale in [(5, 3, 1.0), (3, 11, 8.0), (1, 6, 3.0), (7, 2, 10.0)]:
        X = torch.randn(n, q).clamp(-2.5, 2.5) * scale
        torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))
    X = torch.randn(6, 4, dtype=torch.float64) * 9
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))

# %%
# HIDDEN
def test_softmax_of_transposed_and_sliced_logits_on_any_device(softmax, judge):
    import torch

    X = (torch.randn(10, 9) * 4)[::2, 1::3].t()
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))
    message = "The result must lie on the device of X: what you make beside X must lie there, too."
    assert judge.keeps_device(softmax, X), message

# %%
# HIDDEN
def test_softmax_of_huge_logits_in_the_same_matrix(softmax):
    import torch

    offsets = torch.tensor([[1000.0], [-1000.0], [0.0], [-300.0], [750.0]], dtype=torch.float64)
    X = torch.randn(5, 7, dtype=torch.float64) * 2 + offsets
    torch.testing.assert_close(softmax(X), torch.softmax(X, dim=1))
    # float32 keeps numbers near 1000 to about 6e-5
    torch.testing.assert_close(softmax(X.float()), torch.softmax(X, dim=1).float(), atol=5e-4, rtol=1e-5)
    spread = torch.tensor([[1000.0, 998.5, -1000.0, 0.0], [-1000.0, -999.0, -1001.0, -1000.5]])
    torch.testing.assert_close(softmax(spread), torch.softmax(spread, dim=1), atol=2e-4, rtol=1e-5)

# %%
# HIDDEN
def test_softmax_has_the_right_gradient(softmax):
    import torch

    values = torch.randn(4, 5, dtype=torch.float64) * 4
    values[1:3] /= 4  # near each other: no probability is so small that rounding these rows would not show
    values[1] += 1000
    values[2] -= 1000
    upstream = torch.randn(4, 5, dtype=torch.float64)
    X = values.clone().requires_grad_()
    result = softmax(X)
    assert result.shape == (4, 5), "The result must have the shape of X."
    assert result.requires_grad, "No gradient reaches X: the result must stay part of the graph."
    result.backward(upstream)
    reference = values.clone().requires_grad_()
    torch.softmax(reference, dim=1).backward(upstream)
    torch.testing.assert_close(X.grad, reference.grad)

# %%
# HIDDEN
# RULE
def test_softmax_is_written_by_hand(softmax, judge):
    import torch

    small = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
    huge = torch.randn(4, 7, dtype=torch.float64) + torch.tensor([[1000.0], [-1000.0], [80.0], [0.0]])
    used = set()
    for X in (small, huge, torch.randn(1, 30), small.double().requires_grad_()):
        expected = torch.softmax(X.detach(), dim=1)
        watched = judge.watch(softmax, X)
        torch.testing.assert_close(watched.value, expected)  # it is the answer that was watched
        used |= {name for name in watched.calls if "softm" in name.lower()}
    assert not used, (
        "softmax is to be written by hand here: "
        "torch.softmax, F.softmax, nn.Softmax and log_softmax (and their relatives) take the question to 0 points."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# See your function at work: one logit grows from $-6$ to $6$ while the two others stay where they are.

# %% tags=["otter_ignore"]
z = torch.linspace(-6, 6, 200)
probabilities = softmax(torch.stack([z, torch.ones_like(z), -torch.ones_like(z)], dim=1))
for column, (name, style) in enumerate([("class 0, logit $z$", "-"), ("class 1, logit 1", "--"), ("class 2, logit $-1$", ":")]):
    plt.plot(z, probabilities[:, column], style, label=name)
plt.xlabel("$z$")
plt.ylabel("probability")
plt.legend()
plt.grid(alpha=0.3)
plt.title("One logit grows, its class takes over")
print("In the picture: three probabilities over z. Class 0 (solid) climbs in an S from 0 to nearly 1; class 1 (dashed) sinks\n"
      "from 0.88 to nearly 0, class 2 (dotted) from 0.12. Classes 0 and 1 meet at z = 1.")
plt.show()
