import random

import torch

from autograder.authoring.marks import wrong


@wrong(hint="The last examples never come. If some are left for a smaller last batch, yield that one, too.")
def last_batch_dropped():
    def data_iter(batch_size, features, labels):
        num_examples = len(features)
        indices = torch.randperm(num_examples)
        for i in range(num_examples // batch_size):
            batch = indices[i * batch_size : (i + 1) * batch_size]
            yield features[batch], labels[batch]


@wrong(hint="The last examples never come. If some are left for a smaller last batch, yield that one, too.")
def loader_drops_the_last_batch():
    def data_iter(batch_size, features, labels):
        from torch.utils.data import DataLoader, TensorDataset

        return iter(DataLoader(TensorDataset(features, labels), batch_size, shuffle=True, drop_last=True))


@wrong(
    hint="Features and labels were shuffled apart, so the rows carry wrong labels. Draw one order and use it for both."
)
def labels_shuffled_apart():
    def data_iter(batch_size, features, labels):
        n = len(features)
        X, y = features[torch.randperm(n)], labels[torch.randperm(n)]
        for i in range(0, n, batch_size):
            yield X[i : i + batch_size], y[i : i + batch_size]


@wrong(hint="Only the features were shuffled, so the rows carry wrong labels. Index both with the same order.")
def labels_left_in_order():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            yield features[order[i : i + batch_size]], labels[i : i + batch_size]


@wrong(hint="The examples always come in the order of the data set. Shuffle them.")
def never_shuffled():
    def data_iter(batch_size, features, labels):
        for i in range(0, len(features), batch_size):
            yield features[i : i + batch_size], labels[i : i + batch_size]


@wrong(hint="Every pass has the same order: it was drawn once, or from a fixed seed. Draw a new one in each pass.")
def same_order_in_every_pass():
    import random

    def data_iter(batch_size, features, labels):
        indices = list(range(len(features)))
        random.Random(0).shuffle(indices)
        for i in range(0, len(features), batch_size):
            batch = torch.tensor(indices[i : i + batch_size])
            yield features[batch], labels[batch]


@wrong(hint="Every pass has the same order. Draw a new one for each pass, without a fixed seed.")
def seed_before_shuffling():
    def data_iter(batch_size, features, labels):
        torch.manual_seed(0)
        order = torch.randperm(len(features))
        for batch in order.split(batch_size):
            yield features[batch], labels[batch]


@wrong(hint="Every pass has the same order: it was drawn once, or from a fixed seed. Draw a new one in each pass.")
def shuffled_once_and_kept():
    orders = {}

    def data_iter(batch_size, features, labels):
        n = len(features)
        if n not in orders:
            orders[n] = torch.randperm(n)
        for i in range(0, n, batch_size):
            batch = orders[n][i : i + batch_size]
            yield features[batch], labels[batch]


@wrong(hint="Only the order of the batches is random; the same examples are always together. Shuffle the examples.")
def only_the_batches_shuffled():
    import random

    def data_iter(batch_size, features, labels):
        n = len(features)
        starts = list(range(0, n, batch_size))
        random.shuffle(starts)
        starts.sort(key=lambda i: i + batch_size > n)
        for i in starts:
            yield features[i : i + batch_size], labels[i : i + batch_size]


@wrong(hint="Examples only change places inside their batch. Shuffle the whole data set before you cut it.")
def shuffled_inside_each_batch():
    def data_iter(batch_size, features, labels):
        for i in range(0, len(features), batch_size):
            X, y = features[i : i + batch_size], labels[i : i + batch_size]
            order = torch.randperm(len(X))
            yield X[order], y[order]


@wrong(hint="Some examples come twice and some never: this draws with replacement. Use a random order of all indices.")
def drawn_with_replacement():
    def data_iter(batch_size, features, labels):
        n = len(features)
        for i in range(0, n, batch_size):
            batch = torch.randint(0, n, (min(batch_size, n - i),))
            yield features[batch], labels[batch]


@wrong(hint="Each batch is drawn anew from all examples, so some come twice in a pass. Draw one order per pass.")
def new_order_for_each_batch():
    def data_iter(batch_size, features, labels):
        n = len(features)
        for i in range(0, n, batch_size):
            batch = torch.randperm(n)[i : i + batch_size]
            yield features[batch], labels[batch]


@wrong(hint="Only one batch comes out. return ends the function; yield hands out a batch and goes on.")
def returns_the_first_batch():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            batch = order[i : i + batch_size]
            return [(features[batch], labels[batch])]


@wrong(hint="The last batch is filled up with examples that came before. Let it be smaller: each example comes once.")
def last_batch_filled_up():
    def data_iter(batch_size, features, labels):
        n = len(features)
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            batch = order[torch.arange(i, i + batch_size) % n]
            yield features[batch], labels[batch]


@wrong(hint="An empty batch comes last when the batch size divides the data. Leave it out.")
def empty_batch_at_the_end():
    def data_iter(batch_size, features, labels):
        n = len(features)
        order = torch.randperm(n)
        for i in range(n // batch_size + 1):
            batch = order[i * batch_size : (i + 1) * batch_size]
            yield features[batch], labels[batch]


@wrong(hint="The data set itself was reordered. Leave features and labels as they are, and shuffle indices.")
def shuffles_the_data_itself():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        features[:] = features[order]
        labels[:] = labels[order]
        for i in range(0, len(features), batch_size):
            yield features[i : i + batch_size], labels[i : i + batch_size]


@wrong(hint="The labels lost their second axis. Yield rows of labels in the shape that they have.")
def labels_flattened():
    def data_iter(batch_size, features, labels):
        order = torch.randperm(len(features))
        for i in range(0, len(features), batch_size):
            batch = order[i : i + batch_size]
            yield features[batch], labels[batch].reshape(-1)


@wrong(hint="The order only starts at another example. Draw one in which every order is possible.")
def order_only_rotated():
    def data_iter(batch_size, features, labels):
        order = torch.arange(len(features)).roll(random.randrange(len(features)))
        for batch in order.split(batch_size):
            yield features[batch], labels[batch]


@wrong(hint="Only the order of the batches is random; the same examples are always together. Shuffle the examples.")
def batches_shuffled_with_the_last_one():
    def data_iter(batch_size, features, labels):
        batches = list(zip(features.split(batch_size), labels.split(batch_size)))
        for i in torch.randperm(len(batches)).tolist():
            yield batches[i]


@wrong(hint="The last examples never come. If some are left for a smaller last batch, yield that one, too.")
def ends_before_the_last_batch():
    def data_iter(batch_size, features, labels):
        rows = torch.randperm(len(features))
        while len(rows) > batch_size:
            yield features[rows[:batch_size]], labels[rows[:batch_size]]
            rows = rows[batch_size:]
