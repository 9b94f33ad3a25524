def what_stays_behind(train, device, weight, bias, batches):
    """Return what `train` did not move to the device, whether it moved the network, and what it learnt in three epochs.

    A probe: batches and network lie on devices that only differ for those who ask. The learning rate is 0.1.
    """
    import torch
    from torch import nn
    from torch.overrides import TorchFunctionMode

    class Elsewhere(torch.Tensor):
        """A tensor that counts as lying on another device, the one that the batches come from."""

        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if function == torch.Tensor.device.__get__:
                return torch.device("meta")
            if any(type(a) is torch.Tensor and a.dim() > 0 for a in args):
                left.add("train labels" if net.training else "test labels")
            return super().__torch_function__(function, types, args, kwargs or {})

    class Watch(TorchFunctionMode):
        """Lets `to` and `cpu` carry tensors between the two devices."""

        def __torch_function__(self, function, types, args=(), kwargs=None):
            kwargs = kwargs or {}
            if function not in (torch.Tensor.to, torch.Tensor.cpu, torch.as_tensor):
                return function(*args, **kwargs)
            here = [i for i, p in enumerate(parameters) if args[0] is p or args[0].data_ptr() == places[i]]
            moved.update(here)
            home = function is torch.Tensor.cpu or any(str(a) == "meta" for a in (*args[1:], *kwargs.values()))
            with torch._C.DisableTorchFunction():
                if here:
                    return args[0]
                return args[0].as_subclass(Elsewhere if home else torch.Tensor)

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(2, 3)

        def forward(self, X):
            if isinstance(X, Elsewhere):
                left.add("train inputs" if self.training else "test inputs")
            if len(moved) < len(parameters):
                left.add("network")
            outputs = self.linear(X)
            if outputs.requires_grad and not self.training:
                left.add("graph")
            return outputs

    left, moved = set(), set()
    net = Net()
    parameters = list(net.parameters())
    for p, numbers in zip(parameters, (weight, bias)):
        p.data.copy_(numbers)
    places = [p.data_ptr() for p in parameters]
    batches = [tuple(part.as_subclass(Elsewhere) for part in batch) for batch in batches]
    optimizer = torch.optim.SGD(parameters, lr=0.1)
    with Watch():
        train(net, batches, batches[1:], nn.CrossEntropyLoss(), 3, optimizer, device)
    return sorted(left), "network" not in left, [p.detach().as_subclass(torch.Tensor) for p in parameters]
