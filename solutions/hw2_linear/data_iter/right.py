import numpy as np
import torch

from autograder.authoring.marks import right


@right
def list_of_indices():
    import random

    def data_iter(batch_size, features, labels):
        num_examples = len(features)
        indices = list(range(num_examples))
        random.shuffle(indices)
        for i in range(0, num_examples, batch_size):
            batch_indices = torch.tensor(indices[i : min(i + batch_size, num_examples)])
            yield features[batch_indices], labels[batch_indices]


@right
def data_loader():
    from torch.utils.data import DataLoader, TensorDataset

    def data_iter(batch_size, features, labels):
        return DataLoader(TensorDataset(features, labels), batch_size, shuffle=True)


@right
def split_copies():
    def data_iter(batch_size, features, labels):
        order = torch.rand(len(labels)).argsort()
        X, y = features[order], labels[order]
        return zip(X.split(batch_size), y.split(batch_size))


@right
def while_loop():
    def data_iter(batch_size, features, labels):
        left = torch.randperm(features.shape[0])
        while left.numel() > 0:
            batch, left = left[:batch_size], left[batch_size:]
            yield [features.index_select(0, batch), labels.index_select(0, batch)]


@right
def iterator_object():
    class _Batches:
        def __init__(self, batch_size, features, labels):
            self.pieces = iter(torch.randperm(len(features)).split(batch_size))
            self.features, self.labels = features, labels

        def __iter__(self):
            return self

        def __next__(self):
            piece = next(self.pieces)
            return [self.features[piece], self.labels[piece]]

    def data_iter(batch_size, features, labels):
        return _Batches(batch_size, features, labels)


@right
def random_keys():
    def data_iter(batch_size, features, labels):
        order = np.argsort(np.random.rand(len(features)))
        pieces = (order[i : i + batch_size] for i in range(0, len(order), batch_size))
        return ((features[piece], labels[piece]) for piece in pieces)
