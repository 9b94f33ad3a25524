# %% [raw]
# # BEGIN QUESTION
# name: DropoutMLP

# %% [markdown]
# ## 6 · A network with dropout (15 min)
#
# Dropout is for *training*. When the network has learned and is asked for its opinion, all units should speak. Every
# `nn.Module` knows which of the two it is in: `net.train()` and `net.eval()` set the attribute `self.training`.
#
# **Your task.** Write the class `DropoutMLP` with two hidden layers:
#
# $$\begin{aligned} H_1 &= \text{dropout}_{p_1}(\text{relu}(\text{linear}_1(X))), \\
# H_2 &= \text{dropout}_{p_2}(\text{relu}(\text{linear}_2(H_1))), \\
# O &= \text{linear}_3(H_2). \end{aligned}$$
#
# - The dropouts act **only in training mode**. After `net.eval()` the output is the same in every call; after
#   `net.train()` they act again.
# - The output layer has neither relu nor dropout.
# - `X` has the shape `(n, num_inputs)`; the linear layers have biases, as `nn.Linear` has them. Lazy layers
#   (`nn.LazyLinear`) count as linear layers, too: the checks send examples through before they look at them.
#
# It is a habit to drop less near the input: hence $p_1 = 0.2$ and $p_2 = 0.5$ by default.
#
# <details><summary>Hint: net.eval() changes nothing</summary>
#
# A flag of your own does not hear of `eval()`. Ask `self.training` in `forward`, each time.
#
# <details><summary>The next line</summary>
#
# `if self.training:` stands before each of the two dropouts.
# </details></details>
#
# <details><summary>Hint: F.dropout drops in evaluation too</summary>
#
# Unlike the layer `nn.Dropout` it does not know the mode of your network. It has to be told, each time.
#
# <details><summary>The next line</summary>
#
# Look up its third argument, `training`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
class DropoutMLP(nn.Module):
    """Two hidden layers with relu, each followed by dropout in training mode, and a linear output layer."""

    def __init__(
        self,
        num_inputs: int = 784,
        num_outputs: int = 10,
        num_hiddens1: int = 256,
        num_hiddens2: int = 256,
        dropout1: float = 0.2,
        dropout2: float = 0.5,
    ):
        # BEGIN SOLUTION
        super().__init__()
        self.linear1 = nn.Linear(num_inputs, num_hiddens1)
        self.linear2 = nn.Linear(num_hiddens1, num_hiddens2)
        self.linear3 = nn.Linear(num_hiddens2, num_outputs)
        self.dropout1, self.dropout2 = dropout1, dropout2
        # END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Map X (n, num_inputs) to (n, num_outputs)."""
        # BEGIN SOLUTION
        H1 = torch.relu(self.linear1(X))
        if self.training:
            H1 = dropout_layer(H1, self.dropout1)
        H2 = torch.relu(self.linear2(H1))
        if self.training:
            H2 = dropout_layer(H2, self.dropout2)
        return self.linear3(H2)
        # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_DropoutMLP_has_three_linear_layers(DropoutMLP):
    import torch

    net = DropoutMLP(num_inputs=7, num_outputs=3, num_hiddens1=11, num_hiddens2=5)
    net(torch.zeros(1, 7))
    count = sum(p.numel() for p in net.parameters())
    assert count == (7 * 11 + 11) + (11 * 5 + 5) + (5 * 3 + 3), "Not the parameters of three linear layers."
    assert tuple(net(torch.randn(4, 7)).shape) == (4, 3), "The output has the shape (n, num_outputs)."

# %%
# CORE
def test_DropoutMLP_drops_in_training_mode_only(DropoutMLP):
    import torch

    # Two passes of 64 examples through 200 hidden units: equal masks have a probability below 1e-9.
    net = DropoutMLP(num_inputs=6, num_outputs=2, num_hiddens1=100, num_hiddens2=100)
    net(torch.zeros(1, 6))
    X = torch.randn(64, 6)
    assert not torch.equal(net(X), net(X)), "In training mode every pass draws new masks."
    net.eval()
    assert torch.equal(net(X), net(X)), "In evaluation mode nothing is dropped."
    net.train()
    assert not torch.equal(net(X), net(X)), "Back in training mode, every pass draws new masks again."

