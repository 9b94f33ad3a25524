import torch

from autograder.authoring.marks import right


@right
def flatten_then_clone():
    def flat_copy(x):
        return x.flatten().clone()


@right
def contiguous_clone_then_view():
    def flat_copy(x):
        return x.clone(memory_format=torch.contiguous_format).view(-1)


@right
def clone_then_reshape():
    def flat_copy(x):
        return torch.reshape(torch.clone(x), (x.numel(),))


@right
def fill_an_empty_vector():
    def flat_copy(x):
        out = torch.empty(x.numel(), dtype=x.dtype, device=x.device)
        out.copy_(x.reshape(-1))
        return out


@right
def ravel_and_write():
    def flat_copy(x):
        out = torch.zeros_like(x.ravel())
        out[:] = x.ravel()
        return out


@right
def copy_first():
    def flat_copy(x):
        own = torch.empty_like(x, memory_format=torch.contiguous_format)
        own[...] = x
        return own.view(-1)


@right
def concatenate():
    def flat_copy(x):
        return torch.cat([x.reshape(-1)])


@right
def picked_by_a_mask():
    def flat_copy(x):
        return x[torch.ones(x.shape, dtype=torch.bool)]


@right
def taken_by_number():
    def flat_copy(x):
        return torch.take(x, torch.arange(x.numel()))
