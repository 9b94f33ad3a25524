from autograder.authoring.marks import right


@right
def torch_size():
    def parameter_shapes(net):
        shapes = {}
        for name, param in net.named_parameters():
            shapes[name] = param.shape
        return shapes


@right
def recursive_walk():
    def parameter_shapes(net):
        shapes, seen = {}, set()

        def walk(module, prefix):
            for name, p in module._parameters.items():
                if p is not None and id(p) not in seen:
                    seen.add(id(p))
                    shapes[prefix + name] = tuple(p.size())
            for name, child in module._modules.items():
                if child is not None:
                    walk(child, f"{prefix}{name}.")

        walk(net, "")
        return shapes


@right
def filtered_state_dict():
    def parameter_shapes(net):
        names = {name for name, _ in net.named_parameters()}
        return {key: tuple(value.shape) for key, value in net.state_dict().items() if key in names}
