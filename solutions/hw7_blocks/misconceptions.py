# ruff: noqa: F821  (names of the notebook)
"""Wrong answers to hw7_blocks that students really give, each with the hint it earns.

The body of each function is what the student would have written in the answer cell.
"""

from autograder.authoring.answers import misconception

# --- MLP -----------------------------------------------------------------------------------------


@misconception("MLP", hint="There is no activation between hidden and out: two linear layers in a row are one.")
def relu_missing():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(self.hidden(X))


@misconception("MLP", hint="The ReLU is computed, but its result is thrown away: F.relu returns a new tensor.")
def relu_result_unused():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            H = self.hidden(X)
            F.relu(H)
            return self.out(H)


@misconception("MLP", hint="nn.Module must be prepared first: call super().__init__() before you store layers.")
def super_init_forgotten():
    class MLP(nn.Module):
        def __init__(self):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@misconception("MLP", hint="super is a function: write super().__init__(), with parentheses after super, too.")
def super_without_call():
    class MLP(nn.Module):
        def __init__(self):
            super.__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@misconception("MLP", hint="super().__init__() comes too late: it must run before the first layer is stored.")
def super_init_last():
    class MLP(nn.Module):
        def __init__(self):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)
            super().__init__()

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@misconception("MLP", hint="The output layer has an activation as well. Only the hidden layer gets one.")
def relu_on_the_output():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return F.relu(self.out(F.relu(self.hidden(X))))


@misconception("MLP", hint="The ReLU is applied to the input. It belongs between hidden and out.")
def relu_before_hidden():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(self.hidden(F.relu(X)))


@misconception("MLP", hint="There is a softmax at the end. The network should return plain numbers, not probabilities.")
def softmax_at_the_end():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return F.softmax(self.out(F.relu(self.hidden(X))), dim=1)


@misconception("MLP", hint="New layers are made on every forward pass. Make them once, in __init__, and keep them.")
def layers_made_in_forward():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            self.hidden = nn.Linear(20, 256)
            self.out = nn.Linear(256, 10)
            return self.out(torch.relu(self.hidden(X)))


@misconception("MLP", hint="The sizes differ from the question: 20 inputs, 256 hidden units, 10 outputs.")
def image_sizes():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Linear(784, 256)
            self.out = nn.Linear(256, 10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


# --- MySequential --------------------------------------------------------------------------------


@misconception("MySequential", hint="The blocks sit in a plain Python list, where nn.Module does not find their parameters.")
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


@misconception("MySequential", hint="The blocks sit in the tuple args, where nn.Module does not find their parameters.")
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


@misconception("MySequential", hint="The block itself is the key in _modules. Keys must be strings: the number of the place.")
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


@misconception("MySequential", hint="The key belongs to the block, so a repeated block has one key and runs once. Every place needs a key of its own.")
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


@misconception("MySequential", hint="children() skips what it has seen: a block that is given twice runs once.")
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


@misconception("MySequential", hint="A block that is given twice is registered only once. Every place counts.")
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


@misconception("MySequential", hint="The same block at two places became two copies. Keep the very object that was given.")
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


@misconception("MySequential", hint="With an nn.ModuleList inside, the keys begin with its name. They should begin with the place: 0.weight.")
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


@misconception("MySequential", hint="With an nn.Sequential inside, the keys begin with its name. They should begin with the place: 0.weight.")
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


@misconception("MySequential", hint="Sorted as text, 10 comes before 2. Run the blocks in the order in which they were given.")
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


@misconception("MySequential", hint="The names start at 1. nn.Sequential counts places from 0.")
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


@misconception("MySequential", hint="Every block gets the original input. The output of one block is the input of the next.")
def input_not_passed_on():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args):
                self._modules[str(i)] = block

        def forward(self, X):
            for block in self._modules.values():
                Y = block(X)
            return Y

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i)]


@misconception("MySequential", hint="The loop returns after the first block. Move return out of the loop.")
def returns_inside_the_loop():
    class MySequential(nn.Module):
        def __init__(self, *args):
            super().__init__()
            for i, block in enumerate(args):
                self._modules[str(i)] = block

        def forward(self, X):
            for block in self._modules.values():
                X = block(X)
                return X

        def __len__(self):
            return len(self._modules)

        def __getitem__(self, i):
            return self._modules[str(i)]


# --- FixedHiddenMLP ------------------------------------------------------------------------------


