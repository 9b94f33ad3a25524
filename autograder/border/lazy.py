"""Modules that are slow to import, put off until something of them is asked for.

`importlib.util.LazyLoader` does this for all of a module or nothing, and not for packages whose submodules are used.
"""

from __future__ import annotations

import importlib.util
import sys
import types
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from typing import Any


class LazyModule(types.ModuleType):
    """Stands for a module or a package. Its code runs, in this very object, for the first name that is not here yet."""

    def __init__(self, name: str) -> None:
        """Stand for the module `name`, which is installed."""
        super().__init__(name)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"There is no module {name}.", name=name)
        self.__spec__, self.__loader__, self.__package__ = spec, spec.loader, spec.parent
        self.__file__ = spec.origin
        if spec.submodule_search_locations is not None:
            self.__dict__["__path__"] = list(spec.submodule_search_locations)
        self._waits = True

    def __getattr__(self, name: str) -> Any:
        # Who looks for `__wrapped__` or `__all__` wants to know what kind of thing this is.
        if name.startswith("__") or not self.__dict__.get("_waits"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.load()
        return getattr(self, name)

    def load(self) -> None:
        """Run the module's code, once."""
        if self._waits:
            self._waits = False
            self.__loader__.exec_module(self)  # type: ignore[union-attr]


class LazyPackage(LazyModule):
    """Stands for a package whose modules import each other in an order that only its own code knows.

    Whoever imports one of them gets the package first, and that one as the package made it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        sys.meta_path.insert(0, Finder(self))

    def find_spec(self, name: str) -> ModuleSpec | None:
        """Find a module of the package, if `name` is one."""
        if not name.startswith(f"{self.__name__}."):
            return None
        self.load()
        return ModuleSpec(name, AlreadyHere()) if name in sys.modules else None


class Finder:
    """Asks a package for its modules when Python imports one.

    It is not the package: whoever asks all finders what else they can (`importlib.metadata`, to list what is
    installed) would have it loaded.
    """

    def __init__(self, package: LazyPackage) -> None:
        self._package = package

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return self._package.find_spec(name)


class AlreadyHere(Loader):
    """Gives a module that was imported since somebody began to import it."""

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        module = sys.modules[spec.name]
        self.spec = module.__spec__
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        module.__spec__ = self.spec


def put_off(module: LazyModule) -> None:
    """Have `module` stand in the place of the one whose name it has."""
    name = module.__name__
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