# %%
def test_DropoutMLP_has_relu_in_its_hidden_layers(DropoutMLP):
    import torch

    # Weights 1 (of the second layer also -1), of the last layer -1, all biases 0. 64 times: dropout has no luck.
    net = DropoutMLP(num_inputs=2, num_outputs=4, num_hiddens1=3, num_hiddens2=5)
    net(torch.zeros(1, 2))
    net.eval()
    for second, first_row in [(1.0, -75.0), (-1.0, 0.0)]:
        with torch.no_grad():
            for p in net.parameters():
                p.fill_({2 * 3: 1.0, 3 * 5: second, 5 * 4: -1.0}.get(p.numel(), 0.0))
        Y = net(torch.tensor([[3.0, 2.0], [-3.0, -2.0]]).repeat(64, 1)).detach()
        torch.testing.assert_close(Y, torch.tensor([[first_row], [0.0]]).repeat(64, 4))

# %%
def test_DropoutMLP_drops_after_each_hidden_layer_with_its_own_rate(DropoutMLP):
    import torch

    # All weights are 1, all biases 0. Each unit that survives adds the same to all four outputs. That 64 examples lose
    # equally many units is rarer than 1e-17.
    for rates, step in [
        ({"dropout1": 0.5, "dropout2": 0.0}, 50.0),
        ({"dropout1": 0.0, "dropout2": 0.5}, 30.0),
        ({"dropout2": 0.0}, 31.25),
        ({"dropout1": 0.0}, 30.0),
    ]:
        net = DropoutMLP(num_inputs=2, num_outputs=4, num_hiddens1=3, num_hiddens2=5, **rates)
        net(torch.zeros(1, 2))
        with torch.no_grad():
            for p in net.parameters():
                p.fill_(1.0 if p.numel() in (2 * 3, 3 * 5, 5 * 4) else 0.0)
        Y = net(torch.tensor([[3.0, 2.0]]).repeat(64, 1)).detach()
        told = f"With the rates {rates} and the others as they are by default"
        assert torch.equal(Y, Y[:, :1].repeat(1, 4)), f"{told}, the four outputs differ. None of them is dropped."
        steps = Y[:, 0] / step
        values = sorted(set(Y[:, 0].tolist()))
        fits = torch.allclose(steps, steps.round(), atol=1e-4)
        assert fits, f"{told}, every output is a multiple of {step:g}; yours are {values}."
        assert len(values) > 1, f"{told}, nothing is dropped: all outputs are {values}."

# %%
# HIDDEN
# CORE
def test_DropoutMLP_computes_two_relu_layers_and_a_linear_one(DropoutMLP):
    import torch

    net, X = DropoutMLP(5, 3, 7, 11, 0.5, 0.8), 5 * torch.randn(9, 5)
    net(torch.zeros(1, 5))
    net.eval()
    expected = drawn_anew(net, X)
    torch.testing.assert_close(net(X).detach(), expected, rtol=1e-4, atol=1e-3)

# %%
# HIDDEN
# CORE
def test_DropoutMLP_drops_and_scales_after_both_hidden_layers(DropoutMLP):
    import torch
    # All layers hand their input on, so an entry survives with probability (1-p1)(1-p2).
    # 60,000 independent entries. Three checks of six standard deviations: false alarms below 1e-8.
    for p1, p2 in [(0.2, 0.5), (0.5, 0.2), (0.0, 0.8)]:
        net = DropoutMLP(60, 30, 50, 40, p1, p2)
        net(torch.zeros(1, 60))
        hand_on(net)
        Y = net(torch.full((2000, 60), 7.0)).detach()
        kept = Y != 0
        survive = (1 - p1) * (1 - p2)
        assert abs(kept.float().mean().item() - survive) < 6 * (survive * (1 - survive) / 60000) ** 0.5, (
            "In training mode, the wrong share of units is silent: each hidden layer has its dropout, input "
            "and output have none."
        )
        torch.testing.assert_close(Y, torch.where(kept, 7.0 / survive, 0.0), rtol=1e-4, atol=1e-4)
        net.eval()
        torch.testing.assert_close(
            net(torch.full((3, 60), 7.0)).detach(), torch.full((3, 30), 7.0), rtol=1e-4, atol=1e-4
        )

# %%
# HIDDEN
def test_DropoutMLP_gives_each_hidden_layer_its_own_rate(DropoutMLP):
    import torch
    # The second hidden layer adds up the whole first one, so a silent output is one that the second dropout
    # silenced. 60,000 entries (a first layer all silent is rarer than 1e-14): two checks, below 1e-8.
    for p1, p2 in [(0.2, 0.5), (0.5, 0.2)]:
        net = DropoutMLP(60, 30, 50, 40, p1, p2)
        net(torch.zeros(1, 60))
        hand_on(net, adding=[40, 50])
        silent = net(torch.full((2000, 60), 7.0)).detach() == 0
        assert abs(silent.float().mean().item() - p2) < 6 * (p2 * (1 - p2) / 60000) ** 0.5, (
            "dropout1 belongs to the first hidden layer, dropout2 to the second."
        )