@misconception("FixedHiddenMLP", hint="R is an ordinary attribute: it is missing in the state_dict, and .to() leaves it behind. Register it as a buffer.")
def r_as_plain_attribute():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = torch.rand((20, 20), requires_grad=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(torch.mm(X, self.rand_weight) + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="R is a Parameter, so training changes it. It should be fixed: register it as a buffer.")
def r_as_parameter():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Parameter(torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="A buffer with persistent=False is left out of the state_dict. rand_weight should be in it.")
def buffer_not_persistent():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20), persistent=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="R is in the state_dict under another name. The question calls it rand_weight.")
def r_under_another_name():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("R", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.R + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="There are two different linear layers. The same layer should be used twice.")
def two_linear_layers():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear1 = nn.Linear(20, 20)
            self.linear2 = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear1(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear2(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="The linear layer is used once only. Step 3 applies the same layer again.")
def linear_once():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="sum is not called: X.abs().sum is a method, X.abs().sum() a number.")
def sum_not_called():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="super is a function: write super().__init__(), with parentheses after super, too.")
def super_not_called():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super.__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="The condition adds up the entries with their signs. It asks for the sum of the magnitudes.")
def sum_without_magnitudes():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="The magnitude is taken after the sum. Each entry's magnitude is meant: first abs, then sum.")
def magnitude_of_the_sum():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.sum().abs() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="X is halved once at most. Halve it as long as the sum of magnitudes exceeds 1.")
def halves_once():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            if X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="A sum of exactly 1 is halved once too often: the condition is > 1, not >= 1.")
def halves_at_one():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() >= 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="The + 1 inside the ReLU is missing: step 2 is relu(X R + 1).")
def constant_missing():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="X is multiplied by the transpose of R. Step 2 uses the matrix product X R.")
def r_transposed():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(F.linear(X, self.rand_weight) + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="R is drawn anew on every forward pass. It should be drawn once, when the network is created.")
def r_redrawn():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            self.rand_weight = torch.rand(20, 20).to(X)
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="R is the same matrix in every network. It should be random, drawn anew for every network.")
def r_of_ones():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.ones(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return X.sum()


@misconception("FixedHiddenMLP", hint="The result is no longer part of the graph: .item() and .data cut gradients off. Return the tensor X.sum().")
def returns_a_number():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while X.abs().sum() > 1:
                X = X / 2
            return torch.tensor(X.sum().item())


# --- NestMLP -------------------------------------------------------------------------------------


@misconception("NestMLP", hint="net ends without an activation. It should be Linear, ReLU, Linear, ReLU.")
def second_relu_missing():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32))
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@misconception("NestMLP", hint="The first ReLU is missing. net should be Linear, ReLU, Linear, ReLU.")
def first_relu_missing():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@misconception("NestMLP", hint="There is an activation after the last layer. The network ends with linear.")
def relu_at_the_end():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return F.relu(self.linear(self.net(X)))


@misconception("NestMLP", hint="forward stops after net. Its output still has to go through linear.")
def linear_forgotten():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.net(X)


@misconception("NestMLP", hint="Everything sits in net. The last layer should be an attribute of its own, named linear.")
def one_flat_container():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(
                nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 16)
            )

        def forward(self, X):
            return self.net(X)


@misconception("NestMLP", hint="The layers sit in a plain Python list, where nn.Module does not find their parameters. Use nn.Sequential.")
def net_as_list():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = [nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU()]
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            for layer in self.net:
                X = layer(X)
            return self.linear(X)


@misconception("NestMLP", hint="The activation is the sigmoid. net uses ReLU, twice.")
def sigmoid_inside():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(20, 64), nn.Sigmoid(), nn.Linear(64, 32), nn.Sigmoid())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


@misconception("NestMLP", hint="nn.Module must be prepared first: call super().__init__() before you store layers.")
def nest_super_forgotten():
    class NestMLP(nn.Module):
        def __init__(self):
            self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
            self.linear = nn.Linear(32, 16)

        def forward(self, X):
            return self.linear(self.net(X))


# --- CenteredLayer -------------------------------------------------------------------------------


@misconception("CenteredLayer", hint="This subtracts the sum. The question asks for the mean.")
def minus_the_sum():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.sum()


@misconception("CenteredLayer", hint="This subtracts one mean for each column. There is one mean for all entries together.")
def mean_of_columns():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean(dim=0)


@misconception("CenteredLayer", hint="This subtracts one mean for each row. There is one mean for all entries together.")
def mean_of_rows():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean(dim=-1, keepdim=True)


@misconception("CenteredLayer", hint="The sum is divided by the number of rows only. Divide by the number of all entries.")
def sum_over_length():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.sum() / len(X)


@misconception("CenteredLayer", hint="This divides by the standard deviation as well. Only the mean is to be subtracted.")
def standardises():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return (X - X.mean()) / X.std()


@misconception("CenteredLayer", hint="The mean is cut out of the graph (.item(), .data or .detach()), so the gradient is wrong. The mean depends on X, too.")
def mean_without_gradient():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.mean().item()


@misconception("CenteredLayer", hint="The mean is cut out of the graph (.item(), .data or .detach()), so the gradient is wrong. The mean depends on X, too.")
def mean_detached():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X - X.detach().mean()


@misconception("CenteredLayer", hint="This changes the input itself: -= works in place. Return a new tensor.")
def in_place():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            X -= X.mean()
            return X


@misconception("CenteredLayer", hint="forward returns the mean, not the centred input.")
def returns_the_mean():
    class CenteredLayer(nn.Module):
        def __init__(self):
            super().__init__()

        def forward(self, X):
            return X.mean()


# --- MyLinear ------------------------------------------------------------------------------------


@misconception("MyLinear", hint="forward uses weight.data, the numbers without their history. So no gradient ever reaches the layer. Use self.weight itself.")
def data_in_forward():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            linear = torch.matmul(X, self.weight.data) + self.bias.data
            return F.relu(linear)


@misconception("MyLinear", hint="weight is used without its history (.data or .detach()): the bias learns, the weight does not.")
def data_of_the_weight():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight.detach() + self.bias)


