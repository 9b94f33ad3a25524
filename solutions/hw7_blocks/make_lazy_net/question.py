# %% [raw]
# # BEGIN QUESTION
# name: make_lazy_net

# %% [markdown]
# ## 12 · Shapes that wait: `make_lazy_net` (4 min)
#
# To write `nn.Linear(20, 256)` you must know that 20 numbers come in. After convolutions and pooling
# that takes some arithmetic. *Lazy* layers spare you: `nn.LazyLinear(256)` knows its 256 outputs and
# waits for the first input to learn the rest. Until then its parameters have no shape and no values.
#
# **Your task.** Write `make_lazy_net()`: an `nn.Sequential` of a lazy Linear with 256 outputs, a ReLU and a lazy
# Linear with 10 outputs. Return it fresh, before any input has gone through.
#
# **Example.** The input decides, once:
#
# | first input | first weight | second weight |
# |---|---|---|
# | `(2, 20)` | `(256, 20)` | `(10, 256)` |
# | `(5, 7)` | `(256, 7)` | `(10, 256)` |
#
# After the first input the layers are ordinary `nn.Linear` layers. So initialise or count
# parameters only after one input has gone through.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# A number of inputs is fixed somewhere, or an input went through the network before it was returned.
#
# <details><summary>The next line</summary>
#
# `nn.LazyLinear(…)` takes one number only, that of the outputs. Both linear layers are of this kind.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_lazy_net() -> nn.Module:
    """LazyLinear with 256 outputs, ReLU, LazyLinear with 10 outputs; no input size known yet."""
    # BEGIN SOLUTION
    return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_make_lazy_net_takes_its_size_from_the_first_input(make_lazy_net):
    import torch

    for n, width in [(2, 20), (5, 7)]:
        net = make_lazy_net()
        out = net(torch.ones(n, width))
        got = tuple(out.shape)
        assert got == (n, 10), f"An input of ({n}, {width}) should give ({n}, 10), not {got}."
        shapes = sorted(tuple(p.shape) for p in net.parameters())
        expected = [(10,), (10, 256), (256,), (256, width)]
        assert shapes == expected, f"The parameters have the shapes {shapes}, expected {expected}."
    # All weights and biases of a layer are one number; the two examples add up to 1 and -3.
    numbers = {(256, 7): 1.0, (256,): 0.0, (10, 256): -1 / 128, (10,): 1.0}
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(numbers[tuple(p.shape)])
    X = torch.tensor([[2.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [-2.0, 1.0, -2.0, 0.0, 0.0, 0.0, 0.0]])
    torch.testing.assert_close(net(X).detach(), torch.tensor([[-1.0] * 10, [1.0] * 10]))

# %%
# CORE
def test_make_lazy_net_waits_with_both_layers(make_lazy_net):
    from torch import nn

    lazy = sum(isinstance(m, nn.LazyLinear) for m in make_lazy_net().modules())
    assert lazy == 2, f"Before the first input two layers should be lazy, but {lazy} of yours are."

# %%
# HIDDEN
def test_make_lazy_net_knows_no_shape_before_the_first_input(make_lazy_net, judge):
    import torch

    def measure(make_lazy_net, X):
        from torch.nn.parameter import is_lazy

        net = make_lazy_net()
        lazy = [is_lazy(p) for p in net.parameters()]
        return lazy, net(X).detach(), [p.detach() for p in net.parameters()]

    for width in (11, 3):
        X = torch.randn(4, width)
        before, out, numbers = judge.probe(measure, make_lazy_net, X)
        assert len(before) == 4, "Two Linear layers have four parameters."
        assert all(before), "Before the first input no parameter of either layer should have a shape."
        p = {tuple(p.shape): p for p in numbers}
        sized = sorted(p) == [(10,), (10, 256), (256,), (256, width)]
        assert sized, "After the first input every parameter should have a shape."
        expected = torch.relu(X @ p[(256, width)].T + p[(256,)]) @ p[(10, 256)].T + p[(10,)]
        torch.testing.assert_close(out, expected, rtol=1e-4, atol=1e-5)


# %%
# HIDDEN
# CORE
def test_make_lazy_net_computes_linear_relu_linear(make_lazy_net):
    import torch

    g = torch.Generator().manual_seed(131)
    net = make_lazy_net()
    X = 2 * torch.randn(6, 13, generator=g)
    net(X)
    p = {tuple(p.shape): p for p in net.parameters()}
    assert sorted(p) == [(10,), (10, 256), (256,), (256, 13)], "The layers should have 256 and 10 outputs."
    with torch.no_grad():
        for shape in [(256, 13), (256,), (10, 256), (10,)]:
            p[shape].copy_(torch.randn(shape, generator=g) / shape[-1] ** 0.5)
    expected = torch.relu(X @ p[(256, 13)].T + p[(256,)]) @ p[(10, 256)].T + p[(10,)]
    out = net(X).detach()
    assert out.shape == expected.shape, "Each example should give one row of 10 outputs."
    close = torch.allclose(out, expected.detach(), rtol=1e-4, atol=1e-5)
    assert close, "The values differ. There is one ReLU, between the two layers, and nothing after the second."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ---
# # Part D · A start