# %%
# HIDDEN
# CORE
def test_DropoutMLP_drops_nothing_from_its_input_and_output(DropoutMLP):
    import torch

    # Units that add up the same layer are equal, whatever that layer's dropout did. Only a dropout of their own
    # can tell them apart, by a zero. All layers but the one that adds up hand their input on.
    for adding in [[30, 40], [50, 60]]:
        net = DropoutMLP(60, 30, 50, 40, 0.5, 0.2)
        net(torch.zeros(1, 60))
        matrices = [p for p in net.parameters() if len(p.shape) == 2 and min(p.shape) > 1]
        assert len(matrices) == 3, "Not the parameters of three linear layers."
        hand_on(net, adding)
        Y = net(torch.full((200, 60), 7.0)).detach()
        output = adding == [30, 40]
        close = torch.allclose(Y, Y[:, :1].expand(-1, 30) if output else torch.where(Y == 0, 0.0, Y.max()), 1e-4, 1e-3)
        assert close or not output, "The outputs differ where they should not: the output layer has no dropout."
        assert close, "Hidden units see different sums of the same input: the input has no dropout."

# %%
# HIDDEN
def test_DropoutMLP_has_the_defaults_of_the_question(DropoutMLP):
    import torch

    # As above; with identities, both dropouts take their share. 10,000 entries, two checks: below 1e-8.
    net = DropoutMLP()
    net(torch.zeros(1, 784))
    count = sum(p.numel() for p in net.parameters())
    assert count == 784 * 256 + 256 + 256 * 256 + 256 + 256 * 10 + 10, "The default sizes are not right."
    for add_up, share in [(False, 0.4), (True, 0.5)]:
        hand_on(net, adding=[256, 256] if add_up else None)
        kept = net(torch.ones(1000, 784)).detach() != 0
        right = abs(kept.float().mean().item() - share) < 6 * (share * (1 - share) / 10000) ** 0.5
        assert right, "The default dropout rates are not right."

# %%
# HIDDEN
def test_DropoutMLP_sends_gradients_to_every_parameter(DropoutMLP):
    import torch

    net = DropoutMLP(6, 4, 9, 8, 0.2, 0.5)
    net(torch.randn(50, 6)).square().sum().backward()
    for p in net.parameters():
        assert p.grad is not None, "No gradient reaches one of the parameters."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### The same question, asked 400 times
#
# Below, one untrained network answers the same question 400 times. In training mode the answers scatter. In
# evaluation mode there is a single answer, close to the middle of the others.

# %% tags=["otter_ignore"]
torch.manual_seed(0)
opinions_net = DropoutMLP(num_inputs=20, num_outputs=1, num_hiddens1=200, num_hiddens2=200)
question = torch.randn(1, 20)
with torch.no_grad():
    opinions_net.train()
    answers = opinions_net(question.expand(400, -1))[:, 0]
    opinions_net.eval()
    final_answer = opinions_net(question).item()
fig, ax = plt.subplots(figsize=(8, 2.8), layout="constrained")
ax.hist(answers.tolist(), bins=40, color="#9cc3e6", label="training mode")
ax.axvline(answers.mean().item(), color="#1f5fa5", label="their mean")
ax.axvline(final_answer, color="#d1495b", ls="--", label="evaluation mode")
ax.set(xlabel="output", ylabel="number of answers")
ax.legend()
print("In the picture: a wide heap of 400 answers. The solid line, their mean, and the dashed one, evaluation mode, stand\n"
      "close together in the middle of it.")
plt.show()

# %% [markdown]
# ---
# # Part D · House prices
#
# Now to real data. Dean De Cock collected the sales of 2,930 houses in Ames, Iowa, for his students: what each house
# is like, in 73 columns of numbers and words, and what was paid for it. We keep the last 930 rows as a test set, and
# take their prices away from the table. Only the very last plot of this notebook looks at them.
#
# One detail of the cell below is worth a look. pandas takes the word "None" for a missing value, unless told
# otherwise. In this table it means something: `Mas_Vnr_Type` is "None" for a house without masonry veneer.

# %%
houses = pd.read_csv("data/ames/ames.csv.gz", keep_default_na=False, na_values=[""])
houses = houses.sample(frac=1, random_state=0, ignore_index=True)
train_table = houses.iloc[:2000].reset_index(drop=True)
test_table = houses.iloc[2000:].reset_index(drop=True).drop(columns="SalePrice")
test_prices = torch.tensor(houses["SalePrice"].iloc[2000:].to_numpy(), dtype=torch.float32).reshape(-1, 1)

# %% tags=["otter_ignore"]
print(train_table.shape, test_table.shape)
print(train_table.iloc[:4, [0, 1, 2, 3, 4, 12, -4, -1]])
