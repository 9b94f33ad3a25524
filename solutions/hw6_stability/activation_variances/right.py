import torch

from autograder.authoring.marks import right


@right
def detached_biased():
    def activation_variances(net, X):
        result, h = [], X
        for layer in net:
            h = layer(h).detach()
            result.append(float(((h - h.mean()) ** 2).mean()))
        return result


@right
def by_index():
    def activation_variances(net, X):
        variances = []
        with torch.inference_mode():
            for i in range(len(net)):
                X = net[i](X)
                variances.append(torch.var(X, correction=0))
        return variances


@right
def prefixes():
    def activation_variances(net, X):
        with torch.no_grad():
            return [net[:depth](X).var().item() for depth in range(1, len(net) + 1)]


@right
def hooks_removed():
    def activation_variances(net, X):
        variances = []

        def note(module, args, output):
            variances.append(output.var().item())

        handles = [layer.register_forward_hook(note) for layer in set(net)]
        with torch.no_grad():
            net(X)
        for handle in handles:
            handle.remove()
        return variances


@right
def accumulated():
    from itertools import accumulate

    def activation_variances(net, X):
        with torch.inference_mode():
            steps = list(accumulate(net, lambda h, layer: layer(h), initial=X))
            return [torch.var_mean(h)[0].item() for h in steps[1:]]


@right
def on_a_deep_copy():
    from copy import deepcopy

    def activation_variances(net, X):
        twin, variances = deepcopy(net), []
        for layer in twin:
            X = layer(X).detach()
            variances.append(X.double().pow(2).mean().item() - X.double().mean().item() ** 2)
        return variances
