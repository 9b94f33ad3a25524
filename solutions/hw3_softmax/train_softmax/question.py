# %% [raw]
# # BEGIN QUESTION
# name: train_softmax

# %% [markdown]
# ## 9 · Train it (20 min)
#
# Model, loss, gradient: all the parts lie on the table. The loop that joins them is the one of linear
# regression, and it has the same four moves: forward, backward, step, and a clean slate for the next
# gradient. Three things about the **minibatches** decide whether it works well.
#
# **Deal anew.** The training pictures are shuffled like cards in *every* epoch, and then dealt into batches.
# It does not do to make the batches once and to shuffle those: two pictures that met by chance would meet for
# ever.
#
# **Everybody plays.** Each example takes part once per epoch. If the batch size does not divide the number of
# examples, the last batch is smaller.
#
# **Average over who is there.** The step uses the mean gradient of the batch, over the examples that are *in*
# it. Then the last, smaller batch takes a step of the usual length.
#
# **Example.** Three examples, all features 0, the labels 0, 1 and 2. Only $\mathbf b$ can learn. With batches
# of two and `lr=2.0` one epoch has two steps, and there are three ways to deal. If the examples 0 and 1 come
# first:
#
# | step | batch | $\operatorname{softmax}(\mathbf b)$ | mean of the one-hot rows | $\mathbf b$ afterwards |
# |---|---|---|---|---|
# | 1 | 0 and 1 | $(0.33, 0.33, 0.33)$ | $(0.5, 0.5, 0)$ | $(0.33, 0.33, -0.67)$ |
# | 2 | 2 | $(0.42, 0.42, 0.16)$ | $(0, 0, 1)$ | $(-0.51, -0.51, 1.02)$ |
#
# **Your task.** Write `train_softmax`. Start with a zero or small random $\mathbf W$ (a standard deviation of
# 0.01 will do) and $\mathbf b = \mathbf 0$, in the dtype of the features. Whether autograd finds the
# gradients or your `softmax_gradient` does (then $\mathbf X^\top$ and a sum carry them on to $\mathbf W$ and
# $\mathbf b$) is up to you. Return `(W, b, losses)`, with one number per epoch: the mean cross entropy **over
# all examples**, added up on the way or measured when the epoch is over.
#
# <details><summary>Hint: the loss grows until it is nan</summary>
#
# Print the gradient of $\mathbf b$ at the second step. Is the first one still in it? `backward()` adds.
#
# <details><summary>The next line</summary>
#
# After each step, `p.grad = None` for both parameters.
# </details></details>
#
# <details><summary>Hint: the loss swings</summary>
#
# Is the gradient a sum over the batch, and with it the step 64 times as long?
#
# <details><summary>The next line</summary>
#
# You have one loss per example: take `loss.mean()`, and differentiate that.
# </details></details>
#
# <details><summary>Hint: "a leaf Variable that requires grad is being used in an in-place operation"</summary>
#
# The step itself must not be recorded: take it inside `with torch.no_grad():`.
#
# <details><summary>The next line</summary>
#
# There, write `W -= …`. A line such as `W = W - …` would make a new tensor, whose `.grad` nobody fills.
# </details></details>
#
# <details><summary>Hint: every batch is made of the same pictures</summary>
#
# They were dealt once, before the epochs. `torch.randperm(n)` is a shuffled deck of row numbers,
# `.split(batch_size)` deals it, and a tensor of row numbers is an index. Or let a `DataLoader` over a
# `TensorDataset` do it, with `shuffle=True`.
#
# <details><summary>The next line</summary>
#
# Inside the loop over the epochs stands `for rows in …`, and `features[rows]` is a batch.
# </details></details>

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_softmax(
    features: torch.Tensor,
    labels: torch.Tensor,
    num_classes: int,
    lr: float = 0.1,
    num_epochs: int = 5,
    batch_size: int = 64,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Train softmax regression from scratch by minibatch gradient descent and return (W, b, losses).

    features (n, ...) hold d numbers per example, labels (n,) the class numbers. W (d, num_classes) and b (num_classes,)
    are the trained parameters. losses has one number per epoch: the mean cross entropy over all examples.
    """
    # BEGIN SOLUTION
    W = torch.normal(0.0, 0.01, (features[0].numel(), num_classes), dtype=features.dtype, requires_grad=True)
    b = torch.zeros(num_classes, dtype=features.dtype, requires_grad=True)
    losses = []
    for _ in range(num_epochs):
        total = 0.0
        for rows in torch.randperm(len(features)).split(batch_size):
            loss = logit_cross_entropy(softmax_regression(features[rows], W, b), labels[rows])
            loss.mean().backward()
            with torch.no_grad():
                for p in (W, b):
                    p -= lr * p.grad
                    p.grad = None
            total += loss.sum().item()
        losses.append(total / len(features))
    return W, b, losses
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
# CORE
def test_train_softmax_learns_three_clouds_of_points(train_softmax):
    import torch

    # The clouds lie six deviations apart: a right answer errs on none of 320 points.
    y = torch.arange(320) % 3
    X = torch.tensor([[6.0, 0.0], [-3.0, 5.0], [-3.0, -5.0]])[y] + torch.randn(320, 2)
    W, b, losses = train_softmax(X, y, 3)
    assert tuple(W.shape) == (2, 3), f"W has a row for each of 2 inputs and a column for each of 3 classes, got {tuple(W.shape)}."
    assert tuple(b.shape) == (3,), f"b has one number for each of 3 classes, got {tuple(b.shape)}."
    share = ((X @ W.detach() + b.detach()).argmax(dim=1) == y).double().mean().item()
    assert share > 0.95, f"At least 95 % of the points should be classified correctly, got {share:.0%}."
    assert len(losses) == 5, f"Expected one loss for each of the 5 epochs, got {len(losses)}."
    assert float(losses[4]) < 0.7 * float(losses[0]), "The loss should fall from the first epoch to the last."

# %%
# CORE
def test_train_softmax_reports_the_mean_over_all_examples(train_softmax):
    import torch

    # All features are 0 and all labels 1, so only b learns, and the batches hold 4, 4 and 2 examples. Does the smallest
    # come last? It would by luck in one first epoch of three.
    for _ in range(16):
        _, _, losses = train_softmax(torch.zeros(10, 2), torch.ones(10).long(), 3, lr=1.0, num_epochs=2, batch_size=4)
        losses = [round(float(loss), 4) for loss in losses]
        fits = [max(abs(a - b) for a, b in zip(losses, way)) < 0.03 for way in ([0.7258, 0.1879], [0.2278, 0.1154])]
        message = "The means over all 10 examples are 0.7258 and 0.1879, added up on the way, or 0.2278 and 0.1154, measured "
        message += f"after each epoch. Got {losses}."
        assert any(fits), message
    # Another label each: the last example is a batch of its own, and after its step it has the smallest loss.
    _, _, losses = train_softmax(torch.zeros(3, 2), torch.tensor([0, 1, 2]), 3, lr=2.0, num_epochs=1, batch_size=2)
    message = f"The mean over all 3 examples is 1.353 on the way, or 1.381 after the epoch. Got {float(losses[0]):.3f}."
    assert min(abs(float(losses[0]) - way) for way in (1.353, 1.381)) < 0.02, message

# %%
# CORE
def test_train_softmax_deals_the_examples_anew(train_softmax):
    import torch

    # The example of the question. The last example is 2, 1 or 0; in 20 runs it is always the same one once in 10**9.
    ways = [[-0.5113, -0.5113, 1.0226], [-0.5113, 1.0226, -0.5113], [1.0226, -0.5113, -0.5113]]
    seen = set()
    for _ in range(20):
        _, b, _ = train_softmax(torch.zeros(3, 2), torch.tensor([0, 1, 2]), 3, lr=2.0, num_epochs=1, batch_size=2)
        distances = (b.detach() - torch.tensor(ways)).abs().amax(dim=1)
        message = "Three examples, a batch of two, then one of the third: each takes part once, and each step uses the mean "
        message += f"over the examples in its batch. Then b is one of {ways}; got {b.detach()}."
        assert distances.min() < 0.1, message
        seen.add(int(distances.argmin()))
    message = "Shuffle the examples before you deal them: in 20 trainings the same example was always the last."
    assert len(seen) > 1, message
    runs = [train_softmax(torch.zeros(3, 2), torch.tensor([0, 1, 2]), 3, 2.0, 2, 2)[1].detach() for _ in range(25)]
    ends = {tuple(round(number, 1) for number in b.tolist()) for b in runs}
    message = "In every epoch the examples must be shuffled anew: two epochs can deal them in more than three ways."
    assert len(ends) > 3, message  # there are nine: at most three of them in 25 runs is a false alarm of 1e-10

# %%
# HIDDEN
# CORE
def test_train_softmax_takes_the_right_steps(train_softmax, judge):
    import math

    import torch

    # All features are 0 and all labels equal, so b depends neither on how W starts nor on how the examples are dealt.
    trainings = [(26, 4, 0.5, 2, 8), (10, 3, 0.7, 1, 4), (11, 3, 0.3, 3, 3)]
    message = "After some epochs with equal labels, b is not where gradient descent leads."
    for (n, q, lr, num_epochs, size), b in zip(trainings, judge.probe(biases, train_softmax, trainings)):
        batches = [*torch.arange(n).split(size)] * num_epochs
        _, expected_b = descended(torch.zeros(n, 2).double(), torch.ones(n).long(), q, lr, batches)
        assert ((torch.tensor(b) - expected_b).abs() < 0.05).all(), message
    # The whole data set as one batch, small features and long steps: a small random start hardly matters. In the second
    # half of the data the first one comes again with other signs and the other class: b stays at 0.
    # Six rounds: ten examples that are drawn with replacement seldom lead to the right place, but they may.
    for shape, lr, num_epochs in 6 * [((6,), 60.0, 1), ((1, 2, 3), 40.0, 2), ((2, 1, 4), 30.0, 3)]:
        half = 0.05 * torch.randn(5, math.prod(shape)) + 0.2 * torch.randn(math.prod(shape)).sign()
        X = torch.cat([half, -half]).reshape(10, *shape)
        y = torch.tensor([1, 0]).repeat_interleave(5)
        expected_W, expected_b = descended(X.double(), y, 2, lr, [torch.arange(10)] * num_epochs)
        W, b, losses = train_softmax(X, y, 2, lr=lr, num_epochs=num_epochs, batch_size=10)
        assert W.shape == expected_W.shape, "W has a row for each number of an example and a column for each class."
        message = "After some epochs with one batch each, W is not where gradient descent leads."
        assert ((W.detach() - expected_W).abs() < 2.0).all(), message
        message = "After some epochs with one batch each, b is not where gradient descent leads."
        assert ((b.detach() - expected_b).abs() < 2.0).all(), message
        assert len(losses) == num_epochs, "There must be one loss per epoch."

# %%
# HIDDEN
# CORE
def test_train_softmax_shuffles_in_every_epoch(train_softmax, judge):
    import itertools

    import torch

    # All features are 0, so b tells in which order the examples came. Each of 45 runs deals the two epochs
    # differently in 3 of 4 cases: never is a false alarm of 1 in 10 ** 27.
    y = torch.tensor([2, 0, 3, 1])
    zeros = torch.zeros(4, 3)
    deals = [(torch.tensor([i for i in range(4) if i != last]), torch.tensor([last])) for last in range(4)]
    ways = {}
    for first, second in itertools.product(range(4), repeat=2):
        _, ways[first, second] = descended(zeros.double(), y, 4, 1.5, [*deals[first], *deals[second]])
    for ends in (
        judge.probe(rounded_biases, train_softmax, y)[0],
        (train_softmax(zeros, y, 4, lr=1.5, num_epochs=2, batch_size=3)[1] for _ in range(45)),
    ):
        seen = set()
        for b in ends:
            assert b.shape == (4,), "b has one number for each class."
            distances = {way: (b.detach() - expected).abs().max().item() for way, expected in ways.items()}
            message = "Each epoch uses each example once; the last batch is smaller; each step uses its batch's mean gradient."
            assert min(distances.values()) < 0.06, message
            seen.add(min(distances, key=distances.get))
        message = "The examples must be shuffled anew in every epoch, and not once before training."
        assert any(first != second for first, second in seen), message

# %%
# HIDDEN
def test_train_softmax_reports_every_epoch(train_softmax, judge):
    import itertools

    import torch
    from torch.nn import functional as F

    # All features are 0 and all labels equal: b does not depend on how the examples are dealt.
    n, batch_size, lr, q = 26, 8, 0.5, 4
    y = torch.full((n,), 1)
    before, after, b = [], [], torch.zeros(q)
    for _ in range(4):
        total = 0.0
        for size in (8, 8, 8, 2):
            total += size * F.cross_entropy(b[None], y[:1]).item()
            b = b - lr * (torch.softmax(b, dim=0) - F.one_hot(y[0], q))
        before.append(total / n)
        after.append(F.cross_entropy(b[None], y[:1]).item())
    # Again and again: batches in any order give the same losses in one training of eight.
    runs = (train_softmax(torch.zeros(n, 5), y, q, lr=lr, num_epochs=4, batch_size=batch_size)[2] for _ in range(9))
    for losses in itertools.chain([judge.probe(losses_of_four_epochs, train_softmax, y)], runs):
        losses = torch.tensor([float(loss) for loss in losses])
        assert len(losses) == 4, "There must be one loss per epoch."
        fits = [((losses - torch.tensor(way)).abs() < 0.02).all().item() for way in (before, after)]
        message = "Each loss must be the mean cross entropy over all examples, added up on the way or measured after the epoch."
        assert any(fits), message

# %%
# HIDDEN
# CORE
def test_train_softmax_learns_real_pictures(train_softmax, judge):
    import gzip

    import torch

    def read(name, offset):
        data = gzip.decompress(judge.data(f"data/fashion-mnist/{name}-ubyte.gz"))
        return torch.frombuffer(bytearray(data), dtype=torch.uint8, offset=offset)

    X = read("train-images-idx3", 16).reshape(-1, 1, 28, 28)[:2048] / 255
    y = read("train-labels-idx1", 8)[:2048].long()
    mixed = torch.randperm(10)[y]  # other numbers for the classes
    W, b, losses = train_softmax(X, mixed, 10)
    assert W.shape == (784, 10), "W has a row for each pixel and a column for each class."
    share = ((X.flatten(1) @ W.detach() + b.detach()).argmax(dim=1) == mixed).double().mean().item()
    # A right answer has 0.76 to 0.83, and a last loss of 0.46 to 0.7 times the first one: 0.82 is six deviations away.
    assert share > 0.7, "With the default values too few of 2,048 real pictures are classified correctly."
    assert len(losses) == 5, "There must be one loss per epoch."
    first, last = float(losses[0]), float(losses[-1])
    assert 0.4 < last < 0.82 * first < 2.0, "The losses on real pictures are not those of this training."

# %%
# HIDDEN
def test_train_softmax_keeps_float64(train_softmax):
    import torch

    X, y = torch.randn(12, 2, 2, dtype=torch.float64), torch.arange(12) % 3
    W, b, _ = train_softmax(X, y, 3, num_epochs=1, batch_size=5)
    assert W.dtype == torch.float64, "The features are float64, so W must be float64."
    assert b.dtype == torch.float64, "The features are float64, so b must be float64."

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
