"""What a student's exception may say where it is read: what is the student's, and nothing of the machine.

Student code can put anything that it finds into an exception. What it can find is little (docs/security.md);
what an honest exception says by accident, a path or the machine's name, is nobody's business either.
"""

from __future__ import annotations

import re
import socket

GONE = "…"
PATH = re.compile(r"(?<![\w.:/…])(?:~[\w-]*|[A-Za-z]:)?(?:[/\\][\w.+@-]+)+(?P<last>[/\\][\w.+@-]+)")
"""An absolute path of two parts or more; the last one, a file's name, is what helps."""
ACCOUNT = re.compile(r"[\w.-]+:[^:\s]*:\d+:\d*:[^\n]*")
"""A line of /etc/passwd or /etc/group."""
SHORTEST_NAME = 4
"""Of a machine: a shorter one could be any word."""


def quote(text: str) -> str:
    """Return a student's words without paths, accounts and the name of this machine."""
    text = PATH.sub(lambda found: GONE + found["last"], ACCOUNT.sub(GONE, text))
    host = socket.gethostname()
    names = {host, host.partition(".")[0]}
    for name in sorted(filter(lambda n: len(n) >= SHORTEST_NAME, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GONE, text)
    return text
