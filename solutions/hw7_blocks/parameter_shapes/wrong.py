import torch
from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="Only layers at the top level are visited. Parameters of nested modules belong in the dictionary, too.")
def top_level_layers():
    def parameter_shapes(net):
        shapes = {}
        for name, layer in net.named_children():
            for kind, p in layer.named_parameters(recurse=False):
                shapes[f"{name}.{kind}"] = tuple(p.shape)
        return shapes


@wrong(hint="With recurse=False only parameters of net itself are listed, not those of its layers.")
def without_recursion():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters(recurse=False)}


@wrong(hint="state_dict also holds buffers, and it repeats shared layers. Only parameters are asked, each once.")
def from_the_state_dict():
    def parameter_shapes(net):
        return {name: tuple(value.shape) for name, value in net.state_dict().items()}


@wrong(hint="Shared parameters are listed at each of their places. Each should appear once.")
def duplicates_kept():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters(remove_duplicate=False)}


@wrong(
    hint="A parameter that two different layers share is listed twice. Skip parameters that you have seen, not only "
    "modules."
)
def shared_modules_only():
    def parameter_shapes(net):
        shapes = {}
        for path, module in net.named_modules():
            for name, p in module.named_parameters(recurse=False):
                shapes[f"{path}.{name}" if path else name] = tuple(p.shape)
        return shapes


@wrong(hint="Only weight and bias of Linear layers are listed. Every kind of layer can have parameters.")
def linear_layers_only():
    def parameter_shapes(net):
        shapes = {}
        for name, m in net.named_modules():
            if isinstance(m, nn.Linear):
                shapes[name + ".weight"] = tuple(m.weight.shape)
                shapes[name + ".bias"] = tuple(m.bias.shape)
        return shapes


@wrong(hint="Frozen parameters are left out. They are parameters all the same.")
def trainable_parameters_only():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters() if p.requires_grad}


@wrong(hint="The values are numbers of elements. The question asks for the shapes.")
def elements_instead_of_shapes():
    def parameter_shapes(net):
        return {name: p.numel() for name, p in net.named_parameters()}


@wrong(hint="The result is a list of pairs. The question asks for a dictionary from name to shape.")
def list_of_pairs():
    def parameter_shapes(net):
        return [(name, tuple(p.shape)) for name, p in net.named_parameters()]


@wrong(hint="The shapes are lists. The question asks for tuples.")
def shapes_as_lists():
    def parameter_shapes(net):
        return {name: list(p.shape) for name, p in net.named_parameters()}


@wrong(hint="Parameters with equal numbers are taken for one. Two parameters are the same only if they are one object.")
def equal_numbers_taken_for_one():
    def parameter_shapes(net):
        shapes, seen = {}, []
        for name, p in net.named_parameters():
            if not any(q.shape == p.shape and torch.equal(p, q) for q in seen):
                seen.append(p)
                shapes[name] = tuple(p.shape)
        return shapes


@wrong(hint="Only the last part of each name is kept, so layers overwrite one another. Keep the whole path, with its dots.")
def last_part_of_the_name():
    def parameter_shapes(net):
        return {name.split(".")[-1]: tuple(p.shape) for name, p in net.named_parameters()}


@wrong(hint="Only weights are listed. Biases, and whatever else a module calls its own, are parameters, too.")
def weights_only():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters() if "weight" in name}


@wrong(hint="The keys are numbers, not names. net.named_parameters() gives each parameter with its full name.")
def numbers_for_names():
    def parameter_shapes(net):
        return {str(i): tuple(p.shape) for i, p in enumerate(net.parameters())}


@wrong(hint="The shapes are turned round. Give them as they are: nn.Linear keeps its outputs first.")
def shapes_turned_round():
    def parameter_shapes(net):
        return {name: tuple(reversed(p.shape)) for name, p in net.named_parameters()}