@misconception("MyLinear", hint="bias is used without its history (.data or .detach()): the weight learns, the bias does not.")
def data_of_the_bias():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(torch.mm(X, self.weight) + self.bias.data)


@misconception("MyLinear", hint="forward runs under torch.no_grad(), so no gradient ever reaches the layer.")
def forward_without_graph():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            with torch.no_grad():
                return F.relu(X @ self.weight + self.bias)


@misconception("MyLinear", hint="weight and bias are plain tensors, which parameters() does not list. Wrap them in nn.Parameter.")
def plain_tensors():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = torch.randn(in_units, units, requires_grad=True)
            self.bias = torch.randn(units, requires_grad=True)

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@misconception("MyLinear", hint="weight is a buffer: it is saved, but never trained. Make it an nn.Parameter.")
def weight_as_buffer():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.register_buffer("weight", torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@misconception("MyLinear", hint="weight is transposed: it has the shape (units, in_units) of nn.Linear. The question asks for (in_units, units).")
def transposed_weight():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(units, in_units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight.T + self.bias)


@misconception("MyLinear", hint="There is an nn.Linear inside, so the parameters have other names and the weight is transposed. Make two nn.Parameters.")
def linear_inside():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.linear = nn.Linear(in_units, units)

        def forward(self, X):
            return F.relu(self.linear(X))


@misconception("MyLinear", hint="The ReLU is missing: the layer returns max(0, XW + b).")
def no_relu():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return X @ self.weight + self.bias


@misconception("MyLinear", hint="The bias comes after the ReLU. The layer returns max(0, XW + b).")
def bias_after_relu():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units))

        def forward(self, X):
            return F.relu(X @ self.weight) + self.bias


@misconception("MyLinear", hint="bias is a single number. Every unit has a bias of its own: shape (units,).")
def one_bias():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(1))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


@misconception("MyLinear", hint="weight and bias start at zero: every output is 0 and no gradient gets through the ReLU. Start with random numbers.")
def zero_start():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(in_units, units))
            self.bias = nn.Parameter(torch.zeros(units))

        def forward(self, X):
            return F.relu(X @ self.weight + self.bias)


# --- parameter_shapes ----------------------------------------------------------------------------


@misconception("parameter_shapes", hint="Only layers at the top level are visited. Parameters of nested modules belong in the dictionary, too.")
def top_level_layers():
    def parameter_shapes(net):
        shapes = {}
        for name, layer in net.named_children():
            for kind, p in layer.named_parameters(recurse=False):
                shapes[f"{name}.{kind}"] = tuple(p.shape)
        return shapes


@misconception("parameter_shapes", hint="With recurse=False only parameters of net itself are listed, not those of its layers.")
def without_recursion():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters(recurse=False)}


@misconception("parameter_shapes", hint="state_dict also holds buffers, and it repeats shared layers. Only parameters are asked, each once.")
def from_the_state_dict():
    def parameter_shapes(net):
        return {name: tuple(value.shape) for name, value in net.state_dict().items()}


@misconception("parameter_shapes", hint="Shared parameters are listed at each of their places. Each should appear once.")
def duplicates_kept():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters(remove_duplicate=False)}


@misconception("parameter_shapes", hint="A parameter that two different layers share is listed twice. Skip parameters that you have seen, not only modules.")
def shared_modules_only():
    def parameter_shapes(net):
        shapes = {}
        for path, module in net.named_modules():
            for name, p in module.named_parameters(recurse=False):
                shapes[f"{path}.{name}" if path else name] = tuple(p.shape)
        return shapes


@misconception("parameter_shapes", hint="Only weight and bias of Linear layers are listed. Every kind of layer can have parameters.")
def linear_layers_only():
    def parameter_shapes(net):
        shapes = {}
        for name, m in net.named_modules():
            if isinstance(m, nn.Linear):
                shapes[name + ".weight"] = tuple(m.weight.shape)
                shapes[name + ".bias"] = tuple(m.bias.shape)
        return shapes


@misconception("parameter_shapes", hint="Frozen parameters are left out. They are parameters all the same.")
def trainable_parameters_only():
    def parameter_shapes(net):
        return {name: tuple(p.shape) for name, p in net.named_parameters() if p.requires_grad}


@misconception("parameter_shapes", hint="The values are numbers of elements. The question asks for the shapes.")
def elements_instead_of_shapes():
    def parameter_shapes(net):
        return {name: p.numel() for name, p in net.named_parameters()}


@misconception("parameter_shapes", hint="The result is a list of pairs. The question asks for a dictionary from name to shape.")
def list_of_pairs():
    def parameter_shapes(net):
        return [(name, tuple(p.shape)) for name, p in net.named_parameters()]


@misconception("parameter_shapes", hint="The shapes are lists. The question asks for tuples.")
def shapes_as_lists():
    def parameter_shapes(net):
        return {name: list(p.shape) for name, p in net.named_parameters()}


@misconception("parameter_shapes", hint="Parameters with equal numbers are taken for one. Two parameters are the same only if they are one object.")
def equal_numbers_taken_for_one():
    def parameter_shapes(net):
        shapes, seen = {}, []
        for name, p in net.named_parameters():
            if not any(q.shape == p.shape and torch.equal(p, q) for q in seen):
                seen.append(p)
                shapes[name] = tuple(p.shape)
        return shapes


