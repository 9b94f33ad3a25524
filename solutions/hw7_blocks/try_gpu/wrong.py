import torch

from autograder.authoring.marks import wrong


@wrong(hint="With n GPUs there is no GPU number n: counting starts at 0. The count must exceed i.")
def off_by_one():
    def try_gpu(i=0):
        if torch.cuda.device_count() >= i:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
        return devices if devices else [torch.device("cpu")]


@wrong(hint="The results are strings. The question asks for torch.device objects.")
def strings():
    def try_gpu(i=0):
        return f"cuda:{i}" if torch.cuda.device_count() > i else "cpu"

    def try_all_gpus():
        return [f"cuda:{i}" for i in range(torch.cuda.device_count())] or ["cpu"]


@wrong(hint="One of the two results is a string. The question asks for torch.device objects everywhere.")
def string_for_the_cpu():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else "cpu"

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or ["cpu"]


@wrong(hint="Without a GPU try_all_gpus() returns an empty list. It should then hold the CPU.")
def empty_list():
    def try_gpu(i=0):
        if torch.cuda.device_count() > i:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]


@wrong(
    hint="A GPU is named that is not there, or not the one asked for. Compare i with the number of GPUs.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def number_ignored():
    def try_gpu(i=0):
        return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(hint="cuda:0 is returned without asking whether it exists. A machine may have no GPU.")
def always_the_first_gpu():
    def try_gpu(i=0):
        return torch.device("cuda:0")

    def try_all_gpus():
        return [torch.device("cuda:0")]


@wrong(
    hint="The device is cuda without a number. The question asks for cuda:i.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def device_without_number():
    def try_gpu(i=0):
        return torch.device("cuda") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(
    hint="A GPU is named that is not there, or not the one asked for. Compare i with the number of GPUs.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def any_gpu_is_enough():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.is_available() else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(
    hint="A GPU is named that is not there, or not the one asked for. Compare i with the number of GPUs.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def falls_back_to_the_first_gpu():
    def try_gpu(i=0):
        n = torch.cuda.device_count()
        if n == 0:
            return torch.device("cpu")
        return torch.device(f"cuda:{i}" if i < n else "cuda:0")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(
    hint="The list always holds the CPU. It belongs there only if there is no GPU.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def cpu_always_in_the_list():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] + [torch.device("cpu")]


@wrong(
    hint="The list counts from 1. With n GPUs the numbers are 0 to n - 1.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def list_from_one():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        n = torch.cuda.device_count()
        return [torch.device(f"cuda:{i}") for i in range(1, n + 1)] if n else [torch.device("cpu")]


@wrong(hint="try_all_gpus() returns the bare CPU device without a GPU. It should be a list that holds it.")
def no_list_for_the_cpu():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        n = torch.cuda.device_count()
        return [torch.device(f"cuda:{i}") for i in range(n)] if n else torch.device("cpu")


@wrong(hint="A set has no order, and the GPUs should come as a list, in order.")
def set_of_devices():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return {torch.device("cuda", i) for i in range(torch.cuda.device_count())} or {torch.device("cpu")}


@wrong(hint="`torch.cuda.is_available` without parentheses is a function, which counts as true. Call it.")
def is_available_not_called():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.is_available else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(
    hint="The GPUs are counted once, when the cell runs. Ask torch.cuda inside the functions, at each call.",
    public=False,
    reason="Only the judge plays machines with GPUs.",
)
def counted_when_the_cell_runs():
    count = torch.cuda.device_count()

    def try_gpu(i=0):
        return torch.device("cuda", i) if i < count else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(count)] or [torch.device("cpu")]


@wrong(
    hint="The list counts from 1. With n GPUs the numbers are 0 to n - 1.",
    public=False,
    reason="Without a GPU nothing shows; the judge plays machines that have some.",
)
def first_gpu_left_out():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        devices = [torch.device(f"cuda:{i}") for i in range(1, torch.cuda.device_count())]
        return devices if devices else [torch.device("cpu")]


@wrong(hint="The results of try_gpu are strings. The question asks for torch.device objects.")
def strings_for_one():
    def try_gpu(i=0):
        return f"cuda:{i}" if torch.cuda.device_count() > i else "cpu"

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@wrong(hint="The list holds strings. The question asks for torch.device objects everywhere.")
def strings_in_the_list():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}" if torch.cuda.device_count() > i else "cpu")

    def try_all_gpus():
        return [f"cuda:{i}" for i in range(torch.cuda.device_count())] or ["cpu"]


@wrong(
    hint="The list holds the first GPU only. It holds all of them, in order.",
    public=False,
    reason="It shows where there are two GPUs, which a notebook seldom has.",
)
def first_gpu_only():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}" if torch.cuda.device_count() > i else "cpu")

    def try_all_gpus():
        return [try_gpu()]


@wrong(
    hint="The device is cuda without a number. The question asks for cuda:i.",
    public=False,
    reason="Without a GPU, as on most students' machines, the public checks only see the CPU.",
)
def device_without_its_number():
    def try_gpu(i=0):
        return torch.device("cuda") if i < torch.cuda.device_count() else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]
