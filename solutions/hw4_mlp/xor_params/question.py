# %% [raw]
# # BEGIN QUESTION
# name: xor_params

# %% [markdown]
# ## 9 · What a line cannot do (10 min)
#
# The *exclusive or* of two bits is true when exactly one of them is 1:
#
# | $x_1$ | $x_2$ | XOR |
# |---|---|---|
# | 0 | 0 | no |
# | 0 | 1 | yes |
# | 1 | 0 | yes |
# | 1 | 1 | no |
#
# Draw the four points: the two "yes" lie on one diagonal of a square, the two "no" on the other. No straight
# line has both "yes" on one side and both "no" on the other. In 1969 this little table put an end to the
# first wave of neural networks. Two hidden units are enough to answer it, and you can find their weights
# without any training.
#
# Think of a hidden unit as a question about $x_1 + x_2$, which is 0, 1 or 2 here. A unit
# $\operatorname{ReLU}(x_1 + x_2 + b)$ is zero as long as the sum is too small, and then it rises. One unit
# that rises at once, and another that wakes up later and is counted with the opposite sign, make a hill: up,
# and down again.
#
# **Example.** A hill of another kind, in one input: $\operatorname{ReLU}(x) - 2\operatorname{ReLU}(x - 3)$ is
# $0$ at $0$, $3$ at $3$, and $0$ again at $6$.
#
# **Your task.** Write `xor_params()`. It returns `[W1, b1, W2, b2]` for two inputs, two or more hidden units
# and one output, of the shapes $(2, h)$, $(h,)$, $(h, 1)$ and $(1,)$, as floating-point tensors. With these
# numbers `mlp_forward` must give, for each of the four inputs, a number of **at least 0.1** where XOR says
# "yes", and of **at most −0.1** where it says "no". Any numbers that do this are right; you may find them by
# thinking or by training.
#
# <details><summary>Hint: I can get 0 for "no", but not less</summary>
#
# There is one more number to choose, and it is added to all four outputs alike. How high is your hill?
# Lower all of it by half of that.
#
# <details><summary>The next line</summary>
#
# The number is `b2`, and it is negative.
# </details></details>
#
# <details><summary>Hint: three of the four come out right</summary>
#
# For $(1, 1)$ both units are awake. How strongly must the second one count, so that it more than eats up
# what the first one has gained on the way from 1 to 2?
#
# <details><summary>The next line</summary>
#
# Write down both units for the sums 0, 1 and 2: the first is $0, 1, 2$, the second, which wakes up later,
# $0, 0, 1$. With which weights do they add up to $0, 1, 0$?
# </details></details>
#
# <details><summary>Hint: my two hidden units are always equal</summary>
#
# Both see the same sum $x_1 + x_2$; what makes them differ is where they wake up.
#
# <details><summary>The next line</summary>
#
# That is their bias: `b1` holds a 0 and a negative number.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def xor_params() -> list[torch.Tensor]:
    """Return [W1, b1, W2, b2] with which `mlp_forward` tells whether exactly one of two inputs is 1.

    Shapes (2, h), (h,), (h, 1) and (1,) with h at least 2. The output is at least 0.1 for (0, 1) and (1, 0), and at
    most -0.1 for (0, 0) and (1, 1).
    """
    # BEGIN SOLUTION
    W1 = torch.ones(2, 2)
    b1 = torch.tensor([0.0, -1.0])
    W2 = torch.tensor([[1.0], [-2.0]])
    b2 = torch.tensor([-0.5])
    return [W1, b1, W2, b2]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_xor_params_have_the_shapes_of_an_mlp(xor_params):
    import torch

    params = xor_params()
    assert len(params) == 4, f"Expected the four parameters W1, b1, W2, b2, got {len(params)}."
    hiddens = len(params[1])
    assert hiddens >= 2, f"There must be two or more hidden units, got {hiddens}."
    for name, p, shape in zip(["W1", "b1", "W2", "b2"], params, [(2, hiddens), (hiddens,), (hiddens, 1), (1,)]):
        assert isinstance(p, torch.Tensor), f"{name} must be a tensor: torch.tensor([...])."
        assert tuple(p.shape) == shape, f"{name} must have shape {shape}, got {tuple(p.shape)}."
        assert p.dtype.is_floating_point, f"{name} must hold floating-point numbers, got {p.dtype}."

