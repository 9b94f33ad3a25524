# %% [raw]
# # BEGIN QUESTION
# name: capacity_quiz

# %% [markdown]
# ## 9 · Capacity (3 min)
#
# The *capacity* of a model says how complicated the functions are that it can fit. Whether that is too much
# or too little depends on the data. What should you expect in each of the four cases? Look again at the
# three polynomials in Part A.
#
# **Your task.** Write the dict `capacity_quiz`. Its keys are pairs (data, capacity of the model), its values
# are `"underfitting"`, `"normal"` or `"overfitting"`:
#
# ```python
# capacity_quiz = {
#     ("simple", "low"): "…",
#     ("complex", "low"): "…",
#     ("simple", "high"): "…",
#     ("complex", "high"): "…",
# }
# ```
#
# <details><summary>Hint: I keep mixing up the two words</summary>
#
# *Under*fitting: the model is not able to follow even the examples that it knows. *Over*fitting: it follows
# them too closely, chance included. Which of the two needs a strong model?
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
capacity_quiz = {("simple", "low"): "normal", ("complex", "low"): "underfitting", ("simple", "high"): "overfitting", ("complex", "high"): "normal"}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_capacity_quiz_answers_all_four_cases(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    cases = {("simple", "low"), ("complex", "low"), ("simple", "high"), ("complex", "high")}
    assert set(capacity_quiz) == cases, "The keys are the four pairs (data, capacity)."
    for answer in capacity_quiz.values():
        assert answer in ("underfitting", "normal", "overfitting"), "A value is one of the three words."

# %%
# HIDDEN
def test_capacity_quiz_knows_where_capacity_fits_the_data(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    assert capacity_quiz.get(("simple", "low")) == "normal", "Simple data and low capacity: not right."
    assert capacity_quiz.get(("complex", "high")) == "normal", "Complex data and high capacity: not right."

# %%
# HIDDEN
def test_capacity_quiz_knows_where_it_does_not(capacity_quiz):
    assert isinstance(capacity_quiz, dict), "Give a dict."
    answers = (capacity_quiz.get(("complex", "low")), capacity_quiz.get(("simple", "high")))
    assert answers == ("underfitting", "overfitting"), (
        "One of the two cases in which data and capacity do not go together is not right."
    )

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
