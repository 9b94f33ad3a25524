import torch

from autograder.authoring.marks import right


@right
def loop_over_places():
    class Accumulator(object):
        def __init__(self, n):
            self.n = n
            self.reset()

        def add(self, *args):
            for i, value in enumerate(args):
                self.sums[i] += value.item() if isinstance(value, torch.Tensor) else value

        def reset(self):
            self.sums = [0.0 for _ in range(self.n)]

        def __getitem__(self, i):
            return float(self.sums[i])


@right
def sums_in_a_tensor():
    class Accumulator:
        def __init__(self, n):
            self.data = torch.zeros(n, dtype=torch.float64)

        @torch.no_grad()
        def add(self, *args):
            self.data += torch.tensor([float(value) for value in args])

        def reset(self):
            self.data.zero_()

        def __getitem__(self, i):
            return self.data[i].item()


@right
def dictionary():
    class Accumulator:
        def __init__(self, n):
            self.data = dict.fromkeys(range(n), 0.0)

        def add(self, *args):
            for key, value in zip(self.data, args):
                self.data[key] = self.data[key] + float(value)

        def reset(self):
            self.data.update((key, 0.0) for key in self.data)

        def __getitem__(self, i):
            return self.data[i]


@right
def sums_in_a_float64_tensor():
    class Accumulator:
        def __init__(self, n):
            self.t = torch.zeros(n, dtype=torch.float64)

        @torch.no_grad()
        def add(self, *args):
            for i, a in enumerate(args):
                self.t[i] += a

        def reset(self):
            self.t.fill_(0.0)

        def __getitem__(self, i):
            return self.t[i].item()
