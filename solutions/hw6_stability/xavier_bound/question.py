# %% [raw]
# # BEGIN QUESTION
# name: xavier_bound

# %% [markdown]
# ## 3 · Xavier for the uniform distribution (5 min)
#
# Nothing above needed a bell curve; only the variance counts. Weights may as well be drawn uniformly from an
# interval $(-a, a)$. The variance of such numbers is the mean of their squares,
#
# $$\frac{1}{2a}\int_{-a}^{a} x^2\, dx = \frac{a^2}{3} .$$
#
# For which $a$ is this the variance $\sigma^2$ of question 2?
#
# **Example.** A layer from 300 to 100 units: $a \approx 0.1225$.
#
# **Your task.** Write `xavier_bound(fan_in, fan_out)`. It returns $a$ as a number.
#
# <details><summary>Hint: my uniform weights have a standard deviation that is too small</summary>
#
# The bound is not the standard deviation. Numbers between $-a$ and $a$ are mostly smaller than $a$, so $a$
# must be larger than $\sigma$. By which factor?
#
# <details><summary>The next line</summary>
#
# Set $a^2/3 = \sigma^2$ and solve for $a$. Your `xavier_std` gives $\sigma$, or you put its formula in.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def xavier_bound(fan_in: int, fan_out: int) -> float:
    """Return the bound a of Xavier's uniform distribution on (-a, a) for a layer from fan_in to fan_out units."""
    # BEGIN SOLUTION
    return math.sqrt(6 / (fan_in + fan_out))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_xavier_bound_of_the_example(xavier_bound):
    bound = float(xavier_bound(300, 100))
    assert abs(bound - 0.1224745) < 1e-5, f"A layer from 300 to 100 units needs 0.1225, got {bound:.4f}."

# %%
# HIDDEN
# CORE
def test_xavier_bound_works_for_every_layer(xavier_bound):
    message = "The bound must follow the formula for every fan_in and fan_out."
    for fan_in, fan_out in [(1, 1), (784, 256), (7, 1000), (1, 97), (640, 64)]:
        expected = (6 / (fan_in + fan_out)) ** 0.5
        assert abs(float(xavier_bound(fan_in, fan_out)) / expected - 1) < 1e-5, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Two shapes, one variance
#
# Weights for a layer from 300 to 100 units, drawn both ways with your numbers. The shapes differ, the
# variance does not. The dashed lines lie at $\pm\sigma$, the dotted ones at $\pm a$.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
std, bound = xavier_std(300, 100), xavier_bound(300, 100)
fig, axes = plt.subplots(1, 2, figsize=(9, 3), layout="constrained", sharey=True)
draws = {"normal": std * torch.randn(30000), "uniform": bound * (2 * torch.rand(30000) - 1)}
for ax, (name, weights) in zip(axes, draws.items()):
    ax.hist(weights, bins=60, range=(-0.3, 0.3), color="tab:blue", alpha=0.7)
    for value, style in [(std, "--"), (-std, "--"), (bound, ":"), (-bound, ":")]:
        ax.axvline(value, color="black", linestyle=style, linewidth=1)
    ax.set(title=f"{name}: variance {weights.var():.4f}", xlabel="weight")
axes[0].set_ylabel("number of weights")
print("In the picture: two histograms of 30,000 weights, a bell and a box. Dashed lines stand at plus and minus sigma in both,\n"
      "dotted ones at plus and minus a: there the box ends, while the bell goes on.")
plt.show()

# %% [markdown]
# ## Initialising a whole network
#
# `net.apply(f)` calls `f(m)` for *every* module in the network, containers and activations included. The
# helper below uses it. It builds a chain of linear layers with an activation after each and gives every
# module to `init`. The examples, the checks and the plots use it, so leave it as it is.

# %%
def make_net(
    sizes: list[int], init: Callable[[nn.Module], object], activation: type[nn.Module] = nn.Tanh
) -> nn.Sequential:
    """Return Linear(sizes[0], sizes[1]), activation, Linear(sizes[1], sizes[2]), activation, …"""
    layers: list[nn.Module] = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(fan_in, fan_out), activation()]
    return nn.Sequential(*layers).apply(init)
