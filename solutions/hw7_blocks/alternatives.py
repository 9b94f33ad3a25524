# ruff: noqa: F821  (names of the notebook)
"""Other right answers to hw7_blocks, which must earn full marks."""

from autograder.authoring.answers import alternative

# --- MLP -----------------------------------------------------------------------------------------


@alternative("MLP")
def relu_as_a_module():
    class MLP(nn.Module):
        def __init__(self):
            super(MLP, self).__init__()
            self.out = nn.Linear(256, 10)
            self.hidden = nn.Linear(20, 256)
            self.activation = nn.ReLU(inplace=True)

        def forward(self, X):
            X = self.hidden(X)
            X = self.activation(X)
            return self.out(X)


@alternative("MLP")
def clamp_and_extra_arguments():
    class MLP(nn.Module):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.add_module("hidden", nn.Linear(in_features=20, out_features=256))
            self.add_module("out", nn.Linear(in_features=256, out_features=10))

        def forward(self, X):
            return self.out(self.hidden(X).clamp(min=0))


@alternative("MLP")
def formula_by_hand():
    class MLP(nn.Module):
        def __init__(self):
            nn.Module.__init__(self)
            self.hidden, self.out = nn.Linear(20, 256), nn.Linear(256, 10)

        def forward(self, X):
            H = X @ self.hidden.weight.T + self.hidden.bias
            H = torch.maximum(H, torch.zeros_like(H))
            return H @ self.out.weight.T + self.out.bias


@alternative("MLP")
def lazy_first_layer():
    class MLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.LazyLinear(256)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            return self.out(F.relu(self.hidden(X)))


@alternative("MLP")
def named_sequential():
    from collections import OrderedDict

    class MLP(nn.Sequential):
        def __init__(self):
            layers = OrderedDict(hidden=nn.Linear(20, 256), act=nn.ReLU(), out=nn.Linear(256, 10))
            super().__init__(layers)


# --- MySequential --------------------------------------------------------------------------------


@alternative("MySequential")
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


@alternative("MySequential")
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


@alternative("MySequential")
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


@alternative("MySequential")
def inherits_from_module_list():
    class MySequential(nn.ModuleList):
        def __init__(self, *args):
            super().__init__(args)

        def forward(self, X):
            for block in self:
                X = block(X)
            return X


# --- FixedHiddenMLP ------------------------------------------------------------------------------


@alternative("FixedHiddenMLP")
def normal_r_and_in_place_halving():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.dense = nn.Linear(20, 20)
            self.register_buffer("rand_weight", torch.randn((20, 20), requires_grad=False))

        def forward(self, X):
            X = self.dense(X)
            X = torch.relu(torch.mm(X, self.rand_weight) + 1)
            X = self.dense(X)
            while torch.abs(X).sum() > 1:
                X /= 2
            return torch.sum(X)


@alternative("FixedHiddenMLP")
def nn_buffer_and_two_names():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Buffer(torch.empty(20, 20).uniform_(-1, 1))
            self.first = nn.Linear(20, 20)
            self.again = self.first

        def forward(self, X):
            X = self.again((self.first(X) @ self.rand_weight + 1).clamp(min=0))
            scale = 1.0
            while (X * scale).norm(p=1) > 1:
                scale = scale / 2
            return (X * scale).sum()


@alternative("FixedHiddenMLP")
def lazy_linear():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("rand_weight", torch.rand(20, 20))
            self.linear = nn.LazyLinear(20)

        def forward(self, X):
            X = self.linear(X)
            X = F.relu(X @ self.rand_weight + 1)
            X = self.linear(X)
            while True:
                if X.abs().sum() <= 1:
                    return X.sum()
                X = 0.5 * X


@alternative("FixedHiddenMLP")
def frozen_parameter():
    class FixedHiddenMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.rand_weight = nn.Parameter(torch.rand(20, 20), requires_grad=False)
            self.linear = nn.Linear(20, 20)

        def forward(self, X):
            X = self.linear(F.relu(self.linear(X) @ self.rand_weight + 1))
            # The number of halvings first, without a graph; then one division.
            total, halvings = X.detach().abs().sum(), 0
            while total > 1:
                total, halvings = total / 2, halvings + 1
            return (X / 2**halvings).sum()


# --- NestMLP -------------------------------------------------------------------------------------


@alternative("NestMLP")
def named_layers():
    class NestMLP(nn.Module):
        def __init__(self):
            from collections import OrderedDict

            super().__init__()
            self.linear = nn.Linear(32, 16)
            self.net = nn.Sequential(
                OrderedDict(one=nn.Linear(20, 64), act1=nn.ReLU(), two=nn.Linear(64, 32), act2=nn.ReLU())
            )

        def forward(self, X):
            out = self.net(X)
            return self.linear(out)


