"""What the tests of `mlp_backward` share."""


def passes_of_autograd(function, *args):
    """Return how often `function(*args)` had autograd differentiate, and its result."""
    from torch.autograd import Variable, forward_ad

    engine, make_dual, runs = Variable._execution_engine, forward_ad.make_dual, []

    class Watch:
        def run_backward(self, *args, **kwargs):
            runs.append("backward")
            return engine.run_backward(*args, **kwargs)

        def __getattr__(self, name):
            return getattr(engine, name)

    def watched_dual(*args, **kwargs):
        runs.append("forward")
        return make_dual(*args, **kwargs)

    Variable._execution_engine, forward_ad.make_dual = Watch(), watched_dual
    try:
        value = function(*args)
    finally:
        Variable._execution_engine, forward_ad.make_dual = engine, make_dual
    return len(runs), value


def random_network(n, shape, hiddens, outputs, dtype=None):
    """Return a batch X of n examples, parameters [W1, b1, W2, b2] and an upstream gradient."""
    import math

    import torch

    d = math.prod(shape)
    X = 2 * torch.randn(n, *shape, dtype=dtype)
    params = [torch.randn(s, dtype=dtype) for s in [(d, hiddens), (hiddens,), (hiddens, outputs), (outputs,)]]
    return X, params, 3 * torch.randn(n, outputs, dtype=dtype)


def gradients_by_autograd(X, params, upstream):
    """Return the four gradients that `mlp_backward` is to find."""
    import torch

    W1, b1, W2, b2 = leaves = [p.detach().clone().requires_grad_() for p in params]
    O = (X.reshape(len(X), -1) @ W1 + b1).clamp(min=0) @ W2 + b2
    return torch.autograd.grad(O, leaves, upstream)
