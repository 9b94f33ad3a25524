import torch

from autograder.authoring.marks import right


@right
def underscore_method():
    def add_in_place(y, x):
        return y.add_(x)


@right
def assign_to_the_slice():
    def add_in_place(y, x):
        y[:] = y + x
        return y


@right
def out_argument():
    def add_in_place(y, x):
        torch.add(x, y, out=y)
        return y


@right
def copy_into():
    def add_in_place(y, x):
        total = x + y
        y.copy_(total)
        return y


@right
def without_gradient():
    def add_in_place(y, x):
        with torch.no_grad():
            y.data += x
        return y


@right
def row_by_row():
    def add_in_place(y, x):
        for i in range(len(y)):
            y[i] += x[i]
        return y


@right
def on_the_side_of_numpy():
    def add_in_place(y, x):
        array = y.numpy()
        array += x.numpy()
        return y


@right
def method_of_the_class():
    add_in_place = torch.Tensor.add_
