import torch

from autograder.authoring.marks import right


@right
def in_scientific_notation():
    dense_image_weights = 1e9


@right
def product_in_numpy():
    import numpy as np

    dense_image_weights = np.prod([10**6, 1000])


@right
def tensor_with_one_entry():
    dense_image_weights = torch.tensor(10**9)
