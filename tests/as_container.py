"""`python -m tests.as_container SOURCE NOTEBOOKS OUT`: grades a class as one container after the other would."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from autograder.container.forked import ForkedWarmParent


def main(source: Path, notebooks: Path, out: Path) -> None:
    with ForkedWarmParent(["matplotlib.pyplot", "torch"]) as forked:
        from autograder.container.places import Places
        from autograder.container.runner import run

        warm_parent = forked.connect()
        for notebook in sorted(notebooks.glob("*.ipynb")):
            with tempfile.TemporaryDirectory() as folder:
                shutil.copy(notebook, folder)
                places = Places(source, Path(folder), out / notebook.stem)
                with places.closed():
                    assert run(places, warm_parent), notebook


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
