# %% [raw]
# # BEGIN QUESTION
# name: row_view

# %% [markdown]
# ## 2 · A second look at the same memory (5 min)
#
# A tensor is two things: a plain strip of numbers in memory, its **storage**, and a description of how
# to read the strip: shape, strides and offset. The **strides** say how far to walk along the strip for
# one step along each axis. A *contiguous* tensor lies in the strip row after row, without gaps.
#
# ```
# storage            0  1  2  3  4  5  6  7  8  9 10 11
#
# shape (12,)        0  1  2  3  4  5  6  7  8  9 10 11      strides (1,)
#
# shape (3, 4)       0  1  2  3
#                    4  5  6  7                              strides (4, 1)
#                    8  9 10 11
# ```
#
# A new description of the same strip costs nothing, however large the tensor is. It is called a
# **view**. A view shares memory: write through one and the other has changed too. That is wonderful for
# speed, and a famous source of surprises.
#
# **Your task.** Write `row_view(x, cols)`: see a contiguous `x`, of whatever shape, as rows of `cols` entries
# each. The number of rows follows from the number of entries:
#
# $$\text{rows} = \frac{\text{number of entries of } \mathtt{x}}{\mathtt{cols}} .$$
#
# **Example.** For $\mathtt{x} = (0, 1, \dots, 11)$ and $\mathtt{cols} = 4$ you get the $(3, 4)$ matrix above.
# For an $\mathtt{x}$ of shape $(2, 3, 4)$ and $\mathtt{cols} = 6$ you get shape $(4, 6)$. An empty
# $\mathtt{x}$ makes no rows: with $\mathtt{cols} = 3$ you get shape $(0, 3)$.
#
# Your result must **share memory** with `x`, in both directions, and a gradient must flow through it.
#
# <details><summary>Hint: the numbers are right, but writing into the rows does not change x</summary>
#
# Somewhere your code makes a new tensor: `clone`, `torch.tensor`, `stack` and `cat` all copy. `view` and,
# for a contiguous tensor, `reshape` do not.
#
# <details><summary>The next line</summary>
#
# One call of `view` with two sizes is all. The second size is `cols`. For the first look up what `-1` means
# there, or divide as the formula does.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def row_view(x: torch.Tensor, cols: int) -> torch.Tensor:
    """Return x, contiguous and of any shape, seen as rows of cols entries: (x.numel() / cols, cols).

    The result shares memory with x.
    """
    # BEGIN SOLUTION
    return x.view(-1, cols)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_row_view_reads_row_after_row(row_view):
    import torch

    x = torch.arange(12.0)
    expected = torch.tensor([[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]])
    torch.testing.assert_close(row_view(x, 4), expected)
    assert x.shape == (12,), "x itself must keep its shape."
    cube = torch.arange(24).reshape(2, 3, 4)
    assert row_view(cube, 6).shape == (4, 6), "24 entries in rows of 6 make 4 rows."
    assert cube.shape == (2, 3, 4), "x itself must keep its shape."
    assert row_view(torch.empty(0), 3).shape == (0, 3), "No entries make no rows, with cols columns."

# %%
# CORE
def test_row_view_shares_memory_in_both_directions(row_view):
    import torch

    x = torch.arange(12.0)
    rows = row_view(x, 4)
    rows[1, 2] = 99.0
    assert x[6] == 99.0, "Writing into the rows must change x: the two share memory."
    x[11] = -5.0
    assert rows[2, 3] == -5.0, "Writing into x must change the rows: the two share memory."

# %%
def test_row_view_lets_a_gradient_through(row_view):
    import torch

    x = torch.arange(6.0, requires_grad=True)
    upstream = torch.tensor([[1.0, -2.0], [3.0, 5.0], [-8.0, 13.0]])
    rows = row_view(x, 2)
    assert rows.shape == (3, 2), "6 entries in rows of 2 make 3 rows."
    assert rows.requires_grad, "No gradient reaches x: the result must stay part of the graph."
    (rows * upstream).sum().backward()
    assert x.grad is not None, "No gradient reaches x: the result must stay part of the graph."
    torch.testing.assert_close(x.grad, upstream.reshape(6))

# %%
# HIDDEN
def test_row_view_of_other_shapes_and_dtypes(row_view):
    import torch

    for shape, cols in (((2, 3, 5), 10), ((7, 4), 2), ((4, 7), 28), ((3, 1, 2, 2), 1)):
        for dtype in (torch.float64, torch.int64):
            x = torch.randint(-50, 50, shape).to(dtype)
            numbers = x.flatten().tolist()
            expected = [numbers[i : i + cols] for i in range(0, len(numbers), cols)]
            torch.testing.assert_close(row_view(x, cols), torch.tensor(expected, dtype=dtype))

# %%
# HIDDEN
def test_row_view_shares_memory_with_a_tensor_of_three_axes(row_view):
    import torch

    x = torch.randn(2, 3, 5, dtype=torch.float64)
    rows = row_view(x, 6)
    assert tuple(rows.shape) == (5, 6), "The number of rows follows from the number of entries."
    rows[3, 4] = 77.0
    assert x[1, 1, 2] == 77.0, "Writing into the rows must change x: the two share memory."
    x[0, 2, 1] = -66.0
    assert rows[1, 5] == -66.0, "Writing into x must change the rows: the two share memory."

# %%
# HIDDEN
def test_row_view_of_a_piece_of_a_longer_strip(row_view):
    import torch

    strip = torch.arange(40.0)
    rows = row_view(strip[7:22], 5)
    torch.testing.assert_close(rows, torch.arange(7.0, 22.0).reshape(3, 5))
    rows[2, 0] = -1.0
    assert strip[17] == -1.0, "Writing into the rows must change x: the two share memory."

# %%
# HIDDEN
def test_row_view_of_one_entry_and_of_none(row_view):
    import torch

    torch.testing.assert_close(row_view(torch.tensor(2.5), 1), torch.tensor([[2.5]]))
    assert tuple(row_view(torch.empty(0), 3).shape) == (0, 3), "No entries make no rows, with cols columns."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The colours below show which memory cell each entry reads. A transpose is a view as well: it only
# exchanges the strides. Read the transposed matrix row by row and you jump about in memory. Such a tensor
# is *not contiguous*, and no single stride can make it one flat row.

# %% tags=["otter_ignore"]
strip = torch.arange(12)
rows = row_view(strip, 4)
pictures = [
    ("the strip in memory", strip[None, :]),
    (f"row_view(x, 4), strides {rows.stride()}", rows),
    (f"its transpose, strides {rows.T.stride()}", rows.T),
]
figure, axes = plt.subplots(1, 3, figsize=(11, 2.4), width_ratios=[12, 5, 4], layout="constrained")
for axis, (title, cells) in zip(axes, pictures):
    axis.imshow(cells, cmap="plasma", vmin=0, vmax=11)
    for (i, j), cell in np.ndenumerate(cells.numpy()):
        axis.text(j, i, cell, ha="center", va="center", color="white" if cell < 7 else "black")
    axis.set_title(title, fontsize=10)
    axis.set(xticks=[], yticks=[])
print("In the picture: the numbers 0 to 11 as one strip; as 3 rows of 4; and transposed, as 4 rows of 3, where the first row\n"
      "reads 0, 4, 8. The brighter a cell, the farther back in memory it lies.")
plt.show()
