"""Wrong answers that students give, each with the hint that it earns."""

from autograder.authoring.answers import misconception

# --- outer_sum -------------------------------------------------------------------------------------


@misconception(
    "outer_sum",
    hint="Your table is transposed: the entries of a must run downwards, one row for each of them.",
)
def transposed():
    def outer_sum(a, b):
        return a[None, :] + b[:, None]


@misconception(
    "outer_sum",
    hint="Your table is transposed: the entries of a must run downwards, one row for each of them.",
)
def transposed_at_the_end():
    def outer_sum(a, b):
        table = a.unsqueeze(1) + b.unsqueeze(0)
        return table.T


@misconception(
    "outer_sum",
    hint="a + b adds entry by entry and needs equal lengths. Give each vector an axis of its own first.",
)
def entry_by_entry():
    def outer_sum(a, b):
        return a + b


@misconception(
    "outer_sum",
    hint="Your table has one column for each entry of a. It needs one for each entry of b, whose length may differ.",
)
def square_table_only():
    def outer_sum(a, b):
        return a.reshape(-1, 1) + b.expand(len(a), len(a))


@misconception(
    "outer_sum",
    hint="The numbers are right, but a Python loop visits every entry. Let broadcasting do it in one operation.",
)
def double_loop():
    def outer_sum(a, b):
        out = torch.zeros(len(a), len(b), dtype=a.dtype)
        for i in range(len(a)):
            for j in range(len(b)):
                out[i, j] = a[i] + b[j]
        return out


@misconception(
    "outer_sum",
    hint="A comprehension is a Python loop too. Let broadcasting do it in one operation.",
)
def stacked_comprehension():
    def outer_sum(a, b):
        return torch.stack([x + b for x in a])


@misconception("outer_sum", hint="This is the outer product a[i]·b[j]. The entries must be added.")
def outer_product():
    def outer_sum(a, b):
        return torch.outer(a, b)


@misconception("outer_sum", hint="The sums are right, but in one long row. They belong in a table of shape (m, n).")
def one_long_row():
    def outer_sum(a, b):
        return torch.cartesian_prod(a, b).sum(1)


@misconception("outer_sum", hint="Your table is always float32. Keep the dtype of the vectors.")
def float32_table():
    def outer_sum(a, b):
        return a.float()[:, None] + b.float()


@misconception(
    "outer_sum",
    hint="unsqueeze_ with an underscore gives the caller's own vector another shape. Leave the arguments as they are.",
)
def reshapes_the_argument():
    def outer_sum(a, b):
        return a.unsqueeze_(1) + b


@misconception(
    "outer_sum",
    hint="Your table has lost its history, so no gradient reaches a and b. Compute with the tensors themselves.",
)
def through_numpy():
    def outer_sum(a, b):
        return torch.from_numpy(np.add.outer(a.detach().numpy(), b.detach().numpy()))


@misconception("outer_sum", hint="This is a[i] − b[j]. The entries must be added.")
def differences():
    def outer_sum(a, b):
        return a[:, None] - b[None, :]


@misconception(
    "outer_sum",
    hint="map calls your lambda once for each entry of a: a loop in disguise. One sum of two tensors is enough.",
)
def mapped():
    def outer_sum(a, b):
        if len(a) == 0:
            return a[:, None] + b
        return torch.stack(list(map(lambda entry: entry + b, a)))


@misconception(
    "outer_sum",
    hint="The loop has moved into a helper, and it is as slow there. One sum of two tensors is enough.",
)
def looped_in_a_helper():
    def rows_of(a, b):
        return [entry + b for entry in a]

    def outer_sum(a, b):
        return torch.stack(rows_of(a, b)) if len(a) else a[:, None] + b


@misconception(
    "outer_sum",
    hint="A function that calls itself for each entry is a loop, too. One sum of two tensors is enough.",
)
def entry_by_entry_recursion():
    def outer_sum(a, b):
        if len(a) == 0:
            return a[:, None] + b
        return torch.cat([(a[0] + b)[None], outer_sum(a[1:], b)])


@misconception(
    "outer_sum",
    hint="sum turns small whole numbers into int64. Add the two tensors, and the dtype stays what it was.",
)
def summed_pairs():
    def outer_sum(a, b):
        return torch.cartesian_prod(a, b).sum(1).reshape(len(a), len(b))


# --- row_view --------------------------------------------------------------------------------------


