# %% [raw]
# # BEGIN QUESTION
# name: dead_units

# %% [markdown]
# ## 10 · Dead units (5 min)
#
# ReLU has a weakness. A unit whose input is negative for *every* example gives 0 for every example, and its
# slope is 0 for every example too. So no gradient reaches its weights, they never change again, and it stays
# as it is for good: the unit is **dead**. One step that was too long is enough. A dead unit raises no error;
# it only makes the network smaller than you think. Whoever trains networks counts them.
#
# **Example.** Three examples, three hidden units:
#
# $$\mathbf X = \begin{bmatrix} 1 & 2 \\ -1 & 0 \\ 0 & -1 \end{bmatrix},\quad
# \mathbf W = \begin{bmatrix} 1 & -1 & 0.5 \\ 0 & -1 & 1 \end{bmatrix},\quad
# \mathbf b = \begin{bmatrix} -0.5 & -1 & -4 \end{bmatrix} \;\to\;
# \mathbf X \mathbf W + \mathbf b =
# \begin{bmatrix} 0.5 & -4 & -1.5 \\ -1.5 & 0 & -4.5 \\ -0.5 & 0 & -5 \end{bmatrix}$$
#
# The first unit is awake for the first example: it lives. The second never gets above 0, and the third is far
# below. Two units are dead.
#
# **Your task.** Write `dead_units(X, W, b)`: how many units of $\operatorname{ReLU}(\mathbf X\mathbf W +
# \mathbf b)$ are 0 for *every* row of `X`. An input of exactly 0 counts as dead, since its ReLU is 0. `X` has
# shape `(n, d)`, `W` `(d, h)` and `b` `(h,)`. The result is a Python `int`.
#
# <details><summary>Hint: my number is larger than the number of units</summary>
#
# Then you count zeros. A unit is a *column*: ask first of each column whether all of it is 0, and count the
# columns for which that is so. `all` takes a `dim`, as `sum` does.
#
# <details><summary>The next line</summary>
#
# `(X @ W + b <= 0)` is a table of True and False, one row per example. Along which `dim` must all of it be
# True?
# </details></details>
#
# <details><summary>Hint: I get 1 for the example</summary>
#
# Exactly 0 counts as dead: its ReLU is 0. Is your comparison strict?
#
# <details><summary>The next line</summary>
#
# Look at the second column of the example, $-4, 0, 0$. Every entry of it has to pass your comparison.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def dead_units(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> int:
    """Return how many units of relu(X @ W + b) are 0 for every row of X.

    X (n, d) holds an example in each row, W (d, h) and b (h,) are the parameters of the h hidden units.
    """
    # BEGIN SOLUTION
    return int((X @ W + b <= 0).all(dim=0).sum())
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_dead_units_of_the_example(dead_units):
    import torch

    X = torch.tensor([[1.0, 2.0], [-1.0, 0.0], [0.0, -1.0]])
    W = torch.tensor([[1.0, -1.0, 0.5], [0.0, -1.0, 1.0]])
    b = torch.tensor([-0.5, -1.0, -4.0])
    dead = dead_units(X, W, b)
    assert dead == 2, f"The second and the third unit are dead, that is 2, got {dead}."
    dead = dead_units(X[1:], W, b)
    assert dead == 3, f"Without the first example all 3 units are dead, got {dead}."
    b = torch.tensor([-2.5, 1.5, -4.0])
    dead = dead_units(torch.cat([X, 2 - X]), W, b)
    assert dead == 1, f"With other biases and three more examples only the third unit is dead, got {dead}."

# %%
def test_dead_units_is_a_python_int(dead_units):
    import torch

    dead = dead_units(torch.ones(4, 1), torch.tensor([[-1.0, -2.0, -3.0]]), torch.zeros(3))
    assert dead == 3, f"All three units are dead, that is 3, got {dead}."
    dead = dead_units(torch.ones(4, 1), torch.tensor([[-1.0, 2.0, 3.0]]), torch.zeros(3))
    assert isinstance(dead, int) and not isinstance(dead, bool), "The result must be a Python int."
    assert dead == 1, f"The first of the three units is dead, that is 1, got {dead}."

# %%
# HIDDEN
# CORE
def test_dead_units_of_random_layers(dead_units):
    import torch

    # Whole numbers: no rounding decides whether a unit is at 0.
    for n, d, h in [(5, 3, 40), (1, 4, 30), (23, 2, 50), (9, 7, 6)]:
        X = torch.randint(-3, 4, (n, d)).double()
        W = torch.randint(-3, 4, (d, h)).double()
        b = torch.randint(-9, 6, (h,)).double()
        b[0], b[1], b[-1] = -100.0, 100.0, -100.0
        dead = sum(all(float(x @ W[:, j] + b[j]) <= 0 for x in X) for j in range(h))
        assert dead_units(X, W, b) == dead, "This is not the number of units that are 0 for every example."

# %%
# HIDDEN
def test_dead_units_counts_an_input_of_exactly_zero_as_dead(dead_units):
    import torch

    X = torch.tensor([[2.0, 0.0], [0.0, -1.0], [1.0, 0.0]])
    W = torch.tensor([[0.0, -2.0, 1.0, -0.5], [1.0, 0.0, 0.0, 0.0]])
    assert dead_units(X, W, torch.zeros(4)) == 3, "A unit whose input is never above 0 is dead."
    message = "A unit that is hardly awake is not dead: any number above 0 counts."
    assert dead_units(X, W, torch.tensor([0.0, 1e-4, 0.0, 1e-6])) == 1, message

# %%
# HIDDEN
def test_dead_units_of_parameters_that_learn(dead_units):
    import torch

    W = torch.tensor([[1.0, -1.0, -2.0], [1.0, -3.0, -1.0]], requires_grad=True)
    b = torch.tensor([0.0, 0.5, -1.0], requires_grad=True)
    X = torch.tensor([[4.0, 0.0], [0.0, 8.0]])
    assert dead_units(X, W, b) == 2, "Parameters of a network that is being trained require gradients."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# How many units does a learning rate cost? The same network with 64 hidden units learns the ring from above
# for 60 steps, with steps from short to far too long. Predict the curve before you run the cell, and then:
# which of these networks would you still call one with 64 units?

# %% tags=["otter_ignore"]
rates = [0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0]
dead, right_answers = [], []
for lr in rates:
    torch.manual_seed(0)
    params = init_mlp_params(2, 64, 2, sigma=0.5)
    optimizer = torch.optim.SGD(params, lr=lr)
    for _ in range(60):
        optimizer.zero_grad()
        F.cross_entropy(mlp_forward(points, params), labels).backward()
        optimizer.step()
    with torch.no_grad():
        dead.append(dead_units(points, params[0], params[1]))
        right_answers.append((mlp_forward(points, params).argmax(dim=1) == labels).float().mean())
fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
left.semilogx(rates, dead, marker="o")
left.set(xlabel="learning rate", title="dead units of 64", ylim=(-2, 66))
right.semilogx(rates, right_answers, marker="s", color="tab:orange")
right.set(xlabel="learning rate", title="share of right answers", ylim=(0.4, 1.02))
print("In the picture: on the left the number of dead units over the learning rate: none for small rates, then more and more.\n"
      "On the right the share of right answers: nearly 1 up to a rate of 3, and no longer to be relied on beyond.")
plt.show()

# %% [markdown]
# Up to a rate of 3 nearly all answers are right, so nothing seems amiss, and yet some units have died
# already. At 10 most of them are dead. What is left of the network may still get lucky, or it may not.
