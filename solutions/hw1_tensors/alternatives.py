"""Other right answers, as different from the reference as right answers get. Each must earn full marks."""

from autograder.authoring.answers import alternative


@alternative("outer_sum")
def column_plus_vector():
    def outer_sum(a, b):
        return a.unsqueeze(1) + b


@alternative("outer_sum")
def reshape_and_add():
    def outer_sum(a, b):
        return torch.add(b.reshape(1, -1), a.reshape(-1, 1))


@alternative("outer_sum")
def view_works_for_strided_vectors():
    def outer_sum(a, b):
        m, n = len(a), len(b)
        return a.view(m, 1) + b.view(1, n)


@alternative("outer_sum")
def meshgrid():
    def outer_sum(a, b):
        A, B = torch.meshgrid(a, b, indexing="ij")
        return A + B


@alternative("outer_sum")
def expand_both():
    def outer_sum(a, b):
        shape = (a.shape[0], b.shape[0])
        return a.unsqueeze(-1).expand(shape) + b.expand(shape)


@alternative("outer_sum")
def repeat_and_transpose():
    def outer_sum(a, b):
        return a.repeat(b.numel(), 1).T + b.repeat(a.numel(), 1)


@alternative("outer_sum")
def transposed_other_way_round():
    def outer_sum(a, b):
        return (b[:, None] + a).transpose(0, 1)


@alternative("outer_sum")
def outer_products_with_ones():
    def outer_sum(a, b):
        return torch.outer(a, torch.ones_like(b)) + torch.outer(torch.ones_like(a), b)


@alternative("outer_sum")
def gathered_by_index():
    def outer_sum(a, b):
        i = torch.arange(len(a)).repeat_interleave(len(b))
        j = torch.arange(len(b)).repeat(len(a))
        return (a[i] + b[j]).reshape(len(a), len(b))


@alternative("outer_sum")
def prints_while_it_works():
    def outer_sum(a, b):
        print("a:", a, "b:", b)
        table = torch.func.vmap(lambda entry: entry + b)(a) if len(a) else a[:, None] + b
        print(table)
        return table


@alternative("outer_sum")
def function_with_its_own_backward():
    class OuterSum(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a, b):
            return a.unsqueeze(-1) + b.unsqueeze(0)

        @staticmethod
        def backward(ctx, upstream):
            return upstream.sum(1), upstream.sum(0)

    outer_sum = OuterSum.apply


@alternative("row_view")
def reshape():
    def row_view(x, cols):
        return x.reshape(-1, cols)


@alternative("row_view")
def count_the_rows():
    def row_view(x, cols):
        rows = x.numel() // cols
        return x.view((rows, cols))


@alternative("row_view")
def flatten_and_unflatten():
    def row_view(x, cols):
        return x.flatten().unflatten(0, (-1, cols))