@misconception("row_view", hint="This is a copy. The rows must share memory with x: leave out clone.")
def cloned():
    def row_view(x, cols):
        return x.view(-1, cols).clone()


@misconception("row_view", hint="This is a copy. The rows must share memory with x, so view x itself.")
def cloned_first():
    def row_view(x, cols):
        y = x.clone()
        return y.reshape(-1, cols)


@misconception("row_view", hint="torch.tensor always copies. The rows must share memory with x.")
def new_tensor():
    def row_view(x, cols):
        return torch.tensor(x.tolist(), dtype=x.dtype).view(-1, cols)


@misconception("row_view", hint="stack writes the rows into new memory. The rows must share memory with x.")
def stacked_rows():
    def row_view(x, cols):
        return torch.stack(x.flatten().split(cols))


@misconception("row_view", hint="Here cols became the number of rows. It is the number of entries in each row.")
def rows_and_columns_exchanged():
    def row_view(x, cols):
        return x.view(cols, -1)


@misconception(
    "row_view",
    hint="Transposing exchanges which entries are neighbours. Each row must hold entries that follow one another in x.",
)
def columns_filled_first():
    def row_view(x, cols):
        return x.view(cols, -1).T


@misconception(
    "row_view",
    hint="len(x) is the length of the first axis only. Count all entries of x: it may have several axes.",
)
def counts_the_first_axis_only():
    def row_view(x, cols):
        return x.view(len(x) // cols, cols)


@misconception("row_view", hint="The number of rows is fixed here. It must follow from the number of entries of x.")
def number_of_rows_fixed():
    def row_view(x, cols):
        return x.view(3, cols)


@misconception(
    "row_view",
    hint="Your strides start at the beginning of the storage. x may start later in it: keep its offset.",
)
def offset_forgotten():
    def row_view(x, cols):
        return x.as_strided((x.numel() // cols, cols), (cols, 1), 0)


@misconception(
    "row_view",
    hint="The memory is shared, but the history is gone: no gradient reaches x. Do not detach (and do not use .data).",
)
def detached_view():
    def row_view(x, cols):
        return x.data.view(-1, cols)


@misconception(
    "row_view",
    hint="resize_ gives x itself another shape. x must keep its shape: return a second look at the same memory.",
)
def resizes_x_itself():
    def row_view(x, cols):
        return x.resize_(x.numel() // cols, cols)


# --- flat_copy -------------------------------------------------------------------------------------


@misconception("flat_copy", hint="view never copies: your result shares memory with x. It must have memory of its own.")
def only_a_view():
    def flat_copy(x):
        return x.view(-1)


@misconception(
    "flat_copy",
    hint="flatten copies only when it must: for a contiguous x it shares memory. Your result must always have its own.",
)
def only_flattened():
    def flat_copy(x):
        return x.flatten()


@misconception(
    "flat_copy",
    hint="reshape copies only when it must: for a contiguous x it shares memory. Your result must always have its own.",
)
def only_reshaped():
    def flat_copy(x):
        return torch.reshape(x, (-1,))


@misconception(
    "flat_copy",
    hint="contiguous() copies only when it must: an x that is contiguous already is returned as it is, memory included.",
)
def made_contiguous():
    def flat_copy(x):
        return x.contiguous().view(-1)


@misconception(
    "flat_copy",
    hint="detach() makes no copy: it shares memory with x, and it cuts off the gradient. Which method copies?",
)
def detached():
    def flat_copy(x):
        return x.detach().reshape(-1)


@misconception(
    "flat_copy",
    hint="clone keeps the layout of x, so view fails after it for a transposed x. Make the row in a way that may copy.",
)
def clone_keeps_the_layout():
    def flat_copy(x):
        return x.clone().view(-1)


@misconception("flat_copy", hint="view cannot flatten every layout: for a transposed x it gives up. Use what may copy.")
def view_before_clone():
    def flat_copy(x):
        return x.view(-1).clone()


@misconception("flat_copy", hint="The memory is new, but the shape is still that of x. All entries belong in one axis.")
def not_flat():
    def flat_copy(x):
        return x.clone()


@misconception("flat_copy", hint="The entries come column after column. Keep the reading order of x: last axis fastest.")
def column_after_column():
    def flat_copy(x):
        return x.T.reshape(-1).clone()


@misconception(
    "flat_copy",
    hint="The entries come in the order of the memory. For a transposed x that is not the order in which you read x.",
)
def in_memory_order():
    def flat_copy(x):
        return x.clone().as_strided((x.numel(),), (1,))


@misconception(
    "flat_copy",
    hint="The first axis is still there. All axes become one, the first one included.",
)
def keeps_the_first_axis():
    def flat_copy(x):
        return x.flatten(start_dim=1).clone()


@misconception("flat_copy", hint="Going through a Python list loses the dtype and the gradient. Stay with tensors.")
def through_a_list():
    def flat_copy(x):
        return torch.tensor(x.reshape(-1).tolist())


@misconception(
    "flat_copy",
    hint="Times 1 makes new memory, but it makes numbers of truth values. There is a method that only copies.",
)
def times_one():
    def flat_copy(x):
        return x.reshape(-1) * 1


@misconception(
    "flat_copy",
    hint="squeeze removes the axis of a single entry as well. One entry still makes a vector, of length 1.",
)
def squeezed():
    def flat_copy(x):
        return x.reshape(-1).clone().squeeze()


# --- add_in_place ----------------------------------------------------------------------------------


@misconception(
    "add_in_place",
    hint="y = y + x makes a new tensor and moves the name y to it. The caller's y did not change. Write into y.",
)
def new_tensor_under_the_old_name():
    def add_in_place(y, x):
        y = y + x
        return y


@misconception(
    "add_in_place",
    hint="This returns the sum in a new tensor. The numbers must change in the memory of y, and y is returned.",
)
def returns_the_sum():
    def add_in_place(y, x):
        return torch.add(y, x)


@misconception("add_in_place", hint="add without an underscore makes a new tensor, and here it is thrown away.")
def result_thrown_away():
    def add_in_place(y, x):
        y.add(x)
        return y


@misconception("add_in_place", hint="y holds the sum now, but nothing is returned. Return y itself.")
def returns_nothing():
    def add_in_place(y, x):
        y += x


@misconception("add_in_place", hint="y holds the sum, but a copy of it is returned. Return y itself.")
def returns_a_copy():
    def add_in_place(y, x):
        y += x
        return y.clone()


@misconception("add_in_place", hint="y holds the sum, but a view of it is returned: another object. Return y itself.")
def returns_a_view():
    def add_in_place(y, x):
        y[:] = y + x
        return y[:]


@misconception("add_in_place", hint="Here x was changed and returned. y must change, and x stays as it was.")
def into_x():
    def add_in_place(y, x):
        x += y
        return x


@misconception(
    "add_in_place",
    hint="Assigning to .data gives y new memory. A view of y still sees the old numbers. Write into the memory it has.",
)
def new_memory_for_y():
    def add_in_place(y, x):
        y.data = y + x
        return y


@misconception(
    "add_in_place",
    hint="set_ gives y the memory of another tensor. A view of y still sees the old numbers. Write into what y has.",
)
def another_storage_for_y():
    def add_in_place(y, x):
        return y.set_(y + x)


@misconception("add_in_place", hint="You wrote into a third tensor. The sum belongs in the memory of y.")
def into_a_third_tensor():
    def add_in_place(y, x):
        z = torch.zeros_like(y)
        z[:] = y + x
        return z


@misconception(
    "add_in_place",
    hint="reshape copies a y that is not contiguous, and the sum lands in the copy. Write into y itself.",
)
def lost_in_a_flat_copy():
    def add_in_place(y, x):
        y.reshape(-1).add_(x.reshape(-1))
        return y


@misconception("add_in_place", hint="This puts x into y. y should hold the sum of what it held before and x.")
def overwritten_by_x():
    def add_in_place(y, x):
        y[:] = x
        return y


# --- numpy_bridge ----------------------------------------------------------------------------------


@misconception(
    "numpy_bridge",
    hint="torch.from_numpy does not copy, whatever the notes say: this 'copy' shares memory with the array.",
)
def from_numpy_believed_to_copy():
    def share(a):
        return torch.as_tensor(a)

    def copy(a):
        return torch.from_numpy(a)


@misconception(
    "numpy_bridge",
    hint="The two are exchanged: your share makes a copy, and your copy shares memory.",
)
def exchanged():
    def share(a):
        return torch.tensor(a)

    def copy(a):
        return torch.from_numpy(a)


@misconception("numpy_bridge", hint="torch.tensor always copies, so your share does not share memory with the array.")
def tensor_believed_to_share():
    def share(a):
        return torch.tensor(a)

    def copy(a):
        return torch.tensor(a)


@misconception(
    "numpy_bridge",
    hint="torch.as_tensor copies only when it must. For an array it shares memory, so your copy is none.",
)
def as_tensor_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.as_tensor(a)


@misconception("numpy_bridge", hint="torch.Tensor makes float32 of every array. Keep the dtype of the array.")
def the_class_as_a_function():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.Tensor(a)


@misconception(
    "numpy_bridge",
    hint="float() needs new memory for a float64 array, so share no longer shares. Keep the dtype of the array.",
)
def shared_as_float32():
    def share(a):
        return torch.from_numpy(a).float()

    def copy(a):
        return torch.from_numpy(a).clone()


@misconception(
    "numpy_bridge",
    hint="contiguous() and detach() make no copy here: your copy still shares memory with the array.",
)
def contiguous_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.from_numpy(a).contiguous().detach()


@misconception(
    "numpy_bridge",
    hint="ascontiguousarray copies an array that is not contiguous, and share loses the connection. Take a as it is.",
)
def made_contiguous_first():
    def share(a):
        return torch.from_numpy(np.ascontiguousarray(a))

    def copy(a):
        return torch.tensor(a)


@misconception(
    "numpy_bridge",
    hint="A slice a[:] copies a Python list, but not an array: it is a view. Your copy shares memory with the array.",
)
def slice_believed_to_copy():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.from_numpy(a[:])


@misconception("numpy_bridge", hint="Your copy is still a NumPy array. Return a tensor.")
def copy_stays_an_array():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return a.copy()


@misconception("numpy_bridge", hint="Going through a list loses the dtype. A float64 array becomes a float64 tensor.")
def copied_through_a_list():
    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        return torch.tensor(a.tolist())


@misconception("numpy_bridge", hint="The array is flattened here. Keep its shape.")
def shape_lost():
    def share(a):
        return torch.from_numpy(a.reshape(-1))

    def copy(a):
        return torch.from_numpy(a.flatten())


@misconception(
    "numpy_bridge",
    hint="A copy that is kept for the next call is not a copy of the next array. Copy anew in each call.",
)
def copy_remembered():
    kept = {}

    def share(a):
        return torch.from_numpy(a)

    def copy(a):
        if a.shape not in kept:
            kept[a.shape] = torch.tensor(a)
        return kept[a.shape]


# --- quadratic_gradient ----------------------------------------------------------------------------


@misconception(
    "quadratic_gradient",
    hint="You watched the caller's x itself, and left a gradient on it. Work on a tensor of your own.",
)
def gradient_left_on_x():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        y = 2 * torch.dot(x, x)
        y.backward()
        return x.grad


@misconception(
    "quadratic_gradient",
    hint="You left a gradient on x, and an old gradient of x is added to the result. Work on a tensor of your own.",
)
def gradient_left_on_x_and_added_up():
    def quadratic_gradient(x):
        x.requires_grad = True
        (2 * x @ x).backward()
        return x.grad.clone()


@misconception(
    "quadratic_gradient",
    hint="The result still has a graph attached. Let create_graph be, or detach what you return.",
)
def result_still_attached():
    def quadratic_gradient(x):
        x = x.detach().clone().requires_grad_()
        y = 2 * torch.dot(x, x)
        return torch.autograd.grad(y, x, create_graph=True)[0]


@misconception(
    "quadratic_gradient",
    hint="The result still has a graph attached: it was computed from a watched tensor after the gradient was taken.",
)
def attached_by_an_addition():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * (v * v).sum()
        y.backward()
        return v.grad + 0 * v


@misconception(
    "quadratic_gradient",
    hint="The formula 4x is right for this one function. Here autograd should find it: build y and differentiate it.",
)
def by_hand():
    def quadratic_gradient(x):
        return 4 * x.detach()


@misconception("quadratic_gradient", hint="The gradient is gone from x, but x is still watched. It was not before.")
def still_watched():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        y = 2 * torch.dot(x, x)
        (gradient,) = torch.autograd.grad(y, x)
        return gradient


@misconception(
    "quadratic_gradient",
    hint="You stop watching x at the end and clear its gradient. If x was watched before, both must be as before.",
)
def parameter_switched_off():
    def quadratic_gradient(x):
        x.requires_grad_(True)
        x.grad = None
        y = 2 * torch.dot(x, x)
        y.backward()
        gradient = x.grad
        x.grad = None
        x.requires_grad_(False)
        return gradient


@misconception(
    "quadratic_gradient",
    hint="A clone of a watched x leads back to x, so backward adds to the caller's gradient. Detach it first.",
)
def clone_leads_back():
    def quadratic_gradient(x):
        v = x.clone()
        if not v.requires_grad:
            v.requires_grad_()
        v.retain_grad()
        (2 * torch.dot(v, v)).backward()
        return v.grad


@misconception("quadratic_gradient", hint="This is the gradient of xᵀx. The function has a factor of 2 in front.")
def factor_forgotten():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(torch.dot(v, v), v)[0]


@misconception("quadratic_gradient", hint="This returns the value y. Asked for is its gradient.")
def value_in_place_of_gradient():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * torch.dot(v, v)
        y.backward()
        return y.detach()


@misconception(
    "quadratic_gradient",
    hint="x is not watched yet, so no graph is recorded and autograd has nothing to differentiate. Watch a tensor first.",
)
def never_watched():
    def quadratic_gradient(x):
        y = 2 * torch.dot(x, x)
        return torch.autograd.grad(y, x)[0]


@misconception(
    "quadratic_gradient",
    hint="Without the sum, y has as many entries as x, and backward wants a single number. xᵀx is a sum.",
)
def sum_forgotten():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        y = 2 * v * v
        y.backward()
        return v.grad


@misconception(
    "quadratic_gradient",
    hint="zero_ clears the very tensor that you return: two names, one memory. So the result is all zeros.",
)
def zeroed_before_return():
    def quadratic_gradient(x):
        v = x.detach().clone().requires_grad_()
        (2 * torch.dot(v, v)).backward()
        gradient = v.grad
        v.grad.zero_()
        return gradient


# --- separate_gradients ----------------------------------------------------------------------------


@misconception(
    "separate_gradients",
    hint="The second gradient has the first one added: backward adds to .grad. Clear it in between.",
)
def second_has_the_first_added():
    def separate_gradients(f, g, x):
        x = x.detach().clone().requires_grad_()
        f(x).backward()
        f_gradient = x.grad.clone()
        g(x).backward()
        return f_gradient, x.grad


@misconception(
    "separate_gradients",
    hint="Both results are one and the same tensor with both gradients added: backward adds to .grad in place.",
)
def one_tensor_for_both():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        f(v).backward()
        first = v.grad
        g(v).backward()
        second = v.grad
        return first, second


@misconception(
    "separate_gradients",
    hint="Your first result was overwritten: zero_ and backward change .grad in place. Keep a copy of the first.",
)
def first_is_overwritten():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        f(v).backward()
        first = v.grad
        v.grad.zero_()
        g(v).backward()
        return first, v.grad


@misconception(
    "separate_gradients",
    hint="You differentiated f + g, so both results hold the sum of the two gradients. Differentiate one by one.",
)
def gradient_of_the_sum():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(v) + g(v), v)
        return gradient, gradient


@misconception("separate_gradients", hint="The two gradients are exchanged: the one of f comes first.")
def pair_exchanged():
    def separate_gradients(f, g, x):
        a = x.detach().clone().requires_grad_()
        b = x.detach().clone().requires_grad_()
        f(a).backward()
        g(b).backward()
        return b.grad, a.grad


@misconception(
    "separate_gradients",
    hint="You watched the caller's x and left a gradient on it. x, its requires_grad and its grad stay as they were.",
)
def gradient_left_on_x_after_two():
    def separate_gradients(f, g, x):
        x.requires_grad_(True)
        f(x).backward()
        first = x.grad.clone()
        x.grad.zero_()
        g(x).backward()
        return first, x.grad.clone()


@misconception(
    "separate_gradients",
    hint="This works only if x is watched already. x may be any tensor: take a watched copy.",
)
def needs_a_watched_x():
    def separate_gradients(f, g, x):
        return torch.autograd.grad(f(x), x)[0], torch.autograd.grad(g(x), x)[0]


@misconception(
    "separate_gradients",
    hint="If x carries an old gradient, it is added to your first result, and then wiped out. Work on a tensor of your own.",
)
def old_gradient_added():
    def separate_gradients(f, g, x):
        watched = x.requires_grad
        x.requires_grad_(True)
        f(x).backward()
        first = x.grad.clone()
        x.grad.zero_()
        g(x).backward()
        second = x.grad.clone()
        x.grad = None
        x.requires_grad_(watched)
        return first, second


@misconception(
    "separate_gradients",
    hint="These are differences, a numeric approximation. Let autograd compute both gradients.",
)
def by_differences():
    def separate_gradients(f, g, x):
        def slope(function):
            out = torch.zeros_like(x).reshape(-1)
            for i in range(x.numel()):
                e = torch.zeros_like(out)
                e[i] = 1e-4
                e = e.reshape(x.shape)
                out[i] = (function(x + e) - function(x - e)) / 2e-4
            return out.reshape(x.shape)

        return slope(f), slope(g)


@misconception("separate_gradients", hint="These are the values of f and g. Asked for are their gradients.")
def values_in_place_of_gradients():
    def separate_gradients(f, g, x):
        return f(x), g(x)


@misconception("separate_gradients", hint="Only one gradient is returned. Return the pair, the one of f first.")
def only_one():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(f(v), v)


@misconception("separate_gradients", hint="The gradients are flattened. Each must have the shape of x.")
def flat_gradients():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        return tuple(torch.autograd.grad(h(v), v)[0].reshape(-1) for h in (f, g))


@misconception(
    "separate_gradients",
    hint="The gradient that x carried is gone: you set it to None at the end. Work on a tensor of your own.",
)
def old_gradient_thrown_away():
    def separate_gradients(f, g, x):
        watched = x.requires_grad
        x.requires_grad_(True)
        gradients = []
        for h in (f, g):
            x.grad = None
            h(x).backward()
            gradients.append(x.grad)
        x.grad = None
        x.requires_grad_(watched)
        return tuple(gradients)


# --- constant_factor -------------------------------------------------------------------------------


@misconception(
    "constant_factor",
    hint="This is 3x²: nothing was detached, so you differentiated x³. The factor u = x·x must count as a constant.",
)
def nothing_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = x * x
        z = u * x
        z.sum().backward()
        return x.grad


@misconception(
    "constant_factor",
    hint="This is 3x²: detach() returns a tensor and does not change u. Use what it returns.",
)
def detach_thrown_away():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = x * x
        u.detach()
        return torch.autograd.grad((u * x).sum(), x)[0]


@misconception("constant_factor", hint="This is 3x²: clone copies the numbers but keeps the history. Which method cuts it?")
def cloned_in_place_of_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        u = (x * x).clone()
        (u * x).sum().backward()
        return x.grad


@misconception("constant_factor", hint="This is 2x²: you detached the single x. The constant is the product u = x·x.")
def wrong_factor_detached():
    def constant_factor(x):
        x = x.detach().clone().requires_grad_()
        z = (x * x) * x.detach()
        z.sum().backward()
        return x.grad


@misconception("constant_factor", hint="This is 2x²: only one of the three factors is detached. Both factors of u are constant.")
def half_of_the_constant_detached():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = v * v.detach()
        (u * v).sum().backward()
        return v.grad


@misconception("constant_factor", hint="This is 2x, the gradient of x·x. With u as a constant, differentiate z = u·x.")
def gradient_of_u():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = v * v
        return torch.autograd.grad(u.sum(), v)[0]


@misconception(
    "constant_factor",
    hint="You watched the caller's x and left a gradient on it. x, its requires_grad and its grad stay as they were.",
)
def trace_left_on_x():
    def constant_factor(x):
        x.requires_grad_(True)
        y = x * x
        u = y.detach()
        z = u * x
        z.sum().backward()
        return x.grad


@misconception("constant_factor", hint="Here u is the dot product, a single number. It is x·x entry by entry.")
def dot_product_as_constant():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        u = torch.dot(v.reshape(-1), v.reshape(-1)).detach()
        (u * v).sum().backward()
        return v.grad


@misconception("constant_factor", hint="Everything is detached here, so there is nothing left to differentiate. Keep one x.")
def everything_detached():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        z = (v * v * v).detach()
        z.sum().backward()
        return v.grad


@misconception("constant_factor", hint="This is the value z = x³. Asked for is its gradient with u as a constant.")
def value_of_z():
    def constant_factor(x):
        v = x.detach().clone()
        return v * v * v


@misconception("constant_factor", hint="mean() divides by the number of entries. Differentiate the sum of z.")
def mean_in_place_of_sum():
    def constant_factor(x):
        v = x.detach().clone().requires_grad_()
        ((v * v).detach() * v).mean().backward()
        return v.grad


@misconception(
    "constant_factor",
    hint="You stop watching x at the end and clear its gradient. If x was watched before, both must be as before.",
)
def watched_x_switched_off():
    def constant_factor(x):
        x.requires_grad_(True)
        x.grad = None
        ((x * x).detach() * x).sum().backward()
        gradient = x.grad
        x.grad = None
        x.requires_grad_(False)
        return gradient


# --- numeric_gradient ------------------------------------------------------------------------------


@misconception(
    "numeric_gradient",
    hint="This is the one-sided difference (f(x + ε) − f(x))/ε. Nudge to both sides and divide by 2ε.",
)
def one_sided_forward():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros(x.numel(), dtype=x.dtype)
        for i in range(x.numel()):
            nudged = x.detach().reshape(-1).clone()
            nudged[i] += eps
            gradient[i] = (f(nudged.reshape(x.shape)) - f(x)) / eps
        return gradient.reshape(x.shape)


@misconception(
    "numeric_gradient",
    hint="This is the one-sided difference (f(x) − f(x − ε))/ε. Nudge to both sides and divide by 2ε.",
)
def one_sided_backward():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x) - f(x - eps * e)) / eps for e in eye]).reshape(x.shape)


