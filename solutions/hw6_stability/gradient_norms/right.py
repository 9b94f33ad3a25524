import torch

from autograder.authoring.marks import right


@right
def autograd_grad():
    def gradient_norms(net, loss):
        names, params = zip(*net.named_parameters())
        gradients = torch.autograd.grad(loss, params)
        return dict(zip(names, [torch.norm(g).item() for g in gradients]))


@right
def cleared_one_by_one():
    def gradient_norms(net, loss):
        for p in net.parameters():
            p.grad = None
        loss.backward()
        norms = {}
        for name, p in net.named_parameters():
            norms[name] = torch.sqrt(torch.sum(p.grad**2))
        return norms


@right
def zeroed_in_place():
    def gradient_norms(net, loss):
        net.zero_grad(set_to_none=False)
        loss.backward()
        return {n: float(torch.linalg.vector_norm(p.grad)) for n, p in net.named_parameters()}


@right
def caught_by_hooks():
    def gradient_norms(net, loss):
        norms, hooks = {}, []
        for name, p in net.named_parameters():
            note = lambda g, name=name: norms.update({name: g.norm().item()})  # noqa: E731
            hooks.append(p.register_hook(note))
        loss.backward()
        for hook in hooks:
            hook.remove()
        return norms


@right
def earlier_gradients_put_back():
    def gradient_norms(net, loss):
        earlier = [p.grad for p in net.parameters()]
        net.zero_grad(set_to_none=True)
        loss.backward(retain_graph=True)
        norms = {name: p.grad.norm() for name, p in net.named_parameters()}
        for p, grad in zip(net.parameters(), earlier):
            p.grad = grad
        return norms
