from autograder.authoring.marks import wrong


@wrong(hint="The larger half is below and on the right. In this course it is above and on the left.")
def larger_half_below():
    def same_padding(kernel_size):
        kh, kw = kernel_size
        return ((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2)


@wrong(hint="All rows are added above, and all columns on the left. Share them out: one half on each side.")
def one_side_only():
    def same_padding(kernel_size):
        return (kernel_size[0] - 1, 0), (kernel_size[1] - 1, 0)


@wrong(hint="Right for odd kernels. An even one gets a row too many: the two sides must add up to what the kernel takes away.")
def half_of_the_kernel_on_both_sides():
    def same_padding(kernel_size):
        return tuple((k // 2, k // 2) for k in kernel_size)


@wrong(hint="Right for odd kernels. An even one gets a row too few: the two sides must add up to what the kernel takes away.")
def rounded_down_on_both_sides():
    def same_padding(kernel_size):
        return tuple(((k - 1) // 2,) * 2 for k in kernel_size)


@wrong(hint="Rows and columns are exchanged: the rows' pair comes first.")
def columns_first():
    def same_padding(kernel_size):
        top, left = kernel_size[0] // 2, kernel_size[1] // 2
        return (left, kernel_size[1] - 1 - left), (top, kernel_size[0] - 1 - top)


@wrong(hint="These are four numbers in the order of `F.pad`. The question asks for two pairs, the rows' first.")
def four_numbers_for_pad():
    def same_padding(kernel_size):
        kh, kw = kernel_size
        return kw // 2, (kw - 1) // 2, kh // 2, (kh - 1) // 2


@wrong(hint="Half a row cannot be added. Where the number is odd, the larger half goes above and on the left.")
def halves_as_fractions():
    def same_padding(kernel_size):
        return [[(k - 1) / 2, (k - 1) / 2] for k in kernel_size]


@wrong(hint="A kernel takes away one row less than it has: a kernel of one row takes nothing away.")
def one_row_too_many():
    import math

    def same_padding(kernel_size):
        return tuple((math.ceil(k / 2), math.floor(k / 2)) for k in kernel_size)


@wrong(hint="All of it is added on each side. That is twice too much: share it out.")
def all_of_it_on_each_side():
    def same_padding(kernel_size):
        return tuple((k - 1, k - 1) for k in kernel_size)


@wrong(hint="The columns are padded as the rows are. A kernel has its own number of columns.")
def rows_for_columns():
    def same_padding(kernel_size):
        k = kernel_size[0]
        return (k // 2, (k - 1) // 2), (k // 2, (k - 1) // 2)


@wrong(hint="The numbers are right, but they are floats. `F.pad` needs whole numbers: `//` or `int(…)`.")
def floats():
    def same_padding(kernel_size):
        return tuple((float(k // 2), float((k - 1) // 2)) for k in kernel_size)


@wrong(hint="This is the total that is added. Say how it is shared between the two sides.")
def totals():
    def same_padding(kernel_size):
        return kernel_size[0] - 1, kernel_size[1] - 1


@wrong(hint="Your pairs are (top, left) and (bottom, right). Pair by axis instead: (top, bottom), then (left, right).")
def paired_by_corner():
    def same_padding(kernel_size):
        kh, kw = kernel_size
        return (kh // 2, kw // 2), ((kh - 1) // 2, (kw - 1) // 2)


@wrong(hint="round() takes a half to the even number, now up and now down. The larger half always goes above and left.")
def half_rounded_to_even():
    def same_padding(kernel_size):
        return tuple((round((k - 1) / 2), k - 1 - round((k - 1) / 2)) for k in kernel_size)
