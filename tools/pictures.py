"""Pictures of the pages for README: `python -m tools.pictures GRADES`, with Chromium on the path.

GRADES is a folder of reports, such as `make grade` leaves; the pictures go to docs/pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120
COLOURS = 96
"""Enough for a page without photographs, and a third of the bytes."""


@dataclass(frozen=True)
class Picture:
    """One page in a window of a certain size."""

    name: str
    page: str
    """Below the folder of reports, and where in it to begin."""
    width: int
    height: int


def pictures(student: str) -> tuple[Picture, ...]:
    """Return the pictures to make; `student` is the name of a submission."""
    return (
        Picture("report", "index.html", 1200, 1100),
        Picture("mistakes", "index.html#mistakes", 1200, 900),
        Picture("report-phone", "index.html", 390, 1100),
        Picture("student", f"feedback/{student}.html", 1200, 1480),
        Picture("student-phone", f"feedback/{student}.html", 390, 1100),
    )


def main(grades: Path, student: str, folder: Path = PICTURES) -> None:
    """Make the pictures of the reports in `grades`."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"There is no {' or '.join(BROWSERS)} on the path; install one of them.")
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures(student):
        take(browser, grades.resolve(), picture, folder / f"{picture.name}.png")
        print(folder / f"{picture.name}.png")


def take(browser: str, grades: Path, picture: Picture, target: Path) -> None:
    """Photograph a page. Chromium's own window is never narrow, so a narrow page stands in a frame."""
    file, _, place = picture.page.partition("#")
    page = f"{(grades / file).as_uri()}#{place}"
    with tempfile.TemporaryDirectory() as scratch:
        frame = Path(scratch) / "frame.html"
        frame.write_text(
            f"<style>body {{ margin: 0 }} iframe {{ border: 0; width: {picture.width}px; height: "
            f'{picture.height}px }}</style><iframe src="{page}"></iframe>',
            encoding="utf-8",
        )
        command = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--allow-file-access-from-files", f"--user-data-dir={scratch}/profile"),
            f"--window-size={picture.width},{picture.height}",
            *(f"--screenshot={target}", frame.as_uri()),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    with Image.open(target) as image:
        image.convert("RGB").quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(Path, sys.argv[3:]))