# --- nested_net ----------------------------------------------------------------------------------


@misconception("nested_net", hint="One block is reused four times: block1() is called once, before the loop. Call it for each name.")
def one_block_four_times():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net, block = nn.Sequential(), block1()
        for i in range(4):
            net.add_module(f"block {i}", block)
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="[block1()] * 4 makes one block and lists it four times. Call block1() four times.")
def list_times_four():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        from collections import OrderedDict

        return nn.Sequential(OrderedDict((f"block {i}", b) for i, b in enumerate([block1()] * 4)))

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="All networks share one set of blocks, made outside the functions. Each call should make new ones.")
def blocks_made_outside():
    the_blocks = [nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU()) for _ in range(4)]

    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", the_blocks[i])
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint='The four blocks have no names of their own, only "0" to "3". Use add_module.')
def default_names():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        return nn.Sequential(*[block1() for _ in range(4)])

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint='The names count from 1. The blocks are called "block 0" to "block 3".')
def names_from_one():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(1, 5):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="Every block gets the same name, so each replaces the one before. Put the number into the name.")
def same_name_four_times():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module("block i", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="block1() ends without a ReLU. It is Linear, ReLU, Linear, ReLU.")
def block_without_last_relu():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4))

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="There is a ReLU after the last layer. The network ends with Linear(4, 1).")
def relu_after_the_last_layer():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1), nn.ReLU())


@misconception("nested_net", hint="nested_net() uses a single block1(). It should start with block2(), the four blocks.")
def only_one_block():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block1(), nn.Linear(4, 1))


@misconception("nested_net", hint="The blocks run in reverse order: block 3 comes first.")
def blocks_in_reverse():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in reversed(range(4)):
            net.add_module(f"block {i}", block1())
        return net

    def nested_net():
        return nn.Sequential(block2(), nn.Linear(4, 1))


@misconception("nested_net", hint="nested_net() hands out one and the same network at every call. Each call should build a new one.")
def one_network_built_once():
    def block1():
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU())

    def block2():
        net = nn.Sequential()
        for i in range(4):
            net.add_module(f"block {i}", block1())
        return net

    built = nn.Sequential(block2(), nn.Linear(4, 1))

    def nested_net():
        return built


# --- init_mixed ----------------------------------------------------------------------------------


@misconception("init_mixed", hint="net[0] is the first module, not the first Linear layer. Look for Linear layers at any place.")
def fixed_places():
    def init_mixed(net):
        nn.init.xavier_uniform_(net[0].weight)
        nn.init.constant_(net[2].weight, 42)
        nn.init.zeros_(net[0].bias)
        nn.init.zeros_(net[2].bias)


@misconception("init_mixed", hint="Only children at the top level are looked at. Linear layers inside nested blocks count, too.")
def top_level_only():
    def init_mixed(net):
        layers = [m for m in net.children() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@misconception("init_mixed", hint="The first layer is drawn from Xavier's normal law. The question asks for the uniform one.")
def xavier_normal():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_normal_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@misconception("init_mixed", hint="The first weight is uniform with the bound 1 / sqrt(n_in). Xavier's bound uses inputs and outputs.")
def bound_from_inputs_only():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        a = (1 / layers[0].in_features) ** 0.5
        nn.init.uniform_(layers[0].weight, -a, a)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@misconception("init_mixed", hint="The bound of the uniform law is taken from the standard deviation: sqrt(2 / ...) and not sqrt(6 / ...).")
def std_as_bound():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        a = (2 / (layers[0].in_features + layers[0].out_features)) ** 0.5
        nn.init.uniform_(layers[0].weight, -a, a)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@misconception("init_mixed", hint="The biases keep their old values. The biases of all Linear layers become 0.")
def biases_forgotten():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)


@misconception("init_mixed", hint="Only the first and the last bias become 0. The layers in between have biases, too.")
def biases_of_the_ends_only():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        nn.init.zeros_(layers[0].bias)
        nn.init.zeros_(layers[-1].bias)


@misconception("init_mixed", hint="Every layer but the last gets Xavier's start. Weights in between should keep their values.")
def xavier_for_the_middle_too():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(layers[-1].weight, 42)


@misconception("init_mixed", hint="Every layer but the first becomes 42. Only the last one should.")
def constant_for_the_middle_too():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.constant_(layer.weight, 42)
            nn.init.zeros_(layer.bias)
        nn.init.xavier_uniform_(layers[0].weight)