@misconception(
    "numeric_gradient",
    hint="The nudge of an entry is still there when the next one is nudged. Undo it, and leave x as it was.",
)
def nudge_not_undone():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            x[index] += eps
            up = f(x)
            x[index] -= 2 * eps
            gradient[index] = (up - f(x)) / (2 * eps)
        return gradient


@misconception(
    "numeric_gradient",
    hint="In your copy the nudge of an entry is still there when the next one is nudged. Take a fresh copy each time.",
)
def nudge_not_undone_in_a_copy():
    def numeric_gradient(f, x, eps=1e-3):
        up, down = x.detach().clone(), x.detach().clone()
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            up[index] += eps
            down[index] -= eps
            gradient[index] = (f(up) - f(down)) / (2 * eps)
        return gradient


@misconception("numeric_gradient", hint="The points are 2ε apart, but you divide by ε: the result is twice too large.")
def divided_by_eps():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + eps * e) - f(x - eps * e)) / eps for e in eye]).reshape(x.shape)


@misconception(
    "numeric_gradient",
    hint="The precedence of / and * bites: (…) / 2 * eps multiplies by eps. Put the 2 * eps into parentheses.",
)
def parentheses_missing():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + eps * e) - f(x - eps * e)) / 2 * eps for e in eye]).reshape(x.shape)


