"""Other right answers to hw4_mlp, as different from the reference and from each other as they get."""

# ruff: noqa: F841 (the body of each function is what a student wrote)

import torch
from torch import nn

from autograder.authoring.answers import alternative

# ---------------------------------------------------------------------------------------------- relu


@alternative("relu")
def clamp():
    def relu(X):
        return X.clamp(min=0)


@alternative("relu")
def where():
    def relu(X):
        return torch.where(X > 0, X, 0)


@alternative("relu")
def mask_product():
    relu = lambda X: X * (X > 0)  # noqa: E731


@alternative("relu")
def masked_copy():
    def relu(X):
        Y = X.clone()
        Y[Y < 0] = 0
        return Y


@alternative("relu")
def masked_fill():
    def relu(X):
        return X.masked_fill(X < 0, 0)


@alternative("relu")
def textbook():
    def relu(X):
        a = torch.zeros_like(X)
        return torch.max(X, a)


@alternative("relu")
def fmax_of_a_scalar_tensor():
    def relu(X):
        zero = torch.tensor(0, dtype=X.dtype, device=X.device)
        return torch.fmax(X, zero)


@alternative("relu")
def half_of_sum_with_absolute_value():
    def relu(X):
        return ((X + abs(X)) / 2).to(X.dtype)


