
from autograder.authoring.marks import wrong


@wrong(hint="This counts zeros, one for each unit and example. A unit is dead if *all* its values are 0.")
def counts_zeros():
    def dead_units(X, W, b):
        return int((relu(X @ W + b) == 0).sum())


@wrong(hint="This counts units that are 0 for some example. Dead are those that are 0 for every example.")
def zero_for_one_row():
    def dead_units(X, W, b):
        return int((relu(X @ W + b) == 0).any(dim=0).sum())


@wrong(hint="These are examples for which no unit is awake: rows were asked. A unit is a column.")
def examples_without_an_answer():
    def dead_units(X, W, b):
        H = relu(X @ W + b)
        return int((H == 0).all(dim=1).sum())


@wrong(hint="These are the units that live. Wanted are the others.")
def counts_the_living():
    def dead_units(X, W, b):
        return int((X @ W + b > 0).any(0).sum())


@wrong(hint="An input of exactly 0 gives a 0, too. Count such units as dead.")
def strictly_below_zero():
    def dead_units(X, W, b):
        return sum(int(column.max() < 0) for column in (X @ W + b).T)


@wrong(hint="This is the share of dead units. Wanted is their number.")
def share():
    def dead_units(X, W, b):
        return (relu(X @ W + b).sum(0) == 0).double().mean().item()


@wrong(hint="A unit whose inputs are below 0 on average may still be awake for some example.")
def dead_on_average():
    def dead_units(X, W, b):
        return int(((X @ W + b).mean(dim=0) <= 0).sum())


@wrong(hint="The result is a tensor. Return a plain Python int.")
def tensor():
    def dead_units(X, W, b):
        return (relu(X @ W + b) == 0).all(0).sum()


@wrong(hint="The bias is missing in the units' inputs.")
def bias_forgotten():
    def dead_units(X, W, b):
        return int((X @ W <= 0).all(dim=0).sum())


@wrong(hint="A dead unit is not one with a negative bias: its weights and the examples decide, too.")
def negative_bias():
    def dead_units(X, W, b):
        return int((b <= 0).sum())


@wrong(hint="The ReLU is missing: only inputs of exactly 0 are found. A negative input gives a 0, too.")
def inputs_of_exactly_zero():
    def dead_units(X, W, b):
        return int((X @ W + b == 0).all(dim=0).sum())


@wrong(hint="This says whether *all* units are dead. Ask each of them: `all` takes a `dim`.")
def all_or_none():
    def dead_units(X, W, b):
        return int((relu(X @ W + b) == 0).all())


@wrong(hint="Only the first example was asked. A unit lives if it is awake for any of them.")
def first_example_only():
    def dead_units(X, W, b):
        return int((relu(X @ W + b)[0] == 0).sum())


@wrong(hint="These are the zeros of an average example. Which unit they belong to is lost in the sum.")
def zeros_per_example():
    def dead_units(X, W, b):
        return int((relu(X @ W + b) == 0).sum() // len(X))


@wrong(
    hint="A unit that gives a small number is awake, and a gradient reaches it. Dead is one that gives 0.",
    public=False,
    reason="How small a number may be is left to think of.",
)
def small_is_dead():
    def dead_units(X, W, b):
        return int((relu(X @ W + b) < 1e-3).all(dim=0).sum())
