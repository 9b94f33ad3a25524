# %% [raw]
# # BEGIN QUESTION
# name: custom_init

# %% [markdown]
# ## 14 · An initialisation of your own: `custom_init` (10 min)
#
# Sometimes no ready-made start fits. Suppose that every single weight should follow this law:
#
# $$w \sim \begin{cases}
# U(5, 10) & \text{with probability } \tfrac14\\
# 0 & \text{with probability } \tfrac12\\
# U(-10, -5) & \text{with probability } \tfrac14
# \end{cases}$$
#
# **Your task.** Write `custom_init(m)` for use as `net.apply(custom_init)`. `apply` calls it with every module of
# the network in turn, so it must look at what it gets:
#
# - for an `nn.Linear` it fills the weight in place by the law above, each entry drawn on its own;
# - the bias and all other modules stay as they are.
#
# Look at $U(-10, 10)$. How likely is a number in $(5, 10)$? In $(-5, 5)$? In
# $(-10, -5)$? Now compare with the three cases of the law.
#
# **Example.** The weight of `nn.Linear(300, 200)` has 60000 entries: about 30000 zeros, 15000
# entries in [5, 10] and 15000 in [−10, −5]. Nothing lies between 0 and 5 in magnitude. The cell below
# the question draws the histogram of your weights.
#
# <details><summary>Hint: half of my weights lie between −5 and 5 but are not 0</summary>
#
# You keep the part that should be cut. A comparison such as `w.abs() >= 5` gives a mask of True and False; multiplying
# by it keeps what is True.
#
# <details><summary>The next line</summary>
#
# Draw from $U(-10, 10)$ with `nn.init.uniform_(…)`, then, under `torch.no_grad()`, multiply in place.
# </details></details>
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# Setting numbers is not part of the model, so autograd should not see it.
#
# <details><summary>The next line</summary>
#
# `with torch.no_grad():` stands above the line that multiplies.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def custom_init(m: nn.Module) -> None:
    """For net.apply: weights of nn.Linear from U(5, 10), 0, U(-10, -5) with probabilities 1/4, 1/2, 1/4."""
    # BEGIN SOLUTION
    if isinstance(m, nn.Linear):
        nn.init.uniform_(m.weight, -10, 10)
        with torch.no_grad():
            m.weight *= m.weight.abs() >= 5
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_custom_init_draws_from_three_cases(custom_init):
    from torch import nn

    layer = nn.Linear(300, 200)
    custom_init(layer)
    w = layer.weight.detach()
    zero, size = w == 0, w.abs()
    assert bool((zero | (size >= 5)).all()), "No weight should lie between 0 and 5 in magnitude."
    assert bool((size <= 10).all()), "No weight should be larger than 10 in magnitude."
    assert bool(zero.any()), "About half of the weights should be exactly 0."
    assert bool((w >= 5).any()) and bool((w <= -5).any()), "Both signs should occur."
    # 60000 entries, and rows of 300 and columns of 200. By Hoeffding the false alarms stay below 4e-8.
    share = zero.double().mean().item()
    assert abs(share - 0.5) < 0.015, f"Half of the weights should be 0, but the share is {share:.3f}."
    for axis in (0, 1):
        zeros, above = zero.double().mean(axis), (w > 0).double().mean(axis)
        own = zeros.min() > 0.25 and zeros.max() < 0.75 and above.min() > 0.02 and above.max() < 0.5
        assert own, "Rows or columns go together. Each entry should be drawn on its own."

# %%
# CORE
def test_custom_init_leaves_biases_and_other_modules(custom_init):
    import torch
    from torch import nn

    linear, norm, flatten = nn.Linear(6, 5), nn.LayerNorm(4), nn.Flatten()
    bias = linear.bias.detach().clone()
    for module in (linear, norm, flatten):
        custom_init(module)
    assert torch.equal(linear.bias.detach(), bias), "The bias should stay as it was."
    assert torch.equal(norm.weight.detach(), torch.ones(4)), "Only nn.Linear is initialised."

# %%
# HIDDEN
# CORE
def test_custom_init_has_the_right_shares(custom_init):
    import torch
    from torch import nn

    layer = nn.Linear(300, 200)
    custom_init(layer)
    one = layer.weight.detach().clone()
    custom_init(layer)
    two = layer.weight.detach().clone()
    assert tuple(one.shape) == (200, 300), "The weight should keep its shape."
    assert not torch.equal(one == 0, two == 0), "Each call should draw anew which weights are 0."
    # 60000 entries: standard deviation of the share of zeros 0.00204, of each sign 0.00177; bounds at 6.5 of
    # these: below 1e-9 for the six checks. A row of 300 or a column of 200 entries with less than a quarter
    # or more than three quarters of zeros: 2 exp(-2 * 200 / 16) = 3e-11 each by Hoeffding, for 1000 of them 3e-8.
    # One in which a sign has a share of 0.04 or less: 1e-15 for a column, far less for a row; 2e-12 for all 2000.
    for w in (one, two):
        zero = (w == 0).double()
        assert abs(zero.mean() - 0.5) < 0.0133, "Half of the weights should be 0."
        assert abs((w > 0).double().mean() - 0.25) < 0.0115, "A quarter of the weights should be positive."
        assert abs((w < 0).double().mean() - 0.25) < 0.0115, "A quarter of the weights should be negative."
        for dim in (0, 1):
            share = zero.mean(dim)
            signs = min((w > 0).double().mean(dim).min(), (w < 0).double().mean(dim).min())
            even = share.min() > 0.25 and share.max() < 0.75 and signs > 0.04
            assert even, "Each entry should be drawn on its own, not rows or columns at once."

