# %% [raw]
# # BEGIN QUESTION
# name: learn_kernel

# %% [markdown]
# ## 3 · Learning a kernel (15 min)
#
# Nobody designs the kernels of a network by hand. Given an image $X$ and the output $Y$ that we want, we
# can *learn* the kernel $K$: start anywhere, and walk down the squared error, summed over all entries,
#
# $$L(K) = \sum_{i,j} \big((X \star K)_{ij} - Y_{ij}\big)^2, \qquad
# K \leftarrow K - \text{lr} \cdot \nabla_K L.$$
#
# **Your task.** Write `learn_kernel(X, Y, kernel_size, lr=3e-2, num_steps=100)` for 2-D `X` and `Y`. It takes
# `num_steps` steps of gradient descent and returns the learned kernel, a tensor of the shape
# `kernel_size`, in the dtype of `X`. There is no bias to learn. You may use your `corr2d`, or an
# `nn.Conv2d` without bias, whose inputs and outputs have the shape $(1, 1, h, w)$.
#
# The public check shows it the band from above and the edges in it. The kernel must come out as
# $(1, -1)$, to within $0.05$.
#
# <details><summary>Hint: my loss grows</summary>
#
# Does the step go *against* the gradient?
#
# <details><summary>The next line</summary>
#
# `K -= lr * …`, with a minus.
# </details></details>
#
# <details><summary>Hint: my loss jumps around</summary>
#
# Does each step start with an empty gradient? `backward()` *adds* to what is there.
#
# <details><summary>The next line</summary>
#
# `torch.autograd.grad(loss, …)` returns the gradient and stores nothing, so there is nothing to clear.
# </details></details>
#
# <details><summary>Hint: it learns far too slowly</summary>
#
# The loss is the sum over all entries, not their mean; half of it ($\tfrac12 L$) is still fine.
#
# <details><summary>The next line</summary>
#
# `((corr2d(X, K) - Y) ** 2)` is the table of squared errors. What makes one number of it?
# </details></details>
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# Autograd should not see the update.
#
# <details><summary>The next line</summary>
#
# Do it inside `with torch.no_grad():`.
# </details></details>
#
# <details><summary>Hint: an error says that double and float do not fit together</summary>
#
# A new kernel or layer is float32 unless told otherwise.
#
# <details><summary>The next line</summary>
#
# Give it `dtype=X.dtype` where it is made.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def learn_kernel(
    X: torch.Tensor,
    Y: torch.Tensor,
    kernel_size: tuple[int, int],
    lr: float = 3e-2,
    num_steps: int = 100,
) -> torch.Tensor:
    """Return a kernel K of shape kernel_size for which corr2d(X, K) comes close to Y.

    X is (h, w), Y is (h - kh + 1, w - kw + 1). Gradient descent on the squared error, summed over all
    entries: K <- K - lr * gradient, num_steps times. The kernel has X's dtype.
    """
    # BEGIN SOLUTION
    K = torch.rand(kernel_size, dtype=X.dtype, requires_grad=True)
    for _ in range(num_steps):
        loss = ((corr2d(X, K) - Y) ** 2).sum()
        (gradient,) = torch.autograd.grad(loss, K)
        with torch.no_grad():
            K -= lr * gradient
    return K.detach()
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_learn_kernel_finds_the_edge_detector(learn_kernel):
    import torch

    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    Y = torch.zeros(6, 7)
    Y[:, 1] = 1
    Y[:, 5] = -1
    K = learn_kernel(X, Y, (1, 2))
    torch.testing.assert_close(K.detach(), torch.tensor([[1.0, -1.0]]), rtol=0, atol=0.05)
    X = torch.tensor([[2.0, -2.0], [-2.0, 2.0]])
    way = learn_kernel(X, 1000 * X, (1, 1), lr=1 / 64, num_steps=1).item()
    assert 200 < way < 600, f"One step with lr = 1/64 leads from about 0 to 500 (with half the loss to 250), got {way:g}."
    # Where gradients pile up, the second step leads too far, to 1250 or 687, whatever the start is.
    way = learn_kernel(X, 1000 * X, (1, 1), lr=1 / 64, num_steps=2).item()
    near = min(abs(way - 750), abs(way - 437.5)) < 20
    assert near, f"Two steps with lr = 1/64 lead from about 0 to 750 (with half the loss to 437), got {way:g}."

