# %% [raw]
# # BEGIN QUESTION
# name: accuracy

# %% [markdown]
# ## 5 · Accuracy (5 min)
#
# The loss is what training lowers. People ask something simpler: how often is the answer right? The model's
# answer is the class with the largest entry of the row. It makes no difference whether the row holds logits
# or probabilities, since softmax keeps their order. *Accuracy* is the share of rows in which this class is
# the label:
#
# $$\mathrm{accuracy} = \frac1n \sum_{i=1}^{n} \mathbb 1\!\left[\arg\max_j \hat y_{ij} = y_i\right]$$
#
# **Example.** $\hat{\mathbf Y}$ has the rows $(0.1, 0.3, 0.6)$ and $(0.3, 0.2, 0.5)$, so the model
# answers 2 and 2. The labels are 0 and 2. One of two answers is right: accuracy $0.5$.
#
# **Your task.** Write `accuracy(y_hat, y)`. It returns a plain Python `float` between 0 and 1, not a tensor
# and not a count. A tensor would drag its device and perhaps a graph into your log, and a count means
# something else for every batch size.
#
# <details><summary>Hint: my accuracy is larger than 1</summary>
#
# A sum of hits counts them. How many rows were there?
#
# <details><summary>The next line</summary>
#
# A comparison gives True and False. As `.float()`, their mean is the share of True.
# </details></details>
#
# <details><summary>Hint: an error says that sizes do not match</summary>
#
# `argmax` needs the axis along which it looks. You compare the entries *of a row*, so the result must have
# one entry per row.
#
# <details><summary>The next line</summary>
#
# `y_hat.argmax(dim=…)` must have the shape of `y`: print both.
# </details></details>
#
# <details><summary>Hint: my result is a tensor</summary>
#
# People log numbers, not tensors. A tensor with one entry gives its number by a method.
#
# <details><summary>The next line</summary>
#
# End the line with `.item()`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def accuracy(y_hat: torch.Tensor, y: torch.Tensor) -> float:
    """Return the share of rows of y_hat whose largest entry is at the label, as a Python float.

    y_hat: logits or probabilities, shape (n, q). y: labels, shape (n,), integers from 0 to q-1.
    """
    # BEGIN SOLUTION
    return (y_hat.argmax(dim=1) == y).float().mean().item()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_accuracy_of_the_worked_example(accuracy):
    import torch

    y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
    result = accuracy(y_hat, torch.tensor([0, 2]))
    assert abs(result - 0.5) < 1e-6, f"One of two answers is right, that is 0.5, got {result}"

# %%
def test_accuracy_is_a_python_float(accuracy):
    import torch

    result = accuracy(torch.tensor([[4.0, -1.0], [-3.0, -2.0], [0.5, 0.25]]), torch.tensor([0, 1, 1]))
    assert isinstance(result, float), "accuracy should return a Python float"
    assert abs(result - 2 / 3) < 1e-6, f"Two of three answers are right, that is 0.666667, got {result}"

# %%
# HIDDEN
# CORE
def test_accuracy_of_random_logits(accuracy):
    import torch

    for n, q in [(40, 3), (5, 12), (7, 2), (1, 4)]:
        y_hat = torch.randn(n, q) * 5
        y = torch.randint(0, q, (n,))
        y[: n // 2] = y_hat[: n // 2].argmax(dim=1)
        hits = sum(int(row.argmax()) == label for row, label in zip(y_hat, y.tolist()))
        assert abs(accuracy(y_hat, y) - hits / n) < 1e-6, "This is not the share of rows that are right."

# %%
# HIDDEN
def test_accuracy_of_all_wrong_and_all_right(accuracy):
    import torch

    y_hat = torch.randn(30, 4, dtype=torch.float64) - 20
    right = y_hat.argmax(dim=1)
    for labels, share in [(right, 1.0), ((right + 1) % 4, 0.0)]:
        result = accuracy(y_hat, labels)
        assert isinstance(result, float), "accuracy should return a Python float"
        assert abs(result - share) < 1e-6, "All right is 1, all wrong is 0."

# %%
# HIDDEN
def test_accuracy_in_the_middle_of_training(accuracy):
    import torch

    y_hat = torch.tensor([[0.5, 2.0, 8.0], [9.0, -1.0, 3.0], [0.0, 7.0, 6.0], [1.0, 0.0, -4.0]], requires_grad=True)
    labels = torch.tensor([2, 0, 1, 1])
    before = y_hat.detach().clone()
    assert abs(accuracy(y_hat * 1.5, labels) - 0.75) < 1e-6, "This is not the share of rows that are right."
    accuracy(y_hat, labels)
    assert torch.equal(y_hat.detach(), before), "accuracy changed its argument y_hat"
    assert torch.equal(labels, torch.tensor([2, 0, 1, 1])), "accuracy changed its argument y"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
