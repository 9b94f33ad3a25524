def traced(build_model):
    """Return the network that `build_model` makes as data: its numbers and its operations in both modes.

    A probe. Instead of a network that cannot be said comes a string that tells what is in the way.
    """
    import torch
    from torch import nn
    from torch.func import functional_call
    from torch.fx.experimental.proxy_tensor import make_fx

    def said(value, places):
        """Say an argument of an operation in lists."""
        if isinstance(value, torch.fx.Node):
            return ["node", places[value]]
        if isinstance(value, (list, tuple)):
            return ["list", [said(item, places) for item in value]]
        if isinstance(value, (torch.dtype, torch.layout, torch.memory_format, torch.device)):
            return [type(value).__name__, str(value)]
        return ["value", value]

    def operations(net, state, X):
        """Return the operations of one forward pass, each with its arguments, and the tensors it holds itself."""
        graph = make_fx(lambda state, X: functional_call(net, state, (X,)), pre_dispatch=True)(state, X)
        places, held, listed = {}, [], []
        inputs = [node for node in graph.graph.nodes if node.op == "placeholder"]
        for node in graph.graph.nodes:
            places[node] = inputs.index(node) if node in inputs else len(inputs) + len(listed)
            if node.op == "get_attr":
                held.append(getattr(graph, node.target).detach().clone())
                listed.append(["held", [["value", len(held) - 1]], []])
            elif node.op == "call_function":
                args = [said(value, places) for value in node.args]
                kwargs = [[key, said(value, places)] for key, value in node.kwargs.items()]
                listed.append([str(node.target) if "." in str(node.target) else node.target.__name__, args, kwargs])
            elif node.op == "output":
                (returned,) = node.args[0]
                listed.append(["output", [said(returned, places)], []])
        return listed, held

    torch.manual_seed(1)
    net = build_model()
    if not isinstance(net, nn.Module):
        return "no network"
    X = torch.zeros(64, 1, 28, 28)
    with torch.no_grad():
        net.eval()(X)  # lazy layers get their size here
    parameters, buffers = dict(net.named_parameters()), dict(net.named_buffers())
    made = {"trained": [p.requires_grad for p in parameters.values()], "modes": []}
    for table, values in (("parameters", parameters), ("buffers", buffers)):
        made[table] = [value.detach().clone() for value in values.values()]
    for mode in (True, False):
        net.train(mode)
        with torch.no_grad():
            scores = net(X)
        if not isinstance(scores, torch.Tensor):
            return "no tensor"
        if scores.shape != (64, 10):
            return "wrong shape"
        state = {name: value.detach().clone() for name, value in {**parameters, **buffers}.items()}
        try:
            made["modes"].append(operations(net, state, X))
        except Exception:
            return "not rebuilt"
    return made


def twin_of(made):
    """Return what `traced` says as two functions of pictures: the network in training mode and in evaluation mode."""
    import torch

    parameters, buffers = made["parameters"], made["buffers"]

    def function_of(name):
        if name == "getitem":
            return lambda value, place: value[place]
        if name == "_set_grad_enabled":
            return torch._C._set_grad_enabled
        kind, operator, overload = name.split(".")
        assert kind == "aten", "an operation that is not torch's own"
        return getattr(getattr(torch.ops.aten, operator), overload)

    def value_of(said, values):
        kind, value = said
        if kind == "node":
            return values[value]
        if kind == "list":
            return [value_of(item, values) for item in value]
        if kind in ("dtype", "layout", "memory_format"):
            return getattr(torch, value.removeprefix("torch."))
        return torch.device("cpu") if kind == "device" else value

    def forward_of(listed, held):
        steps = [(name, None if name in ("held", "output") else function_of(name), *rest) for name, *rest in listed]

        def forward(X):
            values = [*parameters, *buffers, X]
            with torch.set_grad_enabled(torch.is_grad_enabled()):  # a network may switch it off, and on again
                for name, function, args, kwargs in steps:
                    if name == "held":
                        values.append(held[args[0][1]])
                        continue
                    given = [value_of(said, values) for said in args]
                    if name == "output":
                        return given[0]
                    values.append(function(*given, **{key: value_of(said, values) for key, said in kwargs}))

        return forward

    return [forward_of(*mode) for mode in made["modes"]]


