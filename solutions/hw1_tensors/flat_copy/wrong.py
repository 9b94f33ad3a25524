import torch

from autograder.authoring.marks import wrong


@wrong(hint="view never copies: your result shares memory with x. It must have memory of its own.")
def only_a_view():
    def flat_copy(x):
        return x.view(-1)


@wrong(
    hint="This copies only when it must: for a contiguous x the result shares its memory. It must always have its own."
)
def only_flattened():
    def flat_copy(x):
        return x.flatten()


@wrong(
    hint="This copies only when it must: for a contiguous x the result shares its memory. It must always have its own."
)
def only_reshaped():
    def flat_copy(x):
        return torch.reshape(x, (-1,))


@wrong(
    hint="This copies only when it must: for a contiguous x the result shares its memory. It must always have its own."
)
def made_contiguous():
    def flat_copy(x):
        return x.contiguous().view(-1)


@wrong(hint="detach() makes no copy: it shares memory with x, and it cuts off the gradient. Which method copies?")
def detached():
    def flat_copy(x):
        return x.detach().reshape(-1)


@wrong(
    hint="view cannot flatten every layout: it gives up on a transposed x (clone keeps the layout). Use what may copy."
)
def clone_keeps_the_layout():
    def flat_copy(x):
        return x.clone().view(-1)


@wrong(
    hint="view cannot flatten every layout: it gives up on a transposed x (clone keeps the layout). Use what may copy."
)
def view_before_clone():
    def flat_copy(x):
        return x.view(-1).clone()


@wrong(hint="The memory is new, but the shape is still that of x. All entries belong in one axis.")
def not_flat():
    def flat_copy(x):
        return x.clone()


@wrong(hint="The entries come column after column. Keep the reading order of x: last axis fastest.")
def column_after_column():
    def flat_copy(x):
        return x.T.reshape(-1).clone()


@wrong(
    hint="The entries come in the order of the memory. For a transposed x that is not the order in which you read x."
)
def in_memory_order():
    def flat_copy(x):
        return x.clone().as_strided((x.numel(),), (1,))


@wrong(hint="The first axis is still there. All axes become one, the first one included.")
def keeps_the_first_axis():
    def flat_copy(x):
        return x.flatten(start_dim=1).clone()


@wrong(hint="Going through a list or NumPy loses the dtype or the gradient. Stay with tensors.")
def through_a_list():
    def flat_copy(x):
        return torch.tensor(x.reshape(-1).tolist())


@wrong(hint="Times 1 makes new memory, but it makes numbers of truth values. There is a method that only copies.")
def times_one():
    def flat_copy(x):
        return x.reshape(-1) * 1


@wrong(hint="squeeze removes the axis of a single entry as well. One entry still makes a vector, of length 1.")
def squeezed():
    def flat_copy(x):
        return x.reshape(-1).clone().squeeze()


@wrong(hint="The memory is new, but the history is gone: no gradient reaches x. clone() alone copies and keeps it.")
def copied_without_history():
    def flat_copy(x):
        return x.detach().reshape(-1).clone()