@alternative("NestMLP")
def appended_layers():
    class NestMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential()
            for i, (a, b) in enumerate([(20, 64), (64, 32)]):
                self.net.add_module(f"block{i}", nn.Sequential(nn.Linear(a, b), nn.ReLU()))
            self.linear = nn.LazyLinear(16)

        def forward(self, X):
            for block in self.net:
                X = block(X)
            return self.linear(X)


# --- CenteredLayer -------------------------------------------------------------------------------


@alternative("CenteredLayer")
def sum_over_count():
    class CenteredLayer(nn.Module):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)

        def forward(self, X):
            return X.sub(torch.sum(X) / X.numel())


@alternative("CenteredLayer")
def no_constructor():
    class CenteredLayer(nn.Module):
        def forward(self, X):
            flat = X.reshape(-1)
            return (flat - flat.mean(dim=0, keepdim=True)).reshape(X.shape)


# --- MyLinear ------------------------------------------------------------------------------------


@alternative("MyLinear")
def functional_linear():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(units))
            self.weight = nn.Parameter(torch.empty(in_units, units))
            nn.init.xavier_uniform_(self.weight)

        def forward(self, X):
            return torch.relu(F.linear(X, self.weight.T, self.bias))


@alternative("MyLinear")
def registered_parameters():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.register_parameter("weight", nn.Parameter(torch.rand(in_units, units) - 0.5))
            self.register_parameter("bias", nn.Parameter(torch.rand(units)))

        def forward(self, X):
            return torch.addmm(self.bias, X, self.weight).clamp(min=0)


@alternative("MyLinear")
def small_normal_start():
    class MyLinear(nn.Module):
        def __init__(self, in_units, units):
            super().__init__()
            self.weight = nn.Parameter(0.01 * torch.randn(in_units, units))
            self.bias = nn.Parameter(torch.randn(units,))
            self.activation = nn.ReLU()

        def forward(self, X):
            return self.activation(torch.matmul(X, self.weight) + self.bias)


# --- parameter_shapes ----------------------------------------------------------------------------


@alternative("parameter_shapes")
def torch_size():
    def parameter_shapes(net):
        shapes = {}
        for name, param in net.named_parameters():
            shapes[name] = param.shape
        return shapes


@alternative("parameter_shapes")
def recursive_walk():
    def parameter_shapes(net):
        shapes, seen = {}, set()

        def walk(module, prefix):
            for name, p in module._parameters.items():
                if p is not None and id(p) not in seen:
                    seen.add(id(p))
                    shapes[prefix + name] = tuple(p.size())
            for name, child in module._modules.items():
                if child is not None:
                    walk(child, f"{prefix}{name}.")

        walk(net, "")
        return shapes


@alternative("parameter_shapes")
def filtered_state_dict():
    def parameter_shapes(net):
        names = {name for name, _ in net.named_parameters()}
        return {key: tuple(value.shape) for key, value in net.state_dict().items() if key in names}


# --- nested_net ----------------------------------------------------------------------------------


@alternative("nested_net")
def ordered_dict():
    from collections import OrderedDict

    def block1():
        layers = []
        for a, b in ((4, 8), (8, 4)):
            layers += [nn.Linear(a, b), nn.ReLU()]
        return nn.Sequential(*layers)

    def block2():
        return nn.Sequential(OrderedDict([(f"block {i}", block1()) for i in range(4)]))

    def nested_net():
        net = nn.Sequential()
        net.append(block2())
        net.append(nn.Linear(4, 1))
        return net


