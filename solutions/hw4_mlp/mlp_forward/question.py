# %% [raw]
# # BEGIN QUESTION
# name: mlp_forward

# %% [markdown]
# ## 7 · The network, from scratch (10 min)
#
# An image is a grid, a linear layer wants rows. So first every example is flattened, whatever its shape,
# to one row of $d$ numbers. Then
#
# $$\mathbf{H} = \operatorname{ReLU}(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1), \qquad
#   \mathbf{O} = \mathbf{H}\mathbf{W}_2 + \mathbf{b}_2 .$$
#
# The output stays linear: no ReLU, because a score may well be negative, and no softmax, because
# `nn.CrossEntropyLoss` applies its own, in a numerically safe way.
#
# **Example.** Two inputs, three hidden units, two outputs:
#
# $$\mathbf{X} = \begin{bmatrix} 1 & 2 \\ -1 & 0.5 \end{bmatrix},\quad
#   \mathbf{W}_1 = \begin{bmatrix} 1 & -1 & 2 \\ 0 & 1 & -1 \end{bmatrix},\quad
#   \mathbf{b}_1 = \begin{bmatrix} 0 & 0.5 & 1 \end{bmatrix},\quad
#   \mathbf{W}_2 = \begin{bmatrix} 1 & 2 \\ -1 & 1 \\ 0 & -3 \end{bmatrix},\quad
#   \mathbf{b}_2 = \begin{bmatrix} 0.5 & -1 \end{bmatrix}$$
#
# $$\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1 = \begin{bmatrix} 1 & 1.5 & 1 \\ -1 & 2 & -1.5 \end{bmatrix}
#   \;\xrightarrow{\ \operatorname{ReLU}\ }\; \begin{bmatrix} 1 & 1.5 & 1 \\ 0 & 2 & 0 \end{bmatrix}
#   \;\longrightarrow\; \mathbf{O} = \begin{bmatrix} 0 & -0.5 \\ -1.5 & 1 \end{bmatrix}$$
#
# **Your task.** Write `mlp_forward(X, params)` with `params = [W1, b1, W2, b2]`. `X` has shape `(n, ...)`:
# rows already flat, `(n, 1, 28, 28)` images, or anything else whose entries per example number
# `num_inputs`. Take the sizes from the arguments, so that one function serves every network; tensors need
# not be contiguous. The result has shape `(n, num_outputs)`. Use your `relu`.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# `X` was not flattened, or the number of examples got lost: the first axis must stay what it was, all the
# others become one.
#
# <details><summary>The next line</summary>
#
# `X.flatten(start_dim=…)` keeps the axes before that one. Print its shape: $(n, d)$, and $d$ is
# `W1.shape[0]`.
# </details></details>
#
# <details><summary>Hint: "view size is not compatible with input tensor's size and stride"</summary>
#
# It comes from `view`, which only reinterprets memory that lies in order. `reshape` and `flatten` copy when
# they have to.
#
# <details><summary>The next line</summary>
#
# Replace `view` by one of the two; the sizes may stay.
# </details></details>
#
# <details><summary>Hint: no output is ever negative</summary>
#
# Then a ReLU follows the output, too. Only the hidden layer has one.
#
# <details><summary>The next line</summary>
#
# `H = relu(…)` is the only line with a ReLU in it. What follows is a product and a bias.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def mlp_forward(X: torch.Tensor, params: list[torch.Tensor]) -> torch.Tensor:
    """Return relu(X @ W1 + b1) @ W2 + b2 with params [W1, b1, W2, b2].

    X (n, ...) is flattened to (n, num_inputs). The result, of shape (n, num_outputs), is linear in the
    hidden layer: no relu and no softmax on top.
    """
    # BEGIN SOLUTION
    W1, b1, W2, b2 = params
    H = relu(X.flatten(start_dim=1) @ W1 + b1)
    return H @ W2 + b2
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_mlp_forward_of_the_example(mlp_forward):
    import torch

    X = torch.tensor([[1.0, 2.0], [-1.0, 0.5]])
    W1 = torch.tensor([[1.0, -1.0, 2.0], [0.0, 1.0, -1.0]])
    b1 = torch.tensor([0.0, 0.5, 1.0])
    W2 = torch.tensor([[1.0, 2.0], [-1.0, 1.0], [0.0, -3.0]])
    b2 = torch.tensor([0.5, -1.0])
    expected = torch.tensor([[0.0, -0.5], [-1.5, 1.0]])
    torch.testing.assert_close(mlp_forward(X, [W1, b1, W2, b2]), expected)

# %%
# CORE
def test_mlp_forward_flattens_any_shape(mlp_forward):
    import torch

    torch.manual_seed(1)
    params = [torch.randn(24, 7), torch.randn(7), torch.randn(7, 3), torch.randn(3)]
    rows = torch.randn(5, 24)
    expected = (rows @ params[0] + params[1]).clamp(min=0) @ params[2] + params[3]
    torch.testing.assert_close(mlp_forward(rows, params), expected)
    torch.testing.assert_close(mlp_forward(rows.reshape(5, 24, 1), params), expected)
    torch.testing.assert_close(mlp_forward(rows.reshape(5, 2, 4, 3), params), expected)
    channels_last = rows.reshape(5, 2, 4, 3).permute(0, 2, 3, 1).contiguous()
    not_contiguous = channels_last.permute(0, 3, 1, 2)
    torch.testing.assert_close(mlp_forward(not_contiguous, params), expected)

