# %% [raw]
# # BEGIN QUESTION
# name: try_gpu

# %% [markdown]
# ## 17 · Which device? `try_gpu`, `try_all_gpus` (8 min)
#
# Every tensor lives on a device: `torch.device("cpu")`, or a GPU, `torch.device("cuda:0")`,
# `torch.device("cuda:1")`, …. With two GPUs there are `cuda:0` and `cuda:1`: counting starts at 0.
# Tensors that meet in one operation must live on the same device, so a program chooses its devices
# once, at the start, and must also run where there are fewer than hoped for.
#
# `torch.cuda.is_available()` says whether there is any GPU, `torch.cuda.device_count()` says how many.
#
# **Your task.** Write
#
# - `try_gpu(i=0)`: the device `cuda:i` if it exists, otherwise the CPU;
# - `try_all_gpus()`: a list of all GPUs in order, or the list `[torch.device("cpu")]` if there is none.
#
# Both return `torch.device` objects, not strings.
#
# **Example.**
#
# | GPUs | `try_gpu()` | `try_gpu(1)` | `try_gpu(2)` | `try_all_gpus()` |
# |---|---|---|---|---|
# | 0 | cpu | cpu | cpu | [cpu] |
# | 1 | cuda:0 | cpu | cpu | [cuda:0] |
# | 2 | cuda:0 | cuda:1 | cpu | [cuda:0, cuda:1] |
#
# Your machine need not have a GPU. The hidden checks change what `torch.cuda` reports and play machines
# with 0, 1, 2 and 8 GPUs; no tensor is moved. So ask `torch.cuda` (or `torch.accelerator`) *inside* your
# functions, each time they are called. The cell below the question shows what they say on this machine.
#
# <details><summary>Hint: with two GPUs, try_gpu(2) gives cuda:2</summary>
#
# With a count of 2 the last GPU has the number 1. Is `>=` the right comparison between the count and `i`?
#
# <details><summary>The next line</summary>
#
# `torch.cuda.device_count()` is the count. Try your comparison for `i` = 0, 1 and 2, on paper.
# </details></details>
#
# <details><summary>Hint: without a GPU, try_all_gpus gives an empty list</summary>
#
# A loop over 0 GPUs finds none. Then the CPU takes their place.
#
# <details><summary>The next line</summary>
#
# An empty list counts as false: `devices or …` gives what stands behind `or`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def try_gpu(i: int = 0) -> torch.device:
    """cuda:i if that GPU exists, otherwise cpu."""
    # BEGIN SOLUTION
    if torch.cuda.device_count() > i:
        return torch.device(f"cuda:{i}")
    return torch.device("cpu")
    # END SOLUTION


def try_all_gpus() -> list[torch.device]:
    """All GPUs in order, or [cpu] if there is none."""
    # BEGIN SOLUTION
    devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
    return devices or [torch.device("cpu")]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_try_gpu_returns_a_device(try_gpu):
    import torch

    device = try_gpu()
    assert isinstance(device, torch.device), f"try_gpu() should return a torch.device, not {device!r}."
    assert device in (torch.device("cuda:0"), torch.device("cpu")), f"got {device}"
    far = try_gpu(i=100)
    assert far == torch.device("cpu"), f"This machine has no 101 GPUs, so try_gpu(i=100) should be cpu, not {far!r}."

# %%
# CORE
def test_try_all_gpus_returns_a_list_of_devices(try_gpu, try_all_gpus):
    import torch

    devices = try_all_gpus()
    assert isinstance(devices, (list, tuple)), f"try_all_gpus() should return a list, not {devices!r}."
    assert len(devices) > 0, "Without a GPU the list should hold the CPU; it should never be empty."
    for device in devices:
        assert isinstance(device, torch.device), f"The list should hold torch.device objects, not {device!r}."
    assert devices[0] == try_gpu(), "The first device of the list should be the one that try_gpu() chooses."

