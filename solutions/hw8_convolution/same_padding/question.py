# %% [raw]
# # BEGIN QUESTION
# name: same_padding

# %% [markdown]
# ## 5 · Padding that keeps the size (8 min)
#
# A network of many layers wants its pictures as large as they came. With stride 1 that is a matter of padding alone:
# how many rows must be added, *in all*, so that a kernel of $k_h$ rows leaves as many as there were? Ask the formula
# of question 4.
#
# An odd kernel makes it easy: one half of these rows goes above the picture, one half below. With an even kernel their
# number is odd. This course puts **the larger half above, and on the left**.
#
# **Example.**
#
# | kernel | rows above, below | columns left, right |
# |---|---|---|
# | 3×5 | 1, 1 | 2, 2 |
# | 4×1 | 2, 1 | 0, 0 |
#
# **Your task.** Write `same_padding(kernel_size)` for a pair $(k_h, k_w)$. It returns two pairs of whole numbers,
# `((top, bottom), (left, right))`.
#
# (`nn.Conv2d(…, padding="same")` keeps the size, too, but with even kernels it puts the larger half *below* and on the
# right. One more reason why almost all kernels are odd.)
#
# <details><summary>Hint: right for odd kernels, wrong for even ones</summary>
#
# Take $k_h = 4$: how many rows are lost without padding? The two halves must add up to exactly this number. `//` rounds
# down; which of the halves is to be rounded up?
#
# <details><summary>The next line</summary>
#
# Compute one half, `top`, and let the other be what is left: `… - top`.
# </details></details>
#
# <details><summary>Hint: the picture grows by a row</summary>
#
# A kernel of one row loses nothing and needs no padding. So it is not $k_h$ rows that are to be shared out.
#
# <details><summary>The next line</summary>
#
# It is `kernel_size[0] - 1` rows. For 3, 4 and 5 that is 2, 3 and 4.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def same_padding(kernel_size: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return ((top, bottom), (left, right)), the padding with which a convolution of stride 1 keeps the size.

    kernel_size: (rows, columns). Where the rows or columns to be added are odd in number, there is one more of them
    above and on the left.
    """
    # BEGIN SOLUTION
    top, left = (k // 2 for k in kernel_size)
    return (top, kernel_size[0] - 1 - top), (left, kernel_size[1] - 1 - left)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_same_padding_of_an_odd_kernel(same_padding):
    rows, columns = same_padding((3, 5))
    assert tuple(rows) == (1, 1), f"A kernel of 3 rows needs one row above and one below, got {tuple(rows)}."
    assert tuple(columns) == (2, 2), f"A kernel of 5 columns needs two on each side, got {tuple(columns)}."

# %%
# CORE
def test_same_padding_of_an_even_kernel(same_padding):
    rows, columns = same_padding((4, 1))
    assert tuple(rows) == (2, 1), f"A kernel of 4 rows needs two rows above and one below, got {tuple(rows)}."
    assert tuple(columns) == (0, 0), f"A kernel of one column needs no padding, got {tuple(columns)}."

# %%
def test_same_padding_is_made_of_whole_numbers(same_padding):
    (top, bottom), (left, right) = same_padding((5, 6))
    numbers = [top, bottom, left, right]
    assert numbers == [2, 2, 3, 2], f"A 5×6 kernel needs ((2, 2), (3, 2)), got {numbers}."
    kinds = {type(number).__name__ for number in numbers}
    assert kinds == {"int"}, f"`F.pad` takes whole numbers of the type int, got {sorted(kinds)}."

# %%
# HIDDEN
# CORE
def test_same_padding_keeps_the_size_of_every_picture(same_padding):
    for kernel in [(1, 1), (2, 7), (6, 2), (9, 10), (12, 3), (1, 8)]:
        padding = same_padding(kernel)
        assert len(padding) == 2, "Return two pairs: one for the rows, one for the columns."
        for k, halves in zip(kernel, padding):
            assert len(halves) == 2, "Return two pairs: one for the rows, one for the columns."
            assert sum(halves) == k - 1, "The two sides together must make up for what the kernel takes away."
            assert halves[0] - halves[1] in (0, 1), "The halves differ by one at most; the larger one is above, or left."

# %%
# HIDDEN
def test_same_padding_fits_a_real_convolution(same_padding):
    import torch
    from torch.nn import functional as F

    X = torch.randn(1, 1, 11, 13)
    for kernel in [(4, 3), (5, 2), (2, 6)]:
        (top, bottom), (left, right) = same_padding(kernel)
        padded = F.pad(X, (int(left), int(right), int(top), int(bottom)))
        Y = F.conv2d(padded, torch.ones(1, 1, *kernel))
        assert Y.shape == X.shape, "With this padding a convolution of stride 1 must keep the size."
        rows = F.pad(X, (0, 0, kernel[0] // 2, (kernel[0] - 1) // 2))
        expected = F.conv2d(F.pad(rows, (kernel[1] // 2, (kernel[1] - 1) // 2)), torch.ones(1, 1, *kernel))
        torch.testing.assert_close(Y, expected)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
