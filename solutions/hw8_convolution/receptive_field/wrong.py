from autograder.authoring.marks import wrong


@wrong(hint="You multiply the kernel sizes. Windows of neighbours overlap, so each layer adds much less than that.")
def product_of_the_kernels():
    def receptive_field(kernel_sizes, strides=None):
        import math

        return math.prod(kernel_sizes)


@wrong(hint="The strides have no effect in your answer. They spread the windows of the layers that follow.")
def strides_without_effect():
    def receptive_field(kernel_sizes, strides=None):
        return 1 + sum(k - 1 for k in kernel_sizes)


@wrong(hint="A layer's own stride is counted in its own term. Only the strides of the layers before it belong there.")
def own_stride_counted():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 1, 1
        for k, s in zip(kernel_sizes, strides):
            distance *= s
            r += (k - 1) * distance
        return r


@wrong(hint="Each layer is spread by the stride of one layer only. All strides before it multiply.")
def only_the_stride_just_before():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, before = 1, 1
        for k, s in zip(kernel_sizes, strides):
            r += (k - 1) * before
            before = s
        return r


@wrong(hint="You add up the kernel sizes. Windows of neighbours overlap: a layer adds its kernel size less one.")
def sum_of_the_kernels():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 0, 1
        for k, s in zip(kernel_sizes, strides):
            r += k * distance
            distance *= s
        return r


@wrong(
    hint="You use the strides of the layers that follow. What spreads a window are the layers between it and the input."
)
def strides_after_instead_of_before():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r = 1
        for k, s in zip(kernel_sizes, strides):
            r = (r - 1) * s + k
        return r


@wrong(hint="The strides before a layer are added up. They multiply.")
def strides_added():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        return 1 + sum((k - 1) * max(1, sum(strides[:i])) for i, k in enumerate(kernel_sizes))


@wrong(hint="You leave out the entry itself. Without layers it sees one entry, itself.")
def the_one_forgotten():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        r, distance = 0, 1
        for k, s in zip(kernel_sizes, strides):
            r += (k - 1) * distance
            distance *= s
        return r


@wrong(hint="pop() empties the lists that you were given. Read them without changing them, or work on copies.")
def lists_emptied():
    def receptive_field(kernel_sizes, strides=None):
        if strides is None:
            strides = [1] * len(kernel_sizes)
        field = 1
        while kernel_sizes:
            field = (field - 1) * strides.pop() + kernel_sizes.pop()
        return field


@wrong(hint="Your answer needs a first layer. Without layers an entry sees itself.")
def no_layers_is_an_error():
    def receptive_field(kernel_sizes, strides=None):
        strides = strides or [1] * len(kernel_sizes)
        field, distance = kernel_sizes[0], strides[0]
        for k, s in zip(kernel_sizes[1:], strides[1:]):
            field += (k - 1) * distance
            distance *= s
        return field


@wrong(hint="You add up the kernel sizes. Windows of neighbours overlap: a layer adds its kernel size less one.")
def kernels_added():
    def receptive_field(kernel_sizes, strides=None):
        return sum(kernel_sizes)


@wrong(hint="strides may be None: every stride is 1 then. Your answer stumbles over it.")
def needs_strides():
    def receptive_field(kernel_sizes, strides=None):
        r, apart = 1, 1
        for k, s in zip(kernel_sizes, strides):
            r, apart = r + (k - 1) * apart, apart * s
        return r


@wrong(hint="Without layers an entry sees one entry, itself, and not none.")
def no_layers_see_nothing():
    def receptive_field(kernel_sizes, strides=None):
        if not kernel_sizes:
            return 0
        r, apart = 1, 1
        for k, s in zip(kernel_sizes, strides or [1] * len(kernel_sizes)):
            r, apart = r + (k - 1) * apart, apart * s
        return r


@wrong(hint="A layer's own stride multiplies its own term. Only the strides of the layers before it belong there, all of them.")
def own_stride_instead():
    def receptive_field(kernel_sizes, strides=None):
        return 1 + sum((k - 1) * s for k, s in zip(kernel_sizes, strides or [1] * len(kernel_sizes)))


@wrong(hint="A layer adds k neighbours in your answer. It adds k - 1: the entry itself is counted already.")
def kernel_added_whole():
    def receptive_field(kernel_sizes, strides=None):
        field, distance = 1, 1
        for k, s in zip(kernel_sizes, strides or [1] * len(kernel_sizes)):
            field += k * distance
            distance *= s
        return field


@wrong(hint="The strides before a layer are added up. They multiply.")
def distance_and_stride_added():
    def receptive_field(kernel_sizes, strides=None):
        field, distance = 1, 1
        for k, s in zip(kernel_sizes, strides or [1] * len(kernel_sizes)):
            field += (k - 1) * distance
            distance += s
        return field


@wrong(hint="On the way back from r entries to those below, r - 1 distances are stretched: (r - 1) · s + k.")
def all_entries_stretched():
    def receptive_field(kernel_sizes, strides=None):
        field = 1
        for k, s in zip(reversed(kernel_sizes), reversed(strides or [1] * len(kernel_sizes))):
            field = field * s + k - 1
        return field


@wrong(hint="Every layer is spread by all strides. Only those of the layers before it belong there.")
def spread_by_all_strides():
    def receptive_field(kernel_sizes, strides=None):
        spread = 1
        for s in strides or []:
            spread *= s
        return 1 + sum((k - 1) * spread for k in kernel_sizes)
