# %% [raw]
# # BEGIN QUESTION
# name: corr2d_multi_in_out

# %% [markdown]
# ## 8 · Several output channels (8 min)
#
# One kernel finds one kind of thing. To find $o$ kinds of things, use $o$ kernels. The weights of a
# convolutional layer therefore have four axes, $(o, c, k_h, k_w)$, and the output has three,
# $(o,\, h-k_h+1,\, w-k_w+1)$: one map for each kernel.
#
# $$Y_j = \text{corr2d\_multi\_in}(X,\, K_j), \qquad j = 0, \dots, o-1.$$
#
# **Example.** Take $X$ and $K$ of the last example, and the three kernels $K$, $K+1$ and $K+2$. The three maps are
#
# $$\begin{pmatrix}56&72\\104&120\end{pmatrix},\;
# \begin{pmatrix}76&100\\148&172\end{pmatrix},\;
# \begin{pmatrix}96&128\\192&224\end{pmatrix}.$$
#
# **Your task.** Write `corr2d_multi_in_out(X, K)`.
#
# <details><summary>Hint: the right numbers are there, but the shape is not</summary>
#
# `torch.stack` makes a new axis and its second argument says where. The *first* axis of the result counts
# the kernels. (`torch.cat` makes no new axis.)
#
# <details><summary>The next line</summary>
#
# `torch.stack([…], 0)`, with one map for each kernel in the list.
# </details></details>
#
# <details><summary>Hint: there is one map only</summary>
#
# Loop over the kernels, not over the channels of the image.
#
# <details><summary>The next line</summary>
#
# `for k in K` walks along the first axis of `K`: each `k` is a kernel with all its channels. Which function
# of yours takes one like that?
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def corr2d_multi_in_out(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlate X (c, h, w) with each of the o kernels in K (o, c, kh, kw).

    Returns (o, h - kh + 1, w - kw + 1).
    """
    # BEGIN SOLUTION
    return torch.stack([corr2d_multi_in(X, k) for k in K], 0)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_corr2d_multi_in_out_gives_the_example(corr2d_multi_in_out):
    import torch

    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)]).double()
    K = torch.tensor([[[0.0, 1.0], [2.0, 3.0]], [[1.0, 2.0], [3.0, 4.0]]]).double()
    expected = torch.tensor(
        [
            [[56.0, 72.0], [104.0, 120.0]],
            [[76.0, 100.0], [148.0, 172.0]],
            [[96.0, 128.0], [192.0, 224.0]],
        ]
    ).double()
    torch.testing.assert_close(corr2d_multi_in_out(X, torch.stack([K, K + 1, K + 2])), expected)

# %%
# HIDDEN
# CORE
def test_corr2d_multi_in_out_works_for_any_number_of_channels(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    for outputs, inputs, size in [(2, 3, (2, 4)), (1, 2, (3, 1)), (4, 1, (1, 2)), (5, 2, (1, 1))]:
        X = torch.randint(-9, 10, (inputs, 4, 7)).float()
        K = torch.randint(-9, 10, (outputs, inputs, *size)).float()
        expected = F.conv2d(X[None], K)[0]
        torch.testing.assert_close(corr2d_multi_in_out(X, K), expected, rtol=1e-4, atol=1e-2)

# %%
# HIDDEN
def test_corr2d_multi_in_out_keeps_float64(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    X = torch.randn(2, 5, 8, dtype=torch.float64)
    K = torch.randn(3, 2, 2, 3, dtype=torch.float64)
    torch.testing.assert_close(corr2d_multi_in_out(X, K), F.conv2d(X[None], K)[0])

# %%
# HIDDEN
# CORE
def test_corr2d_multi_in_out_has_the_right_gradients(corr2d_multi_in_out):
    import torch
    from torch.nn import functional as F

    X = torch.randint(-9, 10, (2, 4, 6)).float().requires_grad_()
    K = torch.randint(-9, 10, (5, 2, 2, 3)).float().requires_grad_()
    upstream = torch.randint(-9, 10, (5, 3, 4)).float()
    Y = F.conv2d(X[None], K)[0]
    expected_X, expected_K = torch.autograd.grad(Y, (X, K), upstream)
    result = corr2d_multi_in_out(X, K)
    assert result.requires_grad, "The result must stay part of the graph."
    assert result.shape == upstream.shape, "The result has the wrong shape."
    result.backward(upstream)
    assert X.grad is not None, "No gradient reaches the image."
    assert K.grad is not None, "No gradient reaches the kernels."
    torch.testing.assert_close(X.grad, expected_X, rtol=1e-4, atol=1e-2)
    torch.testing.assert_close(K.grad, expected_K, rtol=1e-4, atol=1e-2)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Why one channel is not enough
#
# The picture below has an orange disc, a blue disc and a grey one. Kernel 0 looks for edges in all three
# channels alike: left edges come out blue, right ones red, and it finds all three discs. Kernel 1 adds the
# edges in the red channel and subtracts those in the blue one: it tells the orange disc from the blue one, and it does
# not see the grey disc at all. No single channel could say both.

# %% tags=["otter_ignore"]
row, column = torch.meshgrid(torch.arange(24), torch.arange(60), indexing="ij")
discs = [((row - 12) ** 2 + (column - centre) ** 2 < 64).float() for centre in (11, 30, 49)]
orange, blue, grey_disc = discs
picture = torch.stack([orange + 0.6 * grey_disc, 0.5 * (orange + blue) + 0.6 * grey_disc, blue + 0.6 * grey_disc])
left_edge = torch.tensor([[-1.0, 1.0]])
kernels = torch.stack(
    [torch.stack([left_edge, left_edge, left_edge]) / 3, torch.stack([left_edge, 0 * left_edge, -left_edge])]
)
maps = corr2d_multi_in_out(picture, kernels)

fig, axes = plt.subplots(1, 3, figsize=(11, 2))
axes[0].imshow(picture.permute(1, 2, 0))
for ax, values in zip(axes[1:], maps):
    ax.imshow(values, cmap="RdBu", vmin=-1, vmax=1)
for ax, title in zip(axes, ["three channels in", "kernel 0: edges in all channels", "kernel 1: red − blue"]):
    ax.set(title=title, xticks=[], yticks=[])
plt.tight_layout()
print("In the picture: an orange, a blue and a grey disc. Kernel 0: each disc has a blue (positive) left edge and a red (negative)\n"
      "right one. Kernel 1: the orange disc as before, the blue one the other way round, and nothing of the grey one.")
plt.show()