@alternative("relu")
def autograd_function():
    class Rectify(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            ctx.save_for_backward(X)
            return X.clamp(0)

        @staticmethod
        def backward(ctx, grad_output):
            (X,) = ctx.saved_tensors
            return grad_output * (X > 0)

    def relu(X):
        return Rectify.apply(X)


@alternative("relu")
def module_with_a_call():
    class MyReLU(nn.Module):
        def forward(self, X):
            return torch.clip(X, min=0)

    relu = MyReLU()


@alternative("relu")
def entry_by_entry():
    def relu(X):
        flat = X.reshape(-1)
        if flat.numel() == 0:
            return X.clone()
        return torch.stack([v if v > 0 else v * 0 for v in flat]).reshape(X.shape)


# ------------------------------------------------------------------------------------------- sigmoid


@alternative("sigmoid")
def cut_input():
    def sigmoid(X):
        return 1 / (1 + torch.exp(-X.clamp(min=-80)))


@alternative("sigmoid")
def small_exponential():
    def sigmoid(X):
        Z = torch.exp(-X.abs())
        return torch.where(X >= 0, 1 / (1 + Z), Z / (1 + Z))


@alternative("sigmoid")
def exponent_made_safe_in_two_branches():
    def sigmoid(X: torch.Tensor) -> torch.Tensor:
        zero = torch.zeros_like(X)
        right = 1 / (1 + torch.exp(-torch.maximum(X, zero)))
        E = torch.exp(torch.minimum(X, zero))
        return torch.where(X < 0, E / (1 + E), right)


@alternative("sigmoid")
def masks():
    def sigmoid(X):
        out = torch.zeros_like(X)
        pos = X >= 0
        out[pos] = 1 / (1 + torch.exp(-X[pos]))
        e = torch.exp(X[~pos])
        out[~pos] = e / (1 + e)
        return out


@alternative("sigmoid")
def through_softplus():
    def sigmoid(X):
        return torch.exp(-torch.logaddexp(torch.zeros_like(X), -X))


@alternative("sigmoid")
def softmax_of_two():
    def sigmoid(X):
        return torch.stack([X, torch.zeros_like(X)], dim=-1).softmax(dim=-1)[..., 0]


@alternative("sigmoid")
def through_tanh():
    def sigmoid(X):
        return 0.5 * (1 + torch.tanh(0.5 * X))


@alternative("sigmoid")
def through_float64():
    def sigmoid(X):
        return (1 / (1 + torch.exp(-X.double()))).to(X.dtype)


@alternative("sigmoid")
def own_gradient():
    class MySigmoid(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            s = 1 / (1 + torch.exp(-X))
            ctx.save_for_backward(s)
            return s

        @staticmethod
        def backward(ctx, upstream):
            (s,) = ctx.saved_tensors
            return upstream * s * (1 - s)

    sigmoid = MySigmoid.apply


@alternative("sigmoid")
def ratio_of_shifted_exponentials():
    def sigmoid(X):
        M = X.clamp(min=0)
        return torch.exp(X - M) / (torch.exp(-M) + torch.exp(X - M))


# ---------------------------------------------------------------------------------------------- tanh


@alternative("tanh")
def scaled_own_sigmoid():
    def tanh(X):
        return 2 * sigmoid(2 * X) - 1  # noqa: F821


@alternative("tanh")
def cut_input_of_tanh():
    def tanh(X):
        Z = torch.exp(-2 * torch.clamp(X, -40, 40))
        return (1 - Z) / (1 + Z)


@alternative("tanh")
def with_its_sign():
    def tanh(X):
        Z = torch.exp(-2 * X.abs())
        return torch.sign(X) * (1 - Z) / (1 + Z)


@alternative("tanh")
def helper_function():
    def _half(Z):
        return (1 - Z).div(1 + Z)

    def tanh(X):
        negative = X < 0
        E = torch.exp(-2 * torch.where(negative, -X, X))
        return torch.where(negative, -_half(E), _half(E))


@alternative("tanh")
def with_expm1():
    def tanh(X):
        E = torch.expm1(2 * X.clamp(max=40))
        return E / (E + 2)


@alternative("tanh")
def shifted_exponentials():
    def tanh(X):
        M = torch.maximum(X, -X)
        P, N = torch.exp(X - M), torch.exp(-X - M)
        return (P - N) / (P + N)


@alternative("tanh")
def tanh_through_float64():
    def tanh(X):
        Z = (-2 * X).double().exp()
        return ((1 - Z) / (1 + Z)).type_as(X)


@alternative("tanh")
def own_gradient_of_tanh():
    class Tanh(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X):
            Z = torch.exp(-2 * X.abs())
            Y = torch.copysign((1 - Z) / (1 + Z), X)
            ctx.save_for_backward(Y)
            return Y

        @staticmethod
        def backward(ctx, upstream):
            (Y,) = ctx.saved_tensors
            return upstream * (1 - Y * Y)

    def tanh(X):
        return Tanh.apply(X)


# --------------------------------------------------------------------------------------------- prelu


@alternative("prelu")
def prelu_where():
    def prelu(X, alpha):
        return torch.where(X > 0, X, alpha * X)


@alternative("prelu")
def prelu_clamp():
    def prelu(X, alpha):
        return X.clamp(min=0) + alpha * X.clamp(max=0)


@alternative("prelu")
def prelu_masks():
    def prelu(X, alpha):
        positive = (X > 0).to(X.dtype)
        return X * (positive + alpha * (1 - positive))


@alternative("prelu")
def prelu_of_two_relus():
    def prelu(X, alpha):
        return relu(X) - alpha * relu(-X)  # noqa: F821


@alternative("prelu")
def prelu_built_in():
    def prelu(X, alpha):
        return nn.functional.prelu(X, alpha)


@alternative("prelu")
def prelu_absolute_value():
    def prelu(X, alpha):
        return ((1 + alpha) * X + (1 - alpha) * X.abs()) / 2


@alternative("prelu")
def prelu_written_into_a_copy():
    def prelu(X, alpha):
        Y = X.clone()
        negative = X < 0
        Y[negative] = alpha * X[negative]
        return Y


@alternative("prelu")
def prelu_slope_by_entry():
    prelu = lambda X, alpha: X * torch.where(X < 0, alpha, torch.ones_like(X))  # noqa: E731


# ------------------------------------------------------------------------------- activation_gradient


@alternative("activation_gradient")
def fresh_leaf_and_backward():
    def activation_gradient(f, X):
        x = X.detach().clone()
        x.requires_grad = True
        f(x).sum().backward()
        return x.grad


@alternative("activation_gradient")
def upstream_of_ones():
    def activation_gradient(f, X):
        x = X.clone().detach().requires_grad_(True)
        y = f(x)
        y.backward(gradient=torch.ones_like(y))
        return x.grad.clone()


@alternative("activation_gradient")
def grad_outputs():
    def activation_gradient(f, X):
        x = nn.Parameter(X.detach())
        y = f(x)
        (g,) = torch.autograd.grad(y, x, grad_outputs=torch.ones_like(y))
        return g


@alternative("activation_gradient")
def functional_grad():
    def activation_gradient(f, X):
        return torch.func.grad(lambda x: f(x).sum())(X.detach())


@alternative("activation_gradient")
def vector_jacobian_product():
    def activation_gradient(f, X):
        y, pull_back = torch.func.vjp(f, X.detach())
        return pull_back(torch.ones_like(y))[0]


@alternative("activation_gradient")
def jacobian_vector_product():
    def activation_gradient(f, X):
        return torch.autograd.functional.jvp(f, X.detach(), torch.ones_like(X))[1]


@alternative("activation_gradient")
def non_leaf_clone():
    def activation_gradient(f, X):
        with torch.enable_grad():
            x = X.clone().requires_grad_()
            total = f(x).sum()
        return torch.autograd.grad(total, x, create_graph=True)[0].detach()


@alternative("activation_gradient")
def jacobian_diagonal():
    def activation_gradient(f, X):
        x = X.detach().reshape(-1)
        return torch.autograd.functional.jacobian(f, x).diagonal().reshape(X.shape)


# ----------------------------------------------------------------------------------- init_mlp_params


@alternative("init_mlp_params")
def parameters():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens, requires_grad=True) * sigma)
        b1 = nn.Parameter(torch.zeros(num_hiddens, requires_grad=True))
        W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs, requires_grad=True) * sigma)
        b2 = nn.Parameter(torch.zeros(num_outputs, requires_grad=True))
        return [W1, b1, W2, b2]


