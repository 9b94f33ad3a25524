import torch

from autograder.authoring.marks import right


@right
def column_plus_vector():
    def outer_sum(a, b):
        return a.unsqueeze(1) + b


@right
def reshape_and_add():
    def outer_sum(a, b):
        return torch.add(b.reshape(1, -1), a.reshape(-1, 1))


@right
def view_works_for_strided_vectors():
    def outer_sum(a, b):
        m, n = len(a), len(b)
        return a.view(m, 1) + b.view(1, n)


@right
def meshgrid():
    def outer_sum(a, b):
        A, B = torch.meshgrid(a, b, indexing="ij")
        return A + B


@right
def expand_both():
    def outer_sum(a, b):
        shape = (a.shape[0], b.shape[0])
        return a.unsqueeze(-1).expand(shape) + b.expand(shape)


@right
def repeat_and_transpose():
    def outer_sum(a, b):
        return a.repeat(b.numel(), 1).T + b.repeat(a.numel(), 1)


@right
def transposed_other_way_round():
    def outer_sum(a, b):
        return (b[:, None] + a).transpose(0, 1)


@right
def outer_products_with_ones():
    def outer_sum(a, b):
        return torch.outer(a, torch.ones_like(b)) + torch.outer(torch.ones_like(a), b)


@right
def gathered_by_index():
    def outer_sum(a, b):
        i = torch.arange(len(a)).repeat_interleave(len(b))
        j = torch.arange(len(b)).repeat(len(a))
        return (a[i] + b[j]).reshape(len(a), len(b))


@right
def prints_while_it_works():
    def outer_sum(a, b):
        print("a:", a, "b:", b)
        table = torch.func.vmap(lambda entry: entry + b)(a) if len(a) else a[:, None] + b
        print(table)
        return table


@right
def function_with_its_own_backward():
    class OuterSum(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a, b):
            return a.unsqueeze(-1) + b.unsqueeze(0)

        @staticmethod
        def backward(ctx, upstream):
            return upstream.sum(1), upstream.sum(0)

    outer_sum = OuterSum.apply


@right
def written_into_a_table_on_their_device():
    def outer_sum(a, b):
        table = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
        table = table + b
        return table + a[:, None]
