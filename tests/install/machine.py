"""A student's machine: the zip unpacked, and an environment made by what its README says, in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring import Built
from tests.install.line import counted_line

SYSTEM = "**Linux and macOS**"
STARTS = "jupyter lab"
"""How the last command begins, which is not for setting up."""
SMALL = "--torch-backend=cpu "
"""Has uv look for torch at the place of its CPU builds."""
HOUR = 3600.0
MEGABYTE = 1e6


class SetUpError(Exception):
    """The README's commands do not work here."""


@dataclass(frozen=True)
class Machine:
    """An environment, and what it took to make it."""

    python: Path
    minutes: float
    downloaded: float
    """Megabytes."""
    disk: float
    """Megabytes."""
    torch: str
    """Where torch came from."""


def unpacked(built: Built, folder: Path) -> Path:
    """Return the folder that a student has of an assignment's zip."""
    with zipfile.ZipFile(built.student_zip) as archive:
        archive.extractall(folder)
    return folder / built.name


def commands(readme: str) -> str:
    """Return what the README has a student type on this system before Jupyter is there."""
    block = readme.partition(SYSTEM)[2].partition("**")[0]
    lines = [line.strip() for line in block.splitlines() if line.startswith("    ")]
    return "".join(f"{line}\n" for line in lines if not line.startswith(STARTS))


def set_up(home: Path, scratch: Path) -> Machine:
    """Make the environment of the assignment in `home` as its README says, with nothing kept from before.

    torch's CPU builds lie at a place of their own. Where that cannot be reached from here, the build that this
    machine's pip finds elsewhere takes its place, and its size is counted.

    Raises:
        SetUpError: the commands end with an error, or no CPU build can be had.
    """
    script = commands((home / "README.md").read_text(encoding="utf-8"))
    try:
        return _made(home, scratch, script, None)
    except SetUpError:
        shutil.rmtree(home / ".venv", ignore_errors=True)
        return _made(home, scratch, script.replace(SMALL, ""), _small_torch(home, scratch))


def _made(home: Path, scratch: Path, script: str, torch: Path | None) -> Machine:
    with counted_line() as line:
        environment = _without_settings() | line.settings
        environment |= {"HOME": str(scratch), "UV_CACHE_DIR": str(scratch / "cache")}
        if torch is not None:
            environment["UV_FIND_LINKS"] = str(torch.parent)
        began = time.monotonic()
        done = subprocess.run(
            ["bash", "-euc", script],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=HOUR,
        )
        minutes = (time.monotonic() - began) / 60
    if done.returncode:
        raise SetUpError(f"{script}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    shutil.rmtree(scratch / "cache", ignore_errors=True)
    elsewhere = torch.stat().st_size if torch is not None else 0
    return Machine(
        python=home / ".venv" / "bin" / "python",
        minutes=minutes,
        downloaded=(line.received + elsewhere) / MEGABYTE,
        disk=sum(p.lstat().st_size for p in (home / ".venv").rglob("*")) / MEGABYTE,
        torch="as the README says" if torch is None else f"{torch.name}, of this machine's pip",
    )


def _without_settings() -> dict[str, str]:
    """Return this process's environment without what sets up its own Python, pip and uv."""
    kept = {"PIP_CERT"}
    ours = re.compile(r"(PIP|UV|PYTHON|VIRTUAL_ENV|CONDA|JUPYTER|MPL)")
    own = {
        name: value for name, value in os.environ.items() if name in kept or not ours.match(name)
    }
    bin_folder = str(Path(sys.executable).parent)
    path = [part for part in own["PATH"].split(os.pathsep) if part != bin_folder]
    return own | {
        "PATH": os.pathsep.join(path),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CONFIG": "1",
    }


def _small_torch(home: Path, scratch: Path) -> Path:
    """Return the wheel of torch's CPU build, from wherever this machine's pip has it.

    Raises:
        SetUpError: it has none.
    """
    (wanted,) = re.findall(r"^torch==\S+", (home / "requirements.txt").read_text(), re.MULTILINE)
    folder = scratch / "torch"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder)]
    done = subprocess.run([*command, f"{wanted}+cpu"], capture_output=True, text=True, timeout=HOUR)
    if done.returncode:
        raise SetUpError(f"the small build of {wanted} cannot be had here\n{done.stderr[-2000:]}")
    (wheel,) = folder.iterdir()
    return wheel
