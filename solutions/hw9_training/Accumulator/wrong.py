import torch

from autograder.authoring.marks import wrong


@wrong(
    hint="Added tensors stay tensors here, and each one keeps its whole graph alive. Turn what is added into a plain "
    "float first."
)
def keeps_tensors():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="detach cuts the graph, but the sums are tensors still. The question asks for plain Python floats.")
def keeps_detached_tensors():
    class Accumulator:
        def __init__(self, n):
            self.data = torch.zeros(n)

        def add(self, *args):
            self.data = self.data + torch.tensor([float(a) for a in args])

        def reset(self):
            self.data.zero_()

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="detach cuts the graph, but the sums are tensors still. The question asks for plain Python floats.")
def keeps_what_is_detached():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            for i, a in enumerate(args):
                self.data[i] += a.detach() if torch.is_tensor(a) else a

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, i):
            return self.data[i]


@wrong(hint="One list is shared by all accumulators: it is made once, with the class. Make a new one in __init__.")
def shared_list():
    class Accumulator:
        data = []

        def __init__(self, n):
            while len(self.data) < n:
                self.data.append(0.0)

        def add(self, *args):
            for i, value in enumerate(args):
                self.data[i] += float(value)

        def reset(self):
            for i in range(len(self.data)):
                self.data[i] = 0.0

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="One list is shared by all accumulators: it is made once, with the class. Make a new one in __init__.")
def shared_default():
    class Accumulator:
        def __init__(self, n, data=[]):
            self.data = data
            self.data.extend([0.0] * (n - len(data)))

        def add(self, *args):
            for i, value in enumerate(args):
                self.data[i] += float(value)

        def reset(self):
            self.data[:] = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="The last numbers replace the sums. Add them to what is there.")
def replaces():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [float(value) for value in args]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="reset empties the list. Afterwards there should be as many sums as before, all of them 0.")
def reset_empties():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + float(b) for a, b in zip(self.data, args)]

        def reset(self):
            self.data = []

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="reset fills a local variable, and the sums stay as they are. Set them on self.")
def reset_does_nothing():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + float(b) for a, b in zip(self.data, args)]

        def reset(self):
            data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="int() cuts off the fraction of a loss. The sums are floats.")
def whole_numbers():
    class Accumulator:
        def __init__(self, n):
            self.data = [0] * n

        def add(self, *args):
            self.data = [a + int(b) for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(hint="item() belongs to tensors. Plain numbers are added, too.", raises=True)
def tensors_only():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b.item() for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, idx):
            return self.data[idx]


@wrong(
    hint="The sums become floats only when they are read. Until then they hold the graphs of all batches: make each "
    "number plain as it is added.",
    public=False,
    reason="what is read is right; only the judge sees which graphs are alive",
)
def graphs_kept_until_they_are_read():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            self.data = [a + b for a, b in zip(self.data, args)]

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, i):
            return float(self.data[i])


@wrong(
    hint="The sums are kept in float32, which has seven digits: a 1 beside 20 million is lost. Keep Python floats.",
    public=False,
    reason="the numbers of the examples are small",
)
def sums_in_float32():
    class Accumulator:
        def __init__(self, n):
            self.data = torch.zeros(n)

        def add(self, *args):
            self.data += torch.tensor([float(value) for value in args])

        def reset(self):
            self.data.zero_()

        def __getitem__(self, i):
            return self.data[i].item()


@wrong(hint="The list grows with every call, and the sums stay what came first. Add each number to the sum in its place.")
def appends():
    class Accumulator:
        def __init__(self, n):
            self.data = []

        def add(self, *args):
            self.data.extend(float(a) for a in args)

        def reset(self):
            self.data.clear()

        def __getitem__(self, i):
            return self.data[i]


@wrong(hint="These are means over the calls of add. Keep sums: whoever reads them divides.")
def means():
    class Accumulator:
        def __init__(self, n):
            self.data, self.calls = [0.0] * n, 0

        def add(self, *args):
            self.data = [a + float(b) for a, b in zip(self.data, args)]
            self.calls += 1

        def reset(self):
            self.data, self.calls = [0.0] * len(self.data), 0

        def __getitem__(self, i):
            return self.data[i] / max(self.calls, 1)


@wrong(hint="Every number is added to every sum. The first one belongs to the first sum, the second to the second.")
def everything_to_every_sum():
    class Accumulator:
        def __init__(self, n):
            self.data = [0.0] * n

        def add(self, *args):
            for i in range(len(self.data)):
                for value in args:
                    self.data[i] += float(value)

        def reset(self):
            self.data = [0.0] * len(self.data)

        def __getitem__(self, i):
            return self.data[i]