@alternative("row_view")
def strides_by_hand():
    def row_view(x, cols):
        return torch.as_strided(x, (x.numel() // cols, cols), (cols, 1))


@alternative("row_view")
def function_form():
    def row_view(x: torch.Tensor, cols: int) -> torch.Tensor:
        n = 1
        for size in x.shape:
            n *= size
        return torch.reshape(x, (n // cols, cols))


@alternative("row_view")
def windows_side_by_side():
    def row_view(x, cols):
        strip = x.view(-1)
        return strip.unfold(0, cols, cols) if x.numel() else strip.view(0, cols)


@alternative("flat_copy")
def flatten_then_clone():
    def flat_copy(x):
        return x.flatten().clone()


@alternative("flat_copy")
def contiguous_clone_then_view():
    def flat_copy(x):
        return x.clone(memory_format=torch.contiguous_format).view(-1)


@alternative("flat_copy")
def clone_then_reshape():
    def flat_copy(x):
        return torch.reshape(torch.clone(x), (x.numel(),))


@alternative("flat_copy")
def fill_an_empty_vector():
    def flat_copy(x):
        out = torch.empty(x.numel(), dtype=x.dtype, device=x.device)
        out.copy_(x.reshape(-1))
        return out


@alternative("flat_copy")
def ravel_and_write():
    def flat_copy(x):
        out = torch.zeros_like(x.ravel())
        out[:] = x.ravel()
        return out


@alternative("flat_copy")
def copy_first():
    def flat_copy(x):
        own = torch.empty_like(x, memory_format=torch.contiguous_format)
        own[...] = x
        return own.view(-1)


@alternative("flat_copy")
def concatenate():
    def flat_copy(x):
        return torch.cat([x.reshape(-1)])


@alternative("flat_copy")
def picked_by_a_mask():
    def flat_copy(x):
        return x[torch.ones(x.shape, dtype=torch.bool)]


@alternative("flat_copy")
def taken_by_number():
    def flat_copy(x):
        return torch.take(x, torch.arange(x.numel()))


@alternative("add_in_place")
def underscore_method():
    def add_in_place(y, x):
        return y.add_(x)


@alternative("add_in_place")
def assign_to_the_slice():
    def add_in_place(y, x):
        y[:] = y + x
        return y


@alternative("add_in_place")
def out_argument():
    def add_in_place(y, x):
        torch.add(x, y, out=y)
        return y


@alternative("add_in_place")
def copy_into():
    def add_in_place(y, x):
        total = x + y
        y.copy_(total)
        return y


@alternative("add_in_place")
def without_gradient():
    def add_in_place(y, x):
        with torch.no_grad():
            y.data += x
        return y


@alternative("add_in_place")
def row_by_row():
    def add_in_place(y, x):
        for i in range(len(y)):
            y[i] += x[i]
        return y


@alternative("add_in_place")
def on_the_side_of_numpy():
    def add_in_place(y, x):
        array = y.numpy()
        array += x.numpy()
        return y


@alternative("add_in_place")
def method_of_the_class():
    add_in_place = torch.Tensor.add_


@alternative("numpy_bridge")
def as_tensor_and_clone():
    def share(a):
        return torch.as_tensor(a)

    def copy(a):
        return torch.as_tensor(a).clone()


@alternative("numpy_bridge")
def copy_on_the_side_of_numpy():
    def share(a: np.ndarray) -> torch.Tensor:
        tensor = torch.from_numpy(a)
        return tensor

    def copy(a: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(a.copy())


@alternative("numpy_bridge")
def asarray_with_a_flag():
    def share(a):
        return torch.asarray(a)

    def copy(a):
        return torch.asarray(a, copy=True)


@alternative("numpy_bridge")
def dlpack():
    def share(a):
        return torch.from_dlpack(a)

    def copy(a):
        result = torch.empty_like(share(a))
        result.copy_(share(a))
        return result


@alternative("numpy_bridge")
def copy_from_lists():
    def share(a):
        return torch.from_numpy(np.asarray(a))

    def copy(a):
        return torch.tensor(a.tolist(), dtype=share(a).dtype).reshape(a.shape)


@alternative("quadratic_gradient")
def backward_on_a_copy():
    def quadratic_gradient(x):
        own = x.detach().clone()
        own.requires_grad_(True)
        y = 2 * (own * own).sum()
        y.backward()
        return own.grad


@alternative("quadratic_gradient")
def functional_transform():
    def quadratic_gradient(x):
        return torch.func.grad(lambda v: 2 * v @ v)(x.detach())


@alternative("quadratic_gradient")
def functional_jacobian():
    def quadratic_gradient(x):
        return torch.autograd.functional.jacobian(lambda v: 2 * torch.sum(v**2), x.detach())


@alternative("quadratic_gradient")
def forward_mode():
    def quadratic_gradient(x):
        return torch.func.jacfwd(lambda v: 2 * torch.dot(v, v))(x.detach())


@alternative("quadratic_gradient")
def grad_of_x_if_it_is_watched():
    def quadratic_gradient(x):
        if not x.requires_grad:
            x = x.clone().requires_grad_()
        with torch.enable_grad():
            y = 2 * x.matmul(x)
        return torch.autograd.grad(outputs=y, inputs=x)[0].detach()


@alternative("quadratic_gradient")
def borrow_x_and_put_everything_back():
    def quadratic_gradient(x):
        watched, grad = x.requires_grad, x.grad
        x.requires_grad_(True)
        x.grad = None
        y = 2 * torch.dot(x, x)
        y.backward()
        result = x.grad.clone()
        x.grad = grad
        x.requires_grad_(watched)
        return result


@alternative("quadratic_gradient")
def parameter_of_its_own():
    def quadratic_gradient(x):
        p = torch.nn.Parameter(torch.empty_like(x.detach()).copy_(x.detach()))
        (p.unsqueeze(0) @ p.unsqueeze(1) * 2).backward()
        return p.grad


@alternative("quadratic_gradient")
def caught_by_a_hook():
    def quadratic_gradient(x):
        caught = []
        own = x.detach().clone().requires_grad_()
        own.register_hook(lambda gradient: caught.append(gradient.clone()))
        (2 * own * own).sum().backward()
        return caught[0]


@alternative("quadratic_gradient")
def old_gradient_written_back():
    def quadratic_gradient(x):
        watched = x.requires_grad
        old = None if x.grad is None else x.grad.clone()
        x.requires_grad_(True)
        if old is not None:
            x.grad.zero_()
        (2 * x.dot(x)).backward()
        gradient = x.grad.clone()
        if old is None:
            x.grad = None
        else:
            x.grad.copy_(old)
        x.requires_grad_(watched)
        return gradient


@alternative("separate_gradients")
def two_copies():
    def separate_gradients(f, g, x):
        x1 = x.detach().clone().requires_grad_(True)
        x2 = x.detach().clone().requires_grad_(True)
        f(x1).backward()
        g(x2).backward()
        return x1.grad, x2.grad


@alternative("separate_gradients")
def clone_then_zero():
    def separate_gradients(f, g, x):
        v = x.clone().detach()
        v.requires_grad = True
        f(v).backward()
        first = v.grad.clone()
        v.grad.zero_()
        g(v).backward()
        return (first, v.grad)


@alternative("separate_gradients")
def set_the_field_to_none():
    def separate_gradients(f, g, x):
        v = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
        gradients = []
        for function in (f, g):
            v.grad = None
            function(v).backward()
            gradients.append(v.grad)
        return gradients


@alternative("separate_gradients")
def transforms():
    def separate_gradients(f, g, x):
        point = x.detach()
        return torch.func.grad(f)(point), torch.func.grad(g)(point)


@alternative("separate_gradients")
def helper_with_autograd_grad():
    def separate_gradients(f, g, x):
        def gradient(function):
            leaf = x.detach().requires_grad_()
            return torch.autograd.grad(function(leaf), [leaf])[0]

        return tuple(map(gradient, (f, g)))


@alternative("separate_gradients")
def jacobians():
    def separate_gradients(f, g, x):
        jacobian = torch.autograd.functional.jacobian
        return jacobian(f, x.detach()), jacobian(g, x.detach())


@alternative("separate_gradients")
def sum_minus_first():
    def separate_gradients(f, g, x):
        own = x.detach().clone().requires_grad_()
        f(own).backward()
        first = own.grad.clone()
        g(own).backward()
        return [first, own.grad - first]


@alternative("separate_gradients")
def both_in_one_walk():
    def separate_gradients(f, g, x):
        own = x.detach().clone().requires_grad_()
        values = torch.stack([f(own), g(own)])
        rows = torch.eye(2, dtype=values.dtype)
        (gradients,) = torch.autograd.grad(values, own, rows, is_grads_batched=True)
        return gradients[0], gradients[1]


@alternative("constant_factor")
def textbook_on_a_copy():
    def constant_factor(x):
        x = x.detach().clone()
        x.requires_grad_(True)
        y = x * x
        u = y.detach()
        z = u * x
        z.sum().backward()
        return x.grad


@alternative("constant_factor")
def constant_computed_without_graph():
    def constant_factor(x):
        v = x.clone().detach().requires_grad_()
        with torch.no_grad():
            u = v**2
        (u * v).backward(torch.ones_like(v))
        return v.grad.clone()


@alternative("constant_factor")
def constant_from_the_argument():
    def constant_factor(x):
        constant = (x * x).detach()
        return torch.func.grad(lambda v: (constant * v).sum())(x.detach())


@alternative("constant_factor")
def upstream_in_place_of_the_sum():
    def constant_factor(x):
        v = x.detach().requires_grad_()
        z = v.data * v.data * v
        return torch.autograd.grad(z, v, grad_outputs=torch.ones_like(z))[0]


@alternative("constant_factor")
def borrow_and_put_back():
    def constant_factor(x):
        watched, old = x.requires_grad, x.grad
        x.grad = None
        x.requires_grad_()
        ((x * x).detach() * x).sum().backward()
        result, x.grad = x.grad, old
        x.requires_grad_(watched)
        return result


@alternative("constant_factor")
def wall_for_gradients():
    class Constant(torch.autograd.Function):
        @staticmethod
        def forward(ctx, u):
            return u.clone()

        @staticmethod
        def backward(ctx, upstream):
            return torch.zeros_like(upstream)

    def constant_factor(x):
        x = x.detach().requires_grad_()
        z = Constant.apply(x * x) * x
        return torch.autograd.grad(z, x, torch.ones_like(z))[0]


@alternative("numeric_gradient")
def nudge_a_copy_of_flat_x():
    def numeric_gradient(f, x, eps=1e-3):
        grad = torch.zeros_like(x).reshape(-1)
        for i in range(x.numel()):
            up = x.detach().reshape(-1).clone()
            down = up.clone()
            up[i] += eps
            down[i] -= eps
            grad[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * eps)
        return grad.reshape(x.shape)


@alternative("numeric_gradient")
def nudge_in_place_and_put_the_old_number_back():
    def numeric_gradient(f, x, eps=1e-3):
        out = torch.empty_like(x)
        for index in np.ndindex(*x.shape):
            old = x[index].item()
            x[index] = old + eps
            up = f(x).item()
            x[index] = old - eps
            down = f(x).item()
            x[index] = old
            out[index] = (up - down) / (2 * eps)
        return out


@alternative("numeric_gradient")
def all_nudges_at_once():
    def numeric_gradient(f, x, eps=1e-3):
        n = x.numel()
        nudges = eps * torch.eye(n, dtype=x.dtype).reshape(n, *x.shape)
        slopes = [float(f(x + e) - f(x - e)) / (2 * eps) for e in nudges]
        return torch.tensor(slopes, dtype=x.dtype).reshape(x.shape)


@alternative("numeric_gradient")
def vectorised():
    def numeric_gradient(f, x, eps=1e-3):
        nudges = eps * torch.eye(x.numel(), dtype=x.dtype).view(-1, *x.shape)
        both = torch.vmap(f)(x + nudges) - torch.vmap(f)(x - nudges)
        return (both / (2 * eps)).view(x.shape)


@alternative("numeric_gradient")
def in_double_precision():
    def numeric_gradient(f, x, eps=1e-3):
        wide = x.detach().to(torch.float64).contiguous().clone()
        flat = wide.view(-1)
        slopes = []
        with torch.no_grad():
            for i in range(flat.numel()):
                old = flat[i].clone()
                flat[i] = old + eps
                up = f(wide).clone()
                flat[i] = old - eps
                slopes.append((up - f(wide)) / (2 * eps))
                flat[i] = old
        return torch.stack(slopes).reshape(x.shape).to(x.dtype)


@alternative("derivative_shapes")
def lists_and_sizes():
    derivative_shapes = dict()
    derivative_shapes["scalar/vector"] = [1, n]
    derivative_shapes["vector/vector"] = torch.Size([m, n])
    derivative_shapes["scalar/matrix"] = torch.zeros(n, k).T.shape
    derivative_shapes["vector/matrix"] = tuple([m, k, n])
    derivative_shapes["matrix/matrix"] = [m, l] + [k, n]


@alternative("derivative_shapes")
def plain_numbers():
    derivative_shapes = {
        "matrix/matrix": (2, 3, 5, 4),
        "vector/matrix": (2, 5, 4),
        "scalar/matrix": (5, 4),
        "scalar/vector": (1, 4),
        "vector/vector": (2, 4),
    }


@alternative("derivative_shapes")
def sizes_from_numpy():
    sizes = np.array([m, l, k, n])
    derivative_shapes = {
        "vector/vector": (sizes[0], sizes[3]),
        "scalar/vector": np.array([1, n]),
        "scalar/matrix": tuple(sizes[2:]),
        "vector/matrix": torch.tensor([m, k, n]),
        "matrix/matrix": torch.empty(m, l, k, n).shape,
    }


@alternative("numeric_gradient")
def nudge_there_and_back():
    def numeric_gradient(f, x, eps=1e-3):
        gradient = torch.zeros_like(x)
        for index in np.ndindex(*x.shape):
            x[index] += eps
            up = f(x).item()
            x[index] -= 2 * eps
            down = f(x).item()
            x[index] += eps
            gradient[index] = (up - down) / (2 * eps)
        return gradient


@alternative("numeric_gradient")
def axis_by_axis():
    def numeric_gradient(f, x, eps=1e-3):
        if x.dim() == 0:
            return ((f(x + eps) - f(x - eps)) / (2 * eps)).to(x.dtype)
        parts = []
        for i in range(len(x)):

            def f_of_part(part, i=i):
                whole = x.clone()
                whole[i] = part
                return f(whole)

            parts.append(numeric_gradient(f_of_part, x[i].clone(), eps))
        return torch.stack(parts)
