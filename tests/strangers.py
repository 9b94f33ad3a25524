"""Wrong answers to hw4_mlp in the words of people who never saw the kit's own: same mistake, other code."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Stranger:
    """One answer with one of the course's mistakes in it."""

    question: str
    mistake: str
    """The name of the course's wrong answer that it behaves like."""
    source: str


def _answers(question: str, **sources: str | tuple[str, ...]) -> list[Stranger]:
    return [
        Stranger(question, mistake, dedent(source).lstrip("\n"))
        for mistake, written in sources.items()
        for source in ((written,) if isinstance(written, str) else written)
    ]


STRANGERS = [
    *_answers(
        "relu",
        absolute_value=(
            "def relu(X):\n    return (X * X).sqrt()\n",
            "def relu(X):\n    return torch.where(X < 0, -X, X)\n",
        ),
        leaky_slope="def relu(X):\n    return X.clamp(min=0) + 0.01 * X.clamp(max=0)\n",
        softplus="def relu(X):\n    return (1 + X.double().exp()).log().to(X.dtype)\n",
        writes_into_its_input="def relu(X):\n    return X.mul_((X > 0).to(X.dtype))\n",
    ),
    *_answers(
        "sigmoid",
        sign_of_the_exponent="""
            def sigmoid(X):
                e = torch.exp(X)
                return (1 + e) ** -1
        """,
        tanh_instead="""
            def sigmoid(X):
                Z = (-2 * X.abs()).exp()
                return X.sign() * (1 - Z) / (1 + Z)
        """,
        overflow="def sigmoid(X):\n    return torch.reciprocal(torch.exp(-X) + 1)\n",
    ),
    *_answers(
        "tanh",
        sigmoid_passed_off=(
            "def tanh(X):\n    return sigmoid(X)\n",
            "def tanh(X):\n    return torch.where(X > 0, 1 / (1 + (-X.abs()).exp()), 1 - 1 / (1 + (-X.abs()).exp()))\n",
        ),
        shifted_only="def tanh(X):\n    return sigmoid(2 * X) - 0.5\n",
    ),
    *_answers(
        "prelu",
        larger_of_x_and_alpha_x="def prelu(X, alpha):\n    return torch.max(X, X * alpha)\n",
        alpha_on_the_positive_side="""
            def prelu(X, alpha):
                positive = (X > 0).to(X.dtype)
                return alpha * X * positive + X * (1 - positive)
        """,
        alpha_forgotten="def prelu(X, alpha):\n    return relu(X)\n",
    ),
    *_answers(
        "activation_gradient",
        mean_instead_of_sum="""
            def activation_gradient(f, X):
                leaf = X.detach().clone().requires_grad_()
                (slopes,) = torch.autograd.grad(torch.mean(f(leaf)), leaf)
                return slopes
        """,
    ),
    *_answers(
        "init_mlp_params",
        sigma_as_variance="""
            def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
                def weight(rows, columns):
                    drawn = torch.empty(rows, columns).normal_(0, sigma**0.5)
                    return drawn.requires_grad_()

                b2 = torch.zeros(num_outputs).requires_grad_()
                W2 = weight(num_hiddens, num_outputs)
                W1 = weight(num_inputs, num_hiddens)
                return [W1, torch.zeros(num_hiddens).requires_grad_(), W2, b2]
        """,
        nothing_requires_a_gradient="""
            def init_mlp_params(num_inputs, num_hiddens, num_outputs, sigma=0.01):
                sizes = [num_inputs, num_hiddens, num_outputs]
                params = []
                for fan_in, fan_out in zip(sizes, sizes[1:]):
                    params += [torch.normal(0, sigma, (fan_in, fan_out)), torch.zeros(fan_out)]
                return params
        """,
    ),
    *_answers(
        "mlp_forward",
        relu_on_the_output="""
            def mlp_forward(X, params):
                W1, b1, W2, b2 = params
                hidden = torch.clamp(torch.addmm(b1, torch.flatten(X, 1), W1), min=0)
                scores = torch.addmm(b2, hidden, W2)
                return torch.where(scores > 0, scores, torch.zeros_like(scores))
        """,
        no_relu="""
            def mlp_forward(X, params):
                A, a, B, b = params
                return (X.flatten(1) @ A + a) @ B + b
        """,
        softmax_on_top="""
            def mlp_forward(X, params):
                W1, b1, W2, b2 = params
                scores = relu(X.reshape(len(X), -1) @ W1 + b1) @ W2 + b2
                return F.softmax(scores, dim=-1)
        """,
        biases_left_out="""
            def mlp_forward(X, params):
                W1, _, W2, _ = params
                return relu(X.reshape(len(X), -1).matmul(W1)).matmul(W2)
        """,
    ),
    *_answers("weight_count", biases_counted="weight_count = 65_000_000 + 547_010\n"),
    *_answers("parameter_count", weights_alone="parameter_count = 65546 * 1000\n"),
    *_answers("sigmoid_slope", value_at_zero="sigmoid_slope = 1 / 2\n"),
    *_answers(
        "make_mlp",
        type_compared_with_a_string="""
            def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
                net = nn.Sequential(
                    nn.Flatten(),
                    nn.Linear(num_inputs, num_hiddens),
                    nn.ReLU(),
                    nn.Linear(num_hiddens, num_outputs),
                )
                def init(layer):
                    if isinstance(layer, nn.Linear):
                        weight = layer.weight
                        weight = torch.randn(weight.shape) * 0.01
                return net.apply(init)
        """,
    ),
    *_answers(
        "mlp_backward",
        biases_averaged="""
            def mlp_backward(X, params, upstream):
                W1, b1, W2, b2 = params
                X = X.flatten(1)
                Z = X @ W1 + b1
                dZ = (upstream @ W2.T) * (Z > 0)
                return [X.T @ dZ, dZ.mean(0), relu(Z).T @ upstream, upstream.mean(0)]
        """,
        relu_of_the_gradient="""
            def mlp_backward(X, params, upstream):
                W1, b1, W2, b2 = params
                x = X.reshape(len(X), -1)
                h = relu(torch.addmm(b1, x, W1))
                delta = torch.einsum("no,ho->nh", upstream, W2)
                delta = torch.where(delta > 0, delta, torch.zeros_like(delta))
                return [x.T @ delta, delta.sum(0), h.T @ upstream, upstream.sum(0)]
        """,
    ),
    *_answers(
        "dead_units",
        strictly_below_zero="""
            def dead_units(X, W, b):
                return int((torch.addmm(b, X, W) < 0).all(0).sum())
        """,
        counts_the_living="""
            def dead_units(X, W, b):
                living = 0
                for unit in (X @ W + b).T:
                    if unit.max() > 0:
                        living += 1
                return living
        """,
    ),
]
