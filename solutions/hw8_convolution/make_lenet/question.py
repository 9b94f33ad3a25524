# %% [raw]
# # BEGIN QUESTION
# name: make_lenet

# %% [markdown]
# ## 12 · A network of your own: LeNet (20 min)
#
# All parts are there. In 1998 Yann LeCun and others put them together to read the digits on cheques: **LeNet**, the
# ancestor of all convolutional networks. Twice, a convolution looks for patterns and a pooling layer makes the picture
# smaller. What is left are 16 small maps of where something was found. A perceptron with two hidden layers decides what
# they add up to.
#
# | layer | output, for one picture |
# |---|---|
# | the picture | $1 \times 28 \times 28$ |
# | convolution, 5×5 kernels, two rows and columns of padding on each side; activation | $6 \times 28 \times 28$ |
# | average pooling, 2×2 | $6 \times 14 \times 14$ |
# | convolution, 5×5 kernels, no padding; activation | $16 \times 10 \times 10$ |
# | average pooling, 2×2 | $16 \times 5 \times 5$ |
# | flattened | $400$ |
# | fully connected; activation | $120$ |
# | fully connected; activation | $84$ |
# | fully connected | `num_classes` |
#
# The activation is **sigmoid**, as in the textbook, or **ReLU**, as one would take today: one of them, the same in
# all four places. Nothing follows the last layer: what comes out are scores (*logits*), and the loss takes it from
# there.
#
# **Example.** With ten classes the network has 61,706 parameters; 48,120 of them belong to the first fully connected
# layer.
#
# **Your task.** Write `make_lenet(num_classes=10)`. It returns a **new** network with every call: an `nn.Module` that
# takes pictures of shape $(n, 1, 28, 28)$. From here on you may use all of `torch.nn`. Biases belong to every layer, as
# `nn.Conv2d` and `nn.Linear` have them; lazy layers are welcome.
#
# <details><summary>Hint: "mat1 and mat2 shapes cannot be multiplied"</summary>
#
# Send `torch.zeros(1, 1, 28, 28)` through the layers one by one and print the shapes. In which row of the table does
# yours differ first?
#
# <details><summary>The next line</summary>
#
# `for layer in net: X = layer(X); print(X.shape)`. Before the first Linear there has to be an `nn.Flatten()`.
# </details></details>
#
# <details><summary>Hint: my network has 44,426 parameters</summary>
#
# Then its first fully connected layer gets 256 numbers and not 400. What did the first convolution do to the border?
#
# <details><summary>The next line</summary>
#
# Two rows and columns on each side are `padding=2`.
# </details></details>
#
# <details><summary>Hint: the training does not get better</summary>
#
# An activation follows four of the layers, the same each time, and none follows the last.
#
# <details><summary>The next line</summary>
#
# Print the network. Between `nn.Linear(400, 120)` and the next Linear stands one, and after the convolutions as well.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_lenet(num_classes: int = 10) -> nn.Module:
    """Return a new LeNet for pictures (n, 1, 28, 28). Its outputs are scores, shape (n, num_classes)."""
    # BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, num_classes),
    )
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_make_lenet_has_the_sizes_of_the_table(make_lenet):
    import torch

    net = make_lenet()
    scores = net(torch.zeros(3, 1, 28, 28))
    sizes = [p.numel() for p in net.parameters()]
    assert sum(sizes) == 61706, f"LeNet has 61706 parameters; the tensors of yours hold {sizes}."
    assert tuple(scores.shape) == (3, 10), f"3 pictures should give (3, 10), not {tuple(scores.shape)}."

# %%
# CORE
def test_make_lenet_computes_the_scores(make_lenet):
    import torch

    net = make_lenet()
    pictures = (torch.arange(2 * 784) ** 2 % 13 - 6.0).reshape(2, 1, 28, 28)
    net(pictures)
    with torch.no_grad():
        for p in net.parameters():
            pattern = torch.arange(p.numel()) * 7 % 11 - 5
            p.copy_(pattern.reshape(p.shape) * 1.2 / p[0].numel() ** 0.5)
    scores = net(pictures)[0, ::3].tolist()
    known = {"ReLU": [191.20, -242.33, 394.35, -607.46], "sigmoid": [-5.152, -2.457, 17.597, -1.736]}
    close = [all(abs(a - b) < 2e-3 * abs(b) for a, b in zip(scores, each)) for each in known.values()]
    got = [round(score, 3) for score in scores]
    assert any(close), f"With the weights of this check, four of the scores should be one of {known}, got {got}."

