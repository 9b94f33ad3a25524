# %% [raw]
# # BEGIN QUESTION
# name: sigmoid_slope

# %% [markdown]
# ## 15 · Quiz: how steep can a sigmoid be? (3 min)
#
# In backpropagation every sigmoid layer multiplies the gradient by a slope of the sigmoid. The largest one
# decides how fast gradients must shrink.
#
# **Your task.** Set `sigmoid_slope` to the largest value that $\operatorname{sigmoid}'(x)$ takes for any
# $x$. Your own functions can find it, and so can the formula of question 2.
#
# <details><summary>Hint: where is it steepest?</summary>
#
# Look at the dashed line of the first picture. Then put the sigmoid's value at that place into
# $s\,(1 - s)$.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
sigmoid_slope = 0.25  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_sigmoid_slope_is_a_positive_number(sigmoid_slope):
    try:
        number = float(sigmoid_slope)
    except (TypeError, ValueError, RuntimeError):
        number = None
    is_number = number is not None and not isinstance(sigmoid_slope, (str, bool))
    assert is_number, "sigmoid_slope must be a number."
    assert 0 < number < 100, "A slope of the sigmoid is above 0, and far below 100."

# %%
# HIDDEN
def test_sigmoid_slope_is_the_largest_one(sigmoid_slope):
    try:
        number = float(sigmoid_slope)
    except (TypeError, ValueError, RuntimeError):
        raise AssertionError("sigmoid_slope must be a number.") from None
    assert not isinstance(sigmoid_slope, (str, bool)), "sigmoid_slope must be a number."
    assert abs(number - 0.25) < 1e-3, "This is not the largest slope of the sigmoid."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What to take with you
#
# - Without a nonlinear activation, depth buys nothing.
# - ReLU first. Sigmoid for outputs in $[0, 1]$ and for gates. Tanh when values should be centred.
# - A formula that is right on paper can overflow in `float32`. Check the gradient as well as the value.
# - Parameters are leaf tensors that start small, random (weights) and zero (biases).
# - A backward pass is the forward pass in reverse, with a transpose for every product and a mask for every
#   ReLU.
# - A ReLU unit can die. Count the dead before you make a network larger.
# - Hidden units pay on real pictures, too. They also learn by heart: hw5 is about that.
# - A fully connected layer on a photo costs tens of millions of weights. Convolutions will fix that.
#
# **A question to think about** (no points). `init_mlp_params` draws small random weights, and zeros for the
# biases. What would `mlp_backward` return for `W1` and for `W2` if *all* weights started at 0? Predict it
# from the formulas, then run it.
#
# **Further reading.** *Dive into Deep Learning*: [Multilayer
# Perceptrons](https://d2l.ai/chapter_multilayer-perceptrons/mlp.html), and [Forward Propagation, Backward
# Propagation, and Computational Graphs](https://d2l.ai/chapter_multilayer-perceptrons/backprop.html), which
# is question 8 in general. Rumelhart, Hinton and Williams, *Learning representations by back-propagating
# errors* (Nature 1986), is where it became known; Glorot, Bordes and Bengio, *Deep Sparse Rectifier Neural
# Networks* (2011), made ReLU the first choice; He and others, *Delving Deep into Rectifiers* (2015), has
# PReLU.
#
# Save the notebook and hand it in.
