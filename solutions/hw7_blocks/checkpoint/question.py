# %% [raw]
# # BEGIN QUESTION
# name: checkpoint

# %% [markdown]
# ## 15 · Save and load: `save_parameters`, `load_parameters` (15 min)
#
# Training may take days. So networks are saved now and then: a *checkpoint*. What goes into the file is
# the `state_dict`, the dictionary of all parameters and buffers, and **not** the module itself. A
# pickled module is tied to the code and the folder it was made in, and loading one can run any code
# that someone hid in the file. A `state_dict` is only tensors, so `torch.load(path, weights_only=True)`
# reads it safely.
#
# **Your task.** Write
#
# - `save_parameters(net, path)`: the file holds the `state_dict` of `net`, nothing else.
# - `load_parameters(net, path)`: the numbers of the file go into `net`, in place. (`torch.load` alone
#   only returns a dictionary.)
#
# Loading is **strict**. If names or shapes in the file differ from those of `net` (one missing, one
# too many, another size), loading raises an error, of whatever type. And then **`net` stays exactly as
# it was**. This asks for care, because `net.load_state_dict` does raise the error, but only *after*
# it has copied everything that did fit. A half-loaded network is worse than none, so compare before
# you copy, or keep a way back.
#
# **Example.** The file was saved from a net of Linear 4 → 8 and Linear 8 → 2, and `net` has Linear
# 4 → 8 and Linear 8 → 1. `net.load_state_dict` copies the first layer, stumbles over the second, and
# leaves you with a mixture.
#
# <details><summary>Hint: after the error my network has changed</summary>
#
# `net.state_dict()` tells the names and shapes that `net` needs. Compare with the file before the first
# number is copied. If you prefer to go back after an error, remember that the tensors in `state_dict()`
# share memory with the network: copy them first.
#
# <details><summary>The next line</summary>
#
# `{name: value.shape for name, value in …}` is a dictionary of names and shapes. Make one of the file and
# one of the network: they must be equal.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def save_parameters(net: nn.Module, path: str) -> None:
    """Write the state_dict of net to the file at path."""
    # BEGIN SOLUTION
    torch.save(net.state_dict(), path)
    # END SOLUTION


def load_parameters(net: nn.Module, path: str) -> None:
    """Load the state_dict in the file at path into net, in place.

    A file that does not fit exactly raises an error and leaves net as it was.
    """
    # BEGIN SOLUTION
    state = torch.load(path, weights_only=True, map_location="cpu")
    expected = {name: value.shape for name, value in net.state_dict().items()}
    if {name: value.shape for name, value in state.items()} != expected:
        raise ValueError("The file was saved from another architecture.")
    net.load_state_dict(state)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_checkpoint_brings_a_network_back(save_parameters, load_parameters):
    import pathlib

    import torch
    from torch import nn

    path = "hw7_checkpoint.params"
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    clone = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    X = torch.linspace(-2, 3, 12).reshape(3, 4)
    try:
        save_parameters(net, path)
        load_parameters(clone, path)
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    torch.testing.assert_close(clone(X), net(X))

# %%
# CORE
def test_checkpoint_of_another_architecture_is_an_error(save_parameters, load_parameters):
    import contextlib
    import pathlib

    from torch import nn

    loaded, path = [], "hw7_other_checkpoint.params"
    saved, twin = (nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)) for _ in range(2))
    others = {
        "of another size": [nn.Linear(8, 1)],
        "with an entry too many": [nn.Linear(8, 2, bias=False)],
        "with an entry missing": [nn.Linear(8, 2), nn.LayerNorm(2)],
    }
    try:
        save_parameters(saved, path)
        load_parameters(twin, path)
        for what, ends in others.items():
            with contextlib.suppress(Exception):
                load_parameters(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), *ends), path)
                loaded.append(what)
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    assert twin[0].weight.equal(saved[0].weight), "A file that fits should be loaded."
    assert not loaded, f"A file {loaded[0]} should raise an error."

# %%
def test_checkpoint_keeps_buffers_and_dtypes_and_compares_shapes(save_parameters, load_parameters):
    import pathlib

    import torch
    from torch import nn

    def make(inputs, outputs):
        norm = nn.BatchNorm1d(3)
        return nn.Sequential(nn.Linear(4, 3), norm, nn.Linear(inputs, outputs, bias=False)).to(torch.float64)

    path = "hw7_buffers.params"
    net, clone, other = make(3, 2), make(3, 2), make(2, 3)
    with torch.no_grad():
        net[0].bias.fill_(1 / 3)  # which is no float32 number
    net[:2](torch.linspace(-2, 3, 12, dtype=torch.float64).reshape(3, 4))  # moves the running mean
    before = other[0].weight.detach().clone()
    refused = False
    try:
        save_parameters(net, path)
        load_parameters(clone, path)
        try:
            load_parameters(other, path)
        except Exception:
            refused = True
    finally:
        pathlib.Path(path).unlink(missing_ok=True)
    for name, value in net.state_dict().items():
        assert torch.equal(clone.state_dict()[name], value), f"{name} is not the same after saving and loading."
    assert refused, "The last weights are (2, 3) and (3, 2): the file does not fit, and this should raise an error."
    assert torch.equal(other[0].weight, before), "After the error 0.weight has changed: the net should stay as it was."

