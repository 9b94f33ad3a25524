"""Masters become student notebooks and autograder zips."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.checks import check_master
from autograder.authoring.code_of_answers import check_code_of_answers
from autograder.authoring.code_of_tests import check_code_of_tests
from autograder.authoring.convert import convert
from autograder.authoring.describe import describe
from autograder.authoring.handout import WRITTEN, handout
from autograder.authoring.image import image_files, run_otter
from autograder.authoring.leaks import check_for_leaks
from autograder.authoring.master import chosen, question_folders, read_master
from autograder.authoring.mistake_book import mistake_book
from autograder.authoring.opening import Surroundings
from autograder.authoring.package import make_zip, read_data, strangers, write_folder
from autograder.authoring.public_hints import speaking
from autograder.authoring.requirements import requirements
from autograder.authoring.script import shown
from autograder.authoring.self_study import refuse_if_graded, self_study_zip
from autograder.authoring.spoken_answers import check_for_spoken_answers
from autograder.authoring.student import finish, write
from autograder.course.manifest import CONFIG, Manifest
from autograder.course.mistakes import MISTAKES
from autograder.course.settings import Settings
from autograder.course.sources import CLUTTER, INTRO, solutions_folder
from autograder.errors import KitError
from autograder.safe_files import make_folder, write_atomically
from autograder.voice.spoken import voice_lines


@dataclass(frozen=True)
class Built:
    """One assignment, built."""

    name: str
    notebook: Path
    """What students open."""
    autograder_zip: Path
    student_zip: Path
    solved: Path
    """The notebook with the answers, its cells named as in the students' one."""
    manifest: Manifest
    changed: bool
    """Whether what students get is not what it was."""
    strangers: tuple[Path, ...]
    """Files beside the notebook that no build made, or none any more. They were left alone."""


def build(root: Path, names: Sequence[str], settings: Settings, out: Path) -> list[Built]:
    """Build the assignments `names`, or without any every one that has a master.

    Raises:
        KitError: a name is unknown, or a master is not as it must be; what was built before stays.
    """
    return [build_assignment(root, name, settings, out) for name in chosen(names, root, settings)]


def build_assignment(
    root: Path, name: str, settings: Settings, out: Path, self_study: bool = False
) -> Built:
    """Build the assignment `name` into `root/assignments/name` and, for staff, `out`.

    With `self_study` also a zip for who learns alone.

    Raises:
        KitError: the master is not as it must be, a folder cannot be written, or a course grades what is to
            be for self-study.
    """
    root, out = root.resolve(), out.resolve()
    assignment = settings.assignment(name)
    if self_study:
        refuse_if_graded(name, assignment)
    folder = solutions_folder(root, name)
    data = read_data(_data_paths(folder, assignment.files))
    hidden = read_data(_data_paths(folder, assignment.hidden_files))
    master = read_master(folder, assignment)
    check_master(master)
    check_code_of_tests(master)
    check_code_of_answers(master)
    check_for_spoken_answers(master)
    modules = {file.partition("/")[0].removesuffix(".py") for file in data}
    needs = requirements(master, settings.image, root, local=modules)
    with tempfile.TemporaryDirectory(prefix="autograder-build-") as scratch:
        converted = convert(master, settings, data | hidden, needs, Path(scratch))
    otter_pin = next(line for line in needs if line.startswith("otter-grader"))
    around = Surroundings(otter_pin, settings.address, assignment.files)
    finish(master, assignment, converted.student, converted.solved, around)
    check_for_leaks(master, converted.student)
    manifest = describe(master, settings, converted.student)
    home = root / "assignments" / name
    book = mistake_book(master, converted.solved)
    otter = converted.student.metadata["otter"]
    released = home / f"{name}.ipynb"
    otter["tests"] = speaking(master, book, otter["tests"], released, data | hidden)
    worth = {question: its.points for question, its in assignment.questions.items()}
    converted.student.metadata |= {"voice": voice_lines(), "points": worth}

    student_files = data | {
        f"{name}.ipynb": write(converted.student),
        **handout(root, name, assignment.title, needs),
    }
    entries = converted.zip_entries
    entries[CONFIG] = manifest.into_config(entries[CONFIG])
    entries |= image_files(settings.image)
    entries["run_otter.py"] = run_otter(manifest.preload)
    entries[MISTAKES] = book.model_dump_json().encode()

    make_folder(out)
    changed = write_folder(home, student_files)
    built = Built(
        name=name,
        notebook=released,
        autograder_zip=out / f"{name}-autograder.zip",
        student_zip=out / f"{name}-student.zip",
        solved=out / f"{name}-solved.ipynb",
        manifest=manifest,
        changed=changed,
        strangers=tuple(strangers(home, student_files)),
    )
    in_folder = {f"{name}/{file}": content for file, content in student_files.items()}
    write_atomically(built.autograder_zip, make_zip(entries))
    write_atomically(built.student_zip, make_zip(in_folder))
    write_atomically(built.solved, write(converted.solved))
    if self_study:
        alone = self_study_zip(master, converted.student, converted.solved, student_files)
        write_atomically(out / f"{name}-self-study.zip", alone)
    return built


def _data_paths(folder: Path, files: Sequence[str]) -> list[Path]:
    """Return the data files and folders that `grading.yml` names."""
    paths = [folder / file for file in files]
    for path in paths:
        where = shown(path)
        if not path.exists():
            raise KitError(
                f"grading.yml names the file {path.name} of {folder.name}; put it at {where}."
            )
        if path.name in {INTRO, *CLUTTER, *question_folders(folder)}:
            raise KitError(f"grading.yml would give {where} to students; take it off their files.")
        if path.name in {*WRITTEN, f"{folder.name}.ipynb"}:
            raise KitError(f"build writes a {path.name} itself; give {where} another name.")
        if any(part.is_symlink() for part in [path, *path.rglob("*")]):
            raise KitError(f"{where} is or holds a symbolic link; put the file itself there.")
    return paths
