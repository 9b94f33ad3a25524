"""What of an autograder zip makes the grading image: the same bytes for every assignment.

Docker keeps the layer that `setup.sh` makes as long as the files that it is made from stay the same, so nothing
of an assignment may get into them. `otter grade` copies no others than `setup.sh`, `environment.yml` and
`requirements.*` before it runs `setup.sh`: therefore the engine travels as `requirements.engine.zip`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from autograder.authoring.package import make_zip
from autograder.course.settings import ImageSettings
from autograder.course.sources import files_below
from autograder.errors import KitError

PACKAGE = Path(__file__).resolve().parents[1]
RECIPE = Path(__file__).with_name("recipe")
ENGINE = "requirements.engine.zip"
KIT = "autograder"
METADATA = "Metadata-Version: 2.1\nName: {}\nVersion: {}\n"
"""What an installed package says of itself, so that the image knows its version."""
REQUIREMENTS = "requirements.txt"
PINNED = re.compile(r"[A-Za-z0-9][\w.-]*==[\w.!+]+")
RUN_OTTER = '''\
"""What `run_autograder` starts. Made by `autograder build`."""

import sys

from autograder.container.start import main

# What every submission imports. It stands here, and not with the tests, because it is imported before anything
# secret is read: student code runs in copies of the process that imported it.
PRELOAD = {preload!r}

if __name__ == "__main__":
    sys.exit(main(PRELOAD))
'''


def image_files(image: ImageSettings) -> dict[str, bytes]:
    """Return the files of the grading image by their names in the zip."""
    files = {path.name: path.read_bytes() for path in files_below(RECIPE)}
    further = [f"{line}\n" for line in _further(image)]
    files[REQUIREMENTS] += "".join(further).encode()
    files["setup.sh"] = _filled_in(files["setup.sh"].decode(), image).encode()
    return {**files, ENGINE: engine_zip()}


def run_otter(preload: Sequence[str]) -> bytes:
    """Return `run_otter.py`, the one file beside tests and data that differs between assignments."""
    return RUN_OTTER.format(preload=list(preload)).encode()


def image_requirements() -> list[str]:
    """Return the lines of the grading image's lock."""
    return (RECIPE / REQUIREMENTS).read_text(encoding="utf-8").splitlines()


def _further(image: ImageSettings) -> list[str]:
    """Return the packages of `grading.yml` that the image's lock does not have.

    Raises:
        KitError: one is named without its version.
    """
    locked = {line.partition("==")[0] for line in image_requirements()}
    further = [package for package in image.packages if package not in locked]
    for package in further:
        if not PINNED.fullmatch(package):
            raise KitError(
                f"grading.yml names the package {package!r}, which the grading image's lock does not "
                'have; write it with its version, such as "seaborn==0.13.2".'
            )
    return further


@lru_cache(maxsize=1)
def engine_zip() -> bytes:
    """Return this package as a zip that is unpacked among an environment's packages."""
    root, version = PACKAGE.parent, metadata.version(KIT)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in files_below(PACKAGE)}
    files[f"{KIT}-{version}.dist-info/METADATA"] = METADATA.format(KIT, version).encode()
    return make_zip(files)


def _filled_in(script: str, image: ImageSettings) -> str:
    values = {
        "torch": image.torch,
        "torchvision": image.torchvision,
        "torch_index": image.torch_index,
    }
    for name, value in values.items():
        script = script.replace(f"@{name}@", shlex.quote(value))
    return script
