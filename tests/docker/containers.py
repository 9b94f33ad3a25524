"""Building images from the kit's zips, and grading in containers as Gradescope does."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.docker.engine import HERE, Engine
from tests.example_class import ROOT

LIMITS = ("--memory", "768m", "--memory-swap", "768m", "--cpus", "0.5", "--network", "none")
"""What Gradescope gives by default; and no network, which grading does not need."""
AT_ONCE = 2 * (os.cpu_count() or 1)
"""Containers of half a processor."""
SECONDS = 600
COUNTERS = "memory/memory.max_usage_in_bytes cpuacct/cpuacct.usage memory.peak cpu.stat"
"""Of cgroups v1, which has the first two, or of v2: bytes, and processor time."""
METERED = f"""
/autograder/run_autograder; status=$?
echo; echo METER
cd /sys/fs/cgroup && cat {COUNTERS} 2>/dev/null
exit $status
"""


@dataclass(frozen=True)
class Image:
    """A grading image and what it took to build it."""

    name: str
    megabytes: float
    cpu_seconds: float
    environment_megabytes: float


@dataclass(frozen=True)
class Graded:
    """One submission, graded in a container."""

    status: int
    results: dict[str, Any] | None
    said: str
    cpu_seconds: float
    peak_mib: float
    seconds: float

    @property
    def scores(self) -> dict[str, float]:
        """The points of each question."""
        assert self.results is not None, self.said
        return {test["name"]: test["score"] for test in self.results["tests"] if "score" in test}


def autograder_zip(assignment: str) -> Path:
    return ROOT / "dist" / f"{assignment}-autograder.zip"


def build_as_gradescope(docker: Engine, base: str, assignment: str) -> Image:
    """Build an assignment's image as Gradescope does."""
    name = f"kit-{assignment.partition('_')[0]}:latest"
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(autograder_zip(assignment)) as archive:
            archive.extractall(Path(scratch, "source"))
        shutil.copy(HERE / "Dockerfile.gradescope", Path(scratch, "Dockerfile"))
        log = docker(
            *("buildx", "build", "--load", "--progress=plain", "--tag", name),
            *("--build-arg", f"BASE_IMAGE={base}", scratch),
            seconds=1800,
        )
    done = re.search(r"Done: (\d+) MB in \S+, (\d+) s of processor time", log)
    assert done, log[-5000:]
    size = float(docker("image", "inspect", "--format", "{{.Size}}", name))
    return Image(name, size / 1e6, float(done[2]), float(done[1]))


def with_source(docker: Engine, image: Image, assignment: str) -> str:
    """Return the name of an image for another assignment: all but tests and data is the same.

    So it is the image that Gradescope would build for it, in no time.
    """
    name = f"kit-{assignment.partition('_')[0]}:latest"
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(autograder_zip(assignment)) as archive:
            archive.extractall(Path(scratch, "source"))
        Path(scratch, "Dockerfile").write_text(
            f"FROM {image.name}\nRUN rm -r /autograder/source\nADD source /autograder/source\n"
        )
        docker("buildx", "build", "--load", "--tag", name, scratch, seconds=300)
    return name


@contextmanager
def harness(files: Sequence[Path]) -> Iterator[tuple[list[str], Path]]:
    """Yield the options of a container that grades these files, and the folder of its results."""
    with tempfile.TemporaryDirectory(prefix="kit-harness-") as folder:
        submission, results = Path(folder, "submission"), Path(folder, "results")
        submission.mkdir()
        results.mkdir()
        metadata = Path(folder, "submission_metadata.json")
        metadata.write_text(json.dumps({"id": 1, "users": [{"name": "Ann", "email": "ann@x.edu"}]}))
        for file in files:
            shutil.copy(file, submission)
        volumes = {
            submission: "/autograder/submission",
            results: "/autograder/results",
            metadata: "/autograder/submission_metadata.json",
        }
        yield (
            [word for here, there in volumes.items() for word in ("-v", f"{here}:{there}")],
            results,
        )


def grade(docker: Engine, image: str, *files: Path, options: Sequence[str] = ()) -> Graded:
    """Grade what one student handed in, in a container of its own."""
    with harness(files) as (volumes, results):
        started = time.monotonic()
        done = docker.run(
            *("run", "--rm", *LIMITS, *options, *volumes, image, "bash", "-c", METERED),
            seconds=SECONDS,
        )
        seconds = time.monotonic() - started
        written = results / "results.json"
        content = json.loads(written.read_text(encoding="utf-8")) if written.exists() else None
    said, _, figures = done.stdout.partition("\nMETER\n")
    return Graded(done.returncode, content, said, *_figures(figures), seconds)


def _figures(text: str) -> tuple[float, float]:
    """Return seconds of processor time and the peak of memory in MiB, from the container's own counters."""
    numbers = [int(word) for word in re.findall(r"\d+", text)]
    if len(numbers) < 2:
        return float("nan"), float("nan")
    peak, usage = numbers[:2]
    per_second = 1e6 if "usage_usec" in text else 1e9
    return usage / per_second, peak / (1 << 20)


def grade_all(docker: Engine, image: str, folder: Path) -> dict[str, Graded]:
    """Grade each notebook of a folder in a container of its own, several at a time."""
    paths = sorted(folder.glob("*.ipynb"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = pool.map(lambda path: grade(docker, image, path), paths)
        return dict(zip((path.stem for path in paths), done, strict=True))