def holds_numbers_of_its_own(said):
    """Whether an argument of an operation holds more than a few plain numbers: what was learnt before could hide there."""
    kind, value = said
    if kind == "list":
        return len(value) > 64 or any(holds_numbers_of_its_own(item) for item in value)
    return kind == "value" and not (value is None or type(value) in (bool, int, float, str))


def cost_of(forward, X):
    """Return what one picture of X costs in a forward pass, without its parameters: see the question's budget.

    The weights make it proportional to time on one core, where a convolution in groups multiplies 16 times as slowly,
    and a pooling layer reads its window for each number that it writes.
    """
    import math

    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils.flop_counter import FlopCounterMode

    class Count(TorchDispatchMode):
        cost = 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            with FlopCounterMode(display=False) as counter:
                result = function(*args, **(kwargs or {}))
            results = result if isinstance(result, (list, tuple)) else [result]
            numbers = 0 if function.is_view else sum(r.numel() for r in results if isinstance(r, torch.Tensor))
            name, multiplications = function.__name__, counter.get_total_flops() // 2
            if "pool" in name and isinstance(args[1], (list, tuple)):
                numbers *= max(1, math.prod(args[1]) / 2)
            if "convolution" in name and args[8] > 1:
                multiplications *= 16
            self.cost += multiplications + 40 * numbers + 5_000 * len(X)
            return result

    with torch.no_grad(), Count() as count:
        forward(X)
    return count.cost / len(X)