# %%
def test_make_lenet_takes_a_number_of_classes(make_lenet):
    import torch

    net = make_lenet(3)
    scores = net(torch.ones(2, 1, 28, 28))
    assert tuple(scores.shape) == (2, 3), f"With 3 classes, 2 pictures should give (2, 3), not {tuple(scores.shape)}."
    other, kept = make_lenet(3), []
    other(torch.ones(1, 1, 28, 28))
    for network, value in [(other, 0.01), (net, 0.1)]:
        with torch.no_grad():
            for p in network.parameters():
                p.fill_(value)
        kept.append(other(torch.ones(1, 1, 28, 28)).detach())
    assert torch.equal(*kept), "Two networks share parameters. Each call should make new layers."

# %%
# HIDDEN
# CORE
def test_make_lenet_runs_its_layers_in_order(make_lenet):
    import torch

    for num_classes in (10, 7):
        net, X = make_lenet(num_classes), 2 * torch.randn(6, 1, 28, 28) - 0.5
        net(X)
        p = parameters_by_size(net, num_classes)
        with torch.no_grad():
            for value in p.values():
                value.copy_(torch.randn(value.shape) * (2 / value[0].numel() ** 0.5 if value.dim() > 1 else 0.5))
        for n in (6, 1):
            expected = [scores_of_lenet(p, X[:n], act, num_classes) for act in (torch.relu, torch.sigmoid)]
            scores = net(X[:n])
            assert isinstance(scores, torch.Tensor), "The network should return a tensor of scores."
            assert tuple(scores.shape) == (n, num_classes), "Each picture should give one row of scores."
            close = [torch.allclose(scores.detach(), right, rtol=1e-3, atol=1e-3) for right in expected]
            assert any(close), (
                "The scores are not those of the table: two convolutions and three fully connected layers, one "
                "activation after each but the last, an average pooling after each of the first two."
            )

# %%
# HIDDEN
def test_make_lenet_can_be_trained(make_lenet):
    import torch
    from torch import nn

    net, X = make_lenet(4), torch.randn(8, 1, 28, 28)
    net(X)
    p = parameters_by_size(net, 4)
    p[4].data.fill_(5.0)  # a ReLU after the last layer, which another test looks for, lets all gradients through then
    nn.functional.cross_entropy(net(X), torch.arange(8) % 4).backward()
    for value in p.values():
        assert value.grad is not None, "A gradient should reach the parameters of every layer."
        assert value.grad.abs().sum() > 0, "A gradient should reach the parameters of every layer."

# %%
# HIDDEN
def test_make_lenet_makes_a_new_network_with_every_call(make_lenet):
    import torch

    first, second = make_lenet(num_classes=10), make_lenet()
    X = torch.randn(2, 1, 28, 28)
    scores = second(X).detach()
    assert not torch.equal(first(X).detach(), scores), "Two networks should start from random weights of their own."
    with torch.no_grad():
        for p in first.parameters():
            p.zero_()
    assert torch.equal(second(X).detach(), scores), "Two networks share parameters. Each call should make new layers."
    assert first(X).abs().sum() == 0, "With parameters of 0 the scores should be 0: nothing follows the last layer."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### LeNet learns
#
# Fashion-MNIST holds grey pictures of clothes in ten classes. Beside this notebook lie 2,048 of its training
# pictures. Your LeNet learns from 1,536 of them, and the other 512 say how well it does. Beside it, a perceptron with
# three times as many parameters learns from the same ones.
#
# On pictures as they have seen them the perceptron does as well as LeNet. Then all 512 are moved to the right by
# three pixels. Hardly anything is cut off, and nobody would be fooled. The perceptron has learned each pixel on its
# own, and falls behind. The convolutions find the same patterns three pixels further on. (They do suffer, too: the
# fully connected layers behind them care about the place.)

