"""Somebody who kills a judge over one submission, as the machine does that runs out of memory."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from types import TracebackType

PAUSE = 0.005
AT_WORK = "at-work-"
"""How `autograder.grading.pool` begins the name of a judge's note; importing it imports Otter, which wants a home."""


class Killer:
    """Looks at what the judges of a run say that they are at, and kills the one at submission `number`."""

    def __init__(self, folder: Path, number: int | None) -> None:
        self.folder, self.number = folder, number
        self.kills = 0
        self.parallel = 0
        """How many judges were at work at once after it had killed twice."""
        self._killed: set[Path] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        if self.number is not None:
            self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            notes = list(self.folder.glob(f"*/{AT_WORK}*"))
            if self.kills >= 2:
                self.parallel = max(self.parallel, len(notes))
            for note in set(notes) - self._killed:
                with contextlib.suppress(OSError, ValueError):
                    if int(note.read_text()) == self.number:
                        os.kill(int(note.name.removeprefix(AT_WORK)), signal.SIGKILL)
                        self._killed.add(note)
                        self.kills += 1