# %%
# HIDDEN
# CORE
def test_checkpoint_file_is_a_plain_state_dict(save_parameters, load_parameters, judge):
    # Nothing of the comparison is the student's word: numbers that only the test knows go in and must come out, of a
    # file that is read where no student's code runs, and into a network from a file that the student's code never saw.
    import io

    import torch
    from torch import nn

    def make():
        return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))

    def contents(save_parameters, net, folder):
        import pathlib

        pathlib.Path(folder).mkdir(exist_ok=True)
        path = pathlib.Path(folder, "mine.params")
        try:
            save_parameters(net, str(path))
            return list(path.read_bytes())
        finally:
            path.unlink(missing_ok=True)
            path.parent.rmdir()

    def read(data):
        import io

        import torch

        try:
            loaded = torch.load(io.BytesIO(bytes(data)), weights_only=True)
            return [[name, value] for name, value in loaded.items()]
        except Exception:
            return None

    def load_from(load_parameters, net, data):
        import pathlib

        path = pathlib.Path("hw7_theirs.params")
        try:
            path.write_bytes(bytes(data))
            load_parameters(net, path)  # a Path instead of a string
        finally:
            path.unlink(missing_ok=True)

    net = make()
    net(torch.randn(6, 3))  # which moves the buffers
    saved = {name: value.clone() for name, value in net.state_dict().items()}
    data = judge.probe(contents, save_parameters, net, "hw7_checkpoint")
    for name, value in net.state_dict().items():
        assert torch.equal(saved[name], value), "Saving should not change the network."
    stored = judge.apart(read, data)
    assert stored is not None, "torch.load(path, weights_only=True) should be able to read the file as a dictionary."
    tensors = all(isinstance(value, torch.Tensor) for _, value in stored)
    whole = tensors and sorted(str(name) for name, _ in stored) == sorted(saved)
    assert whole, "The file should hold the state_dict and nothing else, buffers included."
    for name, value in stored:
        assert value.dtype == saved[name].dtype, "The numbers in the file should keep their dtype."
        assert torch.equal(value, saved[name]), "The file should hold the numbers of the network."
    # The other way round: a file that torch.save wrote.
    theirs, mine, file = make(), make(), io.BytesIO()
    theirs(torch.randn(6, 3))
    torch.save(theirs.state_dict(), file)
    judge.probe(load_from, load_parameters, mine, list(file.getvalue()))
    for name, value in theirs.state_dict().items():
        assert torch.equal(mine.state_dict()[name], value), "A state_dict that torch.save wrote should load."

# %%
# HIDDEN
def test_checkpoint_is_strict_and_all_or_nothing(save_parameters, load_parameters, judge):
    import io

    import torch

    def refuses(load_parameters, net, data):
        import pathlib

        path = pathlib.Path("hw7_strict.params")
        try:
            path.write_bytes(bytes(data))
            load_parameters(net, str(path))
        except Exception:
            return True
        finally:
            path.unlink(missing_ok=True)
        return False

    others = states_of_other_architectures()
    fits, nets = three_blocks(8).state_dict(), [three_blocks(8) for _ in range(len(others) + 1)]
    befores = [{name: value.clone() for name, value in net.state_dict().items()} for net in nets]

    def refused(net, state):
        file = io.BytesIO()
        torch.save(state, file)
        return judge.probe(refuses, load_parameters, net, list(file.getvalue()))

    def holds(net, expected):
        state = net.state_dict()
        return list(state) == list(expected) and all(torch.equal(state[name], expected[name]) for name in expected)

    raised = [refused(net, state) for net, state in zip(nets, [fits, *others])]
    assert not raised[0] and holds(nets[0], fits), "A file of the same architecture should load without an error."
    for error, net, before in zip(raised[1:], nets[1:], befores[1:]):
        assert error, "A missing, an additional or a differently shaped entry in the file should raise an error."
        assert holds(net, before), "After an error the network should be exactly as it was before."


# %%
# HIDDEN
def test_checkpoint_keeps_buffers_dtypes_and_the_moment(save_parameters, load_parameters, judge):
    import pathlib

    import torch
    from torch import nn

    def forget(path):
        pathlib.Path(path).unlink(missing_ok=True)

    def make():
        return nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5), nn.Linear(5, 2)).to(torch.float64)

    X = torch.linspace(-4, 9, 18, dtype=torch.float64).reshape(6, 3)
    net, other, path = make(), make().eval(), "hw7_moment.params"
    with torch.no_grad():
        for p in net.parameters():
            p.div_(3)  # a third is no float32 number
    net(X), net(3 * X)
    net.eval()
    at_saving = net(X).detach().clone()
    try:
        save_parameters(net, path)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        (net(X) ** 2).sum().backward()
        optimizer.step()
        assert not torch.equal(net(X), at_saving), "Saving should not keep the network from training on."
        load_parameters(net, path)
        load_parameters(other, path)
    finally:
        judge.probe(forget, path)
    torch.testing.assert_close(net(X), at_saving)
    torch.testing.assert_close(other(X), at_saving)
    flags = [p.requires_grad and p.is_leaf for p in net.parameters()]
    assert len(flags) == 6 and all(flags), "After loading all parameters should be trainable."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
