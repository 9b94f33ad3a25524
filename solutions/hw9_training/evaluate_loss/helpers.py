def how_it_is_measured(evaluate_loss, weight, batches, as_generator):
    """Return the loss of a linear layer, per forward pass its mode and whether a graph arose, and whether gradients stay on.

    A probe.
    """
    import torch
    from torch import nn

    class Spy(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(4, 3)

        def forward(self, X):
            out = self.linear(X)
            seen.append((self.training, out.requires_grad))
            return out

    seen = []  # not in the spy, so that a copy of it reports here, too
    spy = Spy()
    spy.linear.weight.data.copy_(weight)
    spy.linear.bias.data.zero_()
    result = evaluate_loss(spy, (batch for batch in batches) if as_generator else batches, nn.CrossEntropyLoss())
    grad_enabled = torch.is_grad_enabled()
    torch.set_grad_enabled(True)
    return result, seen, grad_enabled
