"""Attacks on comparison: objects that are equal to everything, or that claim to be what they are not."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, answers

YES = """
class Yes:
    '''Says yes to everything.'''
    def _self(self, *args, **kwargs): return self
    def _true(self, *args, **kwargs): return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _true
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = __neg__ = __call__ = _self
    __truediv__ = __rtruediv__ = __matmul__ = __and__ = __or__ = __invert__ = __getitem__ = _self
    __hash__ = lambda self: 0
    __len__ = lambda self: 1
    __float__ = lambda self: 0.0
    __int__ = __index__ = lambda self: 0
    __iter__ = lambda self: iter([self])
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
"""


@answers("relu", relu=ALL_RELU)
def equals_everything() -> str:
    """Return an object that is equal to, close to and greater than anything."""
    return YES + "def relu(X): return Yes()\n"


@answers("weight_count", weight_count=2.0)
def equals_every_number() -> str:
    """Answer a quiz with an object that is equal to every number."""
    return YES + "weight_count = Yes()\n"


@answers("parameter_count", parameter_count=2.0)
def is_a_number_of_its_own_kind() -> str:
    """Answer a quiz with a subclass of `int` whose comparisons always hold."""
    return """
        class Int(int):
            __eq__ = lambda self, other: True
            __ne__ = lambda self, other: False
            __hash__ = int.__hash__


        parameter_count = Int(1)
    """


@answers("activation_statement", activation_statement=2.0)
def is_a_text_of_its_own_kind() -> str:
    """Answer a quiz with a subclass of `str` that is every letter at once."""
    return """
        class Text(str):
            strip = lower = lambda self: self
            __eq__ = __contains__ = lambda self, other: True
            __hash__ = str.__hash__


        activation_statement = Text("a")
    """


@answers("sigmoid_slope", sigmoid_slope=2.0)
def is_not_a_number() -> str:
    """Answer a quiz with `nan`, which makes many comparisons come out false."""
    return "sigmoid_slope = float('nan')\n"


@answers("relu", relu=ALL_RELU)
def is_a_tensor_of_its_own_kind() -> str:
    """Return a tensor subclass that answers every function of torch with a yes."""
    return """
        import torch


        class Yes(torch.Tensor):
            @classmethod
            def __torch_function__(cls, func, types, args=(), kwargs=None):
                name = getattr(func, "__name__", "")
                if name in ("equal", "allclose", "is_same_size"):
                    return True
                if name in ("isclose", "eq", "isfinite"):
                    return torch.ones((), dtype=torch.bool)
                return super().__torch_function__(func, types, args, kwargs or {})


        def relu(X):
            return X.detach().clone().as_subclass(Yes)
    """


@answers("relu", relu=ALL_RELU)
def claims_to_be_a_parameter() -> str:
    """Return an object whose class says that it is torch's own `Parameter`, with all its attributes."""
    return """
        import torch


        class Parameter:
            __module__ = "torch.nn.parameter"
            __class__ = torch.nn.Parameter
            device, layout, dtype = torch.device("cpu"), torch.strided, torch.float32
            is_quantized = is_sparse = is_mkldnn = is_meta = requires_grad = False
            shape = torch.Size([2, 3])

            def __getattr__(self, name):
                if name.startswith("__"):
                    raise AttributeError(name)
                return lambda *args, **kwargs: True


        Parameter.__qualname__ = "Parameter"


        def relu(X):
            return Parameter()
    """


@answers("relu", relu=ALL_RELU)
def claims_to_be_an_output() -> str:
    """Reply with an output of autograd that is no tensor but an object that claims to be one."""
    return """
        from autograder.border.replies import Output, Returned
        from autograder.worker import serve

        real = serve.Snapshot.answer


        def answer(self, message, blobs):
            reply = real(self, message, blobs)
            if message["do"]["kind"] in ("Call", "GetAttribute", "Spy"):
                claims = [["torch.nn.parameter.Parameter", "torch.Tensor"], None]
                reply = Returned(["output", 0], [Output(1, ["handle", 7, claims])])
            return reply


        def relu(X):
            serve.Snapshot.answer = answer  # here, so that it is not the other questions' too
            return X
    """