@misconception("init_mixed", hint="First and last layer are exchanged: the first gets Xavier's start, the last one 42.")
def ends_exchanged():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[-1].weight)
        nn.init.constant_(layers[0].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


@misconception("init_mixed", hint="The biases of the last layer become 42 as well. Biases are 0 everywhere.")
def bias_42():
    def init_mixed(net):
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        for layer in layers:
            nn.init.zeros_(layer.bias)
        nn.init.xavier_uniform_(layers[0].weight)
        for p in layers[-1].parameters():
            nn.init.constant_(p, 42)


@misconception("init_mixed", hint="A copy of the network is initialised. The question asks to do it in place.")
def initialises_a_copy():
    def init_mixed(net):
        import copy

        net = copy.deepcopy(net)
        layers = [m for m in net.modules() if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)
        return net


@misconception("init_mixed", hint="The layers are sorted by name. First and last follow the order of net.modules().")
def order_of_the_alphabet():
    def init_mixed(net):
        layers = [m for _, m in sorted(net.named_modules()) if isinstance(m, nn.Linear)]
        nn.init.xavier_uniform_(layers[0].weight)
        nn.init.constant_(layers[-1].weight, 42)
        for layer in layers:
            nn.init.zeros_(layer.bias)


# --- custom_init ---------------------------------------------------------------------------------


@misconception("custom_init", hint="0 never occurs. Half of the weights should be exactly 0.")
def zero_never():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            with torch.no_grad():
                size = torch.empty_like(m.weight).uniform_(5, 10)
                sign = torch.randint_like(m.weight, 0, 2) * 2 - 1
                m.weight.copy_(size * sign)


@misconception("custom_init", hint="The weights are uniform between -10 and 10: the part below 5 in magnitude is not set to 0.")
def nothing_cut():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)


@misconception("custom_init", hint="The wrong part is cut: weights below 5 in magnitude are kept, the others become 0.")
def cut_at_the_wrong_side():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() <= 5


@misconception("custom_init", hint="Negative weights are cut, too: the comparison forgets the magnitude.")
def magnitude_forgotten():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data >= 5


@misconception("custom_init", hint="The bias is initialised as well. Only the weight should change.")
def biases_too():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            for p in m.parameters():
                nn.init.uniform_(p, -10, 10)
                p.data *= p.data.abs() >= 5


@misconception("custom_init", hint="The bias is set to 0. It should stay as it was.")
def zero_bias():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5
            nn.init.zeros_(m.bias)


@misconception("custom_init", hint="type(m) is compared with an object or a text, so no layer is ever initialised. Use isinstance(m, nn.Linear).")
def type_check_that_misses():
    def custom_init(m):
        if type(m) == "Linear":  # noqa: E721
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@misconception("custom_init", hint="Every module with a weight is initialised. Only nn.Linear should be.")
def every_weight():
    def custom_init(m):
        if hasattr(m, "weight"):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@misconception("custom_init", hint="One draw decides about the whole weight. Every entry should be drawn on its own.")
def one_draw_for_all():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            u = torch.rand(()).item()
            if u < 0.25:
                nn.init.uniform_(m.weight, 5, 10)
            elif u < 0.75:
                nn.init.zeros_(m.weight)
            else:
                nn.init.uniform_(m.weight, -10, -5)


@misconception("custom_init", hint="One draw decides about a whole row. Every entry should be drawn on its own.")
def one_draw_for_a_row():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            keep = torch.rand(m.weight.shape[0], 1) < 0.5
            sides = m.weight.data.sign() * (m.weight.data.abs() / 2 + 5)
            m.weight.data = sides * keep.to(m.weight.dtype)


@misconception("custom_init", hint="The three cases are equally likely here. They have the probabilities 1/4, 1/2 and 1/4.")
def a_third_each():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            sign = torch.randint(-1, 2, m.weight.shape).to(m.weight.dtype)
            size = torch.empty_like(m.weight.data).uniform_(5, 10)
            m.weight.data.copy_(sign * size)


@misconception("custom_init", hint="The non-zero weights are not uniform: they are drawn from a normal law.")
def normal_sides():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            size = (7.5 + torch.randn_like(m.weight.data)).clamp(5, 10)
            sign = torch.randint(0, 2, m.weight.shape) * 2 - 1
            keep = torch.rand_like(m.weight.data) < 0.5
            m.weight.data.copy_(size * sign * keep)


@misconception("custom_init", hint="Small weights are pushed to the border of 5, not set to 0.")
def pushed_to_the_border():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            w = m.weight.data
            w[w.abs() < 5] = 5


@misconception("custom_init", hint="The new weights never reach the layer: the result of the product is thrown away.")
def product_thrown_away():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data * (m.weight.data.abs() >= 5)


@misconception("custom_init", hint="All entries of a column have the same sign. Each entry should be drawn on its own.")
def one_sign_for_a_column():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            size = torch.empty_like(m.weight).uniform_(5, 10)
            sign = torch.sign(torch.randn(m.in_features))
            m.weight.data = (size * sign * (torch.rand(size.shape) < 0.5)).to(m.weight.dtype).detach()


@misconception("custom_init", hint="All entries of a row have the same magnitude. Each entry should be drawn on its own.")
def one_magnitude_for_a_row():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            u = torch.rand_like(m.weight)
            size = 5 + 5 * torch.rand(m.out_features, 1, dtype=u.dtype)
            with torch.no_grad():
                m.weight.copy_(size * (u < 0.25) - size * (u > 0.75))


# --- tied_net ------------------------------------------------------------------------------------


@misconception("tied_net", hint="There are two different 8 to 8 layers. One object should stand at both places.")
def two_layers():
    def tied_net():
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1)
        )


@misconception("tied_net", hint="The second 8 to 8 layer is a copy: equal at first, but trained on its own. Use the same object twice.")
def equal_copies():
    def tied_net():
        import copy

        shared = nn.Linear(8, 8)
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), copy.deepcopy(shared), nn.ReLU(), nn.Linear(8, 1)
        )


