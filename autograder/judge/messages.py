"""What a student reads when a test case does not pass.

Of a hidden test nobody learns source, inputs or expected values: what the student's own code can put
into a message (an exception's text, a class name) is not repeated, since it may hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

from torch import nn

from autograder.judge.exceptions import (
    USUAL,
    BorderMisuse,
    InputChanged,
    StudentError,
    UnreadableValue,
    WorkerGone,
)
from autograder.judge.proxy import Proxy, torch_classes, type_name
from autograder.judge.quoting import quote
from autograder.outcome.results import UNWATCHED, Outcome, Role
from autograder.voice.explain import (
    MISMATCHES,
    OTHERWISE,
    called_exit,
    explain,
    mismatch,
    out_of_memory,
    own_words,
    raised,
    unusable,
)

OUT_OF_MEMORY = re.compile(r"can't allocate memory|Cannot allocate memory|not enough memory")
NOT_HERE = (
    (
        re.compile(r"Torch not compiled with CUDA|Found no NVIDIA driver|No CUDA GPUs|MPS backend"),
        "There is no graphics card here: use one only if `torch.cuda.is_available()`.",
    ),
    (re.compile(r"EOF when reading a line"), "Nobody is here to answer `input()`."),
)
"""What exceptions mean that an answer does not raise on its author's machine."""
OURS = re.compile(r"<class '[\w.]*\b(?:Proxy|Iteration)'>|[\w.]*\b(?:Proxy|Iteration)\b")
"""How Python names what stands in a test for the student's object."""


@dataclass(frozen=True)
class Verdict:
    """How a test case that raised is told."""

    outcome: Outcome
    message: str
    staff_message: str = ""
    place: tuple[int, int] | None = None
    """Cell and line of the student's exception, which the message does not say."""
    placed: str = ""
    """The message with the place in it."""


def verdict(
    error: Exception, *, question: str, hidden: bool, test_path: str, role: Role = Role.DETAIL
) -> Verdict:
    """Say what `error`, which a test case raised, means and what the student is told."""
    staff = f"{type(error).__name__}: {error}{_line(error, test_path)}"
    match error:
        case WorkerGone():
            return Verdict(error.outcome, str(error), staff)
        case InputChanged() | UnreadableValue():
            return Verdict(Outcome.FAILED, str(error), staff)
        case StudentError():  # of any kind: what the student's code raised is the student's
            return _student_error(error, question, hidden, staff)
        case BorderMisuse() | NameError() | ImportError() | SyntaxError():
            message = "The test itself went wrong; your teacher is told. It is not your fault."
            return Verdict(Outcome.GRADER_ERROR, message, staff)
        case AssertionError():
            told = _assertion(error, hidden, test_path)
            if role is Role.RULE and told in {kind for _, kind in MISMATCHES}:
                told = UNWATCHED
            return Verdict(Outcome.FAILED, told, staff)
    if hidden:
        return Verdict(
            Outcome.FAILED, "The result is not of the kind that the question asks for.", staff
        )
    lines = [*_explained(error, test_path), unusable(_misfit(error))]
    return Verdict(Outcome.FAILED, "\n".join(lines), staff)


def _misfit(error: Exception) -> str:
    """Say what of the student's a test could not use; of a public test, which may name it."""
    text = str(error)
    result = next(_results(error.__traceback__), None)
    if result is not None and OURS.search(text):
        name = type_name(result)
        if nn.Module in torch_classes(result._claims.classes):
            return f"it is the layer `{name}` itself, not what the layer returns for an input."
        if name in ("function", "method", "builtin_function_or_method"):
            return "it is a function, not what the function returns."
        return f"it is a `{name}`."
    return OURS.sub("an object", text)


def _results(traceback: TracebackType | None) -> Iterator[Proxy]:
    """Yield the student's objects that the frames of an exception hold, those of its innermost first.

    What a test takes as its parameters is the answer itself, not a result of it.
    """
    frames = []
    while traceback is not None:
        frames.append(traceback.tb_frame)
        traceback = traceback.tb_next
    answers = [
        value
        for frame in frames
        for value in _parameters(frame)
        if frame.f_code.co_name.startswith("test_")
    ]
    for frame in reversed(frames):
        for value in frame.f_locals.values():
            if type(value) is Proxy and not any(value is answer for answer in answers):
                yield value


def _parameters(frame: FrameType) -> list[object]:
    code = frame.f_code
    return [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount]]


def _student_error(error: StudentError, question: str, hidden: bool, staff: str) -> Verdict:
    if error.type_name == "NotImplementedError" and error.text == question:
        return Verdict(Outcome.NOT_ATTEMPTED, "Not attempted yet.", staff)
    kind = error.type_name
    if kind == "MemoryError" or OUT_OF_MEMORY.search(error.text):
        return _placed(error, staff, Outcome.MEMORY, out_of_memory("{}"))
    if kind == "SystemExit":
        return _placed(error, staff, Outcome.CRASHED, called_exit("{}"))
    if hidden:
        kind = kind if kind in USUAL else "an exception"
        return _placed(error, staff, Outcome.ERROR, raised(kind, "", "{}"))
    text = quote(error.text).replace("{", "{{").replace("}", "}}")
    why = [f". {told}" for pattern, told in NOT_HERE if pattern.search(error.text)]
    return _placed(error, staff, Outcome.ERROR, "".join([raised(kind, text, "{}"), *why]))


def _placed(error: StudentError, staff: str, outcome: Outcome, words: str) -> Verdict:
    """Return a verdict in `words`, which say by `{}` where the place belongs."""
    at = where(error.place)
    return Verdict(outcome, words.format(""), staff + at, error.place, words.format(at))


def where(place: tuple[int, int] | None) -> str:
    """Say a place in brackets, as the end of a sentence."""
    return f" (cell {place[0]}, line {place[1]})" if place else ""


def _assertion(error: AssertionError, hidden: bool, test_path: str) -> str:
    text = str(error).strip()
    if not hidden:
        words = own_words(error)
        lines = [] if words and text == words else _explained(error, test_path)
        return OURS.sub("an object", "\n".join([*lines, words]).strip()) or mismatch(text)
    # A hidden test's own words are told only as they stand in the test, never with values put in.
    if text in _literals(error, test_path) - {""}:
        return re.sub(r"^assert .*", "", text) or text
    return mismatch(text) if text else OTHERWISE


def _explained(error: Exception, test_path: str) -> list[str]:
    """Return call, expected and got of a public test."""
    try:
        source = Path(test_path).read_text(encoding="utf-8")
        return explain(error, source, test_path, {}, again=False)
    except Exception:  # noqa: BLE001 - what cannot be shown is told without values
        return []


def _literals(error: AssertionError, test_path: str) -> set[str]:
    """Return the texts that stand in the test functions that raised."""
    found: set[str] = set()
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == test_path:
            found |= {constant.strip() for constant in code.co_consts if isinstance(constant, str)}
        traceback = traceback.tb_next
    return found


def _line(error: Exception, test_path: str) -> str:
    """Return where in the test file the error came up."""
    traceback, line = error.__traceback__, 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == test_path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return f" [test line {line}]" if line else ""
