# %% [raw]
# # BEGIN QUESTION
# name: conv_output_shape

# %% [markdown]
# ## 4 · The shape of the output (10 min)
#
# Take an input of $n$ rows, a kernel of $k$ rows, a stride of $s$, and let $p$ be the number of rows added by
# padding, *top and bottom together*. How many places are there for the window? With stride 1 it starts at the top and
# has $n + p - k$ steps of room; the place where it starts counts, too. With stride $s$ it uses every $s$-th place
# only, and one that sticks out over the edge is not used. Columns are counted in the same way.
#
# **Example.** An 8×8 image, a 3×3 kernel and $p = (2, 2)$ give 8×8. With stride 2 the window has 7 steps of room and
# uses the places 0, 2, 4 and 6: they give 4×4.
#
# Mind the two ways to count. Here $p$ is the *total*, since it need not be even, as question 5 will show.
# `nn.Conv2d(…, padding=1)` adds one row on *each* side, which is $p = 2$ here.
#
# **Your task.** Write `conv_output_shape(n, k, p=(0, 0), s=(1, 1))`. All four are pairs (rows, columns) of whole
# numbers; so is the result.
#
# <details><summary>Hint: my result is a fraction</summary>
#
# A window that does not fit entirely is not used: round *down*. In Python, `//` does that for you.
#
# <details><summary>The next line</summary>
#
# Divide the steps of room, and only those, by the stride: `… // s[0]`.
# </details></details>
#
# <details><summary>Hint: my result is one too small</summary>
#
# The place where the window starts counts, too. With stride 1 there is one place more than there are steps.
#
# <details><summary>The next line</summary>
#
# Try $n = k$ with no padding: there is one place, and not none.
# </details></details>
#
# <details><summary>Hint: my result is too large by p</summary>
#
# `p` is the total already. Do not double it.
#
# <details><summary>The next line</summary>
#
# The room for rows is `n[0] + p[0] - k[0]`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def conv_output_shape(
    n: tuple[int, int],
    k: tuple[int, int],
    p: tuple[int, int] = (0, 0),
    s: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """Return the output shape (rows, columns) of a convolution.

    n: input shape, k: kernel shape, p: rows and columns added *in total*, s: stride.
    """
    # BEGIN SOLUTION
    rows = (n[0] - k[0] + p[0] + s[0]) // s[0]
    columns = (n[1] - k[1] + p[1] + s[1]) // s[1]
    return rows, columns
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_conv_output_shape_keeps_the_size_with_the_right_padding(conv_output_shape):
    shape = tuple(conv_output_shape((8, 8), (3, 3), (2, 2)))
    assert shape == (8, 8), "An 8×8 image, a 3×3 kernel and p = (2, 2) give (8, 8)."

# %%
# CORE
def test_conv_output_shape_gives_the_examples_with_stride(conv_output_shape):
    shape = tuple(conv_output_shape((8, 8), (3, 3), (2, 2), (2, 2)))
    assert shape == (4, 4), "An 8×8 image, a 3×3 kernel, p = (2, 2) and stride (2, 2) give (4, 4)."
    shape = tuple(conv_output_shape((8, 9), (3, 5), (0, 2), (3, 2)))
    assert shape == (2, 4), "An 8×9 image, a 3×5 kernel, p = (0, 2) and stride (3, 2) give (2, 4)."

# %%
# HIDDEN
def test_conv_output_shape_needs_neither_padding_nor_stride(conv_output_shape):
    assert tuple(conv_output_shape((9, 14), (2, 5))) == (8, 10), "Without padding and stride: n - k + 1."
    assert tuple(conv_output_shape((4, 7), (4, 7))) == (1, 1), "A kernel as large as the image fits once."

# %%
# HIDDEN
# CORE
def test_conv_output_shape_agrees_with_a_real_convolution(conv_output_shape):
    import torch
    from torch import nn

    for n in [(11, 17), (10, 16), (9, 20)]:
        for k in [(3, 4), (5, 2)]:
            for padding in [(0, 1), (2, 0), (1, 3)]:
                for s in [(2, 3), (3, 5), (4, 1)]:
                    conv = nn.Conv2d(1, 1, k, stride=s, padding=padding)
                    right = tuple(conv(torch.zeros(1, 1, *n)).shape[2:])
                    total = (2 * padding[0], 2 * padding[1])
                    got = tuple(conv_output_shape(n, k, total, s))
                    assert got == right, "The shape differs from that of a real convolution."

# %%
# HIDDEN
def test_conv_output_shape_gives_whole_numbers(conv_output_shape):
    for n, k, p, s in [((9, 14), (2, 5), (0, 0), (1, 1)), ((7, 12), (4, 2), (3, 1), (2, 3))]:
        shape = tuple(conv_output_shape(n, k, p, s))
        right = tuple((a - b + c + d) // d for a, b, c, d in zip(n, k, p, s))
        assert shape == right, "The formula gives another shape."
        whole = all(hasattr(size, "__index__") for size in shape)
        assert whole, "The sizes must be ints: no tensor can be made with 4.0 rows."


# %%
# HIDDEN
def test_conv_output_shape_takes_an_odd_number_of_padded_rows(conv_output_shape):
    assert tuple(conv_output_shape((7, 12), (4, 2), (3, 1))) == (7, 12), "p is the total that is added."
    assert tuple(conv_output_shape((6, 13), (3, 4), (1, 5), (3, 2))) == (2, 8), "p is the total."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Where the windows lie
#
# Below, an 8×8 image is cut into 3×3 windows: as it is on the left, padded by one zero on each side (grey) in
# the other two panels. Dots mark the centres of the windows: one dot is one output entry. The first two
# windows of the top row are framed in red.

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 3, figsize=(11, 3.9))
for ax, padding, stride in zip(axes, [0, 1, 1], [1, 1, 2]):
    ax.add_patch(plt.Rectangle((-padding, -padding), 8 + 2 * padding, 8 + 2 * padding, color="0.85"))
    ax.add_patch(plt.Rectangle((0, 0), 8, 8, color="#cfe3f5"))
    for line in range(-padding, 9 + padding):
        ax.plot([line, line], [-padding, 8 + padding], color="white", lw=1)
        ax.plot([-padding, 8 + padding], [line, line], color="white", lw=1)
    total = (2 * padding, 2 * padding)
    rows, columns = conv_output_shape((8, 8), (3, 3), total, (stride, stride))
    for i in range(rows):
        for j in range(columns):
            ax.plot(j * stride - padding + 1.5, i * stride - padding + 1.5, "o", color="#1f5fa5", ms=5)
    ax.add_patch(plt.Rectangle((-padding, -padding), 3, 3, fill=False, ec="#c1121f", lw=3, zorder=3))
    if columns > 1:
        corner = (stride - padding, -padding)
        ax.add_patch(plt.Rectangle(corner, 3, 3, fill=False, ec="#c1121f", lw=3, ls=":", zorder=3))
    ax.set(xlim=(-1.2, 9.2), ylim=(9.2, -1.2), aspect="equal", xticks=[], yticks=[])
    ax.set_title(f"p = {total}, stride {stride}: {rows}×{columns}")
plt.tight_layout()
print("In the picture: a grid of 8 by 8 squares with a dot for each window: 6 by 6 dots without padding; 8 by 8 with a grey border;\n"
      "4 by 4 with border and stride 2. The first window has a solid frame, the second a dotted one.")
plt.show()
