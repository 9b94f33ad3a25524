def pretend(count):
    """Give the machine so many GPUs, within a `with`."""
    import contextlib
    from types import SimpleNamespace
    from unittest import mock

    import torch

    # torch.cuda and torch.accelerator get their answers from torch's compiled part. Replaced down there, the
    # answer is the same under any name: `from torch.cuda import device_count`, a default argument, a partial.
    def start():
        if count == 0:
            raise RuntimeError("No CUDA GPUs are available")

    def existing(i):
        if i >= count:
            raise RuntimeError("CUDA error: invalid device ordinal")
        return 0

    gpu = SimpleNamespace(name="GPU", major=9, minor=0, total_memory=2**36)
    stack = contextlib.ExitStack()
    for owner, name, answer in [
        (torch._C, "_has_cuda", True),
        (torch._C, "_cuda_getDeviceCount", lambda: count),
        (torch._C, "_cuda_getDevice", lambda: 0),
        (torch._C, "_cuda_setDevice", existing),
        (torch._C, "_accelerator_getAccelerator", lambda: torch.device("cuda") if count else None),
        (torch.cuda, "_cached_device_count", count),
        (torch.cuda, "_lazy_init", start),
        (torch.cuda, "_get_device_properties", lambda i: gpu),
        (torch.cuda, "_exchange_device", existing),
        (torch.cuda, "_maybe_exchange_device", lambda i: 0),
    ]:
        stack.enter_context(mock.patch.object(owner, name, answer, create=True))
    return stack
