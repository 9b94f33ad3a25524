# %% [raw]
# # BEGIN QUESTION
# name: padded_conv

# %% [markdown]
# ## 6 · Running a real layer on one image (8 min)
#
# PyTorch's own layer, `nn.Conv2d`, knows padding and stride, but it wants *batches of images with
# channels*: four axes, (examples, channels, height, width). We have one grey image with two axes.
#
# **Your task.** Write `padded_conv(X, conv)`: run the given `nn.Conv2d(1, 1, …)` on the image `X` of shape $(h, w)$ and
# return its output as an image again, with two axes. The output may have any size, even a single row, and
# the layer any setting that `nn.Conv2d` knows: a stride, a dilation, no bias.
#
# **Example.** The kernel $(1, -1)$ with the bias 10 and one column of padding on the left and on the right
# turns $\begin{pmatrix}1&2&3\\4&5&6\end{pmatrix}$ into
# $\begin{pmatrix}9&9&9&13\\6&9&9&16\end{pmatrix}$.
#
# <details><summary>Hint: "Expected 3D (unbatched) or 4D (batched) input"</summary>
#
# Give `X` the missing axes of length 1 before you call `conv`, and take the same axes off afterwards.
#
# <details><summary>The next line</summary>
#
# `X[None, None]` has them, and so has `X.reshape(1, 1, *X.shape)`.
# </details></details>
#
# <details><summary>Hint: an output of one row loses that axis as well</summary>
#
# `squeeze()` without an argument drops *every* axis of length 1. Name the axes that you mean.
#
# <details><summary>The next line</summary>
#
# Let `Y` be what `conv` gives. `Y[0, 0]` takes the first example and the first channel of it, and nothing
# else.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def padded_conv(X: torch.Tensor, conv: nn.Conv2d) -> torch.Tensor:
    """Return conv's output for the image X (h, w) as an image (h', w').

    `conv` is an `nn.Conv2d` with one input and one output channel. Its other settings may be anything.
    """
    # BEGIN SOLUTION
    Y = conv(X.reshape((1, 1) + X.shape))
    return Y.reshape(Y.shape[2:])
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_padded_conv_gives_the_example(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(1, 2), padding=(0, 1))
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[[[1.0, -1.0]]]]))
        conv.bias.fill_(10.0)
    X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expected = torch.tensor([[9.0, 9.0, 9.0, 13.0], [6.0, 9.0, 9.0, 16.0]])
    torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# CORE
def test_padded_conv_runs_another_layer(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(1, 2), dilation=(1, 3), bias=False)
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[[[1.0, -1.0]]]]))
    X = torch.tensor([[1.0, 2.0, 3.0, -4.0, 7.0], [4.0, 5.0, 6.0, 0.5, 0.0]])
    expected = torch.tensor([[5.0, -5.0], [3.5, 5.0]])
    torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
def test_padded_conv_of_a_single_row_stays_in_the_graph(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(1, 2))
    with torch.no_grad():
        conv.weight.copy_(torch.tensor([[[[2.0, -1.0]]]]))
        conv.bias.fill_(0.5)
    Y = padded_conv(torch.tensor([[1.0, -3.0, 4.0]]), conv)
    torch.testing.assert_close(Y.detach(), torch.tensor([[5.5, -9.5]]))
    assert Y.requires_grad, "No gradient reaches the layer: the result must stay part of the graph."

# %%
# HIDDEN
def test_padded_conv_returns_two_axes_even_for_a_single_row_or_column(padded_conv):
    import torch
    from torch import nn

    for size in [(3, 2), (2, 7), (3, 7)]:
        conv = nn.Conv2d(1, 1, kernel_size=size)
        X = torch.randn(3, 7)
        expected = conv(X[None, None])[0, 0].detach()
        assert padded_conv(X, conv).dim() == 2, "The output has two axes, whatever their lengths."
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
# CORE
def test_padded_conv_works_with_any_kernel_padding_and_stride(padded_conv):
    import torch
    from torch import nn

    settings = [((3, 3), (1, 1), (1, 1)), ((5, 3), (2, 1), (2, 3)), ((3, 5), (0, 1), (3, 4))]
    for size, padding, stride in settings:
        conv = nn.Conv2d(1, 1, size, padding=padding, stride=stride).double()
        X = torch.randn(8, 11, dtype=torch.float64)
        expected = conv(X[None, None])[0, 0].detach()
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
# CORE
def test_padded_conv_follows_all_settings_of_the_layer(padded_conv):
    import torch
    from torch import nn

    layers = [
        nn.Conv2d(1, 1, (2, 3), bias=False),
        nn.Conv2d(1, 1, (3, 2), dilation=(2, 3)),
        nn.Conv2d(1, 1, (3, 5), padding="same"),
    ]
    X = torch.randn(11, 8).t()
    for conv in layers:
        expected = conv(X[None, None])[0, 0].detach()
        torch.testing.assert_close(padded_conv(X, conv).detach(), expected)

# %%
# HIDDEN
def test_padded_conv_lets_gradients_through(padded_conv):
    import torch
    from torch import nn

    conv = nn.Conv2d(1, 1, kernel_size=(2, 3), padding=(1, 0), stride=(2, 1)).double()
    X = torch.randn(5, 6, dtype=torch.float64, requires_grad=True)
    Y = conv(X[None, None])[0, 0]
    upstream = torch.randn(Y.shape, dtype=torch.float64)
    expected = torch.autograd.grad(Y, (X, conv.weight), upstream)
    result = padded_conv(X, conv)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert conv.weight.grad is not None, "No gradient reaches the weight of the layer."
    torch.testing.assert_close(X.grad, expected[0])
    torch.testing.assert_close(conv.weight.grad, expected[1])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### How fast is the real one?
#
# The same kernel on the same photograph, once by your `corr2d` and once by `nn.Conv2d`, through your `padded_conv`.
# Both do the very same multiplications. Guess before you run it: how many times as fast is the layer?

# %% tags=["otter_ignore"]
real = nn.Conv2d(1, 1, kernel_size=5, bias=False).requires_grad_(False)
real.weight[0, 0] = blur
padded_conv(grey, real)  # the first call sets things up
seconds, results = [], []
for run in (lambda: corr2d(grey, blur), lambda: padded_conv(grey, real)):
    start = time.perf_counter()
    results.append(run())
    seconds.append(time.perf_counter() - start)
print(f"corr2d     {1000 * seconds[0]:8.2f} ms")
print(f"nn.Conv2d  {1000 * seconds[1]:8.2f} ms, {seconds[0] / seconds[1]:.0f} times as fast")
print(f"largest difference: {(results[0] - results[1]).abs().max():.0e}")

# %% [markdown]
# It is not the arithmetic that takes the time. A loop in Python calls PyTorch once for each pixel, and each call
# costs a few microseconds, however little it has to do. The layer is called once, and its loop runs in compiled code,
# on many entries at a time. In question 12, where a whole network is trained, only that will do.

# %% [markdown]
# ---
# # Part C · Channels
#
# A colour picture has three values per pixel: it is a tensor of shape $(c, h, w)$ with $c = 3$
# **channels**. Inside a network the channels are no longer colours. Each one is a map of *where
# something was found*: an edge here, a corner there.
