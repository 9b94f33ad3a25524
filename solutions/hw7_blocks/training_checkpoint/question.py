# %% [raw]
# # BEGIN QUESTION
# name: training_checkpoint

# %% [markdown]
# ## 16 · Resume in mid-training: `save_training`, `resume_training` (20 min)
#
# The night before the deadline the machine is switched off, after epoch 3 of 5. The parameters of epoch 3 are in a
# file. Is that enough to go on as if nothing had happened?
#
# No: the *optimizer* has a memory, too. Momentum keeps a velocity for each parameter, Adam two running averages and a
# count of its steps. They are not in the network, so they are not in its `state_dict`. They are in the optimizer's
# own: `optimizer.state_dict()` is a dictionary of plain numbers and tensors, and `optimizer.load_state_dict` takes it
# back. If that was saved for other numbers of parameters, it refuses before it changes anything. The next cell tells
# the whole story: `first` trains for three epochs and is saved; `second`, new and with a new optimizer, resumes and
# trains until epoch 5. The checks use it, so leave it as it is.

# %%
def train_one_epoch(net: nn.Module, optimizer: torch.optim.Optimizer, X: torch.Tensor, y: torch.Tensor) -> float:
    """Take three steps down the mean squared error, and return the last loss."""
    for _ in range(3):
        loss = F.mse_loss(net(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def interrupted(save_training, resume_training, first, second, X, y, make_optimizer, path="hw7_interrupted.pt"):
    """Train `first` for epochs 1 to 3 and save; resume with `second` and train until epoch 5. Return what resume said."""
    optimizer = make_optimizer(first.parameters())
    for _ in range(3):
        train_one_epoch(first, optimizer, X, y)
    try:
        save_training(first, optimizer, 3, path)
        optimizer = make_optimizer(second.parameters())
        epochs_done = resume_training(second, optimizer, path)
    finally:
        Path(path).unlink(missing_ok=True)
    for _ in range(epochs_done, 5):
        train_one_epoch(second, optimizer, X, y)
    return epochs_done

# %% [markdown]
# **Your task.** Write
#
# - `save_training(net, optimizer, epoch, path)`: **one file** holds the `state_dict` of the network, the `state_dict`
#   of the optimizer, and `epoch`, the number of epochs that are done. `torch.load(path, weights_only=True)` reads it:
#   a dictionary, a list or a tuple of them all, as you like.
# - `resume_training(net, optimizer, path)`: network and optimizer go on from where they were saved, in place. It
#   **returns the epoch** that was saved, an `int`, so that the loop knows where to go on.
#
# As in question 15, a file that does not fit is an error, of whatever type, and leaves **both as they were**. It may
# be the network that it does not fit (other names or shapes), or the optimizer (one that has other numbers of
# parameters in its groups). A network from the file with an optimizer of its own would be a mixture, too.
#
# **Example.** A run of five epochs, interrupted after the third and resumed by a new network with a new optimizer,
# ends with *the same numbers* as one that was never interrupted, with momentum and with Adam.
#
# <details><summary>Hint: the resumed run is close to the other one, and not the same</summary>
#
# The velocity did not come back. Is it in your file, and loaded into the optimizer that was handed to you?
#
# <details><summary>The next line</summary>
#
# `optimizer.state_dict()` goes into the file beside that of the network, and `optimizer.load_state_dict(…)` takes it
# back.
# </details></details>
#
# <details><summary>Hint: after the error the network has changed</summary>
#
# Ask whether *both* fit before the first number is copied. The optimizer's own method asks first and copies then. So in
# which order do you load the two?
#
# <details><summary>The next line</summary>
#
# Compare the network's names and shapes as in question 15. Then comes the optimizer, and the network last.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def save_training(net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int, path: str) -> None:
    """Write the state_dicts of net and optimizer and the number of epochs done to the file at path."""
    # BEGIN SOLUTION
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)
    # END SOLUTION


def resume_training(net: nn.Module, optimizer: torch.optim.Optimizer, path: str) -> int:
    """Load what save_training wrote into net and optimizer, in place, and return the epoch.

    A file that does not fit one of them raises an error and leaves both as they were.
    """
    # BEGIN SOLUTION
    saved = torch.load(path, weights_only=True, map_location="cpu")
    needed = {name: value.shape for name, value in net.state_dict().items()}
    if {name: value.shape for name, value in saved["net"].items()} != needed:
        raise ValueError("The file was saved from another architecture.")
    optimizer.load_state_dict(saved["optimizer"])  # which raises before it changes anything
    net.load_state_dict(saved["net"])
    return saved["epoch"]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_training_goes_on_as_if_nothing_had_happened(interrupted, save_training, resume_training):
    import torch
    from torch import nn

    X, y = torch.linspace(-2, 3, 20).reshape(10, 2), torch.linspace(1, -1, 10)[:, None]
    for make in (
        lambda params: torch.optim.SGD(params, lr=0.02, momentum=0.9),
        lambda params: torch.optim.Adam(params, lr=0.05),
    ):
        nets = [nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)) for _ in range(3)]
        for net, start in zip(nets, (0.3, 0.3, -0.2)):
            for i, p in enumerate(net.parameters()):
                p.data.copy_(start * torch.linspace(-1, 1.5 - i, p.numel()).reshape(p.shape))
        straight, first, second = nets
        optimizer = make(straight.parameters())
        for _ in range(5 * 3):
            loss = nn.functional.mse_loss(straight(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        epochs_done = interrupted(save_training, resume_training, first, second, X, y, make)
        assert epochs_done == 3, f"Three epochs were done; resume_training returned {epochs_done!r}."
        for p, expected in zip(second.parameters(), straight.parameters()):
            torch.testing.assert_close(p.detach(), expected.detach(), rtol=1e-4, atol=1e-5)

# %%
# CORE
def test_training_checkpoint_brings_net_and_epoch_back(save_training, resume_training):
    import pathlib

    import torch
    from torch import nn

    path = "hw7_training.pt"
    saved = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    saved(torch.linspace(-2, 3, 12).reshape(3, 4))
    try:
        for epoch in (0, 17):
            save_training(saved, torch.optim.SGD(saved.parameters(), lr=0.1), epoch, path)
            got = resume_training(net, torch.optim.SGD(net.parameters(), lr=0.1), path)
            assert isinstance(got, int), f"Return the epoch as an int, not as {type(got).__name__}."
            assert got == epoch, f"Epoch {epoch} was saved; resume_training returned {got}."
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    for name, value in saved.state_dict().items():
        assert torch.equal(net.state_dict()[name], value), f"{name} should be as it was saved."

# %%
# CORE
def test_training_checkpoint_refuses_what_does_not_fit(save_training, resume_training):
    for what, refused, _ in tried_on_what_does_not_fit(save_training, resume_training, "hw7_other_training.pt"):
        assert refused, f"A file from {what} should raise an error."

# %%
def test_training_checkpoint_that_does_not_fit_changes_nothing(save_training, resume_training):
    for what, refused, changed in tried_on_what_does_not_fit(save_training, resume_training, "hw7_mixed_training.pt"):
        assert refused, f"A file from {what} should raise an error."
        assert not changed, f"After the error {changed[0]} has changed (file from {what})."

# %%
# HIDDEN
# CORE
def test_training_resumes_for_numbers_of_any_kind(interrupted, save_training, resume_training):
    import torch
    from torch import nn

    for dtype, make in (
        (torch.float64, lambda params: torch.optim.Adam(params, lr=0.03, betas=(0.8, 0.95))),
        (torch.float32, lambda params: torch.optim.SGD(params, lr=0.01, momentum=0.95, nesterov=True)),
    ):
        X, y = torch.randn(12, 3, dtype=dtype), torch.randn(12, 2, dtype=dtype)
        straight, first, second = (nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).to(dtype) for _ in range(3))
        first.load_state_dict(straight.state_dict())
        optimizer = make(straight.parameters())
        for _ in range(5 * 3):
            loss = nn.functional.mse_loss(straight(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        epochs_done = interrupted(save_training, resume_training, first, second, X, y, make)
        assert epochs_done == 3, "The epoch that comes back should be the one that was saved."
        for p, expected in zip(second.parameters(), straight.parameters()):
            torch.testing.assert_close(p.detach(), expected.detach(), rtol=1e-4, atol=1e-5)

# %%
# HIDDEN
def test_training_checkpoint_is_one_file_of_plain_data(save_training, resume_training, judge):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    gradients = [torch.randn_like(p) for p in net.parameters()]
    stepped = [p.detach() - 0.125 * gradient for p, gradient in zip(net.parameters(), gradients)]
    epoch = int(torch.randint(1000, 9000, ()))
    files = judge.probe(files_after_a_step, save_training, net, gradients, epoch, "hw7_training")
    assert [name for name, _ in files] == ["run.pt"], "One file should hold everything, at the path that was given."
    found = judge.apart(plain_data_in, files[0][1])
    assert found is not None, "torch.load(path, weights_only=True) should be able to read the file."
    tensors, numbers = found

    def kept(value):
        return any(t.shape == value.shape and torch.allclose(t, value, atol=1e-6) for t in tensors)

    assert all(kept(value) for value in stepped), "The file should hold the parameters of the network."
    assert all(kept(value) for value in gradients), "The file should hold the optimizer's state, its velocities included."
    assert epoch in numbers, "The file should hold the epoch, as a number."

# %%
# HIDDEN
def test_training_checkpoint_changes_both_or_neither(save_training, resume_training, judge):
    import torch
    from torch import nn

    def net_of(*sizes):
        return nn.Sequential(*[nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])

    gradient = float(torch.rand(())) + 0.5
    for saved, net, whole in [
        (net_of(3, 6, 2), net_of(3, 6, 4), True),
        (net_of(3, 6, 2), net_of(3, 6, 2, 2), True),
        (net_of(3, 6, 2), net_of(3, 6, 2), False),
    ]:
        part = net if whole else net[1]
        moved = {id(p) for p in part.parameters()}
        before = [p.detach() - 0.25 * gradient * (id(p) in moved) for p in net.parameters()]
        got = judge.probe(attempt_to_resume, save_training, resume_training, saved, net, part, gradient)
        raised, lr, momentum, velocities = got
        assert raised, "A file that does not fit the network or the optimizer should raise an error."
        for p, value in zip(net.parameters(), before):
            torch.testing.assert_close(p.detach(), value)
        message = "After an error the optimizer should be exactly as it was before."
        assert (lr, momentum) == (0.25, 0.75) and len(velocities) == len(moved), message
        assert all((v - gradient).abs().max() < 1e-5 for v in velocities), message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What the optimizer remembers
#
# A run with Adam, once straight through and twice interrupted after epoch 40. With your two functions the resumed run
# lies on the straight one. With the parameters alone, as in question 15, the loss jumps to more than twice its size:
# Adam has forgotten how large its gradients were, and begins with steps as long as in the very first epoch.

# %% tags=["otter_ignore"]
def make_run():
    """Return a new network with its optimizer."""
    net = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))
    return net, torch.optim.Adam(net.parameters(), lr=0.02)


X = torch.linspace(-3, 3, 100)[:, None]
y = torch.sin(2 * X)
torch.manual_seed(3)
net, optimizer = make_run()
runs = {"straight": [], "resumed": [], "resumed without the optimizer": []}
with tempfile.TemporaryDirectory() as folder:
    run_path, net_path = str(Path(folder, "run.pt")), str(Path(folder, "net.params"))
    for epoch in range(1, 61):
        runs["straight"].append(train_one_epoch(net, optimizer, X, y))
        if epoch == 40:
            save_training(net, optimizer, epoch, run_path)
            save_parameters(net, net_path)
    net, optimizer = make_run()
    epoch = resume_training(net, optimizer, run_path)
    runs["resumed"] = [train_one_epoch(net, optimizer, X, y) for _ in range(epoch, 60)]
    net, optimizer = make_run()
    load_parameters(net, net_path)
    runs["resumed without the optimizer"] = [train_one_epoch(net, optimizer, X, y) for _ in range(epoch, 60)]

fig, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
for (name, losses), style in zip(runs.items(), ["-", "o", "s--"]):
    ax.semilogy(range(61 - len(losses), 61), losses, style, markersize=4, label=name)
ax.set(xlabel="epoch", ylabel="mean squared error", title="interrupted after epoch 40")
ax.legend()
print("In the picture: squared error over 60 epochs, logarithmic. The resumed run (circles) lies on the straight one\n"
      "(line). The one without the optimizer (squares, dashed) jumps up at epoch 41, and then joins them.")
plt.show()
