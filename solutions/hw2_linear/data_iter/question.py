# %% [raw]
# # BEGIN QUESTION
# name: data_iter

# %% [markdown]
# ## 2 · Minibatches (15 min)
#
# How many examples should we look at before each step? All of them give the best direction, but one step
# costs a pass over the whole data set. One example alone is cheap, but its direction is mostly chance. The
# way between is a **minibatch**, of ten examples or a hundred.
#
# One pass over all examples is an **epoch**. The minibatches of an epoch must share out the data fairly:
#
# - The examples come in a **random order**, drawn *anew for every pass*. In a fixed order the model would
#   meet the same groups again and again, and sorted data would drag it from one extreme to the other.
# - **Every example comes exactly once** per pass.
# - A row of features **stays with its own label**.
# - If the batch size does not divide the number of examples, the **last batch is smaller**. Nothing is
#   dropped, nothing comes twice, and there is no empty batch.
#
# **Example.** For 23 examples and `batch_size=5` the batches hold 5, 5, 5, 5 and 3 examples.
#
# A Python function with `yield` is a *generator*. It hands out a value, waits, and goes on from there when
# the loop asks for the next one. So the batches never need to exist all at once:
#
# ```python
# def countdown(n):
#     while n > 0:
#         yield n
#         n = n - 1
#
# list(countdown(3))  # [3, 2, 1]
# ```
#
# **Your task.** Write the generator `data_iter(batch_size, features, labels)`. It yields pairs `(X, y)`:
# some rows of `features`, and the same rows of `labels`. `labels` may have shape `(n, 1)` or `(n,)`; what
# you yield keeps the dtype and the other axes. Leave `features` and `labels` as they are: shuffle their
# *indices*, not them.
#
# <details><summary>Hint: the features no longer match their labels</summary>
#
# Then each was shuffled on its own. Draw *one* random order of the numbers $0, \dots, n-1$, cut it into
# pieces of `batch_size`, and index both tensors with the same piece.
#
# <details><summary>The next line</summary>
#
# `order = torch.randperm(…)` draws the order. Then walk along it: `for i in range(0, …, batch_size):`.
# </details></details>
#
# <details><summary>Hint: the last batch is missing</summary>
#
# A slice that reaches beyond the end of a list simply stops there, which is all that the last batch needs.
# Do not count whole batches: walk until nothing is left.
#
# <details><summary>The next line</summary>
#
# In the loop, a slice of `order` that begins at `i` is the next piece. It needs no special case.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def data_iter(
    batch_size: int, features: torch.Tensor, labels: torch.Tensor
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield minibatches (X, y) of features (n, d) and labels (n, 1) or (n,) in random order.

    Every pass draws a new order and yields every example once. The last batch may be smaller.
    """
    # BEGIN SOLUTION
    num_examples = len(features)
    order = torch.randperm(num_examples)
    for i in range(0, num_examples, batch_size):
        batch = order[i : i + batch_size]
        yield features[batch], labels[batch]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_data_iter_of_the_example(data_iter):
    import torch

    features, labels = torch.randn(23, 2), torch.randn(23, 1)
    for _ in range(16):  # batches in any order have the smallest one last in one pass of five
        batches = list(data_iter(5, features, labels))
        message = "data_iter must yield one pair (X, y) after the other. Is there a return in place of yield?"
        assert all(len(batch) == 2 for batch in batches), message
        shapes = [(tuple(X.shape), tuple(y.shape)) for X, y in batches]
        expected = [((5, 2), (5, 1))] * 4 + [((3, 2), (3, 1))]
        assert shapes == expected, f"23 examples must come as batches of 5, 5, 5, 5, 3. Shapes: {shapes}"

# %%
# CORE
def test_data_iter_keeps_pairs_together(data_iter):
    import torch

    labels = torch.arange(17.0)
    features = torch.stack([10 * labels, -labels], dim=1)
    for X, y in data_iter(4, features, labels.reshape(-1, 1)):
        message = "Each row of X must come with its own label."
        assert torch.equal(X, torch.cat([10 * y, -y], dim=1)), message

# %%
# CORE
def test_data_iter_yields_every_example_once(data_iter):
    import torch

    labels = torch.arange(17.0)
    seen = torch.cat([y for _, y in data_iter(4, torch.randn(17, 3), labels)])
    message = "A pass must yield every example exactly once."
    assert torch.equal(seen.sort().values, labels), message

# %%
# CORE
def test_data_iter_shuffles_anew(data_iter):
    import torch

    # 40 examples: a right answer repeats an order once in 10 ** 47 runs.
    features, labels = torch.randn(40, 2), torch.arange(40.0)
    batches = [y for _, y in data_iter(6, features, labels)]
    first = torch.cat(batches)
    second = torch.cat([y for _, y in data_iter(6, features, labels)])
    assert not torch.equal(first, labels), "The examples must come in a random order."
    assert not torch.equal(first, second), "Every pass must draw a new order."
    # Six examples out of 40 are seldom neighbours; that four whole batches are is rarer than 1 in 10 ** 15.
    neighbours = sum(bool(y.max() - y.min() == len(y) - 1) for y in batches if len(y) == 6)
    assert neighbours < 4, f"{neighbours} batches hold neighbours only. Shuffle all examples before you cut."

# %%
def test_data_iter_has_no_empty_batch(data_iter):
    import torch

    features, labels = torch.randn(20, 2), torch.randn(20, 1)
    sizes = [len(X) for X, _ in data_iter(5, features, labels)]
    assert sizes == [5, 5, 5, 5], f"20 examples must come as four batches of 5, got the sizes {sizes}."

# %%
# HIDDEN
def test_data_iter_cuts_batches_of_the_right_size(data_iter):
    import torch

    # A large batch first: it tells examples that come twice in a batch from those that come in two batches.
    for n, batch_size in [(60, 40), (12, 4), (7, 10), (9, 9), (5, 1), (11, 3), (1, 2)]:
        features, labels = torch.randn(n, 4), torch.arange(float(n)).reshape(-1, 1)
        sizes, seen = [], []
        for X, y in data_iter(batch_size, features, labels):
            assert X.shape[1:] == (4,) and y.shape[1:] == (1,), "Only the number of rows may differ."
            assert len(X) == len(y), "X and y must have the same number of rows."
            sizes.append(len(X))
            seen.extend(y.reshape(-1).tolist())
        expected = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
        assert sizes == expected, "All batches are full but the last, which holds what is left."
        assert sorted(seen) == list(range(n)), "A pass must yield every example exactly once."

# %%
# HIDDEN
def test_data_iter_keeps_dtype_and_labels_of_any_shape(data_iter):
    import torch

    number = torch.arange(19)
    features = torch.stack([number * 0.5 - 3, -number * 1.0, number**2 / 7], dim=0).double().T
    for labels in (number * 3 - 7, (number * 3 - 7).reshape(-1, 1)):
        for X, y in data_iter(4, features, labels):
            assert X.dtype == torch.float64 and y.dtype == torch.int64, "X and y must keep their dtypes."
            assert y.shape[1:] == labels.shape[1:], "y must have the same axes as labels."
            index = (y.reshape(-1) + 7) // 3
            assert torch.equal(X, features[index]), "Each row of X must come with its own label."

# %%
# HIDDEN
def test_data_iter_makes_every_order(data_iter, judge):
    import torch

    def measure(data_iter, features, labels):
        import torch

        # Copies, whose order may be changed: that is looked for elsewhere.
        passes = (list(data_iter(3, features.clone(), labels.clone())) for _ in range(600))
        return [[torch.cat(part) for part in zip(*batches)] for batches in passes]

    # 24 orders, 600 passes: a right answer misses one of them once in 10 ** 9 runs.
    labels, orders = torch.randperm(1000)[:4].float(), set()
    for X, y in judge.probe(measure, data_iter, 3 * labels.reshape(4, 1), labels):
        assert torch.equal(y.sort().values, labels.sort().values), "A pass must yield every example exactly once."
        assert torch.equal(X, 3 * y.reshape(4, 1)), "Each row of X must come with its own label."
        orders.add(tuple(y.tolist()))
    assert len(orders) == 24, "Every order of the examples must be possible, and drawn anew for every pass."


# %%
# HIDDEN
# CORE
def test_data_iter_mixes_the_whole_data_set(data_iter):
    import torch

    # 60 examples in batches of 3: that ten of the 20 batches are neighbours is rarer than 1 in 10 ** 20, that the
    # batches come in order of their means (20! orders of equal chance) rarer than 1 in 10 ** 17.
    features, labels = torch.randn(60, 2), torch.arange(60.0)
    batches = [sorted(y.tolist()) for _, y in data_iter(3, features, labels)]
    message = "Shuffle the examples, not only the order of fixed batches."
    assert sum(batch[-1] - batch[0] == 2 for batch in batches) < 10, message
    means = [sum(batch) for batch in batches]
    assert means != sorted(means), "Shuffle the whole data set, not only inside each batch."

# %%
# HIDDEN
def test_data_iter_leaves_the_data_alone(data_iter):
    import torch

    features, labels = torch.randn(30, 2), torch.randn(30, 1)
    features_before, labels_before = features.clone(), labels.clone()
    for _ in data_iter(7, features, labels):
        pass
    message = "features and labels must stay as they are: shuffle indices instead."
    assert torch.equal(features, features_before) and torch.equal(labels, labels_before), message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Two passes, two orders
#
# Each dot is an example at the moment at which your generator hands it out. Each colour and shape is a batch;
# the last one is smaller. Every row and every column holds exactly one dot, and the two passes differ.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained", sharey=True)
index = torch.arange(36.0)
for ax, title in zip(axes, ["first pass", "second pass"]):
    start = 0
    for marker, (_, y) in zip("os^Dv", data_iter(8, index.reshape(-1, 1), index)):
        ax.scatter(torch.arange(start, start + len(y)), y, s=25, marker=marker)
        start += len(y)
    ax.set(title=title, xlabel="position in the pass", ylabel="number of the example")
print("In the picture: for each of two passes 36 marks without any order, the position from left to right, the example's number\n"
      "upwards. Circles, squares, triangles, diamonds and triangles upside down are batches of 8, 8, 8, 8 and 4.")
plt.show()
