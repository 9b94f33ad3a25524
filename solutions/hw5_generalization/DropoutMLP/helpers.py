def hand_on(net, adding=None):
    """Let every layer hand its input on, but the one of the sizes `adding`, smaller first: it adds it up."""
    import torch

    with torch.no_grad():
        for p in net.parameters():
            if len(p.shape) == 2 and min(p.shape) > 1:
                p.copy_(torch.eye(*p.shape))
                if sorted(p.shape) == adding:
                    p.fill_(1.0)
            else:
                p.zero_()


def drawn_anew(net, X):
    """Draw the parameters of a network of the widths 5, 7, 11, 3 anew; return what it should make of X."""
    import torch

    weights, biases = {}, {}
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.randn(tuple(p.shape)))
            if p.numel() in (7, 11, 3):
                biases[p.numel()] = p.detach().clone().reshape(-1)
            else:
                weights[tuple(sorted(p.shape))] = p.detach().clone()
    H = X
    for inputs, outputs in ((5, 7), (7, 11), (11, 3)):
        key = tuple(sorted((inputs, outputs)))
        assert key in weights and outputs in biases, "Each layer has a weight and a bias."
        W = weights[key] if tuple(weights[key].shape) == (inputs, outputs) else weights[key].T
        H = H @ W + biases[outputs]
        H = H if outputs == 3 else torch.relu(H)
    return H
