"""The files of an autograder zip that make the grading image. That they do is tried in `tests/docker`."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
import re
import shlex
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from autograder.authoring import build_assignment
from autograder.authoring.image import ENGINE, image_files, image_requirements, run_otter
from autograder.course.settings import ImageSettings, load_settings
from autograder.errors import KitError
from tests.conftest import build_lock
from tests.example_class import ROOT

LOCKED = re.compile(r"^([a-z0-9._-]+)==\S+", re.MULTILINE)
IMPORTED_WHEN_GRADING = """
import json, sys
import autograder.container.runner, autograder.container.self_test, autograder.otter_plugin, ipykernel.kernelapp
from autograder.worker.warm_parent import preload
preload(["matplotlib.pyplot", "numpy", "pandas", "torch", "torchvision", "torchvision.transforms"])
import autograder.worker.cells
from otter.test_files import GradingResults
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
APART = {"torch", "torchvision", "autograder"}
"""What the lock does not hold."""
IF_THERE = re.compile(r"^([a-z0-9-]+).*extra == ['\"]format", re.MULTILINE)
BELOW_OPTIONAL = {"arrow", "lark", "rfc3987-syntax", "msgpack"}
"""What packages of `IF_THERE` import, and jupyter-client where a cluster brought it."""


def locked(text: str) -> set[str]:
    return set(LOCKED.findall(text))


def setup(image: ImageSettings) -> str:
    return image_files(image)["setup.sh"].decode()


def test_every_assignment_brings_the_same_image() -> None:
    settings = load_settings(ROOT / "grading.yml")
    expected = image_files(settings.image)
    for name in ("hw4_mlp", "hw9_training"):
        with build_lock(ROOT):
            path = build_assignment(ROOT, name, settings, ROOT / "dist").autograder_zip
            with zipfile.ZipFile(path) as archive:
                assert {entry: archive.read(entry) for entry in expected} == expected


def test_otter_grade_copies_all_that_setup_reads(tmp_path: Path) -> None:
    """Its recipe runs setup.sh before it copies anything else."""
    recipe = importlib.resources.files("otter.grade").joinpath("Dockerfile").read_text()
    copied = re.findall(r"^ADD (.*) /autograder/source/$", recipe.partition("bash ")[0], re.M)
    patterns = " ".join(copied).split()
    read = set(re.findall(r"\$SOURCE/([\w.]+)", setup(ImageSettings())))
    assert {ENGINE, "requirements.txt"} <= read
    assert all(any(fnmatch(name, pattern) for pattern in patterns) for name in read)
    # A pattern that names a file which is not there ends the build.
    assert {pattern for pattern in patterns if "*" not in pattern} <= set(
        image_files(ImageSettings())
    )


def test_further_packages_of_the_settings_come_into_the_image() -> None:
    image = ImageSettings(packages=("tqdm", "seaborn==0.13.2", "scikit-learn==1.7.2"))
    lines = image_files(image)["requirements.txt"].decode().splitlines()
    assert lines == [*image_requirements(), "seaborn==0.13.2", "scikit-learn==1.7.2"]


def test_the_packages_that_the_settings_name_by_default_are_locked() -> None:
    assert set(ImageSettings().packages) <= locked("\n".join(image_requirements()))


@pytest.mark.parametrize("package", ["seaborn", "seaborn>=0.13", "-r other.txt", "a==1\n-e ."])
def test_a_further_package_without_its_version_is_refused_with_the_way_out(package: str) -> None:
    with pytest.raises(KitError, match=r"write it with its version, such as"):
        image_files(ImageSettings(packages=(package,)))


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_the_scripts_are_bash(script: str, tmp_path: Path) -> None:
    path = tmp_path / script
    path.write_bytes(image_files(ImageSettings())[script])
    done = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes().startswith(b"#!") and b"\r" not in path.read_bytes()


def test_versions_and_index_come_from_the_settings() -> None:
    index = "https://wheels.example.edu/cpu?a=1&b=$(x)"
    script = setup(ImageSettings(torch="2.99.1", torchvision="0.77.0", torch_index=index))
    lines = script.splitlines()
    assert "TORCH=2.99.1" in lines and "TORCHVISION=0.77.0" in lines
    assert any(line.startswith(f"TORCH_INDEX={shlex.quote(index)} ") for line in lines)
    assert not re.search(r"@\w+@", script)


def test_the_engine_is_whole_where_it_is_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / ENGINE
    archive.write_bytes(image_files(ImageSettings())[ENGINE])
    with zipfile.ZipFile(archive) as engine:
        engine.extractall(tmp_path / "site")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
    code += "import autograder; print(autograder.__file__)\n"
    code += IMPORTED_WHEN_GRADING
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path / "site"))


def test_the_image_has_the_kits_versions_and_nothing_for_developing() -> None:
    ours = [line for line in image_requirements() if not line.startswith("#")]
    kit = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    # Where one is needed may differ: more packages ask for it in the kit.
    assert {line.partition(" ;")[0] for line in ours} <= {line.partition(" ;")[0] for line in kit}
    names = locked("\n".join(ours))
    assert {"otter-grader", "ipykernel", "uv"} <= names
    assert not names & {"mypy", "pytest", "ruff", "hypothesis", "playwright", "sphinx"}


def test_the_image_has_all_that_grading_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED_WHEN_GRADING],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    homes = importlib.metadata.packages_distributions()
    modules = json.loads(done.stdout.splitlines()[-1])
    needed = {
        re.sub(r"[-_.]+", "-", home).lower() for name in modules for home in homes.get(name, [])
    }
    assert len(needed) > 20
    # jsonschema imports these where JupyterLab brought them, and does without them elsewhere.
    optional = {*IF_THERE.findall("\n".join(importlib.metadata.requires("jsonschema") or []))}
    assert needed - APART - optional - BELOW_OPTIONAL <= locked("\n".join(image_requirements()))


def test_what_is_imported_first_stands_in_a_file_of_its_own() -> None:
    scope: dict[str, object] = {"__name__": "tried"}
    exec(run_otter(["torch", "matplotlib.pyplot"]), scope)
    assert scope["PRELOAD"] == ["torch", "matplotlib.pyplot"]
