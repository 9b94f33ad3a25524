# %% [raw]
# # BEGIN QUESTION
# name: make_mlp

# %% [markdown]
# ## 11 · The same network from PyTorch's layers (10 min)
#
# In daily work you do not multiply matrices by hand. `nn.Sequential` chains layers, and each layer keeps
# its own parameters:
#
# `Flatten` $\to$ `Linear(num_inputs, num_hiddens)` $\to$ `ReLU` $\to$ `Linear(num_hiddens, num_outputs)`
#
# PyTorch initialises a `Linear` layer in its own way. To use our way, write a function that looks at *one*
# layer, and hand it to `net.apply`. That calls it for every layer in the network, one after another, and
# for the network itself.
#
# **Example.** `make_mlp()` maps a batch of shape `(2, 1, 28, 28)` to scores of shape `(2, 10)`. The weight
# of `net[1]` has shape `(256, 784)`: `nn.Linear` stores it as (outputs, inputs), the transpose
# of your `W1`.
#
# **Your task.** Write `make_mlp`. It returns a new `nn.Sequential` of exactly these four layers, the
# weights of *both* linear layers drawn from $\mathcal{N}(0, 0.01^2)$ with `apply`. The biases may keep
# PyTorch's start.
#
# <details><summary>Hint: the standard deviation is about 0.02 or 0.04 instead of 0.01</summary>
#
# Then PyTorch's own start is still there. Was your function called for that layer? Put a
# `print(type(layer))` in it. A condition such as `type(layer) == "Linear"` compares a class with a string
# and is never true.
#
# <details><summary>The next line</summary>
#
# `if isinstance(layer, nn.Linear):` asks the right thing, and below it `layer.weight` is filled *in place*.
# </details></details>
#
# <details><summary>Hint: "missing 1 required positional argument"</summary>
#
# `net.apply(f)` wants the function `f` itself, and calls it once for each layer. `f()` calls it at once,
# without any.
#
# <details><summary>The next line</summary>
#
# Between the parentheses of `apply` stands a name and nothing else.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_mlp(num_inputs: int = 784, num_hiddens: int = 256, num_outputs: int = 10) -> nn.Sequential:
    """Return a new nn.Sequential of Flatten, Linear, ReLU, Linear.

    It maps (n, ...) to (n, num_outputs). The weights of both linear layers are drawn from N(0, 0.01**2)
    by a function that is given to `apply`.
    """
    # BEGIN SOLUTION
    def init_weights(layer: nn.Module) -> None:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)

    net = nn.Sequential(
        nn.Flatten(),
        nn.Linear(num_inputs, num_hiddens),
        nn.ReLU(),
        nn.Linear(num_hiddens, num_outputs),
    )
    net.apply(init_weights)
    return net
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_make_mlp_has_four_layers(make_mlp):
    import torch
    from torch import nn

    net = make_mlp(12, 7, 5)
    assert isinstance(net, nn.Sequential), "make_mlp must return an nn.Sequential."
    assert len(net) == 4, f"The network must have four layers, got {len(net)}."
    for i, kind in enumerate([nn.Flatten, nn.Linear, nn.ReLU, nn.Linear]):
        assert isinstance(net[i], kind), f"Layer {i} must be nn.{kind.__name__}."
    assert tuple(net[1].weight.shape) == (7, 12), "Layer 1 must map num_inputs to num_hiddens."
    assert tuple(net[3].weight.shape) == (5, 7), "Layer 3 must map num_hiddens to num_outputs."
    assert tuple(net(torch.randn(4, 3, 2, 2)).shape) == (4, 5), "Input (n, ...) must give (n, num_outputs)."

# %%
def test_make_mlp_has_sizes_to_start_with(make_mlp):
    import torch

    assert tuple(make_mlp()(torch.randn(2, 1, 28, 28)).shape) == (2, 10)
    assert tuple(make_mlp()[1].weight.shape) == (256, 784)

