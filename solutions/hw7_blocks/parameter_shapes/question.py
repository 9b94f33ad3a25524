# %% [raw]
# # BEGIN QUESTION
# name: parameter_shapes

# %% [markdown]
# ## 7 · Looking inside: `parameter_shapes`
#
# Write `parameter_shapes(net)`. It returns a dictionary from the full name of every parameter to its
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
# `state_dict` lists what stands at each place, shared or not, and buffers, too. Another method of
# `nn.Module` walks over the parameters by name and skips what it has seen.
# </details>

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
# HIDDEN
# CORE
def test_parameter_shapes_at_every_depth(parameter_shapes, judge):
    def measure(parameter_shapes):
        import torch
        from torch import nn

        class Scale(nn.Module):
            def __init__(self):
                super().__init__()
                self.factor = nn.Parameter(torch.tensor(2.0))
                self.inside = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Conv2d(3, 7, (2, 5))))})
                self.register_buffer("count", torch.zeros(4))

        net = nn.Sequential(nn.LSTM(3, 2), nn.ReLU(), Scale(), nn.PReLU())
        for p in net[0].parameters():
            p.requires_grad_(False)
        found = parameter_shapes(net)
        plain, nothing = parameter_shapes(nn.Linear(3, 2)), parameter_shapes(nn.Sequential(nn.Tanh()))
        return dict(found), plain, nothing, [isinstance(shape, tuple) for shape in found.values()]

    found, plain, nothing, tuples = judge.probe(measure, parameter_shapes)
    expected = {
        "0.weight_ih_l0": (8, 3),
        "0.weight_hh_l0": (8, 2),
        "0.bias_ih_l0": (8,),
        "0.bias_hh_l0": (8,),
        "2.factor": (),
        "2.inside.deep.0.0.weight": (7, 3, 2, 5),
        "2.inside.deep.0.0.bias": (7,),
        "3.weight": (1,),
    }
    assert sorted(found) == sorted(expected), "List all parameters, nested and frozen ones included, and no buffers."
    assert found == expected, "The shapes should be those of the parameters."
    assert all(tuples), "Each shape should be a tuple."
    assert plain == {"weight": (2, 3), "bias": (2,)}, "The net may also be a single layer."
    assert nothing == {}, "A network without parameters gives an empty dictionary."

# %%
# HIDDEN
def test_parameter_shapes_sees_shared_parameters(parameter_shapes, judge):
    def measure(parameter_shapes):
        from torch import nn

        first, second = nn.Linear(4, 4), nn.Linear(4, 4)
        second.weight = first.weight
        block = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        net = nn.Sequential(first, block, second, block, nn.Linear(4, 4))
        with_tie = parameter_shapes(net)
        # Equal numbers do not make two parameters one.
        for p in net[4].parameters():
            p.data.fill_(0.0)
        for p in block.parameters():
            p.data.fill_(0.0)
        return with_tie, parameter_shapes(net)

    one, two = judge.probe(measure, parameter_shapes)
    weights, biases = ["0.weight", "1.0.weight", "4.weight"], ["0.bias", "1.0.bias", "2.bias", "4.bias"]
    expected = {**{name: (4, 4) for name in weights}, **{name: (4,) for name in biases}}
    assert one == expected, "A parameter at several places should be listed once, under its first name."
    assert two == expected, "Parameters with equal numbers are still different parameters."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
