# %% [raw]
# # BEGIN QUESTION
# name: sgd

# %% [markdown]
# ## 5 · One step downhill (10 min)
#
# The gradient points to where the loss grows fastest. So step the other way. How far, says the
# *learning rate* $\eta$. In **minibatch stochastic gradient descent** the gradient is that of a batch
# $\mathcal{B}$:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|}
#   \sum_{i \in \mathcal{B}} \frac{\partial \ell^{(i)}}{\partial \mathbf{p}} .$$
#
# The loop calls `backward()` on the **sum** of the losses of the batch. Thus `.grad` holds the sum of the
# formula, and the division by the batch size is left to this function. With it, $\eta$ means the same for
# batches of 10 and of 1000.
#
# **Example.** A parameter $[1,\ -2]$ with gradient $[4,\ -8]$ becomes, for $\eta = 0.5$ and batch size 4,
#
# $$[1,\ -2] - \tfrac{0.5}{4}\,[4,\ -8] = [0.5,\ -1] .$$
#
# Two things make this more than a line of arithmetic:
#
# - **In place.** `p = p - ...` makes a new tensor and lets the *name* `p` point to it, inside your function
#   only. The caller's parameter stays what it was. You have to change the values of the tensor that you were
#   given.
# - **Outside the graph.** The update is not part of the model. It must not be recorded, and afterwards every
#   parameter is still a leaf that requires a gradient. Inside `with torch.no_grad():` nothing is recorded.
#
# **Your task.** Write `sgd(params, lr, batch_size)` for a list of parameters that all have a `.grad`.
# Update each in place. **Leave `.grad` as it is**: clearing it is the loop's job, in the next question. The
# function returns nothing.
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# PyTorch was about to record the update, which is not part of the model. Keep it outside the graph.
#
# <details><summary>The next line</summary>
#
# The first line of the body is `with torch.no_grad():`. The loop over the parameters stands inside.
# </details></details>
#
# <details><summary>Hint: nothing changes</summary>
#
# Look for `p = p - ...`: it only moves a name. The operators `-=`, `+=` and methods that end in an
# underscore, such as `sub_`, write into the tensor itself.
#
# <details><summary>The next line</summary>
#
# Begin the line with `param -= …`, and read from the formula what stands on the right: three things, and no
# sum, since `.grad` is one already.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def sgd(params: list[torch.Tensor], lr: float, batch_size: int) -> None:
    """Take one step of minibatch SGD: p becomes p - lr * p.grad / batch_size, for each p in params.

    In place and outside the graph. p.grad holds the gradient of the sum over the batch; it is not changed.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_sgd_of_the_example(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    w.grad = torch.tensor([4.0, -8.0])
    b = nn.Parameter(torch.tensor([3.0]))
    b.grad = torch.tensor([-16.0])
    sgd([w, b], 0.5, 4)
    message = "w is as it was. sgd must change the tensor that it is given, in place."
    assert not torch.equal(w.detach(), torch.tensor([1.0, -2.0])), message
    torch.testing.assert_close(w.detach(), torch.tensor([0.5, -1.0]))
    torch.testing.assert_close(b.detach(), torch.tensor([5.0]))

# %%
def test_sgd_stays_outside_the_graph(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    (w * torch.tensor([3.0, 5.0])).sum().backward()
    sgd([w], 0.1, 2)
    torch.testing.assert_close(w.detach(), torch.tensor([0.85, -2.25]))
    assert w.requires_grad and w.is_leaf, "After the step, w must still be a leaf that requires a gradient."

# %%
def test_sgd_leaves_grad_alone(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    w.grad = torch.tensor([4.0, -8.0])
    sgd([w], 0.5, 4)
    torch.testing.assert_close(w.detach(), torch.tensor([0.5, -1.0]))
    message = "sgd must not clear or change .grad. The training loop does that."
    assert w.grad is not None and torch.equal(w.grad, torch.tensor([4.0, -8.0])), message

# %%
# HIDDEN
# CORE
def test_sgd_updates_every_parameter(sgd):
    import torch
    from torch import nn

    shapes, lr, batch_size = [(3, 1), (1,), (), (2, 5, 4)], 0.03, 7
    params = [nn.Parameter(6 * torch.randn(shape, dtype=torch.float64)) for shape in shapes]
    params.append(nn.Parameter(6 * torch.randn(7, 3, dtype=torch.float64).T[:, ::2]))  # odd strides
    params.append(torch.randn(4, 1, dtype=torch.float64, requires_grad=True))  # a leaf, no nn.Parameter
    expected = []
    for p in params:
        p.grad = 10 * torch.randn_like(p.detach())
        expected.append(p.detach() - lr / batch_size * p.grad)
    sgd(params, lr, batch_size)
    for p, value in zip(params, expected):
        torch.testing.assert_close(p.detach(), value)

# %%
# HIDDEN
def test_sgd_takes_step_after_step(sgd):
    import torch
    from torch import nn

    w = nn.Parameter(torch.tensor([[5.0], [-7.0], [0.5]]))
    b = nn.Parameter(torch.tensor([-2.0]))
    expected_w, expected_b = w.detach().clone(), b.detach().clone()
    for batch_size in (3, 10, 1):
        X, y = torch.randn(batch_size, 3), 5 * torch.randn(batch_size, 1)
        w.grad, b.grad = None, None
        ((X @ w + b - y) ** 2 / 2).sum().backward()
        error = X @ expected_w + expected_b - y
        expected_w = expected_w - 0.2 / batch_size * (X.T @ error)
        expected_b = expected_b - 0.2 / batch_size * error.sum()
        sgd([w, b], 0.2, batch_size)
        assert w.is_leaf and w.requires_grad, "A parameter must stay a leaf that requires a gradient."
        torch.testing.assert_close(w.detach(), expected_w)
        torch.testing.assert_close(b.detach(), expected_b)

# %%
# HIDDEN
def test_sgd_leaves_every_grad_alone(sgd):
    import torch
    from torch import nn

    params = [nn.Parameter(torch.randn(3, 2)), nn.Parameter(torch.randn(4))]
    before = [p.detach().clone() for p in params]
    grads = [torch.randn_like(p) for p in before]
    for p, grad in zip(params, grads):
        p.grad = grad.clone()
    sgd(params, 0.25, 2)
    for p, old, grad in zip(params, before, grads):
        torch.testing.assert_close(p.detach(), old - 0.125 * grad)
        message = "sgd must not clear or change .grad. The training loop does that."
        assert p.grad is not None and torch.equal(p.grad, grad), message

# %%
# HIDDEN
def test_sgd_leaves_autograd_switched_on(sgd, judge):
    import torch

    def measure(sgd, X, start):
        import torch

        w = start.clone().requires_grad_()
        recorded = []
        for _ in range(2):
            loss = (X @ w - 1).square().sum()
            recorded.append(loss.requires_grad)
            if loss.requires_grad:
                w.grad = None
                loss.backward()
            sgd([w], 0.1, 5)
        torch.set_grad_enabled(True)
        return recorded, w.detach()

    X, start = torch.randn(5, 3), torch.randn(3, 1)
    expected = start
    for _ in range(2):
        expected = expected - 0.1 / 5 * 2 * X.T @ (X @ expected - 1)
    recorded, w = judge.probe(measure, sgd, X, start)
    message = "After the step, PyTorch must record again: the next forward pass needs its graph."
    assert recorded == [True, True], message
    torch.testing.assert_close(w, expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### A walk on the loss surface
#
# For each pair of weights, the mean loss over all data is the height of a landscape. For a linear model it
# is a bowl with a single lowest point, the cross. Below, your four functions walk from $(0, 0)$, one step per
# minibatch. Left, batches of 10; right, all 1000 examples in each step. Both paths reach the cross. The left
# one staggers a little, but each of its steps costs a hundredth of the work.

# %% tags=["otter_ignore"]
w1, w2 = torch.meshgrid(torch.linspace(-1, 5, 80), torch.linspace(-6, 1, 80), indexing="ij")
errors = features @ torch.stack([w1.reshape(-1), w2.reshape(-1)]) + true_b - labels
height = (errors**2 / 2).mean(dim=0).reshape(80, 80)
fig, axes = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained", sharey=True)
for ax, batch_size, epochs in [(axes[0], 10, 1), (axes[1], 1000, 60)]:
    w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    path = [w.detach().reshape(-1).clone()]
    for _ in range(epochs):
        for X, y in data_iter(batch_size, features, labels):
            loss = squared_loss(linreg(X, w, b), y)
            w.grad, b.grad = torch.autograd.grad(loss.sum(), [w, b])
            sgd([w, b], 0.06, batch_size)
            path.append(w.detach().reshape(-1).clone())
    ax.contourf(w1, w2, height, levels=25, cmap="Blues")
    ax.plot(*torch.stack(path).T, color="tab:orange", marker="o", markersize=2.5, linewidth=1)
    ax.scatter(*true_w, marker="x", color="black", s=60, zorder=3)
    ax.set(xlabel="$w_1$", ylabel="$w_2$", title=f"batch size {batch_size}: {len(path) - 1} steps")
print("In the picture: the bowl from above, darker where the loss is higher, with a cross at its lowest point. The path from (0, 0)\n"
      "to the cross is crooked with batches of 10, and a straight line with all 1000 examples in each step.")
plt.show()
