import torch

from autograder.authoring.marks import wrong


@wrong(hint="This is a copy. The rows must share memory with x: return a view of x itself.")
def cloned():
    def row_view(x, cols):
        return x.view(-1, cols).clone()


@wrong(hint="This is a copy. The rows must share memory with x: return a view of x itself.")
def cloned_first():
    def row_view(x, cols):
        y = x.clone()
        return y.reshape(-1, cols)


@wrong(hint="torch.tensor always copies. The rows must share memory with x.")
def new_tensor():
    def row_view(x, cols):
        return torch.tensor(x.tolist(), dtype=x.dtype).view(-1, cols)


@wrong(hint="stack writes the rows into new memory. The rows must share memory with x.")
def stacked_rows():
    def row_view(x, cols):
        return torch.stack(x.flatten().split(cols))


@wrong(hint="Here cols became the number of rows. It is the number of entries in each row.")
def rows_and_columns_exchanged():
    def row_view(x, cols):
        return x.view(cols, -1)


@wrong(
    hint="Transposing exchanges which entries are neighbours. Each row must hold entries that follow one another in x."
)
def columns_filled_first():
    def row_view(x, cols):
        return x.view(cols, -1).T


@wrong(hint="len(x) is the length of the first axis only. Count all entries of x: it may have several axes.")
def counts_the_first_axis_only():
    def row_view(x, cols):
        return x.view(len(x) // cols, cols)


@wrong(hint="The number of rows is fixed here. It must follow from the number of entries of x.")
def number_of_rows_fixed():
    def row_view(x, cols):
        return x.view(3, cols)


@wrong(
    hint="Your strides start at the beginning of the storage. x may start later in it: keep its offset.",
    public=False,
    reason="An edge that is left to think of: x may begin in the middle of its storage.",
)
def offset_forgotten():
    def row_view(x, cols):
        return x.as_strided((x.numel() // cols, cols), (cols, 1), 0)


@wrong(
    hint="The memory is shared, but the history is gone: no gradient reaches x. Do not detach (and do not use .data)."
)
def detached_view():
    def row_view(x, cols):
        return x.data.view(-1, cols)


@wrong(hint="resize_ gives x itself another shape. x must keep its shape: return a second look at the same memory.")
def resizes_x_itself():
    def row_view(x, cols):
        return x.resize_(x.numel() // cols, cols)


@wrong(hint="stack writes the rows into new memory. The rows must share memory with x.")
def stacked_slices():
    def row_view(x, cols):
        flat = x.flatten()
        return torch.stack([flat[i : i + cols] for i in range(0, len(flat), cols)])