@misconception("tied_net", hint="The second 8 to 8 layer starts with the same numbers, but is trained on its own. Use the same object twice.")
def loaded_copies():
    def tied_net():
        one, two = nn.Linear(8, 8), nn.Linear(8, 8)
        two.load_state_dict(one.state_dict())
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), one, nn.ReLU(), two, nn.ReLU(), nn.Linear(8, 1))


@misconception("tied_net", hint="Only the weight is shared; each place has a bias of its own. Use the same layer object twice.")
def weight_only():
    def tied_net():
        one, two = nn.Linear(8, 8), nn.Linear(8, 8)
        two.weight = one.weight
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), one, nn.ReLU(), two, nn.ReLU(), nn.Linear(8, 1))


@misconception("tied_net", hint="The shared layer is used once only. It should stand at two places.")
def shared_once():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1))


@misconception("tied_net", hint="There is no ReLU between the two uses of the shared layer.")
def no_relu_between():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, shared, nn.ReLU(), nn.Linear(8, 1))


@misconception("tied_net", hint="The shared layer is made outside the function, so all networks share it. Make it inside.")
def shared_by_all_networks():
    the_shared = nn.Linear(8, 8)

    def tied_net():
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), the_shared, nn.ReLU(), the_shared, nn.ReLU(), nn.Linear(8, 1)
        )


@misconception("tied_net", hint="There is a ReLU after the last layer. The network ends with Linear 8 to 1.")
def relu_last():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(
            nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1), nn.ReLU()
        )


@misconception("tied_net", hint="The second place uses the numbers without their history, so it adds nothing to the gradient.")
def second_place_detached():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.shared, self.last = nn.Linear(4, 8), nn.Linear(8, 8), nn.Linear(8, 1)

        def forward(self, X):
            H = F.relu(self.shared(F.relu(self.first(X))))
            H = F.linear(H, self.shared.weight.detach(), self.shared.bias.detach())
            return self.last(F.relu(H))

    def tied_net():
        return Tied()


# --- count_parameters ----------------------------------------------------------------------------


@misconception("count_parameters", hint="Shared layers are counted at each of their places, and buffers are counted. Count every parameter once.")
def counts_the_state_dict():
    def count_parameters(net, trainable_only=False):
        if trainable_only:
            return sum(p.numel() for p in net.parameters() if p.requires_grad)
        return sum(value.numel() for value in net.state_dict().values())


@misconception("count_parameters", hint="Shared parameters are counted at each of their places. Count each once.")
def duplicates_counted():
    def count_parameters(net, trainable_only=False):
        total = 0
        for _, p in net.named_parameters(remove_duplicate=False):
            if p.requires_grad or not trainable_only:
                total += p.numel()
        return total


@misconception("count_parameters", hint="Shared layers are counted at each of their places. Count every parameter once.")
def layer_by_layer():
    def count_parameters(net, trainable_only=False):
        total = 0
        for layer in net._modules.values():
            total += sum(p.numel() for p in layer.parameters() if p.requires_grad or not trainable_only)
        return total


@misconception("count_parameters", hint="Nested parameters are counted many times: modules() visits every level, and parameters() goes down again.")
def counted_at_every_level():
    def count_parameters(net, trainable_only=False):
        return sum(
            p.numel() for m in net.modules() for p in m.parameters() if p.requires_grad or not trainable_only
        )


@misconception("count_parameters", hint="A parameter that two different layers share is counted twice. Skip parameters that you have seen, not only modules.")
def module_by_module():
    def count_parameters(net, trainable_only=False):
        total = 0
        for m in net.modules():
            for p in m.parameters(recurse=False):
                if p.requires_grad or not trainable_only:
                    total += p.numel()
        return total


@misconception("count_parameters", hint="This counts the parameter tensors. The question asks for their elements.")
def counts_tensors():
    def count_parameters(net, trainable_only=False):
        return len([p for p in net.parameters() if p.requires_grad or not trainable_only])


@misconception("count_parameters", hint="len(p) is the first axis only. Count all elements of a parameter.")
def first_axis_only():
    def count_parameters(net, trainable_only=False):
        return sum(p.shape[0] if p.dim() else 1 for p in net.parameters() if p.requires_grad or not trainable_only)


@misconception("count_parameters", hint="Biases are left out. Every parameter counts, not only weights.")
def weights_only():
    def count_parameters(net, trainable_only=False):
        return sum(
            p.numel()
            for name, p in net.named_parameters()
            if name.endswith("weight") and (p.requires_grad or not trainable_only)
        )


@misconception("count_parameters", hint="trainable_only is ignored: frozen parameters are counted always.")
def flag_ignored():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters())


@misconception("count_parameters", hint="Frozen parameters are never counted. By default they count; only trainable_only=True leaves them out.")
def always_trainable_only():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if p.requires_grad)


@misconception("count_parameters", hint="trainable_only=True gives the frozen parameters. It should leave them out.")
def flag_inverted():
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if not (trainable_only and p.requires_grad))


@misconception("count_parameters", hint="Parameters with equal numbers are taken for one. Two parameters are the same only if they are one object.")
def same_values_once():
    def count_parameters(net, trainable_only=False):
        seen = {}
        for p in net.parameters():
            if p.requires_grad or not trainable_only:
                seen[str(p.detach().tolist())] = p.numel()
        return sum(seen.values())


