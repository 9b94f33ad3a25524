"""One reading of a cell: what its Python binds, uses and says, taken from its text without running it."""

from __future__ import annotations

import ast
import contextlib
import re
import symtable
import warnings
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property, lru_cache

DEMO_TAG = "otter_ignore"
"""Jupyter's tag on demonstrations: cells that Otter, and every check here, leaves out."""
MAX_CELL_CHARS = 200_000
MAX_CELL_PIECES = 40_000
"""Longer cells, and those of more pieces, are not searched for names."""
PIECE = re.compile(r"\w+|[^\w\s]")
"""A word or a sign: a syntax tree has two or three nodes for each, whatever is written."""
KEPT_CHARS = 5_000
"""Readings of longer cells are not kept: their trees take a thousand times the room."""
MAX_PARTS = 500
"""Dots in a line that imports something."""
IMPORT = re.compile(r"\b(import|from)\b")
ELSEWHERE = (
    "HTML SVG bash cmd code_wrap debug file html javascript js latex markdown perl pypy python python2 "
    "python3 ruby script sh shell svg sx system timeit writefile"
)
NAMED_MAGIC = re.compile(rf"%%(?!(?:{'|'.join(ELSEWHERE.split())})\b)\w+.*")
"""Cell magics whose body runs as Python among the notebook's own names: all but IPython's others."""
WRITTEN = re.compile(
    r"\s*%%(?:writefile|file)\b[ \t]+(-a[ \t]+|--append[ \t]+)?[\"']?(\S+)\.py[\"']?[ \t]*\n"
)
RUN = re.compile(r"^[ \t]*%run[ \t]+(?:-\w+[ \t]+)*[\"']?([\w./]+)\.py\b", re.MULTILINE)
CELL_MAGIC = re.compile(r"\s*(%%\w+).*\n")
TARGETS = re.compile(r"[\w.,*\[\] \t]+")


class Binding(IntEnum):
    """How a cell binds a name, from what is hardly an answer to what surely is one."""

    REUSE = 0
    """A loop variable, `x += 1`, `x = f(x)`, `with … as x`: the name is used for something else."""
    IMPORTED = 1
    ASSIGNED = 2
    FUNCTION = 3
    """A lambda."""
    DEFINED = 4
    """`def` or `class`."""


class Reading:
    """What one cell says. Everything is found when it is first asked for."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def tree(self) -> ast.Module | None:
        """The cell's syntax tree; `None` if it is not Python, or takes unreasonably long to read.

        Magics and shell lines are replaced here, line by line: IPython's own transformer takes time
        that grows with the square of their number, which a stranger's notebook can choose.
        """
        return self._python[1]

    @cached_property
    def _python(self) -> tuple[str, ast.Module | None]:
        """The cell as Python: its text without magics, and the tree of it."""
        if len(self.source) > MAX_CELL_CHARS or pieces(self.source) > MAX_CELL_PIECES:
            return "", None
        tree = _tree(self.source)
        if tree is not None:
            return self.source, tree
        text = _without_magics(self.source)
        return text, _tree(text)

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        """The names that the cell binds at its top level, in order, and how at the best."""
        return bindings(self.tree) if self.tree else {}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self.bindings)

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names of the notebook, or of Python itself, that the cell or a function in it reads."""
        if self.tree is None:
            return frozenset()
        read = used(self.tree)
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset(read & _globals_of(self._python[0]))
        return frozenset(read)

    @cached_property
    def calls(self) -> frozenset[str]:
        """The names that are called, as `relu` is in `relu(X)`."""
        nodes = ast.walk(self.tree) if self.tree else ()
        called = (node.func for node in nodes if isinstance(node, ast.Call))
        return frozenset(func.id for func in called if isinstance(func, ast.Name))

    @cached_property
    def shape(self) -> str | None:
        """What the cell says without comments, docstrings and layout."""
        if self.tree is None:
            return None
        documented = [
            (node, node.body)
            for node in ast.walk(self.tree)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node, False)
        ]
        try:
            for node, body in documented:
                node.body = body[1:]
            return ast.dump(self.tree)
        except (RecursionError, ValueError):  # thousands of terms, or of digits; no stub is that
            return self.source
        finally:
            for node, body in documented:
                node.body = body

    @cached_property
    def imports(self) -> frozenset[str]:
        """The modules that the cell imports or imports from."""
        nodes = list(ast.walk(self.tree)) if self.tree else []
        imported = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
        return frozenset(
            imported | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
        )

    @property
    def modules(self) -> frozenset[str]:
        """The same by their first name."""
        return frozenset(name.partition(".")[0] for name in self.imports)

    @cached_property
    def taken_whole(self) -> frozenset[str]:
        """The modules of which the cell takes all names, with `from … import *` or `%run`."""
        nodes = ast.walk(self.tree) if self.tree else ()
        stars = {
            n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"
        }
        stars |= {path.rpartition("/")[2] for path in RUN.findall(self.source)}
        return frozenset(filter(None, stars))

    @cached_property
    def written(self) -> tuple[str, str, bool] | None:
        """The module that the cell writes with `%%writefile`, what stands in it, and whether that is added."""
        match = WRITTEN.match(self.source)
        if match is None or len(self.source) > MAX_CELL_CHARS:
            return None
        return match[2].rpartition("/")[2], self.source[match.end() :], match[1] is not None

    @cached_property
    def elsewhere(self) -> tuple[str, Reading] | None:
        """The magic that keeps the cell's code away from the notebook's names, and what it keeps away."""
        match = CELL_MAGIC.match(self.source)
        if match is None or NAMED_MAGIC.match(match[1]) or len(self.source) > MAX_CELL_CHARS:
            return None
        return match[1], read_cell(self.source[match.end() :])


