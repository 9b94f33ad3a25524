# %% [raw]
# # BEGIN QUESTION
# name: momentum_step

# %% [markdown]
# ## 7 · A step with momentum (15 min)
#
# **Momentum** gives every parameter $\mathbf p$ a *velocity* $\mathbf v$ of its own shape, which starts at 0. The
# gradient $\mathbf g$ no longer moves the parameter. It changes the velocity, and the velocity moves the parameter:
#
# $$\mathbf v \leftarrow \beta\, \mathbf v + \mathbf g, \qquad\qquad \mathbf p \leftarrow \mathbf p - \eta\, \mathbf v .$$
#
# $\beta$ is the momentum, often 0.9, and $\eta$ the learning rate. With $\beta = 0$ this is plain gradient descent.
# If the gradient stays the same, the velocity grows to
# $\mathbf g + \beta \mathbf g + \beta^2 \mathbf g + \dots = \mathbf g / (1 - \beta)$: with 0.9, steps become ten
# times as long. If it keeps changing its sign, the velocity hardly grows at all.
#
# **Example.** $\eta = 0.1$, $\beta = 0.5$, and a parameter that starts at $[1,\ -2]$:
#
# | step | gradient | velocity | parameter |
# |---|---|---|---|
# | 1 | $[4,\ -8]$ | $[4,\ -8]$ | $[0.6,\ -1.2]$ |
# | 2 | $[2,\ -2]$ | $[4,\ -6]$ | $[0.2,\ -0.6]$ |
#
# **Your task.** Write `momentum_step(params, velocities, lr, momentum)`, one step of `torch.optim.SGD` with momentum.
#
# - `params` and `velocities` are lists of tensors that belong together, place by place.
# - It changes the parameters **and the velocities in place**: whoever holds one of these tensors sees the new values.
# - It stays outside the graph: a parameter is still a leaf that requires a gradient afterwards.
# - A parameter whose `.grad` is `None` is **skipped**, and so is its velocity.
# - Each `.grad` stays as it is. Clearing it is the loop's job.
#
# <details><summary>Hint: the first step is right, the second is not</summary>
#
# Then the velocity of the first step got lost. `v = ...` gives the *name* `v` to a new tensor, and the one in the list
# stays 0. `mul_`, `add_`, `*=` and `+=` write into the tensor itself.
#
# <details><summary>The next line</summary>
#
# `v.mul_(momentum)` comes first. What is added to it?
# </details></details>
#
# <details><summary>Hint: all is well until the learning rate changes</summary>
#
# Look where the learning rate enters. The velocity is a sum of gradients and knows nothing of it.
#
# <details><summary>The next line</summary>
#
# `lr` stands in one line only, that of the parameter.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def momentum_step(
    params: list[torch.Tensor], velocities: list[torch.Tensor], lr: float, momentum: float
) -> None:
    """Take one step of gradient descent with momentum, as `torch.optim.SGD` does.

    In place and outside the graph: each velocity takes up the gradient, each parameter moves along its velocity.
    velocities[i] has the shape of params[i]. Parameters whose grad is None are skipped.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        for p, v in zip(params, velocities):
            if p.grad is not None:
                v.mul_(momentum).add_(p.grad)
                p.sub_(lr * v)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_momentum_step_of_the_example(momentum_step):
    import torch
    from torch import nn

    p, v = nn.Parameter(torch.tensor([1.0, -2.0])), torch.zeros(2)
    for gradient, velocity, value in [([4.0, -8.0], [4.0, -8.0], [0.6, -1.2]), ([2.0, -2.0], [4.0, -6.0], [0.2, -0.6])]:
        p.grad = torch.tensor(gradient)
        momentum_step([p], [v], 0.1, 0.5)
        torch.testing.assert_close(v, torch.tensor(velocity))
        torch.testing.assert_close(p.detach(), torch.tensor(value))

# %%
# CORE
def test_momentum_step_skips_what_has_no_gradient(momentum_step):
    import torch
    from torch import nn

    first, last = nn.Parameter(torch.tensor([[3.0]])), nn.Parameter(torch.tensor([-1.0, 4.0]))
    unused = nn.Parameter(torch.tensor([5.0, 1.0]))
    velocities = [torch.tensor([[2.0]]), torch.tensor([7.0, -7.0]), torch.tensor([0.0, 8.0])]
    first.grad, last.grad = torch.tensor([[-1.0]]), torch.tensor([6.0, -6.0])
    momentum_step([first, unused, last], velocities, 0.5, 0.75)
    torch.testing.assert_close(first.detach(), torch.tensor([[2.75]]))
    torch.testing.assert_close(last.detach(), torch.tensor([-4.0, 4.0]))
    kept = torch.equal(unused.detach(), torch.tensor([5.0, 1.0])) and unused.grad is None
    assert kept, "A parameter whose grad is None must stay as it is."
    assert torch.equal(velocities[1], torch.tensor([7.0, -7.0])), "Its velocity must stay as it is, too."

# %%
def test_momentum_step_stays_outside_the_graph(momentum_step):
    import torch
    from torch import nn

    p, v = nn.Parameter(torch.tensor([1.0, -2.0])), torch.tensor([1.0, -1.0])
    (p * torch.tensor([3.0, 5.0])).sum().backward()
    momentum_step([p], [v], 0.1, 0.25)
    torch.testing.assert_close(p.detach(), torch.tensor([0.675, -2.475]))
    assert p.requires_grad and p.is_leaf, "After the step, p must still be a leaf that requires a gradient."
    assert not v.requires_grad, "The velocity is a plain number store and must not become part of the graph."
    assert p.grad is not None and torch.equal(p.grad, torch.tensor([3.0, 5.0])), "The step must not clear or change .grad."
    assert (2 * p).requires_grad, "After the step, PyTorch must record again: the next forward pass needs its graph."

# %%
# HIDDEN
# CORE
def test_momentum_step_walks_as_the_optimizer_does(momentum_step):
    import torch
    from torch import nn
    for dtype in (torch.float32, torch.float64):
        shapes = [(3, 2), (4,), (2, 5, 3)]
        params = [nn.Parameter(6 * torch.randn(shape, dtype=dtype)) for shape in shapes]
        params.append(nn.Parameter(6 * torch.randn(7, 3, dtype=dtype).T[:, ::2]))  # odd strides
        twins = [nn.Parameter(p.detach().clone()) for p in params]
        velocities = [torch.zeros_like(p.detach()) for p in params]
        optimizer = torch.optim.SGD(twins, lr=0.1, momentum=0.8)
        for lr in (0.3, 0.3, 0.03, 0.5):  # another learning rate does not change the velocity
            optimizer.param_groups[0]["lr"] = lr
            for p, twin in zip(params, twins):
                gradient = 3 * torch.randn(p.shape, dtype=dtype)
                p.grad, twin.grad = gradient.clone(), gradient
            optimizer.step()
            expected = [twin.detach().clone() for twin in twins]
            momentum_step(params, velocities, lr, 0.8)
            for p, value in zip(params, expected):
                torch.testing.assert_close(p.detach(), value, rtol=1e-4, atol=1e-4)

# %%
# HIDDEN
# CORE
def test_momentum_step_takes_up_a_velocity_that_is_there(momentum_step):
    import torch
    from torch import nn
    for lr, momentum in [(0.5, 0.2), (0.05, 0.9), (0.3, 0.1), (2.0, 0.5)]:
        values = [6 * torch.randn(shape, dtype=torch.float64) for shape in [(2, 3), (5,)]]
        speeds = [6 * torch.randn(shape, dtype=torch.float64) for shape in [(2, 3), (5,)]]
        grads = [6 * torch.randn(shape, dtype=torch.float64) for shape in [(2, 3), (5,)]]
        params = [nn.Parameter(value.clone()) for value in values]
        velocities = [speed.clone() for speed in speeds]
        for p, grad in zip(params, grads):
            p.grad = grad.clone()
        momentum_step(params, velocities, lr, momentum)
        for p, v, value, speed, grad in zip(params, velocities, values, speeds, grads):
            torch.testing.assert_close(v, momentum * speed + grad)
            torch.testing.assert_close(p.detach(), value - lr * (momentum * speed + grad))

# %%
# HIDDEN
def test_momentum_step_leaves_gradients_and_the_rest_alone(momentum_step):
    import torch
    from torch import nn
    shapes = [(3, 2), (3, 2), (5,), (2, 4), ()]
    params = [nn.Parameter(torch.randn(shape)) for shape in shapes]
    velocities = [torch.randn(shape) for shape in shapes]
    grads = [torch.randn(3, 2), None, torch.zeros(5), None, torch.randn(())]  # a gradient of zeros is one
    before = [p.detach().clone() for p in params], [v.clone() for v in velocities]
    for p, grad in zip(params, grads):
        p.grad = None if grad is None else grad.clone()
    momentum_step(params, velocities, 0.25, 0.6)
    for p, v, grad, value, speed in zip(params, velocities, grads, *before):
        if grad is None:
            assert p.grad is None, "A parameter without gradient must be left without one."
            assert torch.equal(p.detach(), value), "A parameter without gradient must stay as it is."
            assert torch.equal(v, speed), "The velocity of a parameter without gradient must stay as it is."
        else:
            torch.testing.assert_close(p.detach(), value - 0.25 * (0.6 * speed + grad))
            assert p.grad is not None and torch.equal(p.grad, grad), "The step must not clear or change .grad."

# %%
# HIDDEN
def test_momentum_step_leaves_autograd_switched_on(momentum_step, judge):
    import torch

    def measure(momentum_step, X):
        import torch

        w, v = torch.zeros(3, 1, requires_grad=True), torch.zeros(3, 1)
        recorded = []
        for _ in range(2):
            loss = (X @ w - 1).square().sum()
            recorded.append(loss.requires_grad)
            if loss.requires_grad:
                w.grad = None
                loss.backward()
            momentum_step([w], [v], 0.1, 0.5)
        torch.set_grad_enabled(True)
        return recorded

    p, v = torch.tensor([2.0], requires_grad=True), torch.tensor([4.0])
    p.grad = torch.tensor([-1.0])
    momentum_step([p], [v], 0.5, 0.25)
    assert p.item() == 2.0 and v.item() == 0.0, "The step moves a parameter by the learning rate times its new velocity."
    message = "After the step, PyTorch must record again: the next forward pass needs its graph."
    assert judge.probe(measure, momentum_step, torch.randn(5, 3)) == [True, True], message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Down the ravine
#
# The loss $\frac12 (x^2 + 30\, y^2)$ is thirty times as steep in $y$ as in $x$. Both walks take forty of your
# steps with the same learning rate. Left, without momentum: the path is caught between the walls. Right, with
# momentum 0.8: it overshoots a little, and arrives.

# %% tags=["otter_ignore"]
def walk(momentum, num_steps=40, lr=0.06):
    """Return the path of num_steps steps down the ravine, shape (num_steps + 1, 2)."""
    p, v = torch.tensor([-8.0, 1.5], requires_grad=True), torch.zeros(2)
    path = [p.detach().clone()]
    for _ in range(num_steps):
        p.grad = None
        (0.5 * (p[0] ** 2 + 30 * p[1] ** 2)).backward()
        momentum_step([p], [v], lr, momentum)
        path.append(p.detach().clone())
    return torch.stack(path)


x, y = torch.meshgrid(torch.linspace(-9, 5, 90), torch.linspace(-2, 2, 90), indexing="ij")
_, axes = plt.subplots(1, 2, figsize=(11, 3.2), layout="constrained", sharey=True)
distance = {}
for ax, momentum in zip(axes, [0.0, 0.8]):
    path = walk(momentum)
    distance[momentum] = path[-1].norm().item()
    ax.contour(x, y, 0.5 * (x**2 + 30 * y**2), levels=[1, 4, 10, 20, 35, 60], colors="0.75", linewidths=1)
    ax.plot(*path.T, "o-", color="tab:blue", markersize=3, linewidth=1)
    ax.plot(0, 0, "x", color="black", markersize=9)
    ax.set(xlabel="$x$", title=f"momentum {momentum}: {distance[momentum]:.2f} from the lowest point after 40 steps")
axes[0].set_ylabel("$y$")
print("In the picture: without momentum a zigzag that stops short of the cross; with it, a wide path around and into it.")
plt.show()

# %% [markdown]
# ## Adam, and a learning rate that falls
#
# Momentum still has one learning rate for all parameters. **Adam** gives each number a step size of its own. It keeps
# two running averages per parameter, of the gradient and of its square (all operations entry by entry):
#
# $$\mathbf m \leftarrow \beta_1 \mathbf m + (1 - \beta_1)\, \mathbf g, \qquad
#   \mathbf s \leftarrow \beta_2 \mathbf s + (1 - \beta_2)\, \mathbf g^2, \qquad
#   \mathbf p \leftarrow \mathbf p - \eta\, \frac{\hat{\mathbf m}}{\sqrt{\hat{\mathbf s}} + \varepsilon} .$$
#
# $\mathbf m$ is a velocity, as in question 7. Dividing by the root of the mean square takes the *size* of the
# gradient out: an entry moves by about $\eta$ per step, whether its gradients are large or tiny, as long as they
# agree in sign. So the walls of the ravine no longer set the pace, and one rate, such as 0.001, suits most networks.
# Usual values are $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\varepsilon = 10^{-8}$. The hats divide by $1 - \beta^t$ in
# step $t$: both averages start at 0, and in the first steps they would be far too small.
#
# The **learning rate** itself may change, too. Large steps come close quickly, and then jump about around the lowest
# point, since each batch shows another gradient. Small ones settle, and take for ever to get there. So begin with
# large ones and end with small ones. The capstone does both: Adam, with a rate that falls from 0.003 to 0.0001 in
# five epochs.
#
# Below, the same perceptron learns from 2,048 pictures with each of the three. All of them start from the same weights.

# %% tags=["otter_ignore"]
optimizers = {
    "plain, 0.01": lambda params: torch.optim.SGD(params, lr=0.01),
    "momentum 0.9, 0.01": lambda params: torch.optim.SGD(params, lr=0.01, momentum=0.9),
    "Adam, 0.001": lambda params: torch.optim.Adam(params, lr=0.001),
}
few_iter = DataLoader(TensorDataset(X_fit[:2048], y_fit[:2048]), batch_size=64, shuffle=True)
_, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
losses_by = {}
for (name, make), style in zip(optimizers.items(), ["o:", "s--", "^-"]):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    optimizer = make(net.parameters())
    losses_by[name] = [train_epoch(net, few_iter, nn.CrossEntropyLoss(), optimizer)[0] for _ in range(8)]
    ax.plot(range(1, 9), losses_by[name], style, markersize=5, label=name)
ax.set(xlabel="epoch", ylabel="mean training loss", title="three optimizers, one network")
ax.legend()
ax.grid(alpha=0.3)
print("In the picture: mean loss over 8 epochs: plain descent (circles) highest, momentum (squares), Adam (triangles) lowest.")
plt.show()

# %% [markdown]
# **Predict, then run.** Plain descent is last by far. Is momentum the reason, or only the tenfold length of its
# steps? Give plain descent the learning rate 0.1, and write down what you expect before you look. (Not graded.)
