import torch

from autograder.authoring.marks import right


@right
def set_of_ids():
    def count_parameters(net, trainable_only=False):
        seen, total = set(), 0
        for module in net.modules():
            for p in module._parameters.values():
                if p is None or id(p) in seen:
                    continue
                seen.add(id(p))
                if trainable_only and not p.requires_grad:
                    continue
                total += p.numel()
        return total


@right
def products_of_shapes():
    def count_parameters(net, trainable_only=False):
        import math

        params = net.parameters()
        if trainable_only:
            params = filter(lambda p: p.requires_grad, params)
        return sum(math.prod(p.shape) for p in params)


@right
def flattened_vector():
    def count_parameters(net, trainable_only=False):
        kept = [p for _, p in net.named_parameters() if not trainable_only or p.requires_grad]
        return len(torch.cat([p.detach().reshape(-1) for p in kept])) if kept else 0