@misconception("numeric_gradient", hint="The step is fixed here. Use the eps that you are given.")
def step_ignored():
    def numeric_gradient(f, x, eps=1e-3):
        h = 1e-3
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in eye]).reshape(x.shape)


@misconception(
    "numeric_gradient",
    hint="This is autograd's gradient. It must work for a function that autograd cannot see through.",
)
def by_autograd():
    def numeric_gradient(f, x, eps=1e-3):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(f(v), v)[0]


@misconception(
    "numeric_gradient",
    hint="All entries are nudged together, so you get the slope in one direction. Nudge one entry at a time.",
)
def all_entries_nudged_together():
    def numeric_gradient(f, x, eps=1e-3):
        return torch.ones_like(x) * (f(x + eps) - f(x - eps)) / (2 * eps)


@misconception("numeric_gradient", hint="The result is one long row. It must have the shape of x.")
def flat_result():
    def numeric_gradient(f, x, eps=1e-3):
        slopes = []
        for i in range(x.numel()):
            up, down = x.flatten().clone(), x.flatten().clone()
            up[i] += eps
            down[i] -= eps
            slopes.append((f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * eps))
        return torch.stack(slopes)


@misconception("numeric_gradient", hint="f is called with a flattened tensor. It expects one of the shape of x.")
def f_gets_a_flat_tensor():
    def numeric_gradient(f, x, eps=1e-3):
        flat = x.detach().reshape(-1).clone()
        out = torch.zeros_like(flat)
        for i in range(len(flat)):
            e = torch.zeros_like(flat)
            e[i] = eps
            out[i] = (f(flat + e) - f(flat - e)) / (2 * eps)
        return out.reshape(x.shape)


