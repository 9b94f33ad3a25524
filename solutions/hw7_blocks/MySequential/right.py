from torch import nn

from autograder.authoring.marks import right


@right
def with_add_module():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for idx, module in enumerate(args):
                self.add_module(f"{idx}", module)
            self.count = len(args)

        def forward(self, X):
            for i in range(self.count):
                X = self[i](X)
            return X

        def __len__(self):
            return self.count

        def __getitem__(self, i):
            return getattr(self, str(i))


@right
def with_setattr_and_reduce():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            n = 0
            while n < len(args):
                setattr(self, str(n), args[n])
                n += 1

        def forward(self, X):
            from functools import reduce

            return reduce(lambda Z, block: block(Z), self._modules.values(), X)

        def __len__(self):
            return sum(1 for _ in self._modules)

        def __getitem__(self, i):
            return list(self._modules.values())[i]


@right
def registered_and_listed():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            self.blocks = args  # a tuple for the order; registration is separate
            for i, block in enumerate(args):
                self.register_module(str(i), block)

        def forward(self, X):
            for block in self.blocks:
                X = block(X)
            return X

        def __len__(self):
            return len(self.blocks)

        def __getitem__(self, i):
            return self.blocks[i]


@right
def inherits_from_module_list():
    class MySequential(nn.ModuleList):
        def __init__(self, *args):
            super().__init__(args)

        def forward(self, X):
            for block in self:
                X = block(X)
            return X
