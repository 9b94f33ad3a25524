import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="Earlier gradients are still there, and backward adds to them. Clear them before.")
def accumulates():
    def gradient_norms(net, loss):
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@wrong(hint="The gradients were cleared after backward, so every norm is 0 or missing. Clear before.")
def cleared_after_backward():
    def gradient_norms(net, loss):
        loss.backward()
        net.zero_grad(set_to_none=False)
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@wrong(hint="Earlier gradients count in the first call. Clear them before backward, not when you are done.")
def cleared_for_the_next_call():
    def gradient_norms(net, loss):
        loss.backward()
        norms = {name: p.grad.norm().item() for name, p in net.named_parameters()}
        net.zero_grad()
        return norms


@wrong(hint="These are norms of the parameters. Take those of their gradients.")
def norms_of_the_parameters():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.detach().norm().item() for name, p in net.named_parameters()}


@wrong(hint="The root is missing: these are squared norms.")
def squared_norms():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.square().sum().item() for name, p in net.named_parameters()}


@wrong(hint="These are sums of magnitudes. The L2 norm is the root of the sum of squares.")
def l1_norms():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.abs().sum().item() for name, p in net.named_parameters()}


@wrong(hint="The keys are numbers. Use the names that net.named_parameters() gives.")
def numbers_for_names():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {i: p.grad.norm().item() for i, p in enumerate(net.parameters())}


@wrong(hint="Some parameters are missing. Biases have gradients, too.")
def weights_only():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters() if "weight" in name}


@wrong(hint="All norms were combined into one. Return one for each parameter, in a dictionary.")
def one_norm_for_all():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return torch.cat([p.grad.flatten() for p in net.parameters()]).norm().item()


@wrong(hint="The gradients were averaged over their entries. The L2 norm adds up squares and takes the root.")
def root_mean_square():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.square().mean().sqrt().item() for name, p in net.named_parameters()}


@wrong(hint="backward was called twice, so every gradient counts double. Call it once.")
def backward_twice():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward(retain_graph=True)
        loss.backward()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@wrong(hint="For a matrix, linalg.norm(…, 2) is its largest singular value. Add up the squares of all entries.")
def largest_singular_value():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: torch.linalg.norm(p.grad, 2).item() for name, p in net.named_parameters()}


@wrong(hint="step changes the parameters. You only look at the gradient, nothing is learned yet.")
def takes_a_step():
    def gradient_norms(net, loss):
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return {name: p.grad.norm().item() for name, p in net.named_parameters()}


@wrong(hint="The two layers of the example are not all there is: blocks hold layers, and not every layer is linear.")
def top_linear_layers_only():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        norms = {}
        for i, layer in enumerate(net):
            if isinstance(layer, nn.Linear):
                norms[f"{i}.weight"] = layer.weight.grad.norm().item()
                norms[f"{i}.bias"] = layer.bias.grad.norm().item()
        return norms


@wrong(hint="This is the largest entry of each gradient. The L2 norm adds up the squares of all entries and takes the root.")
def largest_entries():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.abs().max().item() for name, p in net.named_parameters()}


@wrong(hint="A list comes back. Return a dictionary, with the names that net.named_parameters() gives.")
def list_of_norms():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return [p.grad.norm().item() for p in net.parameters()]


@wrong(hint="These are means of magnitudes. The L2 norm is the root of the sum of squares.")
def mean_magnitudes():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.abs().mean().item() for name, p in net.named_parameters()}


@wrong(hint="Every name has the norm over all gradients together. Each parameter has one of its own.")
def one_joint_norm():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        joint = torch.cat([p.grad.reshape(-1) for p in net.parameters()]).norm().item()
        return {name: joint for name, _ in net.named_parameters()}


@wrong(hint="Norms cannot be taken off each other: gradients add up entry by entry. Clear them before backward.")
def norms_subtracted():
    def gradient_norms(net, loss):
        before = {n: 0.0 if p.grad is None else p.grad.norm().item() for n, p in net.named_parameters()}
        loss.backward()
        return {n: p.grad.norm().item() - before[n] for n, p in net.named_parameters()}


@wrong(hint="These are the gradients themselves. Return the norm of each, one number.")
def gradients_themselves():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad for name, p in net.named_parameters()}


@wrong(hint="The entries are added up with their signs. The L2 norm adds up their squares and takes the root.")
def sums_of_the_entries():
    def gradient_norms(net, loss):
        net.zero_grad()
        loss.backward()
        return {name: p.grad.sum().item() for name, p in net.named_parameters()}
