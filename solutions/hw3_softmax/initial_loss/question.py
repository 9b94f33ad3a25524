# %% [raw]
# # BEGIN QUESTION
# name: initial_loss

# %% [markdown]
# ## 7 · What should the first loss be?
#
# Before its first step, a classifier with small random weights knows nothing. Its logits are all close to 0, so
# each of the classes receives almost the same probability, whatever the picture shows.
#
# Suppose there are **10 classes**. Which cross entropy, averaged over the examples, do you expect from such an
# untrained model? People check this number at the start of every training run: a first loss that is far off
# points to a mistake in the loss, the labels or the initialisation.
#
# **Your task.** Set `initial_loss` to that number, by hand or as a formula (right to 0.01).
#
# <details><summary>Hint: I do not know what the labels are</summary>
#
# You need not know them. The model gives each class the same probability, so the true class gets it as well,
# whichever it is. Put that probability into the formula of question 2, and mind which logarithm it uses.
# </details>

# %% [raw]
# # BEGIN SOLUTION

# %%
initial_loss = math.log(10)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_initial_loss_is_a_number(initial_loss):
    is_number = hasattr(initial_loss, "__float__") and not isinstance(initial_loss, bool)
    assert is_number, "initial_loss should be a number"
    assert 0 <= float(initial_loss) <= 100, "initial_loss should be a number between 0 and 100"

# %%
# HIDDEN
def test_initial_loss_is_right_to_two_digits(initial_loss):
    import math

    message = "This is not the cross entropy of a model that gives ten classes the same probability."
    assert hasattr(initial_loss, "__float__") and abs(float(initial_loss) - math.log(10)) <= 0.01, message

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## All together: a classifier of three classes
#
# Your functions are a complete softmax regression. The cell below makes points of three classes in the plane,
# trains a linear layer on your `logit_cross_entropy` and draws what it learned. Every class has a colour, and the
# plane mixes them by their probabilities, so colours blend where the model is unsure. All borders are straight
# lines: the scores are linear, and softmax does not change their order. The next notebook bends the borders.

# %% tags=["otter_ignore"]
torch.manual_seed(3)
centres = torch.tensor([[-2.0, -1.0], [2.0, -1.5], [0.0, 2.0]])
labels = torch.arange(3).repeat(150)
points = centres[labels] + torch.randn(450, 2)
batches = list(zip(points.split(64), labels.split(64)))

net = nn.Sequential(FlattenLayer(), nn.Linear(2, 3))
nn.init.normal_(net[1].weight, std=0.01)
nn.init.zeros_(net[1].bias)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
losses, accuracies = [], []
for epoch in range(20):
    with torch.no_grad():
        losses.append(logit_cross_entropy(net(points), labels).mean().item())
    accuracies.append(evaluate_accuracy(net, batches))
    for X, y in batches:
        optimizer.zero_grad()
        logit_cross_entropy(net(X), y).mean().backward()
        optimizer.step()

side = torch.linspace(-5, 5, 200)
plane = torch.cartesian_prod(side, side)
with torch.no_grad():
    probability = softmax(net(plane))
colours = torch.tensor([[0.12, 0.47, 0.71], [1.0, 0.5, 0.05], [0.17, 0.63, 0.17]])
picture = (probability @ colours).reshape(200, 200, 3).transpose(0, 1)

_, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
left.plot(losses, label="cross entropy"), left.plot(accuracies, label="accuracy")
left.set_xlabel("epoch"), left.set_ylabel("loss, accuracy"), left.set_xticks(np.arange(0, 20, 5)), left.legend(), left.grid(alpha=0.3), left.set_title("Training")
right.imshow(picture, origin="lower", extent=(-5, 5, -5, 5), alpha=0.5)
right.scatter(points[:, 0], points[:, 1], c=colours[labels].numpy(), s=8)
right.set_xlabel("$x_1$"), right.set_ylabel("$x_2$")
right.set_title(f"What it learned, accuracy {accuracies[-1]:.2f}"), right.set_xlim(-5, 5), right.set_ylim(-5, 5)
plt.show()

# %% [markdown]
# ## Done
#
# You can now say what `nn.CrossEntropyLoss` does inside, and why it wants logits. Save the notebook and upload
# it.
