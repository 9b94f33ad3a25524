from torch import nn

from autograder.authoring.marks import wrong


@wrong(hint="In a plain list or tuple nn.Module does not find the blocks and their parameters. Register each of them.")
def plain_list():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            self.blocks = list(args)

        def forward(self, X):
            for block in self.blocks:
                X = block(X)
            return X

        def __len__(self):
            return len(self.blocks)

        def __getitem__(self, i):
            return self.blocks[i]


@wrong(hint="In a plain list or tuple nn.Module does not find the blocks and their parameters. Register each of them.")
def plain_tuple():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            self.args = args

        def forward(self, X):
            for block in self.args:
                X = block(X)
            return X

        def __len__(self):
            return len(self.args)

        def __getitem__(self, i):
            return self.args[i]


@wrong(hint="A block that is given twice runs once here. Key every place, '0', '1', …, and run over all of them.")
def block_as_key():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for block in args:
                self._modules[block] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return list(self._modules.values())[i]


@wrong(hint="The keys in _modules are numbers, and PyTorch joins keys to names. Make them strings: '0', '1', ….")
def numbers_as_keys():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args):
                self._modules[i] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[i]


@wrong(hint="A block that is given twice runs once here. Key every place, '0', '1', …, and run over all of them.")
def block_text_as_key():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for block in args:
                self._modules[str(id(block))] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return list(self._modules.values())[i]


@wrong(hint="A block that is given twice runs once here. Key every place, '0', '1', …, and run over all of them.")
def runs_over_children():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args):
                self.add_module(str(i), block)

        def forward(self, X):
            for block in self.children():
                X = block(X)
            return X

        def __len__(self):
            return len(list(self.children()))

        def __getitem__(self, i):
            return list(self.children())[i]


@wrong(hint="A block that is given twice runs once here. Key every place, '0', '1', …, and run over all of them.")
def skips_repeated_blocks():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(dict.fromkeys(args)):
                self._modules[str(i)] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i)]


@wrong(
    hint="The same block at two places became two copies. Keep the very object that was given.",
    public=False,
    reason="Only the judge sees which objects a network holds.",
)
def copies_the_blocks():
    class MySequential(nn.Module):
        def __init__(self, *args):
            import copy

            super().__init__()
            for i, block in enumerate(args):
                self._modules[str(i)] = copy.deepcopy(block)

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i)]


@wrong(hint="With an nn.ModuleList inside, the keys begin with its name. They should begin with the place: 0.weight.")
def module_list_inside():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            self.blocks = nn.ModuleList(args)

        def forward(self, X):
            for block in self.blocks:
                X = block(X)
            return X

        def __len__(self):
            return len(self.blocks)

        def __getitem__(self, i):
            return self.blocks[i]


@wrong(hint="With an nn.Sequential inside, the keys begin with its name. They should begin with the place: 0.weight.")
def sequential_inside():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            self.net = nn.Sequential(*args)

        def forward(self, X):
            return self.net(X)

        def __len__(self):
            return len(self.net)

        def __getitem__(self, i):
            return self.net[i]


@wrong(
    hint="Sorted as text, 10 comes before 2. Run the blocks in the order in which they were given.",
    public=False,
    reason="It shows with more than ten blocks: an edge that is left to think of.",
)
def sorted_as_text():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args):
                self._modules[str(i)] = block

        def forward(self, X):
            for name in sorted(self._modules):
                X = self._modules[name](X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i)]


@wrong(hint="The names start at 1. nn.Sequential counts places from 0.")
def counts_from_one():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args, 1):
                self._modules[str(i)] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
            return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i + 1)]


@wrong(hint="Every block gets the original input. The output of one block is the input of the next.")
def input_not_passed_on():
    class MySequential(nn.ModuleList):
        def __init__(self, *args):
            super().__init__(args)

        def forward(self, X):
            for block in self:
                Y = block(X)
            return Y


@wrong(hint="The loop returns after the first block. Move return out of the loop.")
def returns_inside_the_loop():
    class MySequential(nn.ModuleList):
        def __init__(self, *args):
            super().__init__(args)

        def forward(self, X):
            for block in self:
                return block(X)


@wrong(
    hint="nn.Sequential does the work here. Write the container yourself, from nn.Module.",
    public=False,
    reason="it behaves as asked: only the rule is broken",
)
def inherits_from_sequential():
    class MySequential(nn.Sequential):
        pass


@wrong(hint="The blocks run from the last to the first. Run them in the order in which they were given.")
def runs_backwards():
    class MySequential(nn.ModuleList):
        def __init__(self, *args):
            super().__init__(args)

        def forward(self, X):
            for block in list(self)[::-1]:
                X = block(X)
            return X