@misconception("count_parameters", hint="The count of a network is remembered, but layers may be frozen later. Count at every call.")
def remembered():
    import functools

    @functools.cache
    def count_parameters(net, trainable_only=False):
        return sum(p.numel() for p in net.parameters() if p.requires_grad or not trainable_only)


# --- make_lazy_net -------------------------------------------------------------------------------


@misconception("make_lazy_net", hint="The number of inputs is fixed. Lazy layers learn it from the first input.")
def fixed_input_size():
    def make_lazy_net():
        return nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))


@misconception("make_lazy_net", hint="Only the first layer is lazy. The second one should wait for its first input, too.")
def second_layer_fixed():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.Linear(256, 10))


@misconception("make_lazy_net", hint="An input has already gone through the network, which fixes its size. Return it fresh.")
def dry_run():
    def make_lazy_net():
        net = nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))
        net(torch.rand(2, 20))
        return net


@misconception("make_lazy_net", hint="The ReLU between the layers is missing.")
def lazy_without_relu():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.LazyLinear(10))


@misconception("make_lazy_net", hint="There is an activation after the last layer. The network ends with the lazy Linear of 10 outputs.")
def lazy_with_relu_last():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10), nn.ReLU())


@misconception("make_lazy_net", hint="The order of the sizes is exchanged: 256 outputs first, then 10.")
def sizes_exchanged():
    def make_lazy_net():
        return nn.Sequential(nn.LazyLinear(10), nn.ReLU(), nn.LazyLinear(256))


@misconception("make_lazy_net", hint="All calls return the same network, whose size is fixed by the first input. Make a new one in every call.")
def one_network_for_all():
    the_net = nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))

    def make_lazy_net():
        return the_net


# --- checkpoint ----------------------------------------------------------------------------------


@misconception("checkpoint", hint="The whole module is pickled. The file should hold its state_dict, so that it loads with weights_only=True.")
def pickles_the_module():
    def save_parameters(net, path):
        torch.save(net, path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=False).state_dict())


@misconception("checkpoint", hint="The whole module is pickled, with the pickle module. The file should be a state_dict written by torch.save.")
def pickles_by_hand():
    def save_parameters(net, path):
        import pickle

        with open(path, "wb") as file:
            pickle.dump(net, file)

    def load_parameters(net, path):
        import pickle

        with open(path, "rb") as file:
            other = pickle.load(file)
        net.load_state_dict(other.state_dict())


@misconception("checkpoint", hint="strict=False passes over missing and additional entries in silence. A file that does not fit should be an error.")
def not_strict():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=True), strict=False)


@misconception("checkpoint", hint="The file is read and returned, but its numbers never reach net.")
def returns_but_does_not_load():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        return torch.load(path, weights_only=True)


@misconception("checkpoint", hint="The name net now means another network, but the one that was passed in is unchanged. Load into it, in place.")
def loads_into_a_copy():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        import copy

        net = copy.deepcopy(net)
        net.load_state_dict(torch.load(path, weights_only=True))
        return net


@misconception("checkpoint", hint="The error is raised, but only after everything that fits was copied: net is a mixture. Compare names and shapes first.")
def half_loaded():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        net.load_state_dict(torch.load(path, weights_only=True))


@misconception("checkpoint", hint="The backup shares memory with net, so going back changes nothing. Copy the tensors, not only the dictionary.")
def shallow_backup():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        backup = dict(net.state_dict())
        try:
            net.load_state_dict(torch.load(path, weights_only=True))
        except RuntimeError:
            net.load_state_dict(backup)
            raise


@misconception("checkpoint", hint="The error is caught and forgotten. A file of another architecture should raise an error.")
def error_swallowed():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in state.items()} == expected:
            net.load_state_dict(state)
        else:
            print("wrong file")


@misconception("checkpoint", hint="Only the names are compared. A shape that differs is found too late, when half the network is loaded.")
def names_compared_only():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        if set(state) != set(net.state_dict()):
            raise ValueError("other architecture")
        net.load_state_dict(state)


@misconception("checkpoint", hint="Parameters are saved, but no buffers. The file should hold the whole state_dict.")
def buffers_forgotten():
    def save_parameters(net, path):
        torch.save(dict(net.named_parameters()), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        params = dict(net.named_parameters())
        if {n: p.shape for n, p in state.items()} != {n: p.shape for n, p in params.items()}:
            raise ValueError("other architecture")
        with torch.no_grad():
            for name, p in params.items():
                p.copy_(state[name])


@misconception("checkpoint", hint="The file holds a list without names. It should hold the state_dict.")
def list_of_tensors():
    def save_parameters(net, path):
        torch.save([p.detach() for p in net.parameters()], path)

    def load_parameters(net, path):
        saved = torch.load(path, weights_only=True)
        params = list(net.parameters())
        if [p.shape for p in params] != [q.shape for q in saved]:
            raise ValueError("other architecture")
        with torch.no_grad():
            for p, q in zip(params, saved):
                p.copy_(q)


@misconception("checkpoint", hint="Something is wrapped around the state_dict. The file should hold the state_dict and nothing else.")
def wrapped():
    def save_parameters(net, path):
        torch.save({"model": net.state_dict(), "epoch": 0}, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)["model"]
        if {n: v.shape for n, v in state.items()} != {n: v.shape for n, v in net.state_dict().items()}:
            raise ValueError("other architecture")
        net.load_state_dict(state)


@misconception("checkpoint", hint="copy_ stretches smaller tensors by broadcasting, so a file with other shapes loads without an error. Compare shapes.")
def broadcasts_other_shapes():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        own = net.state_dict()
        if set(state) != set(own):
            raise ValueError("other architecture")
        for name in own:
            own[name].copy_(state[name])


@misconception("checkpoint", hint="Two tensors of different shape can have equally many numbers. Compare the shapes.")
def counts_compared_only():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.numel() for name, value in net.state_dict().items()}
        if {name: value.numel() for name, value in state.items()} != expected:
            raise ValueError("another architecture")
        net.load_state_dict(state)