@misconception("numeric_gradient", hint="This works for vectors only. x may have any number of axes, also none.")
def vectors_only():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in range(len(x)):
            e = torch.zeros_like(x)
            e[i] = eps
            gradient[i] = (f(x + e) - f(x - e)) / (2 * eps)
        return gradient


@misconception(
    "numeric_gradient",
    hint="reshape copies an x that is not contiguous, so f(x) never sees your nudge and the result is 0.",
)
def nudge_lost_in_a_copy():
    def numeric_gradient(f, x, eps=1e-3):
        flat = x.reshape(-1)
        gradient = torch.zeros_like(flat)
        for i in range(x.numel()):
            old = flat[i].item()
            flat[i] = old + eps
            up = f(x).item()
            flat[i] = old - eps
            down = f(x).item()
            flat[i] = old
            gradient[i] = (up - down) / (2 * eps)
        return gradient.reshape(x.shape)


@misconception("numeric_gradient", hint="The result is always float32. Keep the dtype of x.")
def float32_result():
    def numeric_gradient(f, x, eps=1e-3):
        out = torch.zeros(x.shape)
        for index in np.ndindex(*x.shape):
            up, down = x.clone(), x.clone()
            up[index] += eps
            down[index] -= eps
            out[index] = (f(up) - f(down)) / (2 * eps)
        return out


