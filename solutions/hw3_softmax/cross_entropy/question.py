# %% [raw]
# # BEGIN QUESTION
# name: cross_entropy

# %% [markdown]
# ## 2 · How wrong is a distribution? (5 min)
#
# The model says: *cat 0.5, dog 0.25, chicken 0.25*. The truth is one label. Cross entropy looks only at the
# probability that the true class received and takes its negative logarithm:
#
# $$\ell_i = -\ln \hat{y}_{i,\,y_i}$$
#
# A sure and right answer, $\hat y = 1$, costs nothing. Half the probability costs $\ln 2 \approx 0.69$. The
# smaller the probability of the truth, the steeper the price, without an upper end: a model that is sure and
# wrong pays most.
#
# Why the logarithm? Ask how *likely* the model takes all the labels together to be. Independent examples
# multiply: $\hat y_{1,y_1} \cdot \hat y_{2,y_2} \cdots \hat y_{n,y_n}$ is the *likelihood* of the labels, and
# the best model is the one that makes it largest. The logarithm turns the product into a sum, which no float
# underflows, and the minus sign turns the largest into the smallest. So the mean of these losses is not one
# choice among many: whoever lowers it makes the labels more likely.

# %% tags=["otter_ignore"]
p = torch.linspace(0.005, 1, 200)
plt.plot(p, -p.log())
for value in (0.05, 0.25, 0.5, 0.75):
    plt.plot(value, -math.log(value), "o", color="tab:orange")
    plt.annotate(f"{-math.log(value):.2f}", (value, -math.log(value)), textcoords="offset points", xytext=(8, 6))
plt.xlabel("probability given to the true class")
plt.ylabel("cross entropy")
plt.grid(alpha=0.3)
plt.title("The price of a small probability for the truth")
print("In the picture: the loss over the probability of the true class: a curve that falls from above 5, ever less steeply, to 0\n"
      "at probability 1. Four points are marked: 3.00 at 0.05, 1.39 at 0.25, 0.69 at 0.5 and 0.29 at 0.75.")
plt.show()

