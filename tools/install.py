"""Make the kit's virtual environment: `make install`, with nothing but Python's standard library.

Every version is pinned: in `requirements.lock` everything but torch, in `pyproject.toml` (extra `torch`) torch.

On Linux a plain requirement of torch brings over five gigabytes of CUDA packages. A machine without an
NVIDIA graphics card gets the CPU build instead, and never by asking for the plain version first, since
even a dry run may download a whole wheel:

1. pip is asked for `torch==VERSION+cpu`. No CUDA build carries that label, so pip either takes a CPU build
   from a place that this machine's pip is configured for, or finds nothing within seconds.
2. Otherwise uv is asked, which knows the place of torch's CPU builds by the name `cpu`.
3. Otherwise the installation stops and says so.

torch and torchvision are installed without dependencies, which the lock holds (`tools/torch.in`).
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "kit.stamp"
"""Says what was installed, so that nothing is done twice."""
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PATIENCE = 1800
"""Seconds that one step may take on a slow line."""


def pinned(package: str) -> str:
    """Return the version that `pyproject.toml` pins `package` to. Python 3.10 has no parser for TOML."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(rf'"{package}==([^"]+)"', text)
    return str(version)


TORCH, TORCHVISION = pinned("torch"), pinned("torchvision")


class InstallError(Exception):
    """Why the kit cannot be installed, with the way out."""


def main() -> int:
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted():
        return 0
    try:
        for warning in private_folders():
            print(f"Warning: {warning}")
        make_environment()
        say("Installing the locked requirements")
        pip("install", "--no-deps", "--requirement", str(LOCK))
        install_torch()
        say("Installing the kit")
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        check_torch()
    except InstallError as error:
        print(f"The kit is not installed: {error}", file=sys.stderr)
        return 1
    STAMP.write_text(wanted(), encoding="utf-8")
    say(f"Done: {PYTHON.parent}")
    return 0


def wanted() -> str:
    """Return what an up-to-date stamp holds."""
    digest = hashlib.sha256(f"{ROOT}\0{sys.version_info[:2]}".encode())
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make the virtual environment, unless a usable one of this Python's version is there."""
    ask = "import pip, sys; print(sys.version_info[:2])"
    if PYTHON.exists() and call([str(PYTHON), "-c", ask], 60) == f"{sys.version_info[:2]}":
        return
    say(f"Making a virtual environment in {VENV}")
    other = reachable_python()
    try:
        if other is None:
            venv.create(VENV, clear=True, with_pip=True)
        else:
            # A system's own Python may come without what puts pip into an environment; ours has it.
            command = [str(other), "-m", "venv", "--clear", "--without-pip", str(VENV)]
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
            command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-q", "pip"]
            subprocess.run(command, check=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, OSError) as error:
        raise InstallError(
            f"no virtual environment could be made in {VENV} ({error}); on Debian and Ubuntu install "
            "the package python3-venv, then run make install again."
        ) from None


def install_torch() -> None:
    """Install torch and torchvision, the CPU build unless the machine has use for another."""
    if platform.system() != "Linux" or has_graphics_card():
        say(f"Installing torch {TORCH}")
        pip("install", f"torch=={TORCH}", f"torchvision=={TORCHVISION}")
        return
    say(f"Installing the CPU build of torch {TORCH}")
    if pip_finds(f"torch=={TORCH}+cpu"):
        if not pip_finds(f"torchvision=={TORCHVISION}+cpu"):
            # Small even where it is built for CUDA; autograder/worker/torchvision_shim.py makes it importable.
            pip("install", "--no-deps", f"torchvision=={TORCHVISION}")
        return
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), "--no-deps"]
    packages = [f"torch=={TORCH}", f"torchvision=={TORCHVISION}"]
    if call([*uv, "--torch-backend=cpu", *packages], PATIENCE) is None:
        raise InstallError(
            f"neither pip nor uv finds the CPU build of torch {TORCH}; connect to the internet, or put "
            "its wheel in a folder and name that in PIP_FIND_LINKS, then run make install again."
        )


def check_torch() -> None:
    """Make sure that the build of torch is the right one and works."""
    ask = "import torch; print(torch.__version__, torch.version.cuda)"
    answer = call([str(PYTHON), "-c", ask], 300)
    if answer is None or not answer.startswith(TORCH):
        raise InstallError(
            f"torch {TORCH} does not start; remove {VENV} and run make install again."
        )
    say(f"torch {answer.split()[0]} works")


def has_graphics_card() -> bool:
    """Whether an NVIDIA graphics card and its driver are there."""
    return shutil.which("nvidia-smi") is not None and call(["nvidia-smi", "-L"], 30) is not None


def reachable_python() -> Path | None:
    """Return another Python of the same version to build on, if ours lies where only root may go.

    Grading as root runs every submission as a user of its own, who must be able to start Python.
    """
    if os.name == "nt" or os.geteuid() != 0 or not closed(Path(sys.base_prefix)):
        return None
    ask = "import sys, venv; print(sys.version_info[:2])"
    for folder in ("/usr/bin", "/usr/local/bin"):
        python = Path(folder, "python{}.{}".format(*sys.version_info))
        if python.is_file() and not closed(python.resolve().parent):
            if call([str(python), "-c", ask], 60) == f"{sys.version_info[:2]}":
                return python
    return None


def closed(folder: Path) -> Path | None:
    """Return the folder on the way to `folder` that other users may not enter, if there is one."""
    folder = folder.resolve()
    return next((p for p in (folder, *folder.parents) if not p.stat().st_mode & 0o001), None)


def private_folders() -> Iterator[str]:
    """Yield a warning if another user than root could not run this Python."""
    if os.name == "nt" or os.geteuid() != 0:
        return
    for place in (ROOT, *([] if reachable_python() else [Path(sys.base_prefix)])):
        folder = closed(place)
        if folder:
            yield (
                f"{folder} is closed to other users, so grading as root cannot run submissions as a "
                "user of their own; use a Python and a folder outside it."
            )
            return


def pip_finds(requirement: str) -> bool:
    """Install exactly `requirement` without its dependencies, and return whether pip found it."""
    return call(pip_command("install", "--no-deps", requirement), PATIENCE) is not None


def pip(*arguments: str) -> None:
    """Run pip and show what it says if it fails."""
    try:
        done = subprocess.run(pip_command(*arguments), timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise InstallError("pip took too long; try again on a faster line.") from None
    if done.returncode:
        raise InstallError("pip failed, see above; put that right and run make install again.")


def pip_command(*arguments: str) -> list[str]:
    quiet = ["--quiet", "--quiet", "--disable-pip-version-check", "--no-input"]  # errors only
    return [str(PYTHON), "-m", "pip", *arguments, *quiet]


def call(command: list[str], seconds: float) -> str | None:
    """Return what `command` prints, without the line's end, or `None` if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
