"""The process in which a notebook's cells run: IPython without history, pictures or output."""

from __future__ import annotations

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.kit.limits import LIMIT
from autograder.kit.sheet import Step
from autograder.kit.telling import Stopped
from autograder.voice import speak


class Grader:
    """Stands where the notebook has Otter's: its checks are tried from outside."""

    def check(self, *_: object, **__: object) -> None:
        """Do nothing."""

    check_all = export = check


class Lab:
    """One notebook's names, and the shell that its cells run in."""

    def __init__(self) -> None:
        speak.LIMIT = LIMIT
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryAccessor.enabled = False
        self._shell = InteractiveShell.instance(config=config)
        self._shell.ask_exit = lambda: None  # type: ignore[attr-defined] # what `exit()` in a cell calls
        self.env: dict[str, Any] = self._shell.user_ns
        self.env["grader"] = Grader()

    def run(self, step: Step) -> Stopped | None:
        """Run a cell, for as many seconds at most as a check may take."""
        self._shell.execution_count = step.number
        with speak.time_limit():
            result = self._shell.run_cell(step.source, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return None
        if isinstance(error, speak.OutOfTime):
            text = f"stopped after {LIMIT:g} seconds. Is there a loop that never ends?"
            return Stopped(step.number, self._line(error), text)
        text = f"{type(error).__name__}: {getattr(error, 'msg', '') or error}"
        return Stopped(step.number, self._line(error), text)

    def _line(self, error: BaseException) -> int | None:
        if isinstance(error, SyntaxError):
            return error.lineno
        line, traceback = None, error.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_globals is self.env:
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return line