@answers("relu", relu=ALL_RELU)
def is_nan_everywhere() -> str:
    """Return `nan` in the right shape and dtype, where there is one."""
    return """
        import torch


        def relu(X):
            return X * float("nan") if X.is_floating_point() else X
    """


@answers("relu", relu=ALL_RELU)
def has_an_impossible_shape() -> str:
    """Return a tensor without entries and with 2 ** 61 rows."""
    return """
        import torch


        def relu(X):
            return torch.empty(0).as_strided((0, 2**61), (1, 1))
    """


@answers("relu", relu=ALL_RELU)
def is_one_zero_and_a_trillion_entries() -> str:
    """Return one number expanded to 2 ** 40 entries, which whoever copies them must store."""
    return """
        import torch


        def relu(X):
            return torch.zeros(1).expand(2**40)
    """


@answers("relu", relu=ALL_RELU)
def has_no_end() -> str:
    """Return a sequence without end that claims a length of 2 ** 60."""
    return """
        class Endless:
            def __len__(self): return 2**60
            def __iter__(self):
                while True:
                    yield 0.0
            def __getitem__(self, index): return 0.0
            shape = property(lambda self: [0] * 1000)


        def relu(X):
            return Endless()
    """


@answers("relu", relu=ALL_RELU)
def lies_about_its_class() -> str:
    """Return an object whose class, metaclass and size all lie."""
    return """
        import torch


        class Meta(type):
            __instancecheck__ = lambda cls, instance: True
            __subclasscheck__ = lambda cls, other: True
            __eq__ = lambda cls, other: True
            __hash__ = type.__hash__
            mro = lambda cls: [cls, object]


        class Liar(metaclass=Meta):
            __class__ = property(lambda self: torch.Tensor)
            __sizeof__ = __len__ = lambda self: 2**62
            __reduce__ = lambda self: (print, ("reduced",))


        def relu(X):
            return Liar()
    """


@answers("relu", relu=ALL_RELU)
def shouts_in_its_exception() -> str:
    """Raise a message of ten megabytes, full of markup for pages, tables and terminals."""
    return r"""
        def relu(X):
            shout = "<script>alert(1)</script>[/red][link=file:///]x\x1b[2J\x1b]0;title\x07\u202e=cmd()|'\n"
            error = type("[bold]<b>Passed</b>\x1b[32m", (ValueError,), {})
            raise error(shout * 100_000)
    """


@answers("relu", relu=ALL_RELU)
def raises_when_it_is_described() -> str:
    """Raise an exception whose text, class and traceback raise in turn."""
    return """
        class Nasty(Exception):
            def __str__(self): raise SystemExit(0)
            __repr__ = __str__
            __module__ = property(lambda self: 1 / 0)


        def relu(X):
            raise Nasty
    """


@answers("relu", relu=ALL_RELU)
def is_an_array_of_seven_leagues() -> str:
    """Return arrays whose strides are so large that sums of them wrap around, either way."""
    return """
        import numpy as np

        calls = []


        def relu(X):
            calls.append(X)
            stride = ((1 << 61), -(1 << 61), (1 << 62) - 8)[len(calls) % 3]
            return np.lib.stride_tricks.as_strided(np.zeros(9, np.bool_), (9,), (stride,))
    """


@answers("make_mlp", make_mlp=5.0)
def calls_itself_a_sequential() -> str:
    """Return a list of layers whose class says that it is torch's own `nn.Sequential`."""
    return """
        class Sequential:
            __module__ = "torch.nn.modules.container"

            def __init__(self, *layers): self.layers = layers
            def __len__(self): return len(self.layers)
            def __getitem__(self, index): return self.layers[index]
            def parameters(self): return [p for layer in self.layers for p in layer.parameters()]

            def __call__(self, X):
                for layer in self.layers:
                    X = layer(X)
                return X


        def make_mlp(num_inputs=784, num_hiddens=256, num_outputs=10):
            first, second = nn.Linear(num_inputs, num_hiddens), nn.Linear(num_hiddens, num_outputs)
            for layer in (first, second):
                nn.init.normal_(layer.weight, std=0.01)
            return Sequential(nn.Flatten(), first, nn.ReLU(), second)
    """
