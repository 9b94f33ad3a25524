# %% [raw]
# # BEGIN QUESTION
# name: get_k_fold_data

# %% [markdown]
# ## 1 · One fold for validation (15 min)
#
# $K$-fold cross-validation cuts the $n$ examples into $K$ **folds** of consecutive rows. Fold $i$ is kept for
# *validation*, all the others are for *training*. With $i = 0, 1, \dots, K-1$ one after the other, every
# example is validated exactly once, and no model is ever judged on rows that it was trained on.
#
# When $n$ is not a multiple of $K$, nothing may get lost. The fold sizes then differ by one, **the larger
# folds first**, as `torch.tensor_split` cuts.
#
# **Example.** Seven rows in three folds:
#
# | | validation | training |
# |---|---|---|
# | $i=0$ | rows 0, 1, 2 | rows 3, 4, 5, 6 |
# | $i=1$ | rows 3, 4 | rows 0, 1, 2, 5, 6 |
# | $i=2$ | rows 5, 6 | rows 0, 1, 2, 3, 4 |
#
# (Beware of code that computes `fold_size = n // k` and leaves it at that. It forgets row 6.)
#
# **Your task.** Write `get_k_fold_data(k, i, X, y)`, which returns `(X_train, y_train, X_valid, y_valid)`.
#
# - The rows keep their order, and each row of `X` stays with its entry of `y`.
# - Requests that make no sense raise a `ValueError`: `k` below 2, `k` larger than the number of rows, `i`
#   outside $0, \dots, k-1$ (negative numbers too).
#
# <details><summary>Hint: the last rows never show up</summary>
#
# `n // k` rounds down, so `k * (n // k)` may be less than `n`. The rest `n % k` says how many folds need
# one row more. Or let `torch.tensor_split` do the cutting.
#
# <details><summary>The next line</summary>
#
# `list(torch.tensor_split(X, k))` is a list of `k` pieces. Do the same with `y`.
# </details></details>
#
# <details><summary>Hint: some rows are in both parts</summary>
#
# Walk through the folds and put each one either here or there, never both.
#
# <details><summary>The next line</summary>
#
# From a list, `pop(i)` takes out fold `i` and hands it to you. The list then holds all the others.
# </details></details>
#
# <details><summary>Hint: y_train looks like X_train</summary>
#
# Check your calls of `torch.cat`, one for `X` and one for `y`.
#
# <details><summary>The next line</summary>
#
# Print the shapes of all four before `return`: a row of `X` has several entries, one of `y` mostly has
# none.
# </details></details>
#
# <details><summary>Hint: i = −1 raises no error</summary>
#
# Python counts negative indices from the end, so `pop(-1)` works. The request makes no sense all the same.
#
# <details><summary>The next line</summary>
#
# Ask first of all: `if not 0 <= i < k:`, and raise a `ValueError` below it.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def get_k_fold_data(
    k: int, i: int, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return (X_train, y_train, X_valid, y_valid): fold i of k for validation, all other rows for training.

    X has n rows, y has n entries or rows. The folds are consecutive rows in order; their sizes differ by at
    most one, the larger ones first. ValueError unless 2 <= k <= n and 0 <= i < k.
    """
    # BEGIN SOLUTION
    n = X.shape[0]
    if not 2 <= k <= n:
        raise ValueError(f"k must lie between 2 and the number of rows, {n}; it is {k}")
    if not 0 <= i < k:
        raise ValueError(f"i must lie between 0 and {k - 1}; it is {i}")
    X_folds, y_folds = list(torch.tensor_split(X, k)), list(torch.tensor_split(y, k))
    X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
    return torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_get_k_fold_data_takes_one_fold_out(get_k_fold_data):
    import torch

    X = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0], [8.0, 9.0], [10.0, 11.0]])
    y = torch.tensor([0.0, -1.0, -2.0, -3.0, -4.0, -5.0])
    X_train, y_train, X_valid, y_valid = get_k_fold_data(3, 1, X, y)
    torch.testing.assert_close(X_valid, torch.tensor([[4.0, 5.0], [6.0, 7.0]]))
    torch.testing.assert_close(y_valid, torch.tensor([-2.0, -3.0]))
    expected = torch.tensor([[0.0, 1.0], [2.0, 3.0], [8.0, 9.0], [10.0, 11.0]])
    torch.testing.assert_close(X_train, expected)
    torch.testing.assert_close(y_train, torch.tensor([0.0, -1.0, -4.0, -5.0]))

# %%
# CORE
def test_get_k_fold_data_uses_every_row_and_makes_the_first_folds_larger(get_k_fold_data):
    import torch

    X = torch.arange(7.0).reshape(7, 1)
    y = 10 * torch.arange(7)
    valid = [[0, 1, 2], [3, 4], [5, 6]]
    train = [[3, 4, 5, 6], [0, 1, 2, 5, 6], [0, 1, 2, 3, 4]]
    for i in range(3):
        X_train, y_train, X_valid, y_valid = get_k_fold_data(3, i, X, y)
        assert X_valid.reshape(-1).tolist() == valid[i], f"Wrong rows for validation in fold {i}."
        assert X_train.reshape(-1).tolist() == train[i], f"Wrong rows for training in fold {i}."
        assert y_valid.tolist() == [10 * row for row in valid[i]], "y_valid does not belong to X_valid."
        assert y_train.tolist() == [10 * row for row in train[i]], "y_train does not belong to X_train."

# %%
def test_get_k_fold_data_refuses_what_makes_no_sense(get_k_fold_data):
    import torch

    X, y = torch.arange(10.0).reshape(5, 2), torch.arange(5.0)
    for k, i in [(1, 0), (0, 0), (6, 0), (3, 3), (3, -1)]:
        try:
            get_k_fold_data(k, i, X, y)
        except ValueError:
            pass
        except (AssertionError, IndexError):
            raise AssertionError("A ValueError is asked for, not another kind of error.") from None
        else:
            raise AssertionError(f"For five rows, k = {k} and i = {i} must raise a ValueError.")

# %%
# HIDDEN
def test_get_k_fold_data_has_the_right_folds_for_any_number_of_rows(get_k_fold_data):
    import torch

    for n, k in [(11, 4), (13, 5), (12, 3), (3, 2), (23, 6)]:
        X = torch.randn(n, 3)
        y = torch.randn(n, 1)
        for i in range(k):
            rows = torch.tensor_split(torch.arange(n), k)
            rest = torch.cat([rows[j] for j in range(k) if j != i])
            X_train, y_train, X_valid, y_valid = get_k_fold_data(k, i, X, y)
            torch.testing.assert_close(X_valid, X[rows[i]], rtol=0, atol=0)
            torch.testing.assert_close(y_valid, y[rows[i]], rtol=0, atol=0)
            torch.testing.assert_close(X_train, X[rest], rtol=0, atol=0)
            torch.testing.assert_close(y_train, y[rest], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_can_leave_one_out(get_k_fold_data):
    import torch

    X = torch.randn(5, 2)
    y = torch.randn(5)
    for i in range(5):
        X_train, y_train, X_valid, y_valid = get_k_fold_data(5, i, X, y)
        rest = [j for j in range(5) if j != i]
        torch.testing.assert_close(X_valid, X[i : i + 1], rtol=0, atol=0)
        torch.testing.assert_close(y_valid, y[i : i + 1], rtol=0, atol=0)
        torch.testing.assert_close(X_train, X[rest], rtol=0, atol=0)
        torch.testing.assert_close(y_train, y[rest], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_keeps_dtypes_and_further_axes(get_k_fold_data):
    import torch

    X = torch.randn(3, 2, 7, dtype=torch.float64).transpose(0, 2)
    y = torch.randint(0, 10, (7,))
    X_train, y_train, X_valid, y_valid = get_k_fold_data(2, 1, X, y)
    torch.testing.assert_close(X_valid, X[4:], rtol=0, atol=0)
    torch.testing.assert_close(y_valid, y[4:], rtol=0, atol=0)
    torch.testing.assert_close(X_train, X[:4], rtol=0, atol=0)
    torch.testing.assert_close(y_train, y[:4], rtol=0, atol=0)

# %%
# HIDDEN
def test_get_k_fold_data_refuses_folds_that_do_not_exist(get_k_fold_data):
    import torch

    X, y = torch.randn(9, 2), torch.randn(9, 1)
    for k, i in [(10, 0), (10, 9), (1, 0), (-2, 0), (4, 4), (4, 7), (4, -1), (4, -4)]:
        try:
            get_k_fold_data(k, i, X, y)
        except ValueError:
            pass
        except (AssertionError, IndexError):
            raise AssertionError("A ValueError is asked for, not another kind of error.") from None
        else:
            raise AssertionError("A k or an i that makes no sense must raise a ValueError.")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Your folds, drawn
#
# Eleven rows in four folds. Every column (row of the table) must be dark exactly once.

# %% tags=["otter_ignore"]
fig, ax = plt.subplots(figsize=(8, 2.6))
picture = torch.zeros(4, 11)
for i in range(4):
    row_numbers = torch.arange(11)
    _, _, held_out, _ = get_k_fold_data(4, i, row_numbers, row_numbers)
    picture[i, held_out] = 1
ax.imshow(picture, cmap="Blues", vmin=-0.2, vmax=1.4)
ax.set(xticks=range(11), yticks=range(4), xlabel="row of the table", ylabel="i")
ax.set_title("light: training, dark: validation")
plt.tight_layout()
print("In the picture: a table of 4 rows, the folds, and 11 columns. The dark cells go down like stairs: 3, 3, 3 and 2 wide.")
plt.show()
