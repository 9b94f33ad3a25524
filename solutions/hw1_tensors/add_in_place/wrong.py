import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="The sum is in a new tensor, and the caller's y did not change (y = y + x only moves the name). Write into y."
)
def new_tensor_under_the_old_name():
    def add_in_place(y, x):
        y = y + x
        return y


@wrong(
    hint="The sum is in a new tensor, and the caller's y did not change (y = y + x only moves the name). Write into y."
)
def returns_the_sum():
    def add_in_place(y, x):
        return torch.add(y, x)


@wrong(hint="add without an underscore makes a new tensor, and here it is thrown away.")
def result_thrown_away():
    def add_in_place(y, x):
        y.add(x)
        return y


@wrong(hint="y holds the sum now, but nothing is returned. Return y itself.")
def returns_nothing():
    def add_in_place(y, x):
        y += x


@wrong(hint="y holds the sum, but a copy of it is returned. Return y itself.")
def returns_a_copy():
    def add_in_place(y, x):
        y += x
        return y.clone()


@wrong(hint="y holds the sum, but a view of it is returned: another object. Return y itself.")
def returns_a_view():
    def add_in_place(y, x):
        y[:] = y + x
        return y[:]


@wrong(hint="Here x was changed and returned. y must change, and x stays as it was.")
def into_x():
    def add_in_place(y, x):
        x += y
        return x


@wrong(hint="y was given new memory, so a view of y still sees the old numbers. Write into the memory it has.")
def new_memory_for_y():
    def add_in_place(y, x):
        y.data = y + x
        return y


@wrong(hint="y was given new memory, so a view of y still sees the old numbers. Write into the memory it has.")
def another_storage_for_y():
    def add_in_place(y, x):
        return y.set_(y + x)


@wrong(
    hint="The sum is in a new tensor, and the caller's y did not change (y = y + x only moves the name). Write into y."
)
def into_a_third_tensor():
    def add_in_place(y, x):
        z = torch.zeros_like(y)
        z[:] = y + x
        return z


@wrong(
    hint="reshape copies a y that is not contiguous, and the sum lands in the copy. Write into y itself.",
    public=False,
    reason="An edge that is left to think of: y may lie in memory in another order.",
)
def lost_in_a_flat_copy():
    def add_in_place(y, x):
        y.reshape(-1).add_(x.reshape(-1))
        return y


@wrong(hint="This puts x into y. y should hold the sum of what it held before and x.")
def overwritten_by_x():
    def add_in_place(y, x):
        y[:] = x
        return y


@wrong(hint="y holds the sum now, but x is returned. Return y itself.")
def returns_x():
    def add_in_place(y, x):
        y += x
        return x