@misconception("numeric_gradient", hint="The sign is reversed: subtract the value on the left from the one on the right.")
def sign_reversed():
    def numeric_gradient(f, x, eps=1e-3):
        eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
        return torch.stack([(f(x - eps * e) - f(x + eps * e)) / (2 * eps) for e in eye]).reshape(x.shape)


@misconception(
    "numeric_gradient",
    hint="Your step is a fraction of the entry, so it is not eps, and none at all where the entry is 0.",
)
def step_grows_with_the_entry():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in np.ndindex(*x.shape):
            up, down = x.clone(), x.clone()
            up[i] *= 1 + eps
            down[i] *= 1 - eps
            gradient[i] = (f(up) - f(down)) / (2 * eps * x[i])
        return gradient


@misconception(
    "numeric_gradient",
    hint="up and down are two names of one tensor, so both nudges cancel. Make two copies.",
)
def one_copy_with_two_names():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for i in np.ndindex(*x.shape):
            up = down = x.clone()
            up[i] += eps
            down[i] -= eps
            gradient[i] = (f(up) - f(down)) / (2 * eps)
        return gradient


# --- derivative_shapes -----------------------------------------------------------------------------


@misconception(
    "derivative_shapes",
    hint="The axes of the denominator come first here. In numerator layout the axes of the numerator come first.",
)
def denominators_first():
    derivative_shapes = {
        "vector/vector": (n, m),
        "scalar/vector": (n, 1),
        "scalar/matrix": (n, k),
        "vector/matrix": (n, k, m),
        "matrix/matrix": (n, k, l, m),
    }


