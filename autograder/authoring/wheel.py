"""The wheel in a student's folder: `kit check`, made of this package's own files and nothing that students may not see."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from autograder.authoring.package import EPOCH

KIT = "autograder"
NAME = "exercise_kit"
"""What it is to Python and, with a hyphen, to installers. It is published nowhere."""
TAKEN = (
    *("kit/*.py", "voice/*.py", "intake/reading.py"),
    *("outcome/results.py", "outcome/roles.py", "errors.py"),
)
NEEDS = ("click>=8.1.7,<9", "rich>=14,<16")
"""As the kit itself has them; beside what requirements.txt names: torch and Otter in the assignment's own versions."""
PACKAGE = Path(__file__).resolve().parents[1]
ROOM = re.compile(rf"\b{KIT}\.(?:kit|voice)(?= import)")
MODULE = re.compile(rf"\b{KIT}\.(?:(?:kit|voice|intake|outcome)\.)?(?=\w)")
METADATA = """\
Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: Checks a notebook of exercises with its public checks, as often as it is saved
License: MIT
Requires-Python: >=3.10
"""
WHEEL = """\
Wheel-Version: 1.0
Generator: autograder build
Root-Is-Purelib: true
Tag: py3-none-any
"""
ENTRY_POINTS = f"[console_scripts]\nkit = {NAME}.__main__:main\n"


def wheel_name() -> str:
    """Return the wheel's file name."""
    return f"{NAME}-{metadata.version(KIT)}-py3-none-any.whl"


@lru_cache(maxsize=1)
def wheel() -> bytes:
    """Return the wheel: the same bytes from the same files, with whatever zlib, since nothing is compressed."""
    version = metadata.version(KIT)
    files = {f"{NAME}/{name}": source.encode() for name, source in _modules().items()}
    info = f"{NAME}-{version}.dist-info"
    about = METADATA.format(name=NAME.replace("_", "-"), version=version)
    about += "".join(f"Requires-Dist: {line}\n" for line in NEEDS)
    files[f"{info}/METADATA"] = about.encode()
    files[f"{info}/WHEEL"] = WHEEL.encode()
    files[f"{info}/entry_points.txt"] = ENTRY_POINTS.encode()
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _modules() -> dict[str, str]:
    """Return the modules by file name, side by side in one package."""
    paths = [path for pattern in TAKEN for path in PACKAGE.glob(pattern)]
    wanted = [path for path in paths if path.name != "__init__.py"]
    wanted.append(PACKAGE / "kit" / "__init__.py")
    wanted.sort(key=lambda path: path.name)
    return {path.name: _moved(path.read_text(encoding="utf-8")) for path in wanted}


def _moved(source: str) -> str:
    """Return a module with the imports that it has in the one package."""
    return MODULE.sub(f"{NAME}.", ROOM.sub(NAME, source))


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