@alternative("init_mlp_params")
def normal_with_gradient():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        def weight(*shape):
            return torch.normal(0, sigma, size=shape, requires_grad=True)

        def bias(n):
            return torch.zeros(n, requires_grad=True)

        return [
            weight(num_inputs, num_hiddens),
            bias(num_hiddens),
            weight(num_hiddens, num_outputs),
            bias(num_outputs),
        ]


@alternative("init_mlp_params")
def loop_over_layers():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = []
        sizes = [num_inputs, num_hiddens, num_outputs]
        for rows, columns in zip(sizes, sizes[1:]):
            W = torch.empty(rows, columns)
            nn.init.normal_(W, mean=0.0, std=sigma)
            b = W.new_zeros(columns)
            params += [W, b]
        for p in params:
            p.requires_grad = True
        return params


@alternative("init_mlp_params")
def from_linear_layers():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        params = []
        for layer in (nn.Linear(num_hiddens, num_inputs), nn.Linear(num_outputs, num_hiddens)):
            layer.weight.data.normal_(0, sigma)
            params.append(layer.weight)
            params.append(nn.Parameter(torch.zeros(layer.in_features)))
        return params


@alternative("init_mlp_params")
def scaled_in_place():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        W1 = torch.randn((num_inputs, num_hiddens), requires_grad=True)
        W2 = torch.randn((num_hiddens, num_outputs), requires_grad=True)
        with torch.no_grad():
            W1.mul_(sigma)
            W2.mul_(sigma)
        b1, b2 = (torch.full((n,), 0.0, requires_grad=True) for n in (num_hiddens, num_outputs))
        return [W1, b1, W2, b2]


@alternative("init_mlp_params")
def parameter_list():
    def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
        return list(
            nn.ParameterList(
                [
                    torch.distributions.Normal(0.0, sigma).sample((num_inputs, num_hiddens)),
                    torch.zeros(num_hiddens),
                    torch.distributions.Normal(0.0, sigma).sample((num_hiddens, num_outputs)),
                    torch.zeros(num_outputs),
                ]
            )
        )


# --------------------------------------------------------------------------------------- mlp_forward


@alternative("mlp_forward")
def textbook_reshape():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        X = X.reshape((-1, W1.shape[0]))
        H = relu(X @ W1 + b1)  # noqa: F821
        return H @ W2 + b2


@alternative("mlp_forward")
def built_in_layers():
    import torch.nn.functional as F

    def mlp_forward(X, params):
        hidden = F.relu(F.linear(torch.flatten(X, 1), params[0].T, params[1]))
        return F.linear(hidden, params[2].T, params[3])


@alternative("mlp_forward")
def einsum_with_clamp():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        X = X.contiguous().view(len(X), -1)
        H = (torch.einsum("ni,ih->nh", X, W1) + b1).clamp(min=0)
        return torch.einsum("nh,ho->no", H, W2) + b2


@alternative("mlp_forward")
def addmm():
    def mlp_forward(X, params):
        *hidden, W, b = params
        H = nn.Flatten()(X)
        for V, c in zip(hidden[::2], hidden[1::2]):
            H = torch.maximum(torch.addmm(c, H, V), torch.zeros(1, dtype=X.dtype))
        return torch.addmm(b, H, W)


