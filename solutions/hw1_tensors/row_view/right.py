import torch

from autograder.authoring.marks import right


@right
def reshape():
    def row_view(x, cols):
        return x.reshape(-1, cols)


@right
def count_the_rows():
    def row_view(x, cols):
        rows = x.numel() // cols
        return x.view((rows, cols))


@right
def flatten_and_unflatten():
    def row_view(x, cols):
        return x.flatten().unflatten(0, (-1, cols))


@right
def strides_by_hand():
    def row_view(x, cols):
        return torch.as_strided(x, (x.numel() // cols, cols), (cols, 1))


@right
def function_form():
    def row_view(x: torch.Tensor, cols: int) -> torch.Tensor:
        n = 1
        for size in x.shape:
            n *= size
        return torch.reshape(x, (n // cols, cols))


@right
def windows_side_by_side():
    def row_view(x, cols):
        strip = x.view(-1)
        return strip.unfold(0, cols, cols) if x.numel() else strip.view(0, cols)
