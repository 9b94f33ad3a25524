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
