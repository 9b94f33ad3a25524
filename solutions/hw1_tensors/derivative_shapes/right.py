import numpy as np
import torch

from autograder.authoring.marks import right


@right
def lists_and_sizes():
    derivative_shapes = dict()
    derivative_shapes["scalar/vector"] = [1, n]
    derivative_shapes["vector/vector"] = torch.Size([m, n])
    derivative_shapes["scalar/matrix"] = torch.zeros(n, k).T.shape
    derivative_shapes["vector/matrix"] = tuple([m, k, n])
    derivative_shapes["matrix/matrix"] = [m, l] + [k, n]


@right
def plain_numbers():
    derivative_shapes = {
        "matrix/matrix": (2, 3, 5, 4),
        "vector/matrix": (2, 5, 4),
        "scalar/matrix": (5, 4),
        "scalar/vector": (1, 4),
        "vector/vector": (2, 4),
    }


@right
def sizes_from_numpy():
    sizes = np.array([m, l, k, n])
    derivative_shapes = {
        "vector/vector": (sizes[0], sizes[3]),
        "scalar/vector": np.array([1, n]),
        "scalar/matrix": tuple(sizes[2:]),
        "vector/matrix": torch.tensor([m, k, n]),
        "matrix/matrix": torch.empty(m, l, k, n).shape,
    }