# %%
# HIDDEN
# CORE
def test_try_gpu_on_machines_with_0_1_2_and_8_gpus(try_gpu, judge):
    import torch

    def measure(try_gpu, count):
        with pretend(count):
            return try_gpu(), [try_gpu(i) for i in range(10)], try_gpu(i=1)

    cpu = torch.device("cpu")
    for count in (0, 1, 2, 8, int(torch.randint(3, 8, (1,)))):
        default, by_number, by_name = judge.probe(measure, try_gpu, count)
        for device in [default, by_name, *by_number]:
            assert isinstance(device, torch.device), "try_gpu should return a torch.device."
        expected = [torch.device("cuda", i) if i < count else cpu for i in range(10)]
        assert default == expected[0], "try_gpu() should be the first GPU, or the CPU if there is none."
        assert by_number[count:] == expected[count:], "If GPU number i does not exist, try_gpu(i) should be the CPU."
        assert by_number == expected, "If GPU number i exists, try_gpu(i) should be exactly that GPU."
        assert by_name == expected[1], "The parameter should be called i."

# %%
# HIDDEN
# CORE
def test_try_all_gpus_on_machines_with_0_1_2_and_8_gpus(try_all_gpus, judge):
    import torch

    def measure(try_all_gpus, count):
        with pretend(count):
            return try_all_gpus()

    for count in (8, 2, 0, 1, int(torch.randint(3, 8, (1,)))):
        devices = judge.probe(measure, try_all_gpus, count)
        assert isinstance(devices, (list, tuple)), "try_all_gpus() should return a list."
        devices = list(devices)
        assert devices, "Without a GPU the list should hold the CPU; it should never be empty."
        assert all(isinstance(d, torch.device) for d in devices), "The list should hold torch.device objects."
        if count == 0:
            assert devices == [torch.device("cpu")], "Without a GPU the list should be [cpu]."
        else:
            expected = [torch.device("cuda", i) for i in range(count)]
            assert devices == expected, "With GPUs the list should hold every GPU once, in order, and no CPU."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### On this machine
#
# Your functions, here and now. The network of question 1 and a minibatch move to the device that `try_gpu()` chooses,
# and the output comes from there.

# %% tags=["otter_ignore"]
device = try_gpu()
net, X = MLP().to(device), torch.rand(5, 20).to(device)
print(f"try_gpu() = {device}, try_gpu(1) = {try_gpu(1)}, try_all_gpus() = {[str(d) for d in try_all_gpus()]}")
print(f"the output lies on {net(X).device}, the parameters on {sorted({str(p.device) for p in net.parameters()})}")

# %% [markdown]
# **Predict, then run.** Move the network, but not `X`, to another device, and the error is plain. Here is a quieter
# one: an optimizer is made, and *then* the network moves. Does the optimizer step the parameters that the network has
# now? And in `FixedHiddenMLP`, what if $R$ were an ordinary attribute? (Not graded. `torch.device("meta")` is a
# second device that every machine has; nothing is computed there.)

# %% [markdown]
# ## What you have now
#
# You can write any block, look inside any network, give it any start, keep it in a file, and go on from there.
# Three things to take along:
#
# - What is not registered does not exist for `parameters()`, `state_dict()` and `.to()`.
# - One object at two places is one set of parameters; two equal objects are two.
# - Check first, then change: a half-loaded network is worse than an error.
#
# ## Further reading
#
# - *Dive into Deep Learning*, [Builders' Guide](https://d2l.ai/chapter_builders-guide/index.html): the chapter behind
#   this notebook.
# - PyTorch's own notes on [Modules](https://docs.pytorch.org/docs/stable/notes/modules.html) and on
#   [Serialization semantics](https://docs.pytorch.org/docs/stable/notes/serialization.html).
# - Ofir Press and Lior Wolf, *Using the output embedding to improve language models*, 2017: why two layers are tied.