# %%
def test_learn_kernel_keeps_float64(learn_kernel):
    import torch

    X = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]], dtype=torch.float64)
    K = learn_kernel(X, -2 * X, (1, 1))
    torch.testing.assert_close(K.detach(), torch.tensor([[-2.0]]).double(), rtol=0, atol=0.05)

# %%
# HIDDEN
# CORE
def test_learn_kernel_finds_an_upright_edge_detector_as_well(learn_kernel):
    import torch

    X = torch.ones(7, 4)
    X[3:5] = 0
    Y = torch.zeros(6, 4)
    Y[2] = -1
    Y[4] = 1
    K = learn_kernel(X, Y, (2, 1))
    torch.testing.assert_close(K.detach(), torch.tensor([[-1.0], [1.0]]), rtol=0, atol=0.05)

# %%
# HIDDEN
# CORE
def test_learn_kernel_finds_any_kernel_with_a_suitable_learning_rate(learn_kernel):
    import torch
    from torch.nn import functional as F

    # The sums of squares along the six directions lie between 37 and 76: with this learning rate, steps
    # on the squared error and on half of it both converge, those with the default rate do not.
    X = torch.randn(8, 9, generator=torch.Generator().manual_seed(4))
    K = torch.tensor([[2.0, -7.0, 0.5], [-1.0, 8.0, 3.0]])
    Y = F.conv2d(X[None, None], K[None, None])[0, 0]
    learned = learn_kernel(X, Y, (2, 3), lr=0.01, num_steps=40)
    torch.testing.assert_close(learned.detach(), K, rtol=0, atol=0.05)

# %%
# HIDDEN
# CORE
def test_learn_kernel_takes_num_steps_steps_and_no_more(learn_kernel):
    import torch

    # The squares of X add up to 16, so a step with this rate leaves 1/2 of the distance to the goal, or 3/4
    # with half the squared error. The goal is so far away that any sensible start counts as 0.
    X = torch.tensor([[1.0, -2.0, 0.0], [3.0, 1.0, -1.0]])
    for num_steps in [1, 3]:
        K = learn_kernel(X, 1000 * X, (1, 1), lr=1 / 64, num_steps=num_steps)
        assert K.shape == (1, 1), "The result has the wrong shape."
        left = 1 - K.item() / 1000
        assert any(abs(left - rate**num_steps) < 0.02 for rate in (1 / 2, 3 / 4)), (
            "After num_steps steps of length lr * gradient the kernel would lie elsewhere."
        )

# %%
# HIDDEN
def test_learn_kernel_takes_a_hundred_steps_unless_told_otherwise(learn_kernel):
    import torch

    # The squares of X add up to 16, so a step with this rate leaves 0.9968 of the distance to the goal, or 0.9984 with
    # half the squared error. A step more or less moves the kernel by 0.0013 of the distance.
    X = torch.tensor([[1.0, -2.0, 0.0], [3.0, 1.0, -1.0]])
    left = 1 - learn_kernel(X, 1e5 * X, (1, 1), lr=1e-4).item() / 1e5
    hundred = any(abs(left - rate**100) < 5e-4 for rate in (0.9968, 0.9984))
    assert hundred, "Where nobody says how many, there should be a hundred steps."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### From noise to an edge detector
#
# Below, your function learns the edge kernel with more and more steps. Each run starts from scratch.

# %% tags=["otter_ignore"]
edge_target = torch.zeros(6, 7)
edge_target[:, 1], edge_target[:, 5] = 1, -1

fig, axes = plt.subplots(1, 5, figsize=(11, 1.6))
for ax, steps in zip(axes, [0, 2, 5, 10, 100]):
    torch.manual_seed(1)
    learned = learn_kernel(edge_image, edge_target, (1, 2), num_steps=steps).detach()
    ax.imshow(learned, cmap="RdBu", vmin=-2.5, vmax=2.5)
    for j in range(2):
        ax.text(j, 0, f"{learned[0, j]:.2f}", ha="center", va="center")
    ax.set(title=f"{steps} steps", xticks=[], yticks=[])
plt.tight_layout()
print("In the picture: the two weights of the kernel after 0, 2, 5, 10 and 100 steps. They come to 1.00 and -1.00.")
plt.show()

# %% [markdown]
# ---
# # Part B · Padding and stride
#
# Each convolution eats away the border: an 8×8 image under a 3×3 kernel leaves 6×6. **Padding** puts rows
# and columns of zeros around the image first, and so keeps the size. **Stride** moves the window by more
# than one step at a time, and so makes the output smaller on purpose.