# %% [markdown]
# **Example.** Three examples, two classes:
#
# | $\hat{\mathbf y}$ | label | probability of the label | loss |
# |---|---|---|---|
# | (0.5, 0.5) | 1 | 0.5 | $\ln 2 \approx 0.6931$ |
# | (0.25, 0.75) | 0 | 0.25 | $\ln 4 \approx 1.3863$ |
# | (0.25, 0.75) | 1 | 0.75 | $\ln \tfrac43 \approx 0.2877$ |
#
# The code has to pick *one entry per row*, a different column each time. Two index tensors of equal length do
# this: the first names the rows, the second the columns.
#
# **Your task.** Write `cross_entropy(y_hat, y)`. The result holds **one loss per example**, shape $(n,)$, for
# $n = 1$ too. Averages come later.
#
# <details><summary>Hint: my result has n rows and n columns</summary>
#
# `y_hat[:, y]` takes *whole columns*, one for every entry of `y`. You want one entry per row: index the
# rows with `0, 1, …, n-1` and the columns with `y`, both at once.
#
# <details><summary>The next line</summary>
#
# `torch.arange(len(y_hat))` names the rows. It stands in the brackets before the comma.
# </details></details>
#
# <details><summary>Hint: my result has a second axis of length 1</summary>
#
# `gather` wants the labels as a column and gives a column back. One loss per example has one axis.
#
# <details><summary>The next line</summary>
#
# After `gather`, take off that very axis: `.squeeze(1)`. Without the 1, a batch of one example loses its
# own axis as well.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the cross entropy -ln(y_hat[i, y[i]]) of every example, shape (n,).

    y_hat: probabilities, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    """
    # BEGIN SOLUTION
    return -torch.log(y_hat[torch.arange(len(y_hat)), y])
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_cross_entropy_of_the_worked_example(cross_entropy):
    import torch

    y_hat = torch.tensor([[0.5, 0.5], [0.25, 0.75], [0.25, 0.75]])
    expected = torch.tensor([0.6931472, 1.3862944, 0.2876821])
    torch.testing.assert_close(cross_entropy(y_hat, torch.tensor([1, 0, 1])), expected)

# %%
def test_cross_entropy_has_one_entry_per_example(cross_entropy):
    import torch

    y_hat = torch.tensor([[0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]])
    for n in (2, 1):
        shape = tuple(cross_entropy(y_hat[:n], torch.tensor([3, 0])[:n]).shape)
        assert shape == (n,), f"Expected one loss for each of {n} examples, shape ({n},), got {shape}."

# %%
def test_cross_entropy_of_probabilities_near_0(cross_entropy):
    import torch

    y_hat = torch.tensor([[0.0, 1.0], [1e-6, 1 - 1e-6]], requires_grad=True)
    losses = cross_entropy(y_hat, torch.tensor([1, 0]))
    torch.testing.assert_close(losses.detach(), torch.tensor([0.0, 13.815511]))
    assert losses.requires_grad, "No gradient can reach y_hat: the result must stay part of the graph."

# %%
# HIDDEN
# CORE
def test_cross_entropy_of_random_probabilities(cross_entropy):
    import torch

    for n, q in [(9, 4), (3, 8), (1, 5), (6, 2)]:
        # The first example's label has a probability near 0.01, where a constant beside it shows, none one below 0.001.
        logits = torch.randn(n, q).clamp(-1.5, 1.5)
        logits[0, -1] = -3
        y_hat = torch.softmax(logits, dim=1)
        y = torch.randint(0, q, (n,))
        y[0] = q - 1
        expected = torch.nn.functional.nll_loss(y_hat.log(), y, reduction="none")
        torch.testing.assert_close(cross_entropy(y_hat, y), expected)

# %%
# HIDDEN
def test_cross_entropy_of_small_probabilities(cross_entropy):
    import torch

    y_hat = torch.tensor([[1e-3, 0.999, 1e-30], [0.25, 2e-5, 0.74998], [3e-4, 0.0, 0.9997]])
    y = torch.tensor([0, 1, 0])
    expected = -torch.log(torch.tensor([1e-3, 2e-5, 3e-4]))
    torch.testing.assert_close(cross_entropy(y_hat, y), expected)

# %%
# HIDDEN
def test_cross_entropy_keeps_float64_and_takes_any_layout(cross_entropy):
    import torch

    y_hat = torch.softmax(torch.randn(7, 8, dtype=torch.float64) * 0.5, dim=0).t()[::2]
    y = torch.tensor([6, 9, 0, 9, 3, 9, 1])[::2]
    before = y_hat.clone()
    expected = torch.stack([-y_hat[row, label].log() for row, label in enumerate(y.tolist())])
    torch.testing.assert_close(cross_entropy(y_hat, y), expected)
    assert torch.equal(y_hat, before), "cross_entropy changed its argument y_hat"

# %%
# HIDDEN
def test_cross_entropy_has_the_right_gradient(cross_entropy):
    import torch

    y_hat = torch.softmax(torch.randn(5, 3, dtype=torch.float64), dim=1).requires_grad_()
    y = torch.tensor([2, 0, 1, 1, 2])
    upstream = torch.tensor([2.0, -3.0, 0.5, 7.0, 1.0], dtype=torch.float64)
    losses = cross_entropy(y_hat, y)
    assert losses.shape == (5,), "The result must hold one loss per example, shape (n,)."
    assert losses.requires_grad, "No gradient reaches y_hat: the result must stay part of the graph."
    losses.backward(upstream)
    expected = torch.zeros(5, 3, dtype=torch.float64)
    for row, label in enumerate(y.tolist()):
        expected[row, label] = -upstream[row] / y_hat[row, label].detach()
    torch.testing.assert_close(y_hat.grad, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