# %%
def test_make_mlp_draws_both_weights(make_mlp):
    import torch

    # 120 000 and 60 000 draws: a right answer misses 3 % of 0.01 once in 10 ** 23 runs. Beyond 0.025 lie 700 of
    # 60 000 draws from the normal distribution.
    net, other = make_mlp(400, 300, 200), make_mlp(400, 300, 200)
    weights = [(i, net[i].weight.detach(), other[i].weight.detach()) for i in (1, 3)]
    for i, W, W_of_other in weights:
        shape = (300, 400) if i == 1 else (200, 300)
        assert tuple(W.shape) == shape, f"Layer {i}: the weight needs the shape {shape}, got {tuple(W.shape)}."
        std = W.std().item()
        assert abs(std - 0.01) < 0.0003, f"Layer {i}: the weights need std 0.01, got {std:.4f}."
        largest = W.abs().max().item()
        assert largest > 0.025, f"Layer {i}: no weight is larger than {largest:.4f}. Draw from the normal distribution."
        same = torch.equal(W, W_of_other)
        assert not same, f"Layer {i}: two networks have the same weights. Each call must draw anew."

# %%
# HIDDEN
# CORE
def test_make_mlp_draws_from_the_normal_distribution(make_mlp, judge):
    def spreads(make_mlp):
        net = make_mlp(301, 250, 240)
        return [net[i].weight.std().item() for i in (1, 3)]

    # Of all entries: two starts that differ a little are told apart by them.
    message = "Both weights must have standard deviation 0.01."
    assert all(abs(std - 0.01) < 0.0003 for std in judge.probe(spreads, make_mlp)), message
    # At least 60 000 draws of each weight. False alarms: standard deviation off by 3 % is 10 standard
    # errors, mean off by sigma / 40 is 6.1, share outside 2 sigma (4.55 %) off by 0.8 % is 9.4; all
    # checks together below 1 in 10 ** 8.
    net = make_mlp(301, 250, 240)
    weights = [net[i].weight.detach() for i in (1, 3)]
    shapes = [tuple(W.shape) for W in weights]
    assert shapes == [(250, 301), (240, 250)], "The weights need the shapes that the sizes ask for."
    for W in weights:
        assert abs(W.std().item() - 0.01) < 0.0003, message
        assert abs(W.mean().item()) < 0.01 / 40, "Both weights must have mean 0."
        outside = (W.abs() > 0.02).float().mean().item()
        assert abs(outside - 0.0455) < 0.008, "Both weights must be drawn from a normal distribution."

# %%
# HIDDEN
# CORE
def test_make_mlp_computes_an_mlp(make_mlp):
    import torch

    net = make_mlp(12, 30, 5)
    X = 100 * torch.randn(7, 2, 3, 2)
    hidden = X.reshape(7, 12) @ net[1].weight.detach().t() + net[1].bias.detach()
    expected = hidden.clamp(min=0) @ net[3].weight.detach().t() + net[3].bias.detach()
    torch.testing.assert_close(net(X).detach(), expected)

# %%
# HIDDEN
def test_make_mlp_makes_a_new_trainable_network(make_mlp):
    import torch

    # Chance of a false alarm: none but equal float32 draws, far below 1 in 10 ** 100.
    first, second = make_mlp(8, 6, 5), make_mlp(8, 6, 5)
    for i in (1, 3):
        same = torch.equal(first[i].weight.detach(), second[i].weight.detach())
        assert not same, "Each call must draw new weights."
    params = list(first.parameters())
    assert len(params) == 4, "The network must have two weights and two biases."
    assert all(p.requires_grad for p in params), "All parameters must require a gradient."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### On real pictures
