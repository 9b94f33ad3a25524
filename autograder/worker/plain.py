"""Which cells IPython would run as they stand: looking is ten times cheaper than its transformers are."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

NOT_PLAIN = re.compile(
    r"""^[ \t]*[%!/,;]       # a magic, a command, an automatic call, or a line that continues another
    |\?                      # a request for help, or one within a text
    |^[ \t]*(>>>|\.\.\.|In\b)  # a prompt that was copied along, within a text too
    |^[ \t]+$                # blanks alone, which dedenting takes away from texts, too
    |\b(await|async)\b       # perhaps at the top level, where only IPython allows it
    """,
    re.MULTILINE | re.VERBOSE,
)


@lru_cache(maxsize=2)
def is_plain(source: str) -> bool:
    """Whether a cell is Python that IPython's transformers and its search for `await` leave as it is.

    `False` says nothing: such a cell is IPython's to look at. So is a single line, which may be the name of a
    magic without its `%`, and a cell that begins with blanks, which IPython takes away.
    """
    if source[:1].isspace() or len(source.splitlines()) < 2 or NOT_PLAIN.search(source):
        return False
    try:
        ast.parse(source)
    except Exception:  # noqa: BLE001 - not Python, or too deep, or warnings are errors here
        return False
    return True