@alternative("nested_net")
def classes():
    class Tower(nn.Module):
        def __init__(self):
            super().__init__()
            for i in range(4):
                setattr(self, "block %d" % i, block1())

        def forward(self, X):
            for block in self.children():
                X = block(X)
            return X

    class Nested(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(4, 1)
            self.tower = block2()

        def forward(self, X):
            return self.head(self.tower(X))

    def block1():
        return nn.Sequential(nn.Sequential(nn.Linear(4, 8), nn.ReLU()), nn.Sequential(nn.Linear(8, 4), nn.ReLU()))

    def block2():
        return Tower()

    def nested_net():
        return Nested()


# --- init_mixed ----------------------------------------------------------------------------------


@alternative("init_mixed")
def formula_and_fill():
    def init_mixed(net):
        first = last = None
        for m in net.modules():
            if type(m) is nn.Linear:
                m.bias.data.zero_()
                if first is None:
                    first = m
                last = m
        a = (6 / sum(first.weight.shape)) ** 0.5
        first.weight.data.uniform_(-a, a)
        last.weight.data.fill_(42)


@alternative("init_mixed")
def replaced_data():
    def init_mixed(net):
        names = [name for name, m in net.named_modules() if isinstance(m, nn.Linear)]
        with torch.no_grad():
            for name in names:
                layer = net.get_submodule(name)
                layer.bias.mul_(0)
                n_out, n_in = layer.weight.shape
                if name == names[0]:
                    u = torch.rand(n_out, n_in, dtype=layer.weight.dtype)
                    layer.weight.copy_((2 * u - 1) * (6 / (n_in + n_out)) ** 0.5)
                if name == names[-1]:
                    layer.weight.data = torch.full_like(layer.weight, 42)
        return net


@alternative("init_mixed")
def with_apply():
    def init_mixed(net):
        layers = []

        def collect(m):
            if isinstance(m, nn.Linear):
                layers.append(m)
                nn.init.constant_(m.bias, 0)

        net.apply(collect)
        nn.init.xavier_uniform_(layers[0].weight, gain=1.0)
        nn.init.constant_(layers[-1].weight, 42.0)


# --- custom_init ---------------------------------------------------------------------------------


@alternative("custom_init")
def data_and_type():
    def custom_init(m):
        if type(m) == nn.Linear:  # noqa: E721
            nn.init.uniform_(m.weight, -10, 10)
            m.weight.data *= m.weight.data.abs() >= 5


@alternative("custom_init")
def where_and_signs():
    def custom_init(m):
        if not isinstance(m, nn.Linear):
            return
        shape, dtype = m.weight.shape, m.weight.dtype
        u = torch.rand(shape)
        size = 5 + 5 * torch.rand(shape, dtype=dtype)
        w = torch.where(u < 0.25, size, torch.where(u < 0.5, -size, torch.zeros_like(size)))
        m.weight.data = w


@alternative("custom_init")
def masks_and_draws():
    def custom_init(m):
        if isinstance(m, nn.Linear):
            with torch.no_grad():
                case = torch.multinomial(torch.tensor([0.25, 0.5, 0.25]), m.weight.numel(), replacement=True)
                sign = (case - 1).reshape(m.weight.shape).to(m.weight.dtype)
                m.weight.copy_(sign * torch.empty_like(m.weight).uniform_(5, 10))


@alternative("custom_init")
def threshold():
    def custom_init(m):
        if m.__class__.__name__ == "Linear":
            w = nn.init.uniform_(torch.empty_like(m.weight), -10, 10)
            m.weight.data[...] = F.hardshrink(w.detach(), 5.0)


@alternative("custom_init")
def one_entry_at_a_time():
    import random

    def draw():
        case = random.random()
        if case < 0.25:
            return random.uniform(5, 10)
        return 0.0 if case < 0.75 else random.uniform(-10, -5)

    def custom_init(m):
        if isinstance(m, nn.Linear):
            rows, columns = m.weight.shape
            m.weight.data.copy_(torch.tensor([[draw() for _ in range(columns)] for _ in range(rows)]))


# --- tied_net ------------------------------------------------------------------------------------


@alternative("tied_net")
def class_with_two_calls():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.shared = nn.Linear(8, 8)
            self.out = nn.Linear(8, 1)
            self.hidden = nn.Linear(4, 8)

        def forward(self, X):
            X = F.relu(self.hidden(X))
            for _ in range(2):
                X = F.relu(self.shared(X))
            return self.out(X)

    def tied_net():
        return Tied()


@alternative("tied_net")
def relu_only_between():
    def tied_net():
        shared = nn.Linear(8, 8)
        return nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.Linear(8, 1))


@alternative("tied_net")
def nested_with_shared_block():
    def tied_net():
        block = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
        return nn.Sequential(nn.Sequential(nn.Linear(4, 8), nn.ReLU()), block, block, nn.Linear(8, 1))


@alternative("tied_net")
def places_by_index():
    def tied_net():
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU())
        net.append(net[2])
        return net.append(nn.Linear(8, 1))


# --- count_parameters ----------------------------------------------------------------------------


@alternative("count_parameters")
def set_of_ids():
    def count_parameters(net, trainable_only=False):
        seen, total = set(), 0
        for module in net.modules():
            for p in module._parameters.values():
                if p is None or id(p) in seen:
                    continue
                seen.add(id(p))
                if trainable_only and not p.requires_grad:
                    continue
                total += p.numel()
        return total


@alternative("count_parameters")
def products_of_shapes():
    def count_parameters(net, trainable_only=False):
        import math

        params = net.parameters()
        if trainable_only:
            params = filter(lambda p: p.requires_grad, params)
        return sum(math.prod(p.shape) for p in params)