#
# The ring was drawn for an MLP to shine. How does it do on pictures of clothes, as you met them in hw3? Beside
# this notebook lie 4,096 of them, made small: $14 \times 14$ pixels. Two networks learn from 3,072: softmax
# regression, which is one linear layer, and your `make_mlp` with 256 hidden units. Neither learns from the
# other 1,024, the *validation* pictures. They tell how a network does on pictures that it does not know.
#
# Predict before you run the cell: which of the two makes fewer mistakes on the pictures that it learns from,
# which on the others, and where do they differ more? (The optimizer is Adam, which hw9 explains.)

# %% tags=["otter_ignore"]
import gzip


def read_bytes(name, skipped):
    """Return the numbers in a file of Fashion-MNIST, after its first bytes."""
    with gzip.open(f"data/fashion-mnist/{name}.gz") as packed:
        return torch.frombuffer(bytearray(packed.read()[skipped:]), dtype=torch.uint8)


def share_wrong(net, X, y):
    """Return the share of the pictures X to which net gives another label than y."""
    with torch.no_grad():
        return (net(X).argmax(dim=1) != y).float().mean().item()


def errors_while_learning(net, num_epochs=40):
    """Train net; return its shares of wrong answers in training and validation, a pair for each epoch."""
    optimizer = torch.optim.Adam(net.parameters(), lr=0.002)
    errors = []
    for _ in range(num_epochs):
        for rows in torch.randperm(len(X_fit)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(net(X_fit[rows]), y_fit[rows]).backward()
            optimizer.step()
        errors.append((share_wrong(net, X_fit, y_fit), share_wrong(net, X_valid, y_valid)))
    return errors


clothes = read_bytes("small-images-idx3-ubyte", 16).reshape(-1, 1, 14, 14) / 255
kinds = read_bytes("small-labels-idx1-ubyte", 8).long()
X_fit, y_fit, X_valid, y_valid = clothes[:3072], kinds[:3072], clothes[3072:], kinds[3072:]
torch.manual_seed(0)
nets = {"linear": nn.Sequential(nn.Flatten(), nn.Linear(196, 10)), "MLP": make_mlp(196, 256, 10)}
errors_of = {name: errors_while_learning(net) for name, net in nets.items()}

fig, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
for name, marker, colour in [("linear", "o", "tab:blue"), ("MLP", "s", "tab:orange")]:
    for i, (kind, line) in enumerate([("training", "-"), ("validation", "--")]):
        shares = [pair[i] for pair in errors_of[name]]
        ax.plot(range(1, 41), shares, line + marker, color=colour, markersize=3, label=f"{name}, {kind}")
        print(f"{name}, {kind}: {sum(shares[-5:]) / 5:.1%} wrong, the mean of the last five epochs")
ax.set(xlabel="epoch", ylabel="share of wrong answers", ylim=(0, 0.4), title="ten kinds of clothes")
ax.legend(ncols=2)

# The trained weights in your own network of question 7, and your count of question 10.
W1, b1, W2, b2 = (p.detach() for p in nets["MLP"].parameters())
params = [W1.T, b1, W2.T, b2]
with torch.no_grad():
    from_scratch = (mlp_forward(X_valid, params) - nets["MLP"](X_valid)).abs().max().item()
print(f"mlp_forward with the trained weights: largest difference {from_scratch:.0e}")
print(f"dead units: {dead_units(X_fit.flatten(start_dim=1), params[0], params[1])} of 256")
print("In the picture: shares of wrong answers over 40 epochs. The two lines of the linear model (circles) fall slowly and stay\n"
      "close together. The MLP's (squares) are far apart: training (solid) ends far lower, validation (dashed) only a little.")
plt.show()

# %% [markdown]
# The hidden units pay: the MLP makes fewer mistakes on both sets. But see where. On the pictures that it learned
# from, about half of the linear model's mistakes are gone. On pictures that it has never seen, much of that gain
# is lost again: the gap between its two lines is far wider than the linear model's. More than fifty thousand
# parameters can learn many of 3,072 pictures by heart. How to find that out in time, and what helps against it,
# is the subject of hw5.
