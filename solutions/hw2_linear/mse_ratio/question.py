# %% [raw]
# # BEGIN QUESTION
# name: mse_ratio

# %% [markdown]
# ## 9 · Quiz: two losses, one idea (2 min)
#
# `nn.MSELoss()` is the mean of $(\hat{y}^{(i)} - y^{(i)})^2$. Your `squared_loss` differs from it in more
# than the mean. So a learning rate that suits one need not suit the other: what multiplies the loss also
# multiplies the gradient.
#
# **Your task.** Set `mse_ratio` to the factor by which `nn.MSELoss()` is larger than the *mean* of
# `squared_loss`, on the same predictions and labels:
#
# $$\texttt{mse\_ratio} =
#   \frac{\texttt{nn.MSELoss()(y\_hat, y)}}{\texttt{squared\_loss(y\_hat, y).mean()}} .$$
#
# <details><summary>Hint: I am not sure which way round</summary>
#
# Take the losses of the example in question 4 and compute both numbers by hand, or let Python do it. Which
# one is larger? A number above 1 says that it is the one in the numerator.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
mse_ratio = 2  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_mse_ratio_is_a_positive_number(mse_ratio):
    is_number = hasattr(mse_ratio, "__float__") and not isinstance(mse_ratio, bool)
    assert is_number, "mse_ratio must be a number."
    assert float(mse_ratio) > 0, "The ratio of two positive losses is positive."

# %%
# HIDDEN
def test_mse_ratio_is_the_right_factor(mse_ratio):
    message = "Write both losses as sums over the examples and divide one by the other."
    assert hasattr(mse_ratio, "__float__") and abs(float(mse_ratio) - 2) < 1e-3, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have now
#
# A model, a loss, minibatches, an update, a loop. Softmax regression changes the model and the loss.
# Multilayer perceptrons change the model. The loop stays.
#
# **A question to think about** (no points). You double `batch_size`, and leave the learning rate and the
# number of epochs as they are. `sgd` divides by the batch size, so a step is as long as before. Does the walk
# get as far? Predict, then run `train_linreg` with `lr=0.003`, once in batches of 10 and once in batches of 20.
#
# **Further reading.** *Dive into Deep Learning*: [Linear
# Regression](https://d2l.ai/chapter_linear-regression/linear-regression.html) and its [implementation from
# scratch](https://d2l.ai/chapter_linear-regression/linear-regression-scratch.html). Bottou, Curtis and
# Nocedal, *Optimization methods for large-scale machine learning* (2018), on why minibatches work.
#
# Save the notebook and hand it in.
