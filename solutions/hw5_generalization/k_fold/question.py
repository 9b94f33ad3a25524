# %% [raw]
# # BEGIN QUESTION
# name: k_fold

# %% [markdown]
# ## 2 · The cross-validated loss (5 min)
#
# Now train $K$ times, each time from scratch and with another fold held out, and average the losses:
#
# $$\bar L_{\text{train}} = \frac1K \sum_{i=0}^{K-1} L^{(i)}_{\text{train}}, \qquad
# \bar L_{\text{valid}} = \frac1K \sum_{i=0}^{K-1} L^{(i)}_{\text{valid}} .$$
#
# How the training is done is somebody else's business: it comes in as the function `train_fn`. Call
# `train_fn(X_train, y_train, X_valid, y_valid)` once per fold; it returns two numbers,
# `(train_loss, valid_loss)`.
#
# **Your task.** Write `k_fold(k, X, y, train_fn)`, which returns the two means. Each fold counts the same,
# even where the folds are not equally large. Use your `get_k_fold_data`.
#
# **Example.** If three folds have the validation losses 1, 4 and 10, their mean is 5.
#
# <details><summary>Hint: my losses are k times too large</summary>
#
# Add up in the loop, and divide once, *after* it.
#
# <details><summary>The next line</summary>
#
# Both sums are divided by `k`, in the line with `return`.
# </details></details>
#
# <details><summary>Hint: I get only the loss of the last fold</summary>
#
# Add up (`+=`, not `=`), with both sums at zero *before* the loop.
#
# <details><summary>The next line</summary>
#
# `train_loss, valid_loss = train_fn(…)` gives the two numbers of one fold. An asterisk hands over all four
# parts: `train_fn(*…)`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def k_fold(
    k: int, X: torch.Tensor, y: torch.Tensor, train_fn: Callable[..., tuple[float, float]]
) -> tuple[float, float]:
    """Return (mean training loss, mean validation loss) over the k folds.

    train_fn(X_train, y_train, X_valid, y_valid) trains one model and returns (train_loss, valid_loss).
    """
    # BEGIN SOLUTION
    train_sum, valid_sum = 0.0, 0.0
    for i in range(k):
        train_loss, valid_loss = train_fn(*get_k_fold_data(k, i, X, y))
        train_sum += train_loss
        valid_sum += valid_loss
    return train_sum / k, valid_sum / k
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_k_fold_returns_the_two_means(k_fold):
    import torch

    def train_fn(X_train, y_train, X_valid, y_valid):
        return float(X_train.sum() + y_train.sum()) / 11, float(10 * X_valid.mean() + y_valid.mean()) / 2

    X = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [7.0]])
    train_loss, valid_loss = k_fold(3, X, 10 * X, train_fn)
    assert not isinstance(train_loss, list | tuple), "Two numbers are asked for, not the losses of all folds."
    assert abs(train_loss - (22 + 19 + 15) / 3) < 1e-4, (
        "The training losses are 22, 19 and 15. Their mean comes first."
    )
    assert abs(valid_loss - (20 + 45 + 65) / 3) < 1e-4, (
        "The validation losses are 20, 45 and 65. Their mean comes second."
    )

# %%
# HIDDEN
# CORE
def test_k_fold_trains_once_per_fold_on_the_right_rows(k_fold, judge):
    def measure(k_fold, X, y):
        seen = []

        def train_fn(X_train, y_train, X_valid, y_valid):
            seen.append([part.clone() for part in (X_train, y_train, X_valid, y_valid)])
            return 1.0, 2.0

        k_fold(5, X, y, train_fn)
        return seen

    import torch

    X = torch.randn(13, 3)
    y = torch.randn(13, 1)
    seen = judge.probe(measure, k_fold, X, y)
    assert len(seen) == 5, "train_fn is called once per fold."
    X_folds, y_folds = torch.tensor_split(X, 5), torch.tensor_split(y, 5)
    rest = list(range(5))
    for X_train, y_train, X_valid, y_valid in seen:
        fold = [i for i in rest if torch.equal(X_folds[i], X_valid)]
        assert fold, "Each fold is held out once for validation."
        i = fold[0]
        rest.remove(i)
        others = [j for j in range(5) if j != i]
        torch.testing.assert_close(y_valid, y_folds[i])
        torch.testing.assert_close(X_train, torch.cat([X_folds[j] for j in others]))
        torch.testing.assert_close(y_train, torch.cat([y_folds[j] for j in others]))

# %%
# HIDDEN
# CORE
def test_k_fold_averages_training_and_validation_losses_apart(k_fold):
    import torch

    for k in (4, 3):
        losses = (10 * torch.randn(k, 2, dtype=torch.float64)).tolist()
        left = [tuple(pair) for pair in losses]

        def train_fn(X_train, y_train, X_valid, y_valid, left=left):
            return left.pop(0) if left else (0.0, 0.0)

        means = torch.tensor(losses, dtype=torch.float64).mean(dim=0).tolist()
        train_loss, valid_loss = k_fold(k, torch.randn(6, 2), torch.randn(6), train_fn)
        assert abs(float(train_loss) - means[0]) < 1e-4, "The first number is the mean of the training losses."
        assert abs(float(valid_loss) - means[1]) < 1e-4, "The second number is the mean of the validation losses."


# %%
# HIDDEN
def test_k_fold_counts_every_fold_the_same(k_fold):
    import torch

    def train_fn(X_train, y_train, X_valid, y_valid):
        return float(len(X_train)), float(X_valid.max())

    X = torch.arange(8.0).reshape(8, 1)
    train_loss, valid_loss = k_fold(3, X, X, train_fn)
    assert abs(train_loss - 16 / 3) < 1e-4, "The mean gives every fold the same weight."
    assert abs(valid_loss - 14 / 3) < 1e-4, "The mean gives every fold the same weight."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part B · Weight decay
#
# A model overfits when it has more freedom than the data can pin down. We could take weights away. *Weight
# decay* is gentler: it lets all weights stay, but makes large ones expensive.
