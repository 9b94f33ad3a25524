# %% [raw]
# # BEGIN QUESTION
# name: double

# %% [raw]
# # BEGIN SOLUTION

# %%
def double(x):
    """Return 2x."""
    # BEGIN SOLUTION
    return x + x  # the answer
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_double_of_the_example(double):
    # a comment that stays
    assert double(3) == 6, f"Got {double(3)}."

# %%
# HIDDEN
def test_double_of_other_numbers(double, judge):
    message = "Twice as much is expected."
    assert double(-7) == -14, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
