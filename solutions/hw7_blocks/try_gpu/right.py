import torch

from autograder.authoring.marks import right


@right
def textbook():
    def try_gpu(i=0):
        if torch.cuda.device_count() >= i + 1:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
        return devices if devices else [torch.device("cpu")]


@right
def asks_is_available():
    def try_gpu(i=0):
        if not torch.cuda.is_available() or i not in range(torch.cuda.device_count()):
            return torch.device(type="cpu")
        return torch.device("cuda", i)

    def try_all_gpus():
        if not torch.cuda.is_available():
            return [torch.device("cpu")]
        return [torch.device("cuda", index=i) for i in range(torch.cuda.device_count())]


@right
def imported_by_name():
    from torch.cuda import device_count

    def try_all_gpus():
        gpus = []
        while len(gpus) < device_count():
            gpus.append(torch.device("cuda:" + str(len(gpus))))
        return gpus or [torch.device("cpu")]

    def try_gpu(i=0):
        devices = try_all_gpus()
        return devices[i] if i < len(devices) else torch.device("cpu")


@right
def asks_each_device():
    def try_gpu(i=0):
        try:
            torch.cuda.get_device_properties(i)
        except (AssertionError, RuntimeError):
            return torch.device("cpu")
        return torch.device("cuda", i)

    def try_all_gpus():
        devices, i = [], 0
        while try_gpu(i).type == "cuda":
            devices.append(try_gpu(i))
            i += 1
        return devices or [torch.device("cpu")]


@right
def asks_through_default_arguments():
    def try_gpu(i=0, count=torch.cuda.device_count):
        return torch.device("cuda", i) if i < count() else torch.device("cpu")

    def try_all_gpus(count=torch.cuda.device_count):
        return [torch.device("cuda", i) for i in range(count())] or [torch.device("cpu")]


@right
def asks_through_a_class():
    from torch.cuda import device_count, is_available

    class Machine:
        count, any = staticmethod(device_count), staticmethod(is_available)

        def __call__(self, i=0):
            found = self.any() and self.count() > i
            return torch.device("cuda", i) if found else torch.device("cpu")

        def all(self):
            return [self(i) for i in range(max(1, self.count()))]

    try_gpu = Machine()
    try_all_gpus = try_gpu.all


@right
def asks_through_partials():
    import functools

    def one(count, i=0):
        return torch.device(f"cuda:{i}") if i < count() else torch.device("cpu")

    def every(count):
        return [one(count, i) for i in range(count() or 1)]

    try_gpu = functools.partial(one, torch.cuda.device_count)
    try_all_gpus = functools.partial(every, torch.cuda.device_count)


@right
def asks_the_accelerator():
    from torch.accelerator import current_accelerator, device_count as how_many

    def try_gpu(i=0):
        if torch.accelerator.is_available() and i < how_many():
            return torch.device(current_accelerator().type, i)
        return torch.device("cpu")

    def try_all_gpus():
        return [try_gpu(i) for i in range(max(how_many(), 1))]


@right
def reports_what_it_finds():
    def try_gpu(i=0):
        if not (torch.backends.cuda.is_built() and torch.cuda.is_available()):
            return torch.device("cpu")
        if i >= torch.get_device_module("cuda").device_count():
            return torch.device("cpu")
        gpu = torch.cuda.get_device_properties(i)
        print(torch.cuda.get_device_name(i), torch.cuda.get_device_capability(i), gpu.total_memory)
        return torch.device("cuda", i)

    def try_all_gpus():
        return [try_gpu(i) for i in range(torch.cuda.device_count())] or [try_gpu()]
