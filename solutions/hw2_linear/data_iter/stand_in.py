"""A right `data_iter` for later questions, made of torch's own functions."""

from torch.utils.data import DataLoader, TensorDataset


def data_iter(batch_size, features, labels):
    yield from DataLoader(TensorDataset(features, labels), batch_size=batch_size, shuffle=True)
