import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="The list begins with the variance of the input. Only the outputs of the layers belong in it.")
def includes_the_input():
    def activation_variances(net, X):
        variances = [X.var().item()]
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@wrong(hint="Each variance is measured before the layer, so the input is in the list and the last output is not.")
def measured_before_the_layer():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                variances.append(X.var().item())
                X = layer(X)
        return variances


@wrong(hint="The numbers still hang on the graph, which keeps all of it in memory. Measure under torch.no_grad().")
def keeps_the_graph():
    def activation_variances(net, X):
        variances = []
        for layer in net:
            X = layer(X)
            variances.append(X.var())
        return variances


@wrong(hint="These are standard deviations. The variance is asked for.")
def standard_deviations():
    def activation_variances(net, X):
        stds = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                stds.append(X.std().item())
        return stds


@wrong(hint="Every layer was given X itself. Give each layer the output of the one before.")
def every_layer_sees_the_input():
    def activation_variances(net, X):
        with torch.no_grad():
            return [layer(X).var().item() for layer in net]


@wrong(hint="Only linear layers are in the list. Every layer counts.")
def linear_layers_only():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                if isinstance(layer, nn.Linear):
                    variances.append(X.var().item())
        return variances


@wrong(hint="These are the variances of the weights. Measure the outputs of the layers.")
def variances_of_the_weights():
    def activation_variances(net, X):
        return [layer.weight.var().item() if hasattr(layer, "weight") else 0.0 for layer in net]


@wrong(hint="This is the mean of the squares. The variance subtracts the mean first.")
def mean_of_squares():
    def activation_variances(net, X):
        values = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                values.append((X**2).mean().item())
        return values


@wrong(hint="A layer that stands in the network twice is counted once. Loop over the network itself.")
def repeated_layers_lost():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for _, layer in net.named_children():
                X = layer(X)
                variances.append(X.var().item())
        return variances


@wrong(hint="There is one number per unit. Take the variance over all entries of the output.")
def variance_per_unit():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var(dim=0).tolist())
        return variances


@wrong(hint="Only the last number comes back. Collect one for each layer.")
def only_the_output():
    def activation_variances(net, X):
        with torch.no_grad():
            return [net(X).var().item()]


@wrong(hint="The network is left in evaluation mode. Leave the mode as it was.")
def leaves_evaluation_mode():
    def activation_variances(net, X):
        net.eval()
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@wrong(hint="The hooks stay in the network. Remove them when you are done.")
def hooks_left_behind():
    def activation_variances(net, X):
        variances = []
        for layer in dict.fromkeys(net):
            layer.register_forward_hook(lambda m, args, out: variances.append(out.detach().var().item()))
        with torch.no_grad():
            net(X)
        return variances


@wrong(hint="zero_grad throws away gradients that were there before. You only measure: touch nothing.")
def clears_the_gradients():
    def activation_variances(net, X):
        net.zero_grad()
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@wrong(hint="A Sequential inside net is one layer of it, with one output. You went into it.")
def goes_into_inner_blocks():
    def activation_variances(net, X):
        variances = []

        def walk(block, X):
            for layer in block:
                if isinstance(layer, nn.Sequential):
                    X = walk(layer, X)
                else:
                    X = layer(X)
                    variances.append(X.var().item())
            return X

        with torch.no_grad():
            walk(net, X)
        return variances


@wrong(hint="The list lives outside the function, so a second call adds to the first. Begin with an empty one.")
def list_outlives_the_call():
    variances = []

    def activation_variances(net, X):
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var().item())
        return variances


@wrong(
    hint="The variances of the units are averaged. Take one variance, over all entries of the output.",
    public=False,
    reason="In the public checks the units have nearly the same mean.",
)
def mean_of_the_units_variances():
    def activation_variances(net, X):
        variances = []
        with torch.no_grad():
            for layer in net:
                X = layer(X)
                variances.append(X.var(dim=0).mean().item())
        return variances