def read_cell(source: str) -> Reading:
    """Return the reading of `source`, the same one each time, unless it is long."""
    return _kept(source) if len(source) <= KEPT_CHARS else _kept_for_now(source)


@lru_cache(maxsize=1024)
def _kept(source: str) -> Reading:
    return Reading(source)


@lru_cache(maxsize=8)
def _kept_for_now(source: str) -> Reading:
    return Reading(source)


def pieces(source: str) -> int:
    """Return how many words and signs `source` has, which is how long it takes to read."""
    return len(PIECE.findall(source))


def bindings(tree: ast.AST) -> dict[str, Binding]:
    """Return the names that `tree` binds in its own scope, in order, and how at the best."""
    found: dict[str, Binding] = {}
    for name, how in _bound(tree):
        found[name] = max(how, found.get(name, how))
    return found


def used(node: ast.AST) -> set[str]:
    """Return the names that `node` reads, local variables of its functions among them."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _tree(source: str) -> ast.Module | None:
    # Python takes time that grows with the square of an imported name's parts.
    for line in source.replace("\\\n", " ").splitlines():
        if line.count(".") > MAX_PARTS and IMPORT.search(line):
            return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an invalid escape: not ours to print
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magics(source: str) -> str:
    lines = source.strip("\n").splitlines()
    while lines and (not lines[0].strip() or NAMED_MAGIC.match(lines[0])):
        del lines[0]
    if not lines or lines[0].startswith("%%"):
        return ""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    plain: list[str] = []
    continued = False
    for line in lines:
        python = "" if continued else _python_line(line.removeprefix(indent))
        continued = python != line.removeprefix(indent) and line.endswith("\\")
        plain.append(python)
    return "\n".join(plain)


def _python_line(line: str) -> str:
    """Return `line` with a magic, a shell command or a question for help replaced."""
    text = line.lstrip()
    start = line[: len(line) - len(text)]
    if text.startswith("%time "):  # runs the rest of the line among the notebook's own names
        return start + text.removeprefix("%time ").lstrip()
    if re.match(r"[!?]|%[\w%]", text) or (text.rstrip().endswith("?") and "#" not in text):
        return start + "pass"
    targets, equals, value = line.partition("=")
    if equals and value.lstrip().startswith(("!", "%")) and TARGETS.fullmatch(targets):
        return f"{targets}= None"
    return line


def _globals_of(source: str) -> set[str]:
    """Return the names that are looked up in the notebook's namespace, from whatever scope."""
    found: set[str] = set()
    waiting = [symtable.symtable(source, "<cell>", "exec")]
    while waiting:
        table = waiting.pop()
        top = table.get_type() == "module"
        found |= {s.get_name() for s in table.get_symbols() if top or s.is_global()}
        waiting += table.get_children()
    return found


def _bound(tree: ast.AST) -> Iterator[tuple[str, Binding]]:
    """Walk `tree` in order, without recursion and without entering scopes of their own."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, Binding.DEFINED
                continue
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    if name != "*":
                        yield name, Binding.IMPORTED
                continue
            case ast.Lambda() | ast.AnnAssign(value=None):
                continue
            case ast.Assign(targets=targets, value=ast.expr() as value):
                yield from _assigned(targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _assigned([target], value)
            case ast.comprehension():  # its targets are its own, what it walks over is not
                waiting += [*reversed(node.ifs), node.iter]
                continue
            case ast.Name(ctx=ast.Store()):
                yield node.id, Binding.REUSE
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, Binding.REUSE
            case ast.MatchMapping(rest=str(name)):
                yield name, Binding.REUSE
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _assigned(targets: list[ast.expr], value: ast.expr) -> Iterator[tuple[str, Binding]]:
    how = Binding.FUNCTION if isinstance(value, ast.Lambda) else Binding.ASSIGNED
    read = used(value)
    waiting: list[ast.expr] = list(reversed(targets))
    while waiting:
        match waiting.pop():
            case ast.Name(id=name):
                yield name, Binding.REUSE if name in read and how is Binding.ASSIGNED else how
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                waiting += reversed(parts)
            case ast.Starred(value=part):
                waiting.append(part)