# %%
# CORE
def test_xor_params_answer_all_four_questions(xor_params):
    import torch

    params = xor_params()
    assert all(isinstance(p, torch.Tensor) for p in params), "W1, b1, W2 and b2 must be tensors."
    W1, b1, W2, b2 = (torch.as_tensor(p).detach() for p in params)
    table = [(0, 0), (0, 1), (1, 0), (1, 1)]
    scores = [((torch.tensor([bits]).to(W1.dtype) @ W1 + b1).clamp(min=0) @ W2 + b2).item() for bits in table]
    # Whatever the numbers, what the network says is told by its name.
    names = {"0111": " This is OR.", "0001": " This is AND.", "1110": " This is not AND.", "1000": " This is not OR."}
    name = names.get("".join("1" if score > 0 else "0" for score in scores), "")
    for bits, score in zip(table, scores):
        if sum(bits) == 1:
            assert score >= 0.1, f"For {bits} XOR says yes: the output must be at least 0.1, got {score:.3f}.{name}"
        else:
            assert score <= -0.1, f"For {bits} XOR says no: the output must be at most -0.1, got {score:.3f}.{name}"

# %%
# HIDDEN
# CORE
def test_xor_params_answer_a_shuffled_table(xor_params):
    import torch

    params = xor_params()
    assert all(isinstance(p, torch.Tensor) for p in params), "W1, b1, W2 and b2 must be tensors."
    W1, b1, W2, b2 = (torch.as_tensor(p).detach() for p in params)
    bits = torch.randint(0, 2, (40, 2))
    bits[:4] = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    bits = bits[torch.randperm(40)]
    scores = (bits.to(W1.dtype) @ W1 + b1).clamp(min=0) @ W2 + b2
    assert scores.shape == (40, 1), "There must be one output for each input."
    yes = bits[:, 0] != bits[:, 1]
    assert (scores[yes] >= 0.1).all(), "Where exactly one input is 1, the output must be at least 0.1."
    assert (scores[~yes] <= -0.1).all(), "Where both inputs are equal, the output must be at most -0.1."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Here is your network between the four bits, where nobody asked it. The dark line is where it changes its
# mind. There are many right answers: compare with your neighbour's.

# %% tags=["otter_ignore"]
side = torch.linspace(-0.5, 1.5, 121)
params = [p.detach().float() for p in xor_params()]
scores = mlp_forward(torch.cartesian_prod(side, side), params).reshape(121, 121).T
fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
image = ax.contourf(side, side, scores, levels=20, cmap="RdBu_r", vmin=-scores.abs().max(), vmax=scores.abs().max())
ax.contour(side, side, scores, levels=[0], colors="0.1")
for bits in [(0, 0), (0, 1), (1, 0), (1, 1)]:
    yes = sum(bits) == 1
    ax.plot(*bits, "o" if yes else "X", markersize=11, color="white", markeredgecolor="black", label="yes" if yes else "no")
handles = dict(zip(*ax.get_legend_handles_labels()[::-1]))
ax.legend(handles.values(), handles.keys(), loc="upper right")
fig.colorbar(image, ax=ax, label="output", shrink=0.8)
ax.set(xlabel="$x_1$", ylabel="$x_2$", title="XOR", aspect="equal")
print("In the picture: the four inputs, circles for yes, crosses for no, on the outputs of your network as a map. Red is above 0, blue\n"
      "below, and between them run dark lines. Each circle should stand on red ground, each cross on blue.")
plt.show()