@alternative("count_parameters")
def flattened_vector():
    def count_parameters(net, trainable_only=False):
        kept = [p for _, p in net.named_parameters() if not trainable_only or p.requires_grad]
        return len(torch.cat([p.detach().reshape(-1) for p in kept])) if kept else 0


# --- make_lazy_net -------------------------------------------------------------------------------


@alternative("make_lazy_net")
def lazy_class():
    class LazyMLP(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.LazyLinear(256)
            self.out = nn.LazyLinear(10)

        def forward(self, X):
            return self.out(torch.relu(self.hidden(X)))

    def make_lazy_net():
        return LazyMLP()


@alternative("make_lazy_net")
def appended():
    def make_lazy_net():
        net = nn.Sequential()
        net.add_module("hidden", nn.LazyLinear(out_features=256))
        net.add_module("relu", nn.ReLU())
        net.add_module("out", nn.LazyLinear(out_features=10))
        return net


# --- checkpoint ----------------------------------------------------------------------------------


@alternative("checkpoint")
def trial_on_a_copy():
    import copy

    def save_parameters(net, path):
        state = {name: value.cpu() for name, value in net.state_dict().items()}
        torch.save(state, path)

    def load_parameters(net, path):
        state = torch.load(path, weights_only=True)
        copy.deepcopy(net).load_state_dict(state, strict=True)
        net.load_state_dict(state, strict=True)
        return net


@alternative("checkpoint")
def way_back():
    def save_parameters(net, path):
        with open(path, "wb") as file:
            torch.save(net.state_dict(), file)

    def load_parameters(net, path):
        backup = {name: value.clone() for name, value in net.state_dict().items()}
        with open(path, "rb") as file:
            state = torch.load(file, weights_only=True)
        try:
            net.load_state_dict(state)
        except Exception:
            net.load_state_dict(backup)
            raise


@alternative("checkpoint")
def check_then_copy():
    def save_parameters(net, path):
        torch.save(net.state_dict(), path)

    def load_parameters(net, path):
        new, own = torch.load(path), net.state_dict()
        assert new.keys() == own.keys(), "other names"
        for name in own:
            assert new[name].size() == own[name].size(), "other shapes"
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(new[name])


@alternative("checkpoint")
def copied_entry_by_entry():
    def save_parameters(net, path):
        with open(path, "wb") as file:
            torch.save({name: value.detach().clone() for name, value in net.state_dict().items()}, file)

    @torch.no_grad()
    def load_parameters(net, path):
        theirs, mine = torch.load(path), net.state_dict()
        assert list(theirs) == list(mine), "other names"
        assert all(theirs[name].shape == mine[name].shape for name in mine), "other shapes"
        for name, value in mine.items():
            value.copy_(theirs[name])


# --- try_gpu -------------------------------------------------------------------------------------


@alternative("try_gpu")
def textbook():
    def try_gpu(i=0):
        if torch.cuda.device_count() >= i + 1:
            return torch.device(f"cuda:{i}")
        return torch.device("cpu")

    def try_all_gpus():
        devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
        return devices if devices else [torch.device("cpu")]


@alternative("try_gpu")
def asks_is_available():
    def try_gpu(i=0):
        if not torch.cuda.is_available() or i not in range(torch.cuda.device_count()):
            return torch.device(type="cpu")
        return torch.device("cuda", i)

    def try_all_gpus():
        if not torch.cuda.is_available():
            return [torch.device("cpu")]
        return [torch.device("cuda", index=i) for i in range(torch.cuda.device_count())]


@alternative("try_gpu")
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


@alternative("try_gpu")
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


@alternative("try_gpu")
def asks_through_default_arguments():
    def try_gpu(i=0, count=torch.cuda.device_count):
        return torch.device("cuda", i) if i < count() else torch.device("cpu")

    def try_all_gpus(count=torch.cuda.device_count):
        return [torch.device("cuda", i) for i in range(count())] or [torch.device("cpu")]


@alternative("try_gpu")
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


@alternative("try_gpu")
def asks_through_partials():
    import functools

    def one(count, i=0):
        return torch.device(f"cuda:{i}") if i < count() else torch.device("cpu")

    def every(count):
        return [one(count, i) for i in range(count() or 1)]

    try_gpu = functools.partial(one, torch.cuda.device_count)
    try_all_gpus = functools.partial(every, torch.cuda.device_count)


@alternative("try_gpu")
def asks_the_accelerator():
    from torch.accelerator import current_accelerator, device_count as how_many

    def try_gpu(i=0):
        if torch.accelerator.is_available() and i < how_many():
            return torch.device(current_accelerator().type, i)
        return torch.device("cpu")

    def try_all_gpus():
        return [try_gpu(i) for i in range(max(how_many(), 1))]


@alternative("try_gpu")
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