# %% tags=["otter_ignore"]
def read_bytes(name, skipped):
    """Return the numbers in a file of Fashion-MNIST, after its first bytes."""
    with gzip.open(f"data/fashion-mnist/{name}.gz") as packed:
        return torch.frombuffer(bytearray(packed.read()[skipped:]), dtype=torch.uint8)


clothes = (read_bytes("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28) / 255 - 0.286) / 0.353
kinds = read_bytes("train-labels-idx1-ubyte", 8).long()
X_fit, y_fit, X_valid, y_valid = clothes[:1536], kinds[:1536], clothes[1536:], kinds[1536:]
background = clothes.min().item()
X_moved = F.pad(X_valid, (3, -3), value=background)


def learn(net, num_epochs=12):
    """Train net on the pictures, and return it."""
    net(X_fit[:1])  # lazy layers get their size here
    optimizer = torch.optim.Adam(net.parameters(), lr=0.002)
    for _ in range(num_epochs):
        for rows in torch.randperm(len(X_fit)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(net(X_fit[rows]), y_fit[rows]).backward()
            optimizer.step()
    return net


def share_right(net, X):
    """Return the share of the validation pictures, as they are in X, that net knows."""
    with torch.no_grad():
        return (net(X).argmax(dim=1) == y_valid).float().mean().item()


torch.manual_seed(0)
lenet = learn(make_lenet())
perceptron = learn(nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)))
shares = {
    name: [share_right(net, X) for X in (X_valid, X_moved)]
    for name, net in [("LeNet", lenet), ("perceptron", perceptron)]
}
_, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
for offset, (name, hatch) in zip((-0.2, 0.2), [("LeNet", ""), ("perceptron", "//")]):
    bars = ax.bar([offset, 1 + offset], shares[name], width=0.36, hatch=hatch, edgecolor="white", label=name)
    ax.bar_label(bars, fmt="%.2f")
ax.set(xticks=[0, 1], xticklabels=["as they are", "moved by 3 pixels"], ylim=(0, 1), ylabel="share of right answers")
ax.legend(loc="upper right")
print("In the picture: four bars with their numbers. As they are, LeNet and the perceptron (hatched) are nearly as good;\n"
      "moved by 3 pixels both know fewer pictures, and the perceptron the fewest.")
plt.show()

# %% [markdown]
# ### What it has learned to look for
#
# The first layer of your LeNet has six kernels of 5×5 weights, and they began as noise. Above, the kernels after
# training. Below, what each makes of the photograph: some answer to edges, some to light and dark, and nobody told
# them to. (Trained on 1,536 small pictures
# they remain rough. After a million photographs they look like Sobel's, in all directions and colours.)

# %% tags=["otter_ignore"]
weights = next(p for p in lenet.parameters() if p.numel() == 150).detach().reshape(6, 5, 5)
_, axes = plt.subplots(2, 6, figsize=(12, 4.2), layout="constrained")
limit = weights.abs().max().item()
for number, ((above, below), kernel) in enumerate(zip(axes.T, weights)):
    above.imshow(kernel, cmap="RdBu", vmin=-limit, vmax=limit)
    above.set_title(f"kernel {number}")
    found = corr2d(grey - grey.mean(), kernel)
    below.imshow(found, cmap="RdBu", vmin=-found.abs().max(), vmax=found.abs().max())
    for ax in (above, below):
        ax.set(xticks=[], yticks=[])
print("In the picture: six kernels of 5 by 5 weights, on one scale, and below each what it makes of the portrait, each on a scale\n"
      "of its own: some show its outlines, some its light and dark parts. Blue is positive, red negative.")
plt.show()

# %% [markdown]
# **Predict, then run.** What happens to the two bars on the right if the pictures move by one pixel only? By six?
# Change the two numbers in `F.pad`, and write down what you expect before you look. (Not graded.)

# %% [markdown]
# ---
# # Part F · Looking back from the output
#
# In a deep network each layer sees a small window only. But what it sees there is a layer, each entry of
# which has seen a window itself. So the deeper an entry lies, the more of the picture has had a part in it.
