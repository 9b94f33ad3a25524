"""Slips in the code of tests that would cost students points: found before anything is run."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Callable, Collection, Iterable, Iterator

from autograder.authoring.master import Master, Question
from autograder.authoring.names import defined
from autograder.authoring.script import Place
from autograder.errors import did_you_mean

TOOLS = frozenset(
    {"apart", "data", "keeps_device", "leaderboard", "loops", "once", "probe", "watch"}
)
"""What a hidden test can ask of `judge`: the methods of `JudgeTools`, which build does without, as it does
without torch."""


def check_code_of_tests(master: Master) -> None:
    """Check every test and helper.

    Raises:
        KitError: one names what is not there, or prints; names file and line.
    """
    answers = {name for question in master.questions for name in defined(question.solution.tree)}
    for question in master.questions:
        shared = {name for helper in question.helpers for name in helper.names}
        for node, at in _parts(question):
            _names_are_there(node, at, shared)
            _judge_is_asked_well(node, at, answers)


def _parts(question: Question) -> Iterator[tuple[ast.stmt, Callable[[ast.expr], Place]]]:
    for test in question.tests:
        yield test.function, test.cell.at
    for helper in question.helpers:
        yield helper.node, helper.at


def _names_are_there(
    node: ast.stmt, at: Callable[[ast.expr], Place], shared: Iterable[str]
) -> None:
    known = {*shared, *dir(builtins), "__name__", "__file__"}
    table = symtable.symtable(ast.unparse(node), "<test>", "exec")
    missing = set(global_names(table)) - known - set(defined(ast.Module([node], [])))
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in missing:
            hint = did_you_mean(part.id, known)
            text = f"{part.id} is defined nowhere here{hint}; a test imports what it needs inside itself"
            raise at(part).refusal(text)


def global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that functions below `table` look for outside themselves."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for child in table.get_children():
        yield from global_names(child)


def _judge_is_asked_well(
    node: ast.stmt, at: Callable[[ast.expr], Place], answers: Collection[str]
) -> None:
    for part in ast.walk(node):
        match part:
            case ast.Attribute(ast.Name(id="judge"), tool) if tool not in TOOLS:
                text = f"judge has no {tool}{did_you_mean(tool, TOOLS)}; it has {', '.join(sorted(TOOLS))}"
                raise at(part).refusal(text)
            case ast.Call(ast.Attribute(ast.Name(id="judge"), "loops"), [name]):
                if not isinstance(name, ast.Constant):
                    raise at(part).refusal("judge.loops takes the name of an answer, written out")
                if name.value not in answers:
                    hint = did_you_mean(str(name.value), answers)
                    text = f"judge.loops looks for {name.value!r}, which no question asks for{hint}"
                    raise at(part).refusal(text)
            case ast.Call(ast.Name(id="print")):
                text = "a test prints nothing: what it prints stands between the lines of a report"
                raise at(part).refusal(text)