# %%
# HIDDEN
def test_custom_init_is_uniform_on_both_sides(custom_init):
    import math

    from torch import nn

    layer = nn.Linear(250, 240)
    custom_init(layer)
    w = layer.weight.detach().double()
    assert bool(((w == 0) | (w.abs() >= 5)).all()), "No weight should lie between 0 and 5 in magnitude."
    assert bool((w.abs() <= 10).all()), "No weight should be larger than 10 in magnitude."
    # One row alone tells one magnitude for a row from a wrong law. Some 200 draws never repeat three quarters of themselves.
    row = nn.Linear(400, 1)
    custom_init(row)
    drawn = row.weight.detach()[row.weight != 0]
    assert drawn.unique().numel() >= 0.25 * drawn.numel(), "Each entry should be drawn on its own."
    # Even with only 2**20 values on a side, 15000 draws would repeat about 100 of them, never half.
    drawn = w[w != 0]
    assert drawn.unique().numel() > 0.5 * drawn.numel(), "Each entry should be drawn on its own."
    for side in (w[w > 0], -w[w < 0]):
        # At least 14000 draws from U(5, 10) on each side (fewer: 9 standard deviations, below 1e-18). Where rows or
        # columns go together there may be less: that is another test's concern.
        assert len(side) > 5000, "A quarter of the weights should lie on each side."
        # Mean 7.5 with standard deviation 0.0122, standard deviation 1.443 with 0.0055: bounds at more than 6.4
        # of these. Empty ends of 0.02 on 14000 draws: 0.996**14000 < 1e-24. In all below 1e-9.
        assert abs(side.mean() - 7.5) < 0.08, "Each side should be uniform between 5 and 10."
        assert abs(side.std() - 5 / math.sqrt(12)) < 0.036, "Each side should be uniform between 5 and 10."
        assert side.min() < 5.02 and side.max() > 9.98, "Each side should reach from 5 to 10."

# %%
# HIDDEN
def test_custom_init_works_through_apply(custom_init):
    import torch
    from torch import nn

    inner = nn.Sequential(nn.Linear(40, 30), nn.LayerNorm(30), nn.Linear(30, 20, bias=False))
    net = nn.Sequential(nn.Conv1d(2, 3, 2), inner, nn.Bilinear(3, 4, 5), nn.Linear(20, 30)).to(torch.float64)
    before = {name: value.clone() for name, value in net.state_dict().items()}
    net.apply(custom_init)
    after = net.state_dict()
    flags = [p.requires_grad and p.is_leaf and p.grad_fn is None for p in net.parameters()]
    assert list(before) == list(after), "The network should keep its parameters and their names."
    assert all(flags), "All parameters should stay trainable leaf tensors."
    for name, value in after.items():
        assert value.dtype == torch.float64, "The parameters should keep their dtype."
        if name in ("1.0.weight", "1.2.weight", "3.weight"):
            fits = (value == 0) | (value.abs() >= 5)
            assert bool(fits.all()), "All Linear layers should be initialised, nested ones too."
            assert bool((value > 0).any()) and bool((value == 0).any()), "Each Linear layer should get its own draws."
        else:
            assert torch.equal(value, before[name]), "Biases and other modules should keep their values."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### A spike and two flat sides
#
# All weights of `nn.Linear(300, 200)`. The scale is logarithmic: the spike at 0 is twenty times as high as the sides,
# and between it and them there is nothing.

# %% tags=["otter_ignore"]
layer = nn.Linear(300, 200)
layer.apply(custom_init)
w = layer.weight.detach().flatten()
fig, ax = plt.subplots(figsize=(6, 2.8), layout="constrained")
bin_counts, *_ = ax.hist(w.tolist(), bins=[x / 2 - 0.25 for x in range(-21, 23)], color="#9db4d6", edgecolor="white")
ax.set(xlabel="weight", ylabel="how many", yscale="log", ylim=(100, 100_000), title="custom_init")
print("In the picture: a histogram, logarithmic: one high bar at 0, two flat sides from -10 to -5 and from 5 to 10, nothing else.")
plt.show()

# %% [markdown]
# ---
# # Part E · Files
