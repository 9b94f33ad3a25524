# %% [raw]
# # BEGIN QUESTION
# name: dropout_scale

# %% [markdown]
# ## 10 · The survivors' share
#
# Dropout with $p = 0.2$: **by what factor** is an entry multiplied that survives? Give the number as
# `dropout_scale`. You may write an expression.
#
# <details><summary>Hint: smaller or larger than 1?</summary>
#
# A fifth of all entries turns to zero. What do the others have to do for the mean to stay where it was?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
dropout_scale = 1 / (1 - 0.2)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_dropout_scale_is_a_positive_number(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        number = None
    assert number is not None and not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert 0 < number < 100, "The factor lies between 0 and 100."

# %%
# HIDDEN
def test_dropout_scale_keeps_the_mean(dropout_scale):
    try:
        number = float(dropout_scale)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("Give a number.") from None
    assert not isinstance(dropout_scale, (str, bool)), "Give a number."
    assert abs(number - 1.25) < 1e-3, "With this factor the mean would not stay what it was."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# **Done.** Run the checks once more from the top (*Kernel → Restart & Run All*), save, and upload the
# notebook. You can now tell whether a model has learned something or only remembers it, and you have two
# remedies against the latter.
