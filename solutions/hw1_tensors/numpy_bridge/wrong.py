import numpy as np
import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="This shares memory with the array: neither from_numpy nor as_tensor copies it. Your copy must have its own."
)
def from_numpy_believed_to_copy():
    def share(a):
        return torch.as_tensor(a)

    def copy(a):
        return torch.from_numpy(a)


@wrong(hint="The two are exchanged: your share makes a copy, and your copy shares memory.")
def exchanged():
    def share(a):
        return torch.tensor(a)

    def copy(a):
        return torch.from_numpy(a)


@wrong(hint="torch.tensor always copies, so your share does not share memory with the array.")
def tensor_believed_to_share():
    def share(a):
        return torch.tensor(a)

    def copy(a):
        return torch.tensor(a)


@wrong(
    hint="This shares memory with the array: neither from_numpy nor as_tensor copies it. Your copy must have its own."
)
def as_tensor_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.as_tensor(a)


@wrong(hint="torch.Tensor makes float32 of every array. Keep the dtype of the array.")
def the_class_as_a_function():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.Tensor(a)


@wrong(
    hint="A change of dtype needs new memory, so share no longer shares. Keep the dtype: no torch.Tensor, no float()."
)
def shared_as_float32():
    def share(a):
        return torch.from_numpy(a).float()

    def copy(a):
        return torch.from_numpy(a).clone()


@wrong(hint="contiguous() and detach() make no copy here: your copy still shares memory with the array.")
def contiguous_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.from_numpy(a).contiguous().detach()


@wrong(
    hint="ascontiguousarray copies an array that is not contiguous, and share loses the connection. Take a as it is.",
    public=False,
    reason="An edge that is left to think of: the array may be a part of a larger one.",
)
def made_contiguous_first():
    def share(a):
        return torch.from_numpy(np.ascontiguousarray(a))

    def copy(a):
        return torch.tensor(a)


@wrong(
    hint="A slice a[:] copies a Python list, but not an array: it is a view. Your copy shares memory with the array."
)
def slice_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.from_numpy(a[:])


@wrong(hint="Your copy is still a NumPy array. Return a tensor.")
def copy_stays_an_array():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return a.copy()


@wrong(
    hint="The dtype is lost on the way: torch.Tensor, float() and a list all make float32 of a float64 array. Keep it."
)
def copied_through_a_list():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.tensor(a.tolist())


@wrong(hint="The array is flattened here. Keep its shape.")
def shape_lost():
    def share(a):
        return torch.from_numpy(a.reshape(-1))

    def copy(a):
        return torch.from_numpy(a.flatten())


@wrong(hint="A copy that is kept for the next call is not a copy of the next array. Copy anew in each call.")
def copy_remembered():
    kept = {}

    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        if a.shape not in kept:
            kept[a.shape] = torch.tensor(a)
        return kept[a.shape]


@wrong(hint="t[:] is a view of the tensor t, not a copy, and a single number refuses it. Your copy shares memory.")
def whole_slice_of_a_tensor():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.from_numpy(a)[:]