@misconception(
    "derivative_shapes",
    hint="The vectors have the axes of the denominator first. In numerator layout the numerator's axes come first.",
)
def denominators_first_for_vectors():
    derivative_shapes = {
        "vector/vector": (n, m),
        "scalar/vector": (n, 1),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@misconception(
    "derivative_shapes",
    hint="The matrix in the denominator must be transposed: its axes come in reversed order.",
)
def matrix_not_transposed():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (n, k),
        "vector/matrix": (m, n, k),
        "matrix/matrix": (m, l, n, k),
    }


@misconception(
    "derivative_shapes",
    hint="The derivative of a scalar by a matrix must be transposed too: it is not stored like .grad in PyTorch.",
)
def gradient_in_the_shape_of_the_matrix():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (n, k),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@misconception(
    "derivative_shapes",
    hint="The derivative of a scalar by a column vector has two axes here: think of its matrix product with a column.",
)
def scalar_by_vector_with_one_axis():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (n,),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@misconception(
    "derivative_shapes",
    hint="Both matrices are transposed here. The axes of the numerator keep their order, those of the denominator turn.",
)
def numerator_transposed_too():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (l, m, k, n),
    }


@misconception(
    "derivative_shapes",
    hint="A scalar numerator adds no axis of its own to a matrix: two axes are enough.",
)
def extra_axis_for_the_scalar():
    derivative_shapes = {
        "vector/vector": (m, n),
        "scalar/vector": (1, n),
        "scalar/matrix": (1, k, n),
        "vector/matrix": (m, k, n),
        "matrix/matrix": (m, l, k, n),
    }


@misconception(
    "derivative_shapes",
    hint="These are names in quotes. Write the sizes themselves: m without quotes, or its number.",
)
def names_in_quotes():
    derivative_shapes = {
        "vector/vector": ("m", "n"),
        "scalar/vector": ("1", "n"),
        "scalar/matrix": ("k", "n"),
        "vector/matrix": ("m", "k", "n"),
        "matrix/matrix": ("m", "l", "k", "n"),
    }
