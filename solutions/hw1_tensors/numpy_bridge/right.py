import numpy as np
import torch

from autograder.authoring.marks import right


@right
def as_tensor_and_clone():
    def share(a):
        return torch.as_tensor(a)

    def copy(a):
        return torch.as_tensor(a).clone()


@right
def copy_on_the_side_of_numpy():
    def share(a: np.ndarray) -> torch.Tensor:
        tensor = torch.from_numpy(a)
        return tensor

    def copy(a: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(a.copy())


@right
def asarray_with_a_flag():
    def share(a):
        return torch.asarray(a)

    def copy(a):
        return torch.asarray(a, copy=True)


@right
def dlpack():
    def share(a):
        return torch.from_dlpack(a)

    def copy(a):
        result = torch.empty_like(share(a))
        result.copy_(share(a))
        return result


@right
def copy_from_lists():
    def share(a):
        return torch.from_numpy(np.asarray(a))

    def copy(a):
        return torch.tensor(a.tolist(), dtype=share(a).dtype).reshape(a.shape)
