# %% [raw]
# # BEGIN QUESTION
# name: mlp_backward

# %% [markdown]
# ## 8 · Backpropagation, by hand (20 min)
#
# What does `backward()` do all day? It walks the forward pass in reverse and asks at every step: if my output
# should change by this much, what must my inputs change by? Do it once yourself. The forward pass, cut into
# single steps:
#
# $$\mathbf Z = \mathbf X \mathbf W_1 + \mathbf b_1, \qquad \mathbf H = \operatorname{ReLU}(\mathbf Z), \qquad
# \mathbf O = \mathbf H \mathbf W_2 + \mathbf b_2$$
#
# Somebody above us, the loss, hands down the **upstream** gradient $\mathbf U$, of the shape of $\mathbf O$:
# how much each score should count. Wanted are the gradients of $\sum_{ij} O_{ij} U_{ij}$ with respect to
# the four parameters. Three rules suffice, and the shapes leave hardly any choice.
#
# - **A product** $\mathbf O = \mathbf H \mathbf W$. Entry $W_{kj}$ is met by column $k$ of $\mathbf H$ and by
#   column $j$ of $\mathbf U$; multiply the two example by example, and add up. Written as one product, that
#   takes a transpose, and so does the gradient with respect to $\mathbf H$, which must have the shape of
#   $\mathbf H$ again.
# - **A bias** is added to *every* row, so every row has a say: its gradient is a sum over the examples.
# - **ReLU** works entry by entry: where $Z$ was positive, the gradient passes as it is; where $Z$ was
#   negative, the output did not depend on it, and nothing passes.
#
# **Example.** The network of question 7, and an upstream gradient:
#
# $$\mathbf U = \begin{bmatrix} 1 & -2 \\ 0.5 & 3 \end{bmatrix}: \quad
# \tfrac{\partial}{\partial \mathbf W_2} = \begin{bmatrix} 1 & -2 \\ 2.5 & 3 \\ 1 & -2 \end{bmatrix},\;
# \tfrac{\partial}{\partial \mathbf b_2} = \begin{bmatrix} 1.5 & 1 \end{bmatrix},\;
# \tfrac{\partial}{\partial \mathbf H} = \begin{bmatrix} -3 & -3 & 6 \\ 6.5 & 2.5 & -9 \end{bmatrix}$$
#
# In the second row only the middle unit was awake, so $6.5$ and $-9$ stop there:
#
# $$\tfrac{\partial}{\partial \mathbf Z} = \begin{bmatrix} -3 & -3 & 6 \\ 0 & 2.5 & 0 \end{bmatrix}, \quad
# \tfrac{\partial}{\partial \mathbf W_1} = \begin{bmatrix} -3 & -5.5 & 6 \\ -6 & -4.75 & 12 \end{bmatrix},\;
# \tfrac{\partial}{\partial \mathbf b_1} = \begin{bmatrix} -3 & -0.5 & 6 \end{bmatrix}$$
#
# **Your task.** Write `mlp_backward(X, params, upstream)`. It returns the list of the four gradients, each in
# the shape of its parameter, in the order of `params = [W1, b1, W2, b2]`. `X` has shape `(n, ...)` and is
# flattened as in question 7. The parameters stay as they are; the slope at exactly 0 may be 0 or 1. Write the
# formulas: whoever lets autograd differentiate takes the question to 0 points.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# Write the shape of each of the two factors under them and the shape that you want: a gradient has the
# shape of what it belongs to. With $(n, k)$ and $(n, j)$ at hand, how can $(k, j)$ come about?
#
# <details><summary>The next line</summary>
#
# The gradient with respect to `W2` is made of $\mathbf H$ and $\mathbf U$: `H.T @ …` has $k$ rows.
# </details></details>
#
# <details><summary>Hint: W2 and b2 are right, W1 and b1 are not</summary>
#
# Then the mistake lies between them. Did the gradient pass the ReLU? What decides is the sign of what went
# *into* it, entry by entry, and not the sign of the gradient.
#
# <details><summary>The next line</summary>
#
# Keep `Z = … @ W1 + b1` from the forward pass. `Z > 0` is a mask in the shape of the gradient with
# respect to $\mathbf H$.
# </details></details>
#
# <details><summary>Hint: my bias gradients have one row per example</summary>
#
# A bias is added to every row, so every row has a say.
#
# <details><summary>The next line</summary>
#
# `sum(dim=…)` over the axis of the examples leaves the shape of the bias.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def mlp_backward(X: torch.Tensor, params: list[torch.Tensor], upstream: torch.Tensor) -> list[torch.Tensor]:
    """Return [dW1, db1, dW2, db2], the gradients of (mlp_forward(X, params) * upstream).sum() by the parameters.

    X (n, ...) is flattened to (n, num_inputs); upstream has shape (n, num_outputs). By hand: autograd takes the
    question to 0 points. The parameters are not changed.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        W1, b1, W2, _ = params
        rows = X.flatten(start_dim=1)
        Z = rows @ W1 + b1
        dZ = (upstream @ W2.T) * (Z > 0)
        return [rows.T @ dZ, dZ.sum(dim=0), relu(Z).T @ upstream, upstream.sum(dim=0)]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_mlp_backward_of_the_example(mlp_backward):
    import torch

    X = torch.tensor([[1.0, 2.0], [-1.0, 0.5]])
    W1 = torch.tensor([[1.0, -1.0, 2.0], [0.0, 1.0, -1.0]])
    b1 = torch.tensor([0.0, 0.5, 1.0])
    W2 = torch.tensor([[1.0, 2.0], [-1.0, 1.0], [0.0, -3.0]])
    b2 = torch.tensor([0.5, -1.0])
    upstream = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
    dW1, db1, dW2, db2 = mlp_backward(X, [W1, b1, W2, b2], upstream)
    torch.testing.assert_close(dW2, torch.tensor([[1.0, -2.0], [2.5, 3.0], [1.0, -2.0]]))
    torch.testing.assert_close(db2, torch.tensor([1.5, 1.0]))
    torch.testing.assert_close(dW1, torch.tensor([[-3.0, -5.5, 6.0], [-6.0, -4.75, 12.0]]))
    torch.testing.assert_close(db1, torch.tensor([-3.0, -0.5, 6.0]))

# %%
def test_mlp_backward_leaves_the_parameters_and_the_dtype_alone(mlp_backward):
    import torch

    torch.manual_seed(2)
    params = [torch.randn(s, dtype=torch.float64).requires_grad_() for s in [(6, 4), (4,), (4, 3), (3,)]]
    before = [p.detach().clone() for p in params]
    X, upstream = torch.randn(5, 1, 2, 3, dtype=torch.float64), torch.randn(5, 3, dtype=torch.float64)
    gradients = mlp_backward(X, params, upstream)
    for name, p, value, gradient in zip(["W1", "b1", "W2", "b2"], params, before, gradients):
        assert gradient.shape == p.shape, f"The gradient of {name} must have its shape, {tuple(p.shape)}."
        assert gradient.dtype == p.dtype, f"float64 goes in, so the gradient of {name} must not be {gradient.dtype}."
        assert p.grad is None, f"A gradient was left on {name}. Return the gradients and change nothing."
        assert torch.equal(p.detach(), value), f"{name} has changed. Return the gradients and change nothing."

# %%
# HIDDEN
# CORE
def test_mlp_backward_of_random_networks(mlp_backward):
    import torch

    for n, shape, hiddens, outputs in [(1, (5,), 4, 3), (6, (1, 2, 4), 9, 2), (3, (7, 2), 5, 8)]:
        X, params, upstream = random_network(n, shape, hiddens, outputs)
        expected = gradients_by_autograd(X, params, upstream)
        gradients = mlp_backward(X, params, upstream)
        assert len(gradients) == 4, "The result is a list of four gradients."
        for gradient, right in zip(gradients, expected):
            torch.testing.assert_close(gradient.detach(), right, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
def test_mlp_backward_of_a_larger_batch_of_pictures(mlp_backward):
    import torch

    X, params, upstream = random_network(40, (5, 3, 2), 12, 7, torch.float64)
    X = X.permute(0, 3, 2, 1)  # not contiguous
    upstream[::3] = 0.0
    expected = gradients_by_autograd(X, params, upstream)
    for gradient, right in zip(mlp_backward(X, params, upstream), expected):
        torch.testing.assert_close(gradient.detach(), right)

# %%
# HIDDEN
def test_mlp_backward_where_units_sleep(mlp_backward):
    import torch

    X, params, upstream = random_network(8, (3,), 6, 4)
    params[1][:2] = -1000.0
    params[1][2] = 100.0
    expected = gradients_by_autograd(X, params, upstream)
    for gradient, right in zip(mlp_backward(X, params, upstream), expected):
        torch.testing.assert_close(gradient.detach(), right, rtol=1e-4, atol=1e-3)

# %%
# HIDDEN
def test_mlp_backward_keeps_float32(mlp_backward):
    import torch

    X, params, upstream = random_network(4, (2, 3), 5, 3, torch.float32)
    for gradient in mlp_backward(X, params, upstream):
        assert gradient.dtype == torch.float32, "float32 goes in, so float32 must come out."

# %%
# HIDDEN
# RULE
def test_mlp_backward_is_written_by_hand_and_not_autograd(mlp_backward, judge):
    import torch

    runs = 0
    for n, shape, hiddens, outputs in [(4, (3,), 5, 2), (1, (2, 2), 3, 6), (9, (1, 3, 2), 2, 3)]:
        X, params, upstream = random_network(n, shape, hiddens, outputs)
        expected = gradients_by_autograd(X, params, upstream)
        passes, gradients = judge.probe(passes_of_autograd, mlp_backward, X, params, upstream)
        for gradient, right in zip(gradients, expected):  # it is the answer that was watched
            torch.testing.assert_close(gradient.detach(), right, rtol=1e-4, atol=1e-4)
        runs += passes
    assert runs == 0, "Write the formulas of the backward pass: autograd takes the question to 0 points."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A gradient is right when somebody independent agrees. Below, autograd does, and so does the oldest check of
# all: nudge all parameters a little along a random direction, and see how much the output moves. If you paste
# your `numeric_gradient` of hw1 into the empty cell, it checks the first weights entry by entry.

# %% tags=["otter_ignore"]
# Paste your numeric_gradient of hw1 here.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
X, upstream = torch.randn(5, 4, dtype=torch.float64), torch.randn(5, 3, dtype=torch.float64)
params = [p.detach().double().requires_grad_() for p in init_mlp_params(4, 6, 3, sigma=1.0)]
mine = mlp_backward(X, params, upstream)
by_autograd = torch.autograd.grad((mlp_forward(X, params) * upstream).sum(), params)
for name, a, b in zip(["W1", "b1", "W2", "b2"], mine, by_autograd):
    print(f"{name}: largest difference from autograd {(a - b).abs().max():.1e}")

eps = 1e-4
with torch.no_grad():
    V = [torch.randn_like(p) for p in params]
    up, down = ([p + sign * eps * v for p, v in zip(params, V)] for sign in (1, -1))
    nudged = ((mlp_forward(X, up) - mlp_forward(X, down)) * upstream).sum() / (2 * eps)
    print(f"along a direction: nudged {nudged:.8f}, yours {sum((g * v).sum() for g, v in zip(mine, V)):.8f}")
    if "numeric_gradient" in globals():
        W1 = params[0].detach()
        numeric = numeric_gradient(lambda W: (mlp_forward(X, [W, *params[1:]]) * upstream).sum(), W1, eps)
        print(f"W1 entry by entry, with your numeric_gradient: largest difference {(numeric - mine[0]).abs().max():.1e}")
