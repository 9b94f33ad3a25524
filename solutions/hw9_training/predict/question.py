# %% [raw]
# # BEGIN QUESTION
# name: predict

# %% [markdown]
# ## 6 · Answers (6 min)
#
# A trained network is there to be asked. Its outputs are scores, one per class; the answer is the class with the
# largest score. Asking must leave no trace: same rules as for a measurement.
#
# **Example.** For the scores $(0.5, 2, -1)$ and $(4, 0, 3)$ the answers are the labels $(1, 0)$.
#
# **Your task.** Write `predict(net, X)`: a tensor of labels, shape $(n,)$, for a batch `X` of $n$ inputs. Run the
# network in eval mode and without a graph, and put its mode back afterwards, as in question 3.
#
# <details><summary>Hint: I get numbers like 0.93</summary>
#
# Numbers with a fraction are scores or probabilities: `max` finds the largest *value*. You want to know *where* it is.
#
# <details><summary>The next line</summary>
#
# `argmax` says where. Along which axis do the classes lie?
# </details></details>
#
# <details><summary>Hint: my result has two axes</summary>
#
# One label belongs to each example, so one axis is left.
#
# <details><summary>The next line</summary>
#
# Give it a `dim`, and no `keepdim`.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def predict(net: nn.Module, X: torch.Tensor) -> torch.Tensor:
    """Return the label of the largest score for every example of X: shape (n,), integers.

    Runs net in eval mode and without a graph, then puts its mode (`net.training`) back as it was.
    """
    # BEGIN SOLUTION
    was_training = net.training
    net.eval()
    with torch.no_grad():
        labels = net(X).argmax(dim=1)
    net.train(was_training)
    return labels
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_predict_on_the_worked_example(predict):
    import torch
    from torch import nn

    net = nn.Linear(3, 3)
    net.weight.data.copy_(torch.eye(3))  # net(X) is X
    net.bias.data.zero_()
    labels = predict(net, torch.tensor([[0.5, 2.0, -1.0], [4.0, 0.0, 3.0]]))
    assert isinstance(labels, torch.Tensor), f"predict should return a tensor of labels, got {type(labels).__name__}"
    assert labels.shape == (2,), f"two inputs give two labels, got the shape {tuple(labels.shape)}"
    assert labels.tolist() == [1, 0], f"the labels should be 1 and 0, got {labels.tolist()}"
    assert not labels.is_floating_point(), f"labels are whole numbers, got {labels.dtype}"

# %%
# CORE
def test_predict_uses_eval_mode_and_puts_the_mode_back(predict):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Dropout(0.8), nn.Linear(4, 4))
    net[1].weight.data.copy_(torch.eye(4))  # without dropout, net(X) is X
    net[1].bias.data.zero_()
    X = torch.full((60, 4), 1.0)
    X[:, 2] = 2.0
    net.train()
    labels = torch.as_tensor(predict(net, X))
    assert labels.shape == (60,), f"60 inputs give 60 labels, got the shape {tuple(labels.shape)}"
    right = (labels == 2).sum().item()
    assert right == 60, f"with dropout off all 60 labels are 2, got {right} of them"
    assert net.training, "The network was in training mode before, and it should be afterwards."
    net.eval()
    predict(net, X)
    assert not net.training, "The network was in eval mode before, and it should be afterwards."

# %%
def test_predict_for_a_single_input(predict):
    import torch
    from torch import nn

    labels = torch.as_tensor(predict(nn.Linear(2, 3), torch.ones(1, 2)))
    assert labels.shape == (1,), f"one input gives the shape (1,), got {tuple(labels.shape)}"

# %%
# HIDDEN
def test_predict_for_any_batch(predict):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 7))
    for n in (23, 1, 4):
        X = torch.randn(n, 1, 2, 3) * 5
        expected = [int(row.argmax()) for row in net(X)]
        labels = predict(net, X)
        assert labels.shape == (n,), "One label per input."
        assert not labels.is_floating_point(), "Labels are integers."
        assert labels.tolist() == expected, "The label of the largest score is asked."

