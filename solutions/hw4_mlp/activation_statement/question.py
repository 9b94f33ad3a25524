# %% [raw]
# # BEGIN QUESTION
# name: activation_statement

# %% [markdown]
# ## 14 · Quiz: one of these is wrong (3 min)
#
# Three of the statements are right, one is **wrong**.
#
# - **a** · Without activation functions, stacked linear layers are one linear layer.
# - **b** · Tanh is sigmoid shifted and scaled, so there is no difference between them.
# - **c** · The main advantage of ReLU over sigmoid and tanh is that it is cheap to compute and that its
#   gradient does not vanish for positive inputs.
# - **d** · For outputs in $[0, 1]$ the sigmoid can be used.
#
# **Your task.** Set `activation_statement` to the letter of the wrong one: `"a"`, `"b"`, `"c"` or `"d"`.
#
# <details><summary>Hint: they all sound right</summary>
#
# Go back to what you have seen: the two lines of numbers at the start, the pictures of the functions, the
# pictures of their slopes. For each statement ask whether its *last* words follow from its first ones.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
activation_statement = "b"  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_activation_statement_is_one_letter(activation_statement):
    message = 'activation_statement must be one of the letters "a", "b", "c", "d", in quotes.'
    assert isinstance(activation_statement, str), message
    assert activation_statement.strip().lower() in ("a", "b", "c", "d"), message

# %%
# HIDDEN
def test_activation_statement_is_the_wrong_one(activation_statement):
    assert activation_statement.strip().lower() == "b", "This statement is right. Look for the wrong one."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