# %%
def test_mlp_forward_of_one_example_in_float64(mlp_forward):
    import torch

    X = torch.tensor([[1.0, 2.0]], dtype=torch.float64)
    W1 = torch.tensor([[1.0, -1.0, 2.0], [0.0, 1.0, -1.0]], dtype=torch.float64, requires_grad=True)
    b1 = torch.tensor([0.0, 0.5, 1.0], dtype=torch.float64)
    W2 = torch.tensor([[1.0, 2.0], [-1.0, 1.0], [0.0, -3.0]], dtype=torch.float64, requires_grad=True)
    b2 = torch.tensor([0.5, -1.0], dtype=torch.float64)
    outputs = mlp_forward(X, [W1, b1, W2, b2])
    torch.testing.assert_close(outputs.detach(), torch.tensor([[0.0, -0.5]], dtype=torch.float64))
    assert outputs.requires_grad, "No gradient reaches the parameters: the result must stay part of the graph."
    outputs.sum().backward()
    assert W1.grad is not None, "No gradient reaches W1: the hidden layer must stay part of the graph."
    expected = torch.tensor([[3.0, 0.0, -3.0], [6.0, 0.0, -6.0]], dtype=torch.float64)
    torch.testing.assert_close(W1.grad, expected)

# %%
# HIDDEN
def test_mlp_forward_takes_its_sizes_from_the_arguments(mlp_forward):
    import torch

    for n, shape, hiddens, outputs in [(1, (3, 2), 4, 5), (6, (1, 4, 5), 9, 2), (3, (1, 28, 28), 11, 10)]:
        X = torch.randn(n, *shape, dtype=torch.float64)
        W1 = torch.randn(X[0].numel(), hiddens, dtype=torch.float64)
        W2 = torch.randn(hiddens, outputs, dtype=torch.float64)
        b1 = 3 * torch.randn(hiddens, dtype=torch.float64)
        b2 = 3 * torch.randn(outputs, dtype=torch.float64)
        H = (X.reshape(n, -1) @ W1 + b1).clamp(min=0)
        torch.testing.assert_close(mlp_forward(X, [W1, b1, W2, b2]), H @ W2 + b2)

# %%
# HIDDEN
def test_mlp_forward_flattens_images_of_any_layout(mlp_forward):
    import torch

    images = torch.randn(4, 5, 3, 2).permute(0, 3, 2, 1)
    params = [torch.randn(30, 7), torch.randn(7), torch.randn(7, 6), torch.randn(6)]
    params[3][0] = -200.0  # one output is negative for every image
    H = (images.reshape(4, 30) @ params[0] + params[1]).clamp(min=0)
    torch.testing.assert_close(mlp_forward(images, params), H @ params[2] + params[3])

# %%
# HIDDEN
# CORE
def test_mlp_forward_passes_gradients_to_all(mlp_forward):
    import torch

    # Whole numbers, and halves before the relu: exact in every order of adding, and nowhere at its kink.
    X = torch.randint(-9, 10, (5, 2, 3)).float().requires_grad_()
    params = [torch.randint(-9, 10, shape).float() for shape in [(6, 8), (8,), (8, 4), (4,)]]
    params[1] += 0.5
    for p in params:
        p.requires_grad_()
    upstream = torch.randint(-9, 10, (5, 4)).float()
    W1, b1, W2, b2 = params
    expected = (X.reshape(5, 6) @ W1 + b1).clamp(min=0) @ W2 + b2
    expected = torch.autograd.grad(expected, [X, *params], upstream)
    mlp_forward(X, params).backward(upstream)
    assert all(t.grad is not None for t in [X, *params]), (
        "Gradients must reach X and all four parameters: the result must stay part of the graph."
    )
    for t, gradient in zip([X, *params], expected):
        torch.testing.assert_close(t.grad, gradient)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### See it learn
#
# One class sits in the middle, the other around it. No straight line parts them. The same training loop
# runs twice on your `init_mlp_params` and `mlp_forward`: left with no activation in between, right with
# ReLU. The dark line is where the network changes its mind.

# %% tags=["otter_ignore"]
torch.manual_seed(3)
angle = 2 * torch.pi * torch.rand(300)
radius = torch.cat([1.2 * torch.rand(150), 2 + 0.8 * torch.rand(150)])
points = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
labels = (torch.arange(300) >= 150).long()


def linear_forward(X, params):
    W1, b1, W2, b2 = params
    return (X @ W1 + b1) @ W2 + b2


side = torch.linspace(-3.2, 3.2, 161)
grid = torch.cartesian_prod(side, side)
fig, axes = plt.subplots(1, 2, figsize=(9, 4.2), layout="constrained")
for ax, forward, title in [(axes[0], linear_forward, "two linear layers"), (axes[1], mlp_forward, "MLP")]:
    params = init_mlp_params(2, 16, 2, sigma=0.5)
    optimizer = torch.optim.SGD(params, lr=0.3)
    for _ in range(400):
        optimizer.zero_grad()
        F.cross_entropy(forward(points, params), labels).backward()
        optimizer.step()
    with torch.no_grad():
        logits = forward(grid, params)
        correct = (forward(points, params).argmax(dim=1) == labels).float().mean()
    margin = (logits[:, 1] - logits[:, 0]).reshape(161, 161).T
    ax.contourf(side, side, (margin > 0).float(), levels=[-0.5, 0.5, 1.5], colors=["#cfe3f5", "#fde2c8"])
    ax.contour(side, side, margin, levels=[0], colors="0.2")
    ax.scatter(*points[labels == 0].T, s=12, marker="o", color="tab:blue")
    ax.scatter(*points[labels == 1].T, s=16, marker="^", color="tab:orange")
    ax.set(title=f"{title}: {correct:.0%} right", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
print("In the picture: 150 circles in the middle and a ring of 150 triangles around them, twice. With two linear layers a straight\n"
      "border cuts through both. With the MLP the border is a closed line with corners between circles and ring.")
plt.show()