# %%
# HIDDEN
# CORE
def test_predict_leaves_the_network_as_it_was(predict):
    import torch
    from torch import nn

    net = nn.Sequential(nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5)), nn.Linear(4, 3))
    before = {name: value.clone() for name, value in net.state_dict().items()}
    X = torch.randn(9, 4) * 3 + 1
    expected = net.eval()(X).argmax(dim=1).tolist()
    net.train()
    labels = predict(net, X)
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name]), "A prediction must not change parameters or running statistics."
    assert net.training and net[0].training and net[0][1].training, "The training mode must be put back."
    assert labels.shape == (9,), "One label per input."
    assert labels.tolist() == expected, "These are not the labels that the network gives in eval mode."

# %%
# HIDDEN
def test_predict_builds_no_graph(predict, judge):
    import torch

    def measure(predict, weight, X):
        import torch
        from torch import nn

        class Spy(nn.Module):
            def __init__(self):
                super().__init__()
                self.linear = nn.Linear(4, 3)

            def forward(self, X):
                out = self.linear(X)
                seen.append((self.training, out.requires_grad))
                return out

        seen = []  # not in the spy, so that a copy of it reports here, too
        spy = Spy()
        spy.linear.weight.data.copy_(weight)
        spy.linear.bias.data.zero_()
        labels = predict(spy, X)
        grad_enabled = torch.is_grad_enabled()
        torch.set_grad_enabled(True)
        return labels, seen, grad_enabled

    weight, X = torch.randn(3, 4), torch.randn(17, 4)
    expected = (X @ weight.T).argmax(dim=1).tolist()
    labels, seen, grad_enabled = judge.probe(measure, predict, weight, X)
    assert torch.as_tensor(labels).tolist() == expected, "The label of the largest score is asked."
    assert len(seen) >= 1, "The inputs must go through the network."
    assert not any(training for training, _ in seen), "The network must be in eval mode."
    assert not any(recorded for _, recorded in seen), "The network must run without gradients: no graph is needed."
    assert grad_enabled, "Gradients must be switched on again afterwards."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### How sure is sure?
#
# What does the perceptron of question 4 make of pictures that it was not trained on? Above each one stands its answer
# and the probability that softmax gives to it; where it is wrong, the right class stands below in red. Shirts,
# pullovers and coats are hard for people, too.
#
# Mind the percentages. The network is often sure of itself where it is wrong. Cross entropy on pictures it knows
# rewards ever larger scores, long after the answers are right. So "99 %" does not mean that 99 of 100 such answers
# hold.

# %% tags=["otter_ignore"]
classes = pictures.classes
answers = predict(mlp, X_valid[:24])
with torch.no_grad():
    sure = F.softmax(mlp(X_valid[:24]), dim=1).max(dim=1).values
_, axes = plt.subplots(3, 8, figsize=(12, 6), layout="constrained")
for ax, image, answer, p, label in zip(axes.flat, X_valid, answers.tolist(), sure.tolist(), y_valid.tolist()):
    ax.imshow(image[0], cmap="gray_r")
    ax.set_title(f"{classes[answer]} {p:.0%}", fontsize=9)
    ax.set(xticks=[], yticks=[])
    if answer != label:
        ax.set_xlabel(f"no: {classes[label]}", color="crimson", fontsize=9, weight="bold")
print("In the picture: 24 pictures with the answer and its probability above. Where it is wrong, the right class stands below.")
plt.show()

# %% [markdown]
# ## What an optimizer does with a gradient
#
# `optimizer.step()` has been a black box so far. Time to open it. Plain **gradient descent** moves each parameter
# against its gradient, as far as the learning rate $\eta$ says: $\mathbf p \leftarrow \mathbf p - \eta\, \mathbf g$.
#
# Its trouble is the *ravine*: a loss that is steep in one direction and flat in another. The steep one limits the
# learning rate, since a step that is too long ends higher up on the other side. For the flat one this rate is far too
# small. So the path zigzags between the walls and hardly gets along the floor.
#
# A ball does better. It gathers speed where the slope keeps its direction, and shaking to and fro cancels out.
