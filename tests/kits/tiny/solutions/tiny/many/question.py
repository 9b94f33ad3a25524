# %% [raw]
# # BEGIN QUESTION
# name: many

# %% [raw]
# # BEGIN SOLUTION

# %%
many = 1234 * 1000  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_many_is_positive(many):
    assert many > 0

# %%
# HIDDEN
def test_many_is_right(many):
    assert many == 1234000, "Count again."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
