from autograder.authoring.marks import wrong


@wrong(hint="The padding is counted twice: `nn.Conv2d` counts it per side, but p here is the total of both sides.")
def padding_doubled():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + 2 * p[i] + s[i]) // s[i] for i in range(2))


@wrong(hint="The padding is counted twice: `nn.Conv2d` counts it per side, but p here is the total of both sides.")
def formula_of_the_library():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        import math

        h = math.floor((n[0] + 2 * p[0] - (k[0] - 1) - 1) / s[0] + 1)
        w = math.floor((n[1] + 2 * p[1] - (k[1] - 1) - 1) / s[1] + 1)
        return h, w


@wrong(hint="You round up. A window that no longer fits entirely is not used.")
def rounded_up():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(-(-(n[i] - k[i] + p[i] + s[i]) // s[i]) for i in range(2))


@wrong(hint="A shape is made of whole numbers. Where the division leaves a rest, round down.")
def not_rounded():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i] + s[i]) / s[i] for i in range(2))


@wrong(hint="You round to the nearest whole number. A window that no longer fits entirely is not used: round down.")
def rounded_to_the_nearest():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(round((n[i] - k[i] + p[i] + s[i]) / s[i]) for i in range(2))


@wrong(hint="One place is missing: the first window counts too.")
def first_window_forgotten():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i]) // s[i] for i in range(2))


@wrong(hint="With a stride, `+ 1` inside the fraction is not enough: it is right for stride 1 only.")
def one_added_before_dividing():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return (n[0] - k[0] + p[0] + 1) // s[0], (n[1] - k[1] + p[1] + 1) // s[1]


@wrong(hint="Rows and columns are exchanged in the result: rows come first.")
def columns_first():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        rows, columns = ((n[i] - k[i] + p[i] + s[i]) // s[i] for i in range(2))
        return columns, rows


@wrong(
    hint="An odd number of padded rows loses one: you halve p and double it again. p is the total already.",
    public=False,
    reason="an odd total is an edge that the question leaves to think of",
)
def odd_padding_lost():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + 2 * (p[i] // 2) + s[i]) // s[i] for i in (0, 1))


@wrong(hint="The columns are counted with the rows' kernel, padding and stride. Each axis has its own.")
def same_kernel_for_rows_and_columns():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((size - k[0] + p[0] + s[0]) // s[0] for size in n)


@wrong(
    hint="The sizes come out as floats, such as 4.0. Whole numbers are asked for: divide with //.",
    public=False,
    reason="4.0 == 4, so the shapes of the examples agree",
)
def sizes_as_floats():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i] + s[i]) / s[i] // 1 for i in range(2))


@wrong(hint="You round to the nearest whole number. A window that no longer fits entirely is not used: round down.")
def room_rounded_to_the_nearest():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(round((n[i] - k[i] + p[i]) / s[i]) + 1 for i in range(2))


@wrong(hint="The stride has no effect in your answer. With stride s only every s-th place is used.")
def stride_without_effect():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple(n[i] - k[i] + p[i] + 1 for i in range(2))


@wrong(hint="The padding has no effect in your answer. Its rows and columns belong to the input, too.")
def padding_without_effect():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i]) // s[i] + 1 for i in range(2))


@wrong(hint="You halve the padding. p is the total already, top and bottom together: take it as it is.")
def padding_halved():
    def conv_output_shape(n, k, p=(0, 0), s=(1, 1)):
        return tuple((n[i] - k[i] + p[i] // 2) // s[i] + 1 for i in range(2))
