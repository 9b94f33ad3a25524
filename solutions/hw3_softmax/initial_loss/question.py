# %% [raw]
# # BEGIN QUESTION
# name: initial_loss

# %% [markdown]
# ## 10 · Predict, then run: what should the first loss be? (5 min)
#
# Before its first step, a classifier with small random weights knows nothing. Its logits are all close to 0,
# so each of the classes receives almost the same probability, whatever the picture shows.
#
# Suppose there are **10 classes**. Which cross entropy, averaged over the examples, do you expect from such
# an untrained model? People check this number at the start of every training run: a first loss that is far
# off points to a mistake in the loss, the labels or the initialisation.
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
# ## All together: ten kinds of clothes
#
# Your functions are a complete softmax regression. Before you run the cell: where does the loss begin, and
# how many of ten test pictures will a model get right if all it can do is multiply and add? (Guessing gets one.)

# %% tags=["otter_ignore"]
torch.manual_seed(3)
pictures, labels = read_pictures("train")
test_pictures, test_labels = read_pictures("t10k")
W, b, losses = train_softmax(pictures, labels, 10, num_epochs=20)
W, b = W.detach(), b.detach()
net = nn.Sequential(FlattenLayer(), nn.Linear(784, 10))
net[1].weight.data, net[1].bias.data = W.T, b
test_accuracy = evaluate_accuracy(net, zip(test_pictures.split(64), test_labels.split(64)))

plt.figure(figsize=(6, 3), layout="constrained")
plt.plot(range(1, 21), [float(loss) for loss in losses], marker="o", markersize=4, label="training loss")
plt.axhline(initial_loss, color="gray", linestyle="--", label="your first guess")
plt.xlabel("epoch")
plt.ylabel("cross entropy")
plt.xticks(range(0, 21, 5))
plt.legend()
plt.grid(alpha=0.3)
plt.title(f"{test_accuracy:.0%} of the test pictures are classified correctly")
print("In the picture: the training loss over 20 epochs falls fast at first, then slowly, far below the dashed line of your guess.")
plt.show()

# %% [markdown]
# What did it learn? Each column of $\mathbf W$ is as long as a picture, so look at it as one. Red pixels
# speak for the class, blue ones against it. Can you see the trousers, and why a sneaker is no sandal?

# %% tags=["otter_ignore"]
fig, axes = plt.subplots(1, 10, figsize=(11, 1.6), layout="constrained")
for ax, weights, name in zip(axes, W.T, CLASSES):
    ax.imshow(weights.reshape(28, 28), cmap="RdBu_r", vmin=-0.4, vmax=0.4)
    ax.set(xticks=[], yticks=[])
    ax.set_title(name, fontsize=9)
print("In the picture: ten pictures of weights. The trousers have a blue line between two red legs; the sneaker is red\n"
      "where the heel sits and blue above, where a boot would be; pullover, coat and shirt are red outlines.")
plt.show()

# %% [markdown]
# And what can it *not* learn? Points in the plane show how such a model cuts: below, your `train_softmax`
# learns three clouds. Every class has a colour, and the plane mixes them by their probabilities, so colours
# blend where the model is unsure. All borders are straight lines: the scores are linear, and softmax does not
# change their order. The next notebook bends the borders.

# %% tags=["otter_ignore"]
torch.manual_seed(3)
centres = torch.tensor([[-2.0, -1.0], [2.0, -1.5], [0.0, 2.0]])
cloud = torch.arange(3).repeat(150)
points = centres[cloud] + torch.randn(450, 2)
W, b, _ = train_softmax(points, cloud, 3, num_epochs=20)
W, b = W.detach(), b.detach()

side = torch.linspace(-5, 5, 200)
plane = torch.cartesian_prod(side, side)
colours = torch.tensor([[0.12, 0.47, 0.71], [1.0, 0.5, 0.05], [0.17, 0.63, 0.17]])
mixed = (softmax(softmax_regression(plane, W, b)) @ colours).reshape(200, 200, 3).transpose(0, 1)
share = accuracy(softmax_regression(points, W, b), cloud)

plt.figure(figsize=(4.5, 4.2), layout="constrained")
plt.imshow(mixed, origin="lower", extent=(-5, 5, -5, 5), alpha=0.5)
for label, marker in enumerate("o^s"):
    plt.scatter(*points[cloud == label].T, color=colours[label].numpy(), s=9, marker=marker)
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.xlim(-5, 5)
plt.ylim(-5, 5)
plt.title(f"three clouds, {share:.0%} right")
print("In the picture: three clouds of 150 points, circles left, triangles right, squares on top. The plane has three colours, one\n"
      "around each cloud; the borders between them are straight and meet in the middle.")
plt.show()

# %% [markdown]
# ## Done
#
# You can now say what `nn.CrossEntropyLoss` does inside, why it wants logits, and what its backward pass
# sends to the network below.
#
# **A question to think about** (no points). Add the same number to all ten weights of one pixel, one in each
# column of $\mathbf W$. What happens to the probabilities? So how many different $\mathbf W$ describe the
# very same model?
#
# **Further reading.** *Dive into Deep Learning*: [Softmax
# Regression](https://d2l.ai/chapter_linear-classification/softmax-regression.html) and its [implementation
# from scratch](https://d2l.ai/chapter_linear-classification/softmax-regression-scratch.html). Xiao, Rasul and
# Vollgraf, *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms* (2017), is
# where the pictures come from.
#
# Save the notebook and hand it in.
