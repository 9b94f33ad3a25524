# %% [raw]
# # BEGIN QUESTION
# name: prepare_houses

# %% [markdown]
# ## 8 · From a table to tensors (25 min)
#
# A network reads numbers of similar size, and nothing else. The table has years and square feet, words, and
# gaps where nobody knew.
#
# **Your task.** Write `prepare_houses(train, test)`, which takes two DataFrames and returns three `float32`
# tensors, `(train_features, test_features, train_labels)`. Go one step after another, and look at what each
# has made of the table of the example.
#
# `train` has `Id` as its first column and `SalePrice` as its last one. `test` has the same columns without
# `SalePrice`.
#
# 1. **What is a feature?** All columns but `Id`, a mere number, and `SalePrice`, which is the answer.
# 2. **Numeric columns** are standardised over both tables *together*, gaps left out of the count:
#    $$x \leftarrow \frac{x - \mu}{\sigma} .$$
#    (pandas' `std` divides by $n-1$; to divide by $n$ is accepted too.)
# 3. **Only then**, gaps in numeric columns become 0. That is the column's mean by now. To fill the gaps first
#    would pull mean and spread away from what the known houses say.
# 4. A numeric column in which all known values are equal has $\sigma = 0$. It becomes 0, not `nan`. Computers
#    round: the deviation of five times 0.22 comes out as $3 \cdot 10^{-17}$. Ask whether the values differ.
# 5. **Columns of words** become *one-hot*: one column for each word that occurs in either table, 1 in the
#    rows that have it and 0 in the others. A gap is a case of its own: it gets an indicator column as well.
#    (`pd.get_dummies(…, dummy_na=True)` makes one even where there are no gaps; that is fine.)
# 6. **Labels** are the prices as they are, of the shape $(n, 1)$.
#
# The order of the feature columns is up to you. It is the same for both tables, of course. Neither table may
# be changed.
#
# **Example.** Three houses for training, with areas 10, 20 and ?, on the streets Pave, Grvl and ?, and two test
# houses, with areas 30 and ?, on Pave and Grvl. The mean area is 20 and $\sigma = 10$:
#
# | | area | Grvl | Pave | ? |
# |---|---|---|---|---|
# | train | −1 | 0 | 1 | 0 |
# | train | 0 | 1 | 0 | 0 |
# | train | 0 | 0 | 0 | 1 |
# | test | 1 | 0 | 1 | 0 |
# | test | 0 | 1 | 0 | 0 |
#
# The Ames table has no gaps. The small tables in the checks do.
#
# Is step 2 honest? The mean and the spread of the *test* houses go into it, and strictly speaking nothing of
# a test set may reach the training. The textbook does it all the same, and so does this question: no price is
# used, all features are known before the first house is sold, and a word that occurs in the test table only
# gets its column. Where new houses come in one by one, take $\mu$ and $\sigma$ from the training rows alone.
# The model of Part F does.
#
# <details><summary>Hint: "can't convert np.ndarray of type numpy.object_"</summary>
#
# Some column is not numeric yet, or `get_dummies` made columns of bools and the mixture became objects.
# Convert the whole table before you make a tensor of it.
#
# <details><summary>The next line</summary>
#
# `.astype("float32")` on the whole table, then `.to_numpy()`, then `torch.tensor(…)`.
# </details></details>
#
# <details><summary>Hint: a mean of words is asked for</summary>
#
# Since pandas 3 words have the dtype `str`, not `object`, so a search for `object` finds none of them.
#
# <details><summary>The next line</summary>
#
# `select_dtypes("number")` finds the numeric columns in every version. What is left over is words.
# </details></details>
#
# <details><summary>Hint: my test features have fewer columns</summary>
#
# Make the dummies once, for both tables together, and split afterwards.
#
# <details><summary>The next line</summary>
#
# `pd.concat([…, …])` of the two, without `Id` and `SalePrice`, is the first line. The first `len(train)`
# rows of the result are the training part.
# </details></details>
#
# <details><summary>Hint: nan in the result</summary>
#
# Which step divides by zero, and which step sees to gaps? Look at their order.
#
# <details><summary>The next line</summary>
#
# `.fillna(0.0)` comes last. And before you divide, ask of each column whether `max` is larger than `min`;
# where it is not, divide by 1.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def prepare_houses(
    train: pd.DataFrame, test: pd.DataFrame
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return (train_features, test_features, train_labels), all float32.

    train: `Id`, features, `SalePrice`; test: `Id`, features. Numeric columns are standardised over both tables
    together, then gaps become 0; a column without variance becomes 0. Columns of words become one-hot, with an
    indicator for gaps. train_labels: (n, 1).
    """
    # BEGIN SOLUTION
    features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
    numeric = features.select_dtypes("number")
    words = features.drop(columns=numeric.columns)

    spread = numeric.std().where(numeric.max() > numeric.min(), 1.0)
    numeric = ((numeric - numeric.mean()) / spread).fillna(0.0)
    parts = [numeric]
    if len(words.columns):
        parts.append(pd.get_dummies(words, dummy_na=True))
    features = torch.tensor(pd.concat(parts, axis=1).astype("float32").to_numpy())

    labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
    return features[: len(train)], features[len(train) :], labels
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_prepare_houses_gives_the_example(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame({"Id": [1, 2, 3], "Area": [10.0, 20.0, None], "Street": ["Pave", "Grvl", None]})
    train["SalePrice"] = [100, 200, 150]
    test = pd.DataFrame({"Id": [4, 5], "Area": [30.0, None], "Street": ["Pave", "Grvl"]})
    train_features, test_features, train_labels = prepare_houses(train, test)
    for tensor in (train_features, test_features, train_labels):
        assert tensor.dtype == torch.float32, "All three tensors are float32."
    torch.testing.assert_close(train_labels, torch.tensor([[100.0], [200.0], [150.0]]))
    assert tuple(train_features.shape) == (3, 4), "Four features: the area, two streets, street unknown."
    assert tuple(test_features.shape) == (2, 4), "The test table has the same features."
    both = torch.cat([train_features, test_features])
    columns = {tuple(round(value, 2) for value in column) for column in both.T.tolist()}
    standardised = [(-1, 0, 0, 1, 0), (-1.22, 0, 0, 1.22, 0)]  # with n - 1 and with n
    assert any(area in columns for area in standardised), f"No column is the standardised area: {sorted(columns)}"
    assert (0, 1, 0, 0, 1) in columns, "There is no indicator of the street Grvl."
    assert (1, 0, 0, 1, 0) in columns, "There is no indicator of the street Pave."
    assert (0, 0, 1, 0, 0) in columns, "There is no indicator of an unknown street."

# %%
def test_prepare_houses_makes_zeros_of_a_column_without_variance(prepare_houses):
    import pandas as pd

    train = pd.DataFrame({"Id": [1, 2, 3], "Tax": [0.22] * 3, "Area": [5, 1, 3], "SalePrice": [300, 100, 200]})
    test = pd.DataFrame({"Id": [4, 5], "Tax": [0.22] * 2, "Area": [4, 2]})
    features = finite_features(prepare_houses, train, test)
    assert (features.abs().amax(dim=0) < 1e-6).any(), "A column without variance becomes 0."

# %%
def test_prepare_houses_changes_neither_table(prepare_houses):
    import pandas as pd

    train = pd.DataFrame({"Id": [1, 2], "Area": [5.0, None], "Street": [None, "Pave"], "SalePrice": [300, 100]})
    test = pd.DataFrame({"Id": [3, 4], "Area": [None, 2.5], "Street": ["Grvl", "Pave"]})
    train_before, test_before = train.copy(), test.copy()
    prepare_houses(train, test)
    pd.testing.assert_frame_equal(train, train_before)
    pd.testing.assert_frame_equal(test, test_before)

# %%
# HIDDEN
# CORE
def test_prepare_houses_makes_exactly_the_right_features(prepare_houses):
    import torch

    train, test = tables_with_gaps()
    train_features, test_features, _ = prepare_houses(train, test)
    for features, rows in ((train_features, 7), (test_features, 5)):
        assert features.dtype == torch.float32, "Features are float32."
        assert features.shape[0] == rows, "There is one row of features for each row of the table."
        assert torch.isfinite(features).all(), "There must be no nan and no inf."
    assert train_features.shape[1] == test_features.shape[1], "Both tables have the same features."
    missing, rest = missing_and_left_over(torch.cat([train_features, test_features]))
    assert missing == 0, (
        "A feature is missing or not as it should be: numeric columns are standardised over both tables and "
        "only then filled, columns of words have one indicator for each word and one for gaps."
    )
    # Left over may be the column without variance and the indicators of gaps in columns without gaps.
    assert all((column == 0).all() for column in rest), (
        "There is a feature too many: Id and SalePrice are no features, and numeric columns appear once."
    )
    assert len(rest) <= 2, "There are too many columns that are always 0."

# %%
# HIDDEN
def test_prepare_houses_returns_the_prices_as_labels(prepare_houses):
    import pandas as pd
    import torch

    train = pd.DataFrame({"Id": [5, 6, 7], "Area": [1, 5, 2], "SalePrice": [215000.0, 105000.0, 172000.0]})
    test = pd.DataFrame({"Id": [8, 9], "Area": [9, 4]})
    _, _, labels = prepare_houses(train, test)
    torch.testing.assert_close(labels, torch.tensor([[215000.0], [105000.0], [172000.0]]))

# %%
# HIDDEN
def test_prepare_houses_standardises_before_it_fills(prepare_houses):
    import pandas as pd

    area = [10.0, None, 40.0, None, 70.0, -20.0, None, 90.0]
    train = pd.DataFrame({"Id": [1, 2, 3, 4], "Area": area[:4], "SalePrice": [4, 3, 2, 1]})
    test = pd.DataFrame({"Id": [5, 6, 7, 8], "Area": area[4:]})
    got = finite_features(prepare_houses, train, test)
    known = [0, 2, 4, 5, 7]
    column = got[:, [j for j in range(got.shape[1]) if (got[:, j] != 0).any()]]
    assert column.shape[1] == 1, "One numeric column makes one feature."
    assert (column[[1, 3, 6]] == 0).all(), "Gaps in numeric columns become 0."
    assert abs(column[known].mean().item()) < 1e-4, "The known values have the mean 0 over both tables."
    off = min(abs(column[known].std(correction=c).item() - 1) for c in (0, 1))
    assert off < 1e-3, "The known values have the standard deviation 1 over both tables."

# %%
# HIDDEN
def test_prepare_houses_gives_zeros_for_no_variance_even_with_gaps(prepare_houses):
    import pandas as pd

    for value in (8.0, 0.83):  # the deviation of five times 0.83 comes out as 1e-16
        pools = [value, None, value]
        train = pd.DataFrame({"Id": [1, 2, 3], "Pools": pools, "Area": [1, 5, 3], "SalePrice": [9, 8, 7]})
        test = pd.DataFrame({"Id": [4, 5, 6], "Pools": [value] * 3, "Area": [2, 7, 4]})
        features = finite_features(prepare_houses, train, test)
        busy = (features.abs().amax(dim=0) > 1e-6).sum()
        assert busy == 1, "A column without variance becomes 0, with gaps or without."

# %%
# HIDDEN
def test_prepare_houses_prepares_the_real_table(prepare_houses, judge):
    import torch

    train, test = real_tables(judge)
    train_features, test_features, labels = prepare_houses(train, test)
    rows = (len(train_features), len(test_features))
    assert rows == (len(train), len(test)), "There is one row of features for each row of the table."
    assert train_features.shape[1] == test_features.shape[1], "Both tables have the same features."
    torch.testing.assert_close(labels, torch.tensor(train["SalePrice"].to_numpy(dtype="float32"))[:, None])
    assert train_features.dtype == test_features.dtype == torch.float32, "All three tensors are float32."
    check_real_features(torch.cat([train_features, test_features]).double(), train, test)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part E · Two quick questions