@alternative("mlp_forward")
def one_example_at_a_time():
    def mlp_forward(X, params):
        W1, b1, W2, b2 = params
        rows = []
        for x in X:
            h = relu(x.flatten().matmul(W1) + b1)  # noqa: F821
            rows.append(h.matmul(W2) + b2)
        return torch.stack(rows)


@alternative("mlp_forward")
def as_a_module():
    class Forward(nn.Module):
        def forward(self, X, params):
            W1, b1, W2, b2 = params
            H = torch.mm(X.reshape(X.size(0), -1), W1).add(b1)
            return torch.mm(torch.where(H > 0, H, torch.zeros_like(H)), W2).add(b2)

    mlp_forward = Forward()


# ------------------------------------------------------------------------------------------ make_mlp


@alternative("make_mlp")
def textbook_type_check():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(num_inputs, num_hiddens),
            nn.ReLU(),
            nn.Linear(num_hiddens, num_outputs),
        )

        def init_weights(m):
            if type(m) == nn.Linear:  # noqa: E721
                nn.init.normal_(m.weight, std=0.01)
                nn.init.zeros_(m.bias)

        return net.apply(init_weights)


@alternative("make_mlp")
def class_of_its_own():
    class Net(nn.Sequential):
        def __init__(self, a, b, c):
            super().__init__(nn.Flatten(), nn.Linear(a, b), nn.ReLU(inplace=True), nn.Linear(b, c))
            self.apply(self.start)

        @staticmethod
        def start(layer):
            if hasattr(layer, "weight"):
                layer.weight.data.normal_(0, 0.01)

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        return Net(num_inputs, num_hiddens, num_outputs)


@alternative("make_mlp")
def named_layers():
    from collections import OrderedDict

    def _init(layer):
        match layer:
            case nn.Linear():
                with torch.no_grad():
                    layer.weight.copy_(torch.randn_like(layer.weight) * 0.01)
                    layer.bias.fill_(0)

    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential(
            OrderedDict(
                flatten=nn.Flatten(),
                hidden=nn.Linear(num_inputs, num_hiddens),
                relu=nn.ReLU(),
                output=nn.Linear(num_hiddens, num_outputs),
            )
        )
        net.apply(_init)
        return net


@alternative("make_mlp")
def appended_layers():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        net = nn.Sequential()
        net.append(nn.Flatten(start_dim=1))
        net.append(nn.Linear(num_inputs, num_hiddens))
        net.append(nn.ReLU())
        net.append(nn.Linear(num_hiddens, num_outputs))
        for p in net.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, 0, 0.01)
        return net


@alternative("make_mlp")
def lambda_in_apply():
    def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
        layers = [nn.Flatten(), nn.Linear(num_inputs, num_hiddens), nn.ReLU()]
        layers.append(nn.Linear(num_hiddens, num_outputs))
        return nn.Sequential(*layers).apply(
            lambda m: m.weight.data.normal_(std=0.01) if isinstance(m, nn.Linear) else None
        )


# ------------------------------------------------------------------------------------------- quizzes


@alternative("weight_count")
def counted_by_pytorch():
    with torch.device("meta"):
        layers = nn.Linear(256 * 256, 1000), nn.Linear(1000, 10)
    weight_count = sum(layer.weight.numel() for layer in layers)


@alternative("weight_count")
def as_a_float():
    weight_count = 65546e3


@alternative("parameter_count")
def step_by_step():
    num_inputs, num_hiddens, num_outputs = 256**2, 1000, 10
    parameter_count = (num_inputs + 1) * num_hiddens + (num_hiddens + 1) * num_outputs


@alternative("activation_statement")
def upper_case():
    activation_statement = "B"


@alternative("sigmoid_slope")
def as_a_fraction():
    sigmoid_slope = 1 / 4


@alternative("sigmoid_slope")
def calculated():
    sigmoid_slope = activation_gradient(sigmoid, torch.tensor(0.0)).item()  # noqa: F821


@alternative("sigmoid_slope")
def as_a_tensor():
    sigmoid_slope = torch.tensor(0.25)


@alternative("weight_count")
def as_a_tensor_of_one_number():
    weight_count = torch.tensor([256 * 256 * 1000, 1000 * 10]).sum()
