from autograder.authoring.marks import wrong


@wrong(hint="Shared layers are counted at each of their places, and buffers are counted. Count every parameter once.")
def counts_the_state_dict():
    def count_parameters(net, trainable_only=False):
        if trainable_only:
            return sum(p.numel() for p in net.parameters() if p.requires_grad)
        return sum(value.numel() for value in net.state_dict().values())


@wrong(hint="What is shared is counted at each of its places. Count every parameter once.")
def duplicates_counted():
    def count_parameters(net, trainable_only=False):
        total = 0
        for _, p in net.named_parameters(remove_duplicate=False):
            if p.requires_grad or not trainable_only:
                total += p.numel()
        return total


@wrong(hint="What is shared is counted at each of its places. Count every parameter once.")
def layer_by_layer():
    def count_parameters(net, trainable_only=False):
        total = 0
        for layer in net._modules.values():
            total += sum(p.numel() for p in layer.parameters() if p.requires_grad or not trainable_only)
        return total


@wrong(hint="Nested parameters are counted many times: modules() visits every level, and parameters() goes down again.")
def counted_at_every_level():
    def count_parameters(net, trainable_only=False):
        return sum(
            p.numel() for m in net.modules() for p in m.parameters() if p.requires_grad or not trainable_only
        )


@wrong(
    hint="A parameter that two different layers share is counted twice. Skip parameters that you have seen, not only "
    "modules."
)
def module_by_module():
    def count_parameters(net, trainable_only=False):
        total = 0
        for m in net.modules():
            for p in m.parameters(recurse=False):
                if p.requires_grad or not trainable_only:
                    total += p.numel()
        return total


@wrong(hint="This counts the parameter tensors. The question asks for their elements.")
def counts_tensors():
    def count_parameters(net, trainable_only=False):
        return len([p for p in net.parameters() if p.requires_grad or not trainable_only])


@wrong(hint="len(p) is the first axis only. Count all elements of a parameter.")
def first_axis_only():
    def count_parameters(net, trainable_only=False):
        return sum(p.shape[0] if p.dim() else 1 for p in net.parameters() if p.requires_grad or not trainable_only)


@wrong(hint="Biases are left out. Every parameter counts, not only weights.")
def weights_only():
    def count_parameters(net, trainable_only=False):
        return sum(
            p.numel()
            for name, p in net.named_parameters()
            if name.endswith("weight") and (p.requires_grad or not trainable_only)
        )


@wrong(hint="trainable_only is ignored: frozen parameters are counted always.")
def flag_ignored():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters())


@wrong(hint="Frozen parameters are never counted. By default they count; only trainable_only=True leaves them out.")
def always_trainable_only():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if p.requires_grad)


@wrong(hint="trainable_only=True gives the frozen parameters. It should leave them out.")
def flag_inverted():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if not (trainable_only and p.requires_grad))


@wrong(hint="Parameters with equal numbers are taken for one. Two parameters are the same only if they are one object.")
def same_values_once():
    def count_parameters(net, trainable_only=False):
        seen = {}
        for p in net.parameters():
            if p.requires_grad or not trainable_only:
                seen[str(p.detach().tolist())] = p.numel()
        return sum(seen.values())


@wrong(hint="The count of a network is remembered, but layers may be frozen later. Count at every call.")
def remembered():
    import functools

    @functools.cache
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if p.requires_grad or not trainable_only)


@wrong(hint="By default only frozen parameters are counted: == compares with the flag. `not trainable_only or …` asks rightly.")
def compared_with_the_flag():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if p.requires_grad == trainable_only)


@wrong(hint="The sides of each shape are added up. A matrix has as many elements as their product: numel().")
def sides_added():
    def count_parameters(net, trainable_only=False):
        return sum(sum(p.shape) for p in net.parameters() if p.requires_grad or not trainable_only)


@wrong(hint="Parameters of one shape are taken for the same. Two layers of one size have parameters of their own.")
def same_shapes_once():
    def count_parameters(net, trainable_only=False):
        shapes = {p.shape for p in net.parameters() if p.requires_grad or not trainable_only}
        return sum(shape.numel() for shape in shapes)
