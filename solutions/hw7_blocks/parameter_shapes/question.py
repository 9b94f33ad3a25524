# %% [raw]
# # BEGIN QUESTION
# name: parameter_shapes

# %% [markdown]
# ## 9 · Looking inside: `parameter_shapes` (6 min)
#
# **Your task.** Write `parameter_shapes(net)`. It returns a dictionary from the full name of every parameter to its
# shape, a tuple.
#
# - "Full name" means the path from `net` to the parameter, with dots: `"0.weight"`,
#   `"encoder.2.bias"`. Parameters of nested modules are included, at any depth.
# - Every parameter is listed once. If a layer, or a single parameter, is used at several places, it
#   appears under the first of its names only.
# - Parameters only: buffers such as the running mean of batch normalisation do not belong here.
#   Frozen parameters (`requires_grad=False`) are still parameters.
#
# **Example.** `nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))` gives
#
#     {"0.weight": (8, 4), "0.bias": (8,), "2.weight": (1, 8), "2.bias": (1,)}
#
# <details><summary>Hint: a shared layer shows up twice</summary>
#
# `state_dict` lists what stands at each place, shared or not, and buffers, too. Another method of `nn.Module` walks
# over the parameters by name and skips what it has seen.
#
# <details><summary>The next line</summary>
#
# `net.named_parameters()` gives pairs: `for name, param in …`.
# </details></details>
#
# <details><summary>Hint: the shapes print as torch.Size</summary>
#
# `param.shape` is a `torch.Size`, which is close to a tuple. A plain one is asked for.
#
# <details><summary>The next line</summary>
#
# `tuple(…)` around it makes it one.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def parameter_shapes(net: nn.Module) -> dict[str, tuple[int, ...]]:
    """Full name -> shape for every parameter of net, nested ones included, shared ones once."""
    # BEGIN SOLUTION
    return {name: tuple(param.shape) for name, param in net.named_parameters()}
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_parameter_shapes_of_the_example(parameter_shapes):
    from torch import nn

    shapes = parameter_shapes(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1)))
    assert shapes == {"0.weight": (8, 4), "0.bias": (8,), "2.weight": (1, 8), "2.bias": (1,)}, f"got {shapes}"

# %%
# CORE
def test_parameter_shapes_looks_into_nested_modules(parameter_shapes):
    from torch import nn

    inner = nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5))
    shapes = parameter_shapes(nn.Sequential(inner, nn.Linear(5, 2, bias=False)))
    expected = {"0.0.weight": (5, 3), "0.0.bias": (5,), "0.1.weight": (5,), "0.1.bias": (5,), "1.weight": (2, 5)}
    assert shapes == expected, f"got {shapes}"

# %%
# CORE
def test_parameter_shapes_lists_a_shared_layer_once(parameter_shapes):
    from torch import nn

    shared = nn.Linear(6, 6)
    shapes = parameter_shapes(nn.Sequential(shared, nn.ReLU(), shared))
    assert shapes == {"0.weight": (6, 6), "0.bias": (6,)}, f"got {shapes}"

# %%
def test_parameter_shapes_tells_parameters_apart(parameter_shapes):
    import torch
    from torch import nn

    # A frozen bias; two biases with the same numbers; one weight that belongs to two layers.
    net = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 3))
    net[2].weight = net[0].weight
    net[0].bias.requires_grad_(False)
    with torch.no_grad():
        net[0].bias.fill_(0.5)
        net[2].bias.fill_(0.5)
    shapes = parameter_shapes(net)
    assert shapes == {"0.weight": (3, 3), "0.bias": (3,), "2.bias": (3,)}, f"got {shapes}"

# %%
# HIDDEN
# CORE
def test_parameter_shapes_at_every_depth(parameter_shapes):
    import torch
    from torch import nn

    a, b, c = (int(n) for n in torch.randint(3, 40, (3,)))
    scale = nn.ParameterList([torch.tensor(2.0)])
    deep = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Conv2d(a, b, (2, 5))))})
    net = nn.Sequential(nn.Bilinear(a, 2, c), nn.BatchNorm1d(b), nn.ModuleList([scale, deep]), nn.PReLU())
    for p in net[0].parameters():
        p.requires_grad_(False)
    expected = {
        "0.weight": (c, a, 2),
        "0.bias": (c,),
        "1.weight": (b,),
        "1.bias": (b,),
        "2.0.0": (),
        "2.1.deep.0.0.weight": (b, a, 2, 5),
        "2.1.deep.0.0.bias": (b,),
        "3.weight": (1,),
    }
    found = dict(parameter_shapes(net))
    assert sorted(found) == sorted(expected), "List all parameters, nested and frozen ones included, and no buffers."
    assert found == expected, "The shapes should be those of the parameters."
    assert all(isinstance(shape, tuple) for shape in found.values()), "Each shape should be a tuple."
    plain = parameter_shapes(nn.Linear(a, c))
    assert plain == {"weight": (c, a), "bias": (c,)}, "The net may also be a single layer."
    assert parameter_shapes(nn.Sequential(nn.Tanh())) == {}, "A network without parameters gives an empty dictionary."


# %%
# HIDDEN
def test_parameter_shapes_sees_shared_parameters(parameter_shapes):
    import torch
    from torch import nn

    n = int(torch.randint(4, 40, (1,)))
    first, second = nn.Linear(n, n), nn.Linear(n, n)
    second.weight = first.weight
    block = nn.Sequential(nn.Linear(n, n), nn.Tanh())
    net = nn.Sequential(first, block, second, block, nn.Linear(n, n))
    weights, biases = ["0.weight", "1.0.weight", "4.weight"], ["0.bias", "1.0.bias", "2.bias", "4.bias"]
    expected = {**{name: (n, n) for name in weights}, **{name: (n,) for name in biases}}
    message = "A parameter at several places should be listed once, under its first name."
    assert parameter_shapes(net) == expected, message
    # Equal numbers do not make two parameters one.
    for p in [*net[4].parameters(), *block.parameters()]:
        p.data.fill_(0.0)
    assert parameter_shapes(net) == expected, "Parameters with equal numbers are still different parameters."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