def scores_of_the_twin(made, images, labels, held_out):
    """Train a network that was rebuilt, as the question says; return its scores of pictures and those before training.

    It runs apart: nothing here is the student's but what `traced` says, which is data. What the network holds is
    shuffled within each tensor first: all of its scale stays, and nothing of what was learnt or looked up before.
    Returns with the scores whether there were fewer than 800 steps; or a string that says what is wrong.
    """
    import time

    import torch
    from torch import nn

    parameters, buffers = made["parameters"], made["buffers"]
    held = [tensor for _, tensors in made["modes"] for tensor in tensors]
    if sum(p.numel() for p in parameters) > 500_000:
        return "too large", None, False
    if sum(t.numel() for t in buffers + held) > 50_000 or max(len(listed) for listed, _ in made["modes"]) > 2_000:
        return "not rebuilt", None, False
    given = [said for listed, _ in made["modes"] for _, args, kwargs in listed for said in [*args, *(v for _, v in kwargs)]]
    if any(holds_numbers_of_its_own(said) for said in given):
        return "not rebuilt", None, False
    training, evaluation = twin_of(made)
    for p, trained in zip(parameters, made["trained"], strict=True):
        p.requires_grad_(trained)
    X, y = (images / 255 - 0.286) / 0.353, labels.long()
    X_held_out = (held_out / 255 - 0.286) / 0.353

    def all_scores():
        with torch.no_grad():
            return torch.cat([evaluation(pictures) for pictures in X_held_out.split(64)])

    before = [tensor.clone() for tensor in buffers + held]
    cost = max(cost_of(forward, X[:64]) for forward in (evaluation, training)) + 2 * sum(p.numel() for p in parameters)
    for tensor, value in zip(buffers + held, before, strict=True):
        tensor.copy_(value)
    steps = min(800, int(800 * 4_000_000 / cost))
    if steps < 50:
        return "too costly", None, False
    untrained = all_scores()
    torch.manual_seed(1)
    with torch.no_grad():
        for tensor in [*parameters, *buffers, *held]:
            tensor.copy_(tensor.flatten()[torch.randperm(tensor.numel())].reshape(tensor.shape))
    trained = [p for p in parameters if p.requires_grad]
    optimizer = torch.optim.Adam(trained) if trained else None
    batches = (rows for _ in range(5) for rows in torch.randperm(len(X)).split(64))
    stop = time.process_time() + 60  # for what the cost does not see
    for step, rows in zip(range(steps), batches):
        loss = nn.functional.cross_entropy(training(X[rows]), y[rows])
        if not loss.isfinite():
            return "not finite", untrained, False
        if optimizer is None or not loss.requires_grad:
            return "nothing to train", untrained, False
        optimizer.param_groups[0]["lr"] = (0.003, 0.002, 0.001, 0.0005, 0.0001)[5 * step // steps]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if time.process_time() > stop:
            steps = step + 1
            break
    return all_scores(), untrained, steps < 800


def pictures_in_no_table(judge):
    """Return the pictures kept back, with their labels, brighter or darker and with noise of the course's own.

    Fashion-MNIST is public: a network that holds a table of its labels shall not find these pictures in it. Exchange
    the seed for a number of your own. The noise costs less than 0.3 % of accuracy.
    """
    import gzip

    import torch

    noise = torch.Generator().manual_seed(20_260_711)
    raw = gzip.decompress(judge.data("held_out/images-idx3-ubyte.gz"))
    pictures = torch.frombuffer(bytearray(raw[16:]), dtype=torch.uint8).reshape(-1, 1, 28, 28).float()
    pictures *= 0.9 + 0.2 * torch.rand(len(pictures), 1, 1, 1, generator=noise)
    pictures += 6 * torch.randn(pictures.shape, generator=noise)
    raw = gzip.decompress(judge.data("held_out/labels-idx1-ubyte.gz"))
    labels = torch.frombuffer(bytearray(raw[8:]), dtype=torch.uint8).long()
    return pictures.clamp(0, 255).round().to(torch.uint8), labels


def capstone(build_model, judge):
    """Return (accuracy, accuracy before training, whether it was shortened), or what is wrong with the network."""
    import gzip

    import torch

    made = judge.probe(traced, build_model)
    if isinstance(made, str):
        return made
    raw = gzip.decompress(judge.data("data/fashion-mnist/train-images-idx3-ubyte.gz"))
    images = torch.frombuffer(bytearray(raw[16:]), dtype=torch.uint8).reshape(-1, 1, 28, 28)
    raw = gzip.decompress(judge.data("data/fashion-mnist/train-labels-idx1-ubyte.gz"))
    labels = torch.frombuffer(bytearray(raw[8:]), dtype=torch.uint8)
    pictures, truth = pictures_in_no_table(judge)
    scores, untrained, shortened = judge.apart(scores_of_the_twin, made, images, labels, pictures, seconds=100)
    if isinstance(scores, str):
        return scores
    if not scores.isfinite().all():
        return "not finite"
    reached, before = ((s.argmax(dim=1) == truth).double().mean().item() for s in (scores, untrained))
    return reached, before, shortened


def accuracy_reached(build_model, judge):
    """Return the accuracy on the pictures kept back and whether the training was shortened; taken once."""
    measured = judge.once("capstone", lambda: capstone(build_model, judge))
    fault = measured if isinstance(measured, str) else None
    assert fault != "no network", "build_model should return a network, an instance of nn.Module."
    assert fault != "too large", "The network has more than 500,000 parameters."
    assert fault != "too costly", (
        "The network costs more than 16 times the budget, which leaves fewer than 50 steps: let a stride or a pooling "
        "layer shrink the pictures earlier."
    )
    assert fault != "no tensor", "The network should return the scores, a tensor, and nothing else, in both modes."
    assert fault != "wrong shape", "The network should return ten scores per picture, shape (n, 10), in both modes."
    assert fault != "nothing to train", (
        "No gradient reaches a parameter. Are the layers attributes of the network, do the parameters require "
        "gradients, and do the scores come from them without argmax or detach?"
    )
    assert fault != "not finite", "In training the loss or the scores became nan or infinite."
    assert fault is None, (
        "The grader cannot rebuild the network from the operations of its forward pass. Use torch's operations only: "
        "no .item(), no numpy, no decision that depends on the numbers, and no large tensors beside the parameters."
    )
    reached, before, shortened = measured
    assert before < 0.6, "The network knows the pictures before it is trained: build_model should return it untrained."
    return reached, shortened