@misconception("checkpoint", hint="Everything is turned into float32 on the way to the file. The file should hold the state_dict as it is.")
def rounded_to_float32():
    def save_parameters(net, path):
        torch.save({name: value.float() for name, value in net.state_dict().items()}, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        expected = {name: value.shape for name, value in net.state_dict().items()}
        if {name: value.shape for name, value in state.items()} != expected:
            raise ValueError("another architecture")
        net.load_state_dict(state)


# --- try_gpu -------------------------------------------------------------------------------------


@misconception("try_gpu", hint="With n GPUs there is no GPU number n: counting starts at 0. The count must exceed i.")
def off_by_one():
    def try_gpu(i=0):
        if torch.cuda.device_count() >= i:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
        return devices if devices else [torch.device("cpu")]


@misconception("try_gpu", hint="The results are strings. The question asks for torch.device objects.")
def strings():
    def try_gpu(i=0):
        return f"cuda:{i}" if torch.cuda.device_count() > i else "cpu"

    def try_all_gpus():
        return [f"cuda:{i}" for i in range(torch.cuda.device_count())] or ["cpu"]


@misconception("try_gpu", hint="One of the two results is a string. The question asks for torch.device objects everywhere.")
def string_for_the_cpu():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else "cpu"

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or ["cpu"]


@misconception("try_gpu", hint="Without a GPU try_all_gpus() returns an empty list. It should then hold the CPU.")
def empty_list():
    def try_gpu(i=0):
        if torch.cuda.device_count() > i:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]


@misconception("try_gpu", hint="i is ignored: the answer is always cuda:0 when there is a GPU.")
def number_ignored():
    def try_gpu(i=0):
        return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@misconception("try_gpu", hint="cuda:0 is returned without asking whether it exists. A machine may have no GPU.")
def always_the_first_gpu():
    def try_gpu(i=0):
        return torch.device("cuda:0")

    def try_all_gpus():
        return [torch.device("cuda:0")]


@misconception("try_gpu", hint="The device is cuda without a number. The question asks for cuda:i.")
def device_without_number():
    def try_gpu(i=0):
        return torch.device("cuda") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@misconception("try_gpu", hint="is_available says only that there is some GPU. Number i must exist, too: compare with the count.")
def any_gpu_is_enough():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.is_available() else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@misconception("try_gpu", hint="If GPU number i is missing, this falls back to cuda:0. The question asks for the CPU.")
def falls_back_to_the_first_gpu():
    def try_gpu(i=0):
        n = torch.cuda.device_count()
        if n == 0:
            return torch.device("cpu")
        return torch.device(f"cuda:{i}" if i < n else "cuda:0")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@misconception("try_gpu", hint="The list always holds the CPU. It belongs there only if there is no GPU.")
def cpu_always_in_the_list():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())] + [torch.device("cpu")]


@misconception("try_gpu", hint="The list counts from 1. With n GPUs the numbers are 0 to n - 1.")
def list_from_one():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        n = torch.cuda.device_count()
        return [torch.device(f"cuda:{i}") for i in range(1, n + 1)] if n else [torch.device("cpu")]


@misconception("try_gpu", hint="try_all_gpus() returns the bare CPU device without a GPU. It should be a list that holds it.")
def no_list_for_the_cpu():
    def try_gpu(i=0):
        return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        n = torch.cuda.device_count()
        return [torch.device(f"cuda:{i}") for i in range(n)] if n else torch.device("cpu")


@misconception("try_gpu", hint="A set has no order, and the GPUs should come as a list, in order.")
def set_of_devices():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.device_count() > i else torch.device("cpu")

    def try_all_gpus():
        return {torch.device("cuda", i) for i in range(torch.cuda.device_count())} or {torch.device("cpu")}


@misconception("try_gpu", hint="`torch.cuda.is_available` without parentheses is a function, which counts as true. Call it.")
def is_available_not_called():
    def try_gpu(i=0):
        return torch.device("cuda", i) if torch.cuda.is_available else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]


@misconception("try_gpu", hint="The GPUs are counted once, when the cell runs. Ask torch.cuda inside the functions, at each call.")
def counted_when_the_cell_runs():
    count = torch.cuda.device_count()

    def try_gpu(i=0):
        return torch.device("cuda", i) if i < count else torch.device("cpu")

    def try_all_gpus():
        return [torch.device("cuda", i) for i in range(count)] or [torch.device("cpu")]
