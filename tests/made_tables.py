"""`python -m tests.made_tables`: the tables of docs/ that are made of the code, written anew.

Each stands between two comments, `<!-- name -->` and `<!-- end of name -->`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import autograder
from autograder.worker.landlock import DEVICES, OWN, READABLE, RIGHTS
from autograder.worker.layers import LAYERS
from autograder.worker.openable import DEVICES as DEVICE_FILES
from autograder.worker.openable import READABLE as READABLE_FILES
from autograder.worker.syscalls import (
    CLONE,
    CLONE3,
    FORBIDDEN,
    PRCTL,
    PRETENDED,
    PRLIMIT,
    SIGNALS,
    Call,
)
from tests.attacks import threats
from tests.example_class import ROOT

ARCHITECTURE, SECURITY = ROOT / "docs" / "architecture.md", ROOT / "docs" / "security.md"


def layers() -> Iterator[str]:
    """Yield what confines a worker."""
    yield from row("layer", "by", "keeps a submission from")
    yield from row("---", "---", "---")
    for layer in LAYERS:
        yield from row(layer.name, layer.by, layer.keeps_from)


def openable() -> Iterator[str]:
    """Yield the files that a worker can open."""
    yield from row("path", "why")
    yield from row("---", "---")
    yield from row("its own folder", "what the notebook writes")
    yield from row("Python, its packages and the kit's own", "what the notebook imports")
    for file in (*READABLE_FILES, *DEVICE_FILES):
        yield from row(f"`{file.path}`", file.why)


def rights() -> Iterator[str]:
    """Yield what a worker may do with the files that it can open."""
    places = {"own folder": OWN, "system and Python": READABLE, "devices": DEVICES}
    yield from row("right", *places, "why")
    yield from row(*["---"] * (len(places) + 2))
    for right in RIGHTS:
        allowed = ("yes" if place & right.where else "" for place in places.values())
        yield from row(f"`{right.name}`", *allowed, right.why)


def system_calls() -> Iterator[str]:
    """Yield the system calls that do not do what they are for, those with one reason together."""
    yield from row("system calls", "answer", "why")
    yield from row("---", "---", "---")
    for calls, answer in (
        (FORBIDDEN, "refused"),
        (SIGNALS, "refused where neither a user of its own nor Landlock keeps them in"),
        ((CLONE, PRLIMIT, PRCTL), "refused for some arguments"),
        ((CLONE3,), "said to be unknown: libraries take `clone`"),
        (PRETENDED, "nothing happens, all is said to be well"),
    ):
        for why, names in by_reason(calls).items():
            yield from row(", ".join(f"`{name}`" for name in names), answer, why)


def by_reason(calls: Iterable[Call]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for call in calls:
        found.setdefault(call.why, []).append(call.name)
    return found


def errors() -> Iterator[str]:
    """Yield the error classes of the package as an indented list, each below what it is."""
    ours = errors_of_the_kit()

    def below(base: type[BaseException], depth: int) -> Iterator[str]:
        for kind in ours:
            if kind.__mro__[1] is base:
                place = kind.__module__.removeprefix("autograder.").replace(".", "/")
                meaning = (kind.__doc__ or "").strip().partition("\n")[0]
                yield f"    {'  ' * depth + kind.__name__:<24}{place:<20}{meaning}"
                yield from below(kind, depth + 1)

    foreign = {kind.__mro__[1] for kind in ours} - set(ours)
    for base in sorted(foreign, key=lambda kind: kind.__name__):
        yield f"    {base.__name__}"
        yield from below(base, 1)


def errors_of_the_kit() -> list[type[BaseException]]:
    found = set()
    for info in pkgutil.walk_packages(autograder.__path__, "autograder."):
        if info.name.endswith("__main__"):
            continue
        found |= {
            value
            for value in vars(importlib.import_module(info.name)).values()
            if isinstance(value, type)
            and issubclass(value, BaseException)
            and value.__module__ == info.name
        }
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


TABLES: dict[str, tuple[Path, Callable[[], Iterable[str]]]] = {
    "layers": (SECURITY, layers),
    "openable": (SECURITY, openable),
    "rights": (SECURITY, rights),
    "system calls": (SECURITY, system_calls),
    "attacks": (SECURITY, threats.lines),
    "errors": (ARCHITECTURE, errors),
}


def with_table(page: str, name: str) -> str:
    """Return the page with one table as it should be."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    lines = "".join(f"{line}\n" for line in TABLES[name][1]())
    assert begin in page and end in page
    return re.sub(f"{begin}.*{end}", lambda _: f"{begin}\n\n{lines}\n{end}", page, flags=re.DOTALL)


if __name__ == "__main__":
    for name, (path, _) in TABLES.items():
        text = path.read_text(encoding="utf-8")
        path.write_text(with_table(text, name), encoding="utf-8")
