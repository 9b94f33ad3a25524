# %% [raw]
# # BEGIN QUESTION
# name: kaiming_std

# %% [markdown]
# ## 8 · A start for ReLU (10 min)
#
# Tanh lets small numbers pass as they are. ReLU does not: it cuts one half of them off. What does that do to the
# sum from which everything began? Let $\mathbf{z}$ be what a layer gave out *before* ReLU, and
# $x_j = \max(0, z_j)$ what the next layer gets:
#
# $$o_i = \sum_{j=1}^{n_\text{in}} w_{ij} x_j .$$
#
# The weights still have mean 0 and variance $\sigma^2$. But the $x_j$ no longer have mean 0, so look again at
# one term. It has mean 0, and therefore the variance
#
# $$\operatorname{Var}[w_{ij} x_j] = E\big[w_{ij}^2 x_j^2\big] = \sigma^2\, E\big[x_j^2\big] .$$
#
# What counts is the mean *square* of the input. Now $z_j$ is negative as often as positive, and on both sides alike:
# it is a sum with random weights of mean 0. Half of the squares are kept, the other half become 0:
#
# $$E\big[x_j^2\big] = \tfrac12\, E\big[z_j^2\big] = \tfrac12 \operatorname{Var}[z_j] .$$
#
# So $\operatorname{Var}[o_i]$ is $\operatorname{Var}[z_j]$ times a factor, made of $n_\text{in}$, $\sigma^2$ and this
# one half. With Xavier's weights and a square layer the factor is $\tfrac12$. Twenty layers halve the variance twenty
# times: a millionth of it is left. **Kaiming initialisation** chooses $\sigma$ so that the factor is 1.
#
# **Example.** A layer with 200 inputs needs the standard deviation 0.1. Try your formula on it.
#
# **Your task.** Write `kaiming_std(fan_in)`. It returns that standard deviation, as a Python `float`. `fan_out` has
# no part in it: Kaiming keeps the signal on its way up, and settles for that.
#
# <details><summary>Hint: I get 0.0707 for the example</summary>
#
# Then nothing makes up for ReLU. Should the weights be smaller than without it, or larger? The variance of the output
# is to be kept, and one half of what went in is lost.
#
# <details><summary>The next line</summary>
#
# The factor is $\tfrac12 n_\text{in} \sigma^2$. Set it to 1 and put in $n_\text{in} = 200$: what is $\sigma^2$?
# </details></details>
#
# <details><summary>Hint: I get 0.01 for the example</summary>
#
# That is a variance. Which number has this square?
#
# <details><summary>The next line</summary>
#
# `math.sqrt(…)` around all of it.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def kaiming_std(fan_in: int) -> float:
    """Return the standard deviation of normal weights that keeps the variance from one ReLU layer to the next.

    fan_in: the number of inputs of the layer. A Python float.
    """
    # BEGIN SOLUTION
    return math.sqrt(2 / fan_in)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_kaiming_std_of_the_example(kaiming_std):
    std = float(kaiming_std(200))
    assert abs(std - 0.1) < 1e-6, f"A layer with 200 inputs needs 0.1, got {std:.4f}."
    std = float(kaiming_std(7))
    assert abs(std - 0.5345225) < 1e-5, f"A layer with 7 inputs needs 0.534522, got {std:.6f}."

# %%
def test_kaiming_std_is_a_python_float(kaiming_std):
    std = kaiming_std(300)
    assert isinstance(std, float), f"Return a Python float, got {type(std).__name__}."
    assert abs(std - 0.0816497) < 1e-6, f"A layer with 300 inputs needs 0.0816497, got {std:.7f}."

# %%
# HIDDEN
# CORE
def test_kaiming_std_works_for_every_layer(kaiming_std):
    message = "The standard deviation must keep the variance for every fan_in."
    for fan_in in (1, 2, 3, 7, 97, 784, 4096, 25 * 16):
        expected = (2 / fan_in) ** 0.5
        assert abs(float(kaiming_std(fan_in)) / expected - 1) < 1e-5, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Twenty layers of ReLU
#
# The picture from above once more, now with ReLU. With Xavier's start the variance loses half of itself in every
# layer, and the gradients are a thousandth of what they could be. With yours, the twentieth layer gives out what the
# first one did.
#
# This is why Kaiming's start is the usual one for deep networks with ReLU. Two more ideas keep signals alive *during*
# training, whatever the start: **normalisation** (`nn.BatchNorm2d`, `nn.LayerNorm`) brings every layer's output back to
# variance 1, and a **residual connection**, $\mathbf{h} + f(\mathbf{h})$, gives the gradient a way past each layer.

# %% tags=["otter_ignore"]
def init_kaiming(m):
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, std=float(kaiming_std(m.in_features)))
        nn.init.zeros_(m.bias)


torch.manual_seed(0)
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
relu_signal, relu_gradient = {}, {}
for name, init, style in [("Xavier", init_xavier, "o--"), ("Kaiming", init_kaiming, "s-")]:
    net = make_net([100] * (depth + 1), init, nn.ReLU)
    relu_signal[name] = [float(v) for v in activation_variances(net, X)[1::2]]
    norms = gradient_norms(net, (net(X) * torch.randn(200, 100)).mean())
    relu_gradient[name] = [float(norm) for key, norm in norms.items() if key.endswith("weight")]
    left.semilogy(range(1, depth + 1), relu_signal[name], style, markersize=4, label=name)
    right.semilogy(range(1, depth + 1), relu_gradient[name], style, markersize=4, label=name)
left.set(xlabel="layer", xticks=ticks, title="variance of the output, ReLU", ylim=(1e-8, 100))
right.set(xlabel="layer", xticks=ticks, title="norm of the weight's gradient, ReLU", ylim=(1e-8, 1))
left.legend(loc="lower left")
right.legend(loc="lower left")
print("In the picture: variance and gradient over 20 layers, logarithmic. Squares (Kaiming) stay level in both; circles (Xavier) lose\n"
      "half of the variance in each layer, and their gradients lie a thousand times lower.")
plt.show()

# %% [markdown]
# **Why, and predict before you run.** Put a third line into the picture: weights with *twice* your standard deviation.
# By which factor does the variance then change per layer, and where does its line end after twenty of them? (Not
# graded. Write your number down first.)
