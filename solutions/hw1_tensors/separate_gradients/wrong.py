import torch

from autograder.authoring.marks import wrong


@wrong(hint="The second gradient has the first one added: backward adds to .grad. Clear it in between.")
def second_has_the_first_added():
    def separate_gradients(f, g, x):
        x = x.detach().clone().requires_grad_()
        f(x).backward()
        f_gradient = x.grad.clone()
        g(x).backward()
        return f_gradient, x.grad


@wrong(hint="Both results hold the sum of the two gradients: backward adds to .grad in place. Keep the two apart.")
def one_tensor_for_both():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        f(v).backward()
        first = v.grad
        g(v).backward()
        second = v.grad
        return first, second


@wrong(hint="Your first result was overwritten: zero_ and backward change .grad in place. Keep a copy of the first.")
def first_is_overwritten():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        f(v).backward()
        first = v.grad
        v.grad.zero_()
        g(v).backward()
        return first, v.grad


@wrong(hint="Both results hold the sum of the two gradients: backward adds to .grad in place. Keep the two apart.")
def gradient_of_the_sum():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        (gradient,) = torch.autograd.grad(f(v) + g(v), v)
        return gradient, gradient


@wrong(hint="The two gradients are exchanged: the one of f comes first.")
def pair_exchanged():
    def separate_gradients(f, g, x):
        a = x.detach().clone().requires_grad_()
        b = x.detach().clone().requires_grad_()
        f(a).backward()
        g(b).backward()
        return b.grad, a.grad


@wrong(
    hint="You watched the caller's x and left a gradient on it. x, its requires_grad and its grad stay as they were."
)
def gradient_left_on_x_after_two():
    def separate_gradients(f, g, x):
        x.requires_grad_(True)
        f(x).backward()
        first = x.grad.clone()
        x.grad.zero_()
        g(x).backward()
        return first, x.grad.clone()


@wrong(hint="This works only if x is watched already. x may be any tensor: take a watched copy.")
def needs_a_watched_x():
    def separate_gradients(f, g, x):
        return torch.autograd.grad(f(x), x)[0], torch.autograd.grad(g(x), x)[0]


@wrong(
    hint="If x carries an old gradient, it is added to your first result, and then wiped out. Work on a tensor of your"
    " own."
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


@wrong(hint="These are differences, a numeric approximation. Let autograd compute both gradients.")
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


@wrong(hint="These are the values of f and g. Asked for are their gradients.")
def values_in_place_of_gradients():
    def separate_gradients(f, g, x):
        return f(x), g(x)


@wrong(hint="Only one gradient is returned. Return the pair, the one of f first.")
def only_one():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(f(v), v)


@wrong(hint="The gradients are flattened. Each must have the shape of x.")
def flat_gradients():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        return tuple(torch.autograd.grad(h(v), v)[0].reshape(-1) for h in (f, g))


@wrong(hint="The gradient that x carried is gone: you set it to None at the end. Work on a tensor of your own.")
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


@wrong(
    hint="You watched the caller's x, and leave it watched, with a gradient of zeros. Zeros are not what was there"
    " before: work on a tensor of your own."
)
def zeros_left_on_x():
    def separate_gradients(f, g, x):
        x.requires_grad_(True)
        gradients = []
        for h in (f, g):
            h(x).backward()
            gradients.append(x.grad.clone())
            x.grad.zero_()
        return tuple(gradients)


@wrong(
    hint="You watched the caller's x and left a gradient on it. x, its requires_grad and its grad stay as they were."
)
def cleared_before_each_but_left_on_x():
    def separate_gradients(f, g, x):
        x.requires_grad_(True)
        gradients = []
        for h in (f, g):
            x.grad = None
            h(x).backward()
            gradients.append(x.grad.clone())
        return tuple(gradients)


@wrong(
    hint="You took x's gradients away again, but x is still watched, and a gradient that it carried is gone. Work on a"
    " tensor of your own."
)
def cleared_but_still_watched():
    def separate_gradients(f, g, x):
        x.requires_grad_(True)
        gradients = []
        for h in (f, g):
            x.grad = None
            h(x).backward()
            gradients.append(x.grad.clone())
        x.grad = None
        return tuple(gradients)


@wrong(hint="Both results are the gradient of f. The second is that of g.")
def first_function_twice():
    def separate_gradients(f, g, x):
        v = x.detach().clone().requires_grad_()
        return torch.autograd.grad(f(v), v)[0], torch.autograd.grad(f(v), v)[0]
