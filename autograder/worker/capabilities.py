"""What root may do here. In a container root often lacks some of its rights (`docker run --cap-drop`)."""

from __future__ import annotations

import sys
from pathlib import Path

SETGID = "CAP_SETGID"
NEEDED = {
    "CAP_CHOWN": 0,  # gives a worker its folder
    "CAP_DAC_OVERRIDE": 1,  # looks into it afterwards
    "CAP_FOWNER": 3,  # and removes it
    "CAP_KILL": 5,  # ends what the worker's user started
    SETGID: 6,
    "CAP_SETUID": 7,
}
"""What giving each worker a user of its own takes, by name with the kernel's number."""


def lacking() -> list[str]:
    """Return which of the capabilities needed this process does not have."""
    if sys.platform != "linux":
        return list(NEEDED)
    effective = _effective()
    return [name for name, number in NEEDED.items() if not effective >> number & 1]


def _effective() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0
