"""What `build` makes: the same bytes every time, and nothing for students that staff keep."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from otter.run import AutograderConfig
from otter.test_files.exception_test import ExceptionTestFile

from autograder.authoring import Built, build, build_assignment
from autograder.authoring.student import NOTED
from autograder.course.manifest import PLUGIN, Manifest
from autograder.course.settings import Settings, load_settings
from autograder.errors import KitError
from autograder.judge.bundle import OpenBundle
from autograder.judge.folder import submission_folder
from autograder.outcome.results import Role
from autograder.outcome.roles import roles_of

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = sorted(p.name for p in (ROOT / "assignments").iterdir() if p.is_dir())
QUIZ_ANSWERS = {
    "weight_count": 65546000,
    "parameter_count": 65547010,
    "activation_statement": "b",
    "sigmoid_slope": 0.25,
}

TINY = ROOT / "tests" / "kits" / "tiny"
"""A kit of one small assignment with data."""
TINY_SETTINGS = (TINY / "grading.yml").read_text()


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the kit's assignments are made from."""
    root = tmp_path_factory.mktemp("kit")
    for name in ("grading.yml", "requirements.lock", "docs/students.md"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    clutter = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("solutions", "assignments"):  # the hints in notebooks of before are taken over
        shutil.copytree(ROOT / name, root / name, ignore=clutter)
    return root


@pytest.fixture(scope="module")
def settings(kit: Path) -> Settings:
    return load_settings(kit / "grading.yml")


@pytest.fixture(scope="module")
def built(kit: Path, settings: Settings) -> dict[str, Built]:
    """Every assignment that has a master."""
    return {one.name: one for one in build(kit, [], settings, kit / "dist")}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny kit, with clutter among its data."""
    root = tmp_path / "kit"
    shutil.copytree(TINY, root)
    clutter = root / "solutions" / "tiny" / "data" / "__pycache__"
    clutter.mkdir()
    (clutter / "clutter.pyc").write_bytes(b"\0")
    return root


def change(root: Path, file: str, old: str, new: str) -> None:
    """Replace `old`, which stands there once, in a file of the tiny assignment."""
    path = root / "solutions" / "tiny" / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def build_tiny(root: Path) -> Built:
    return build_assignment(root, "tiny", load_settings(root / "grading.yml"), root / "dist")


def contents(*folders: Path) -> dict[str, bytes]:
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def notebook(path: Path) -> nbformat.NotebookNode:
    read: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    return read


def tagged(path: Path, tag: str) -> list[Any]:
    return [cell for cell in notebook(path).cells if tag in cell.metadata.get("tags", [])]


def what_students_get(one: Built) -> str:
    """Return every text that a student gets, escaped as in JSON and plain."""
    files = contents(one.notebook.parent) | entries(one.student_zip)
    texts = [data.decode("utf-8", "replace") for data in files.values()]
    texts += [cell.source for cell in notebook(one.notebook).cells]
    texts += list(notebook(one.notebook).metadata.otter.tests.values())
    return "\n".join(texts)


def hidden_tests(one: Built) -> Iterator[ast.FunctionDef]:
    for name, data in entries(one.autograder_zip).items():
        for node in ast.parse(data).body if name.startswith("tests/") else []:
            if isinstance(node, ast.FunctionDef) and any(
                "hidden=True" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield node


def test_building_again_changes_no_byte(kit: Path, built: dict[str, Built]) -> None:
    before = contents(kit / "assignments", kit / "dist")
    again = build_assignment(kit, "hw4_mlp", load_settings(kit / "grading.yml"), kit / "dist")
    assert not again.changed
    assert contents(kit / "assignments", kit / "dist") == before


def test_another_process_builds_the_same_bytes(
    kit: Path, built: dict[str, Built], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "a course"
    shutil.copytree(kit / "solutions" / "hw4_mlp", elsewhere / "solutions" / "hw4_mlp")
    shutil.copy(kit / "requirements.lock", elsewhere)
    shutil.copy(kit / "grading.yml", elsewhere)
    shutil.copytree(kit / "docs", elsewhere / "docs")
    code = (
        "from pathlib import Path; from autograder.authoring import build; "
        "from autograder.course.settings import load_settings; "
        "build(Path('.'), [], load_settings(Path('grading.yml')), Path('dist'))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=elsewhere, env=environment, check=True, timeout=600
    )
    made = contents(elsewhere / "assignments", elsewhere / "dist")
    expected = contents(kit / "assignments", kit / "dist")
    assert made == {name: data for name, data in expected.items() if "hw4_mlp" in name}


@pytest.mark.parametrize("name", COMMITTED)
def test_committed_assignments_are_what_build_makes(built: dict[str, Built], name: str) -> None:
    committed = contents(ROOT / "assignments" / name)
    made = contents(built[name].notebook.parent)
    different = [file for file in committed | made if committed.get(file) != made.get(file)]
    assert not different, "run `autograder build` and commit what it changes under assignments/"


def test_students_get_no_answer_and_no_hidden_test(built: dict[str, Built]) -> None:
    for one in built.values():
        text = what_students_get(one)
        for test in hidden_tests(one):
            assert test.name not in text
        assert "# BEGIN SOLUTION" not in text
        assert "# SOLUTION" not in text
        assert "# HIDDEN" not in text
        solved = [cell.source for cell in tagged(one.solved, "otter_answer_cell")]
        stubs = [cell.source for cell in tagged(one.notebook, "otter_answer_cell")]
        assert len(solved) == len(stubs) == len(one.manifest.questions)
        for answer, stub in zip(solved, stubs, strict=True):
            assert answer not in text
            assert stub in text
            for body in re.findall(r"# BEGIN SOLUTION.*?\n(.*?)\n *# END SOLUTION", answer, re.S):
                assert body not in text or "\n" not in body  # one line may be a common one


def test_students_get_no_quiz_answer_and_no_hash_of_one(built: dict[str, Built]) -> None:
    text = what_students_get(built["hw4_mlp"])
    plain = re.sub(r"(?<=\d)(?:[ _,]|\\\\?,)(?=\d{3})", "", text)
    for name, value in QUIZ_ANSWERS.items():
        assert f"{name} = ..." in text
        assert f"{name} = {value!r}" not in text
        for spelling in {str(value), repr(value), f"{value}\n"}:
            for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b"):
                assert hashlib.new(algorithm, spelling.encode()).hexdigest() not in text
    assert "65546000" not in plain
    assert "65547010" not in plain


def test_the_student_zip_is_the_students_folder(built: dict[str, Built]) -> None:
    for one in built.values():
        assert entries(one.student_zip) == contents(one.notebook.parent)
        assert {f"{one.name}/{one.name}.ipynb", f"{one.name}/requirements.txt"} <= set(
            entries(one.student_zip)
        )


def test_notebooks_are_valid_clean_and_hold_nothing_of_the_machine(built: dict[str, Built]) -> None:
    for one in built.values():
        document = notebook(one.notebook)
        nbformat.validate(document)
        assert document.metadata.kernelspec.name == "python3"
        assert set(document.metadata) == {"kernelspec", "language_info", "otter", "points", "voice"}
        assert len({cell.id for cell in document.cells}) == len(document.cells)
        assert [cell.id for cell in document.cells] == [
            cell.id for cell in notebook(one.solved).cells
        ]
        for cell in document.cells:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
            assert set(cell.metadata) <= {"tags", "editable", "deletable", "jupyter"}
            if cell.cell_type == "code":
                ast.parse(cell.source)


def test_requirements_are_pinned(built: dict[str, Built], settings: Settings) -> None:
    wanted = {f"torch=={settings.image.torch}", "otter-grader==7.0.0"}
    for one in built.values():
        lines = (one.notebook.parent / "requirements.txt").read_text().splitlines()
        lines = [line for line in lines if not line.startswith("#")]
        assert all("==" in line for line in lines)
        assert wanted <= set(lines)
        assert any(line.startswith("jupyterlab==") for line in lines)
        code = "\n".join(cell.source for cell in notebook(one.notebook).cells)
        needs = re.search(r"^ *(import|from) torchvision", code, re.M) is not None
        assert any(line.startswith("torchvision==") for line in lines) is needs


def test_the_zip_holds_points_order_and_manifest(
    built: dict[str, Built], settings: Settings
) -> None:
    for one in built.values():
        files = entries(one.autograder_zip)
        config = json.loads(files["otter_config.json"])
        AutograderConfig(config)
        (plugin,) = config["plugins"]
        assert Manifest.model_validate(plugin[PLUGIN]) == one.manifest
        questions = settings.assignments[one.name].questions
        assert [question.name for question in one.manifest.questions] == list(questions)
        for name, question in questions.items():
            test = ExceptionTestFile.from_string(files[f"tests/{name}.py"].decode())
            assert test.possible == pytest.approx(question.points)
            earning = [case for case in test.test_cases if case.points]
            assert question.weights or len({case.points for case in earning}) == 1
            no_rules = [
                case
                for case, role in zip(test.test_cases, roles_of(test), strict=True)
                if role is not Role.RULE
            ]
            assert all(case.hidden for case in earning) or earning == no_rules
        assert {"setup.sh", "run_autograder", "run_otter.py", "environment.yml"} <= set(files)


def test_the_manifest_knows_stubs_demonstrations_and_stand_ins(built: dict[str, Built]) -> None:
    for one in built.values():
        stubs = [cell.source for cell in tagged(one.notebook, "otter_answer_cell")]
        assert [question.stub for question in one.manifest.questions] == stubs
        demos = [cell.source.encode() for cell in tagged(one.notebook, "otter_ignore")]
        assert one.manifest.demo_cells == [hashlib.sha256(demo).hexdigest() for demo in demos]
        for name, source in one.manifest.stand_ins.items():
            namespace: dict[str, object] = {}
            exec(source, namespace)
            assert callable(namespace[name])


def test_stubs_say_where_the_answer_goes_and_whose_it_is(tiny: Path) -> None:
    one = build_tiny(tiny)
    double, twice, many = (question.stub for question in one.manifest.questions)
    assert double == (
        'def double(x):\n    """Return 2x."""\n    ...  # your code\n'
        '    raise NotImplementedError("double")'
    )
    assert twice.endswith('        ...  # your code\n        raise NotImplementedError("Twice")')
    assert many == "many = ..."
    assert [question.defines for question in one.manifest.questions] == [
        ["double"],
        ["Twice"],
        ["many"],
    ]
    assert [question.in_place for question in one.manifest.questions] == [False, True, False]


def test_cases_share_the_points_but_a_quiz_earns_nothing_in_public(tiny: Path) -> None:
    files = entries(build_tiny(tiny).autograder_zip)
    cases = {
        name: ExceptionTestFile.from_string(files[f"tests/{name}.py"].decode()).test_cases
        for name in ("double", "Twice", "many")
    }
    assert [case.points for case in cases["double"]] == [1.5, 1.5]
    assert [case.points for case in cases["Twice"]] == [2]
    assert [(case.hidden, case.points) for case in cases["many"]] == [(False, 0), (True, 1)]


def test_what_is_said_of_a_quiz_stands_in_a_text_cell_above_its_answer(tiny: Path) -> None:
    """Also where the question has no text, or a demonstration between its text and the answer."""
    one = build_tiny(tiny)
    for path in (one.notebook, one.solved):
        cells = notebook(path).cells
        (at,) = (number for number, cell in enumerate(cells) if NOTED in cell.source)
        assert cells[at].cell_type == "markdown" and cells[at + 1].source.startswith("many = ")


def test_tests_stay_as_their_author_wrote_them(tiny: Path) -> None:
    one = build_tiny(tiny)
    assert "    # a comment that stays\n" in notebook(one.notebook).metadata.otter.tests.double
    assert b"    # a comment that stays\n" in entries(one.autograder_zip)["tests/double.py"]


def test_data_goes_to_students_and_to_the_grader_without_clutter(tiny: Path) -> None:
    one = build_tiny(tiny)
    table = (tiny / "solutions" / "tiny" / "data" / "table.csv").read_bytes()
    assert contents(one.notebook.parent)["tiny/data/table.csv"] == table
    assert entries(one.autograder_zip)["files/data/table.csv"] == table
    assert not any("clutter" in name for name in entries(one.autograder_zip))
    assert not any("clutter" in name for name in entries(one.student_zip))


def test_hidden_files_go_to_the_judge_alone(tiny: Path, tmp_path: Path) -> None:
    (tiny / "solutions" / "tiny" / "held_out").mkdir()
    (tiny / "solutions" / "tiny" / "held_out" / "labels.csv").write_text("nobody knows")
    settings = TINY_SETTINGS.replace("[data]", "[data]\n    hidden_files: [held_out]")
    (tiny / "grading.yml").write_text(settings)
    one = build_tiny(tiny)
    assert "held_out" not in "".join(contents(one.notebook.parent) | entries(one.student_zip))
    assert "nobody knows" not in what_students_get(one)
    with OpenBundle(one.autograder_zip) as bundle:
        assert (bundle.files / "held_out" / "labels.csv").read_text() == "nobody knows"
        with submission_folder(bundle.files, bundle.manifest.hidden_files) as folder:
            assert [path.name for path in folder.iterdir()] == ["data"]
    (tiny / "grading.yml").write_text(settings.replace("[held_out]", "[data]"))
    with pytest.raises(KitError, match=r"line 5: 'data' is among the files that students get"):
        build_tiny(tiny)


def test_a_cell_added_elsewhere_leaves_the_ids_of_others(tiny: Path) -> None:
    before = [cell.id for cell in notebook(build_tiny(tiny).notebook).cells]
    intro = tiny / "solutions" / "tiny" / "intro.py"
    intro.write_text("# %% [markdown]\n# Something new.\n\n" + intro.read_text())
    after = [cell.id for cell in notebook(build_tiny(tiny).notebook).cells]
    assert set(before) < set(after)


def test_what_lies_beside_the_notebook_stays_and_is_not_handed_on(tiny: Path) -> None:
    one = build_tiny(tiny)
    own = one.notebook.parent / "tried_out.ipynb"
    own.write_text("mine")
    again = build_tiny(tiny)
    assert own.read_text() == "mine"
    assert again.strangers == (own,)
    assert not any("tried_out" in name for name in entries(again.student_zip))
    assert sorted(p.name for p in one.notebook.parent.parent.iterdir()) == ["tiny"]


def test_a_refused_master_leaves_what_was_built(tiny: Path) -> None:
    build_tiny(tiny)
    before = contents(tiny / "assignments", tiny / "dist")
    change(tiny, "double/question.py", "# # END TESTS", "")
    with pytest.raises(KitError):
        build_tiny(tiny)
    assert contents(tiny / "assignments", tiny / "dist") == before


def test_the_digest_follows_the_sources_and_the_settings(tiny: Path) -> None:
    first = build_tiny(tiny).manifest.source_digest
    (tiny / "grading.yml").write_text(TINY_SETTINGS + "limits: {cell_seconds: 7}\n")
    second = build_tiny(tiny).manifest.source_digest
    (tiny / "solutions" / "tiny" / "double" / "wrong.py").write_text("# new\n")
    third = build_tiny(tiny).manifest.source_digest
    assert len({first, second, third}) == 3


QUIZ = "many/question.py"
CODE = "double/question.py"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "says"),
    [
        (QUIZ, "# name: many", "# name: mani", "# # BEGIN QUESTION", "is named mani, and its folder many"),
        (CODE, "# name: double", "# name: double\n# points: 2", "# # BEGIN QUESTION", "points stand in grading"),
        (QUIZ, "  # SOLUTION", "", "many = 1234", "students would see it"),
        ("intro.py", "from torch import nn\n", "x = 1  # SOLUTION\n", "x = 1", "outside"),
        (QUIZ, "# HIDDEN\ndef test_many", "# hidden test\ndef test_many", "# hidden test", "'# HIDDEN' alone"),
        (QUIZ, "test_many_is_positive", "test_twice_is_a_module", "def test_twice", "two tests named test_twice"),
        (QUIZ, "is_positive(many)", "is_positive(many, judge)", "def test_many_is_p", "no judge"),
        (QUIZ, "is_positive(many)", "is_positive(mani)", "def test_many_is_p", "did you mean 'many'"),
        (QUIZ, '"Count again."', 'f"Got {many}."', "    assert many == 1234000", "plain string"),
        (CODE, '"Twice as much is expected."', "str(double(2))", "    assert double(-7)", "plain string"),
        (QUIZ, "def test_many_is_p", "def check_many_is_p", "def check_many", "begins with test_"),
        (QUIZ, "    assert many > 0", "    assert many >", "    assert many >", "not Python"),
        (QUIZ, "    assert many > 0", "    assert many > 0\n\nx = 1", "def test_many_is_p", "one function"),
        (QUIZ, "def test_many_is_p", "# HIDDEN\ndef test_many_is_p", "# # BEGIN QUESTION", "no public"),
        ("Twice/question.py", "# # BEGIN TESTS", "# # BEGIN SOLUTION", "def test_twice", "second solution"),
        (QUIZ, "    assert many > 0", "    assert many != 1234000", "many = 1234", "answer to the quiz"),
        ("intro.py", "# # A tiny assignment", "# # A tiny assignment of 1 234 000", "", "answer to the quiz many"),
        (CODE, "# # END TESTS\n\n# %% [raw]\n# # END QUESTION", "# # BEGIN QUESTION\n# name: next",
         "# # BEGIN QUESTION\n# name: next", "inside the TESTS"),
        (CODE, "# # END QUESTION", "# # END QUESTION\n\n# %% [raw]\n# # BEGIN QUESTION\n# name: next",
         "# # BEGIN QUESTION\n# name: next", "has no END QUESTION"),
        (CODE, "# %% [raw]\n# # BEGIN QUESTION", "# %%\nx = 1\n\n# %% [raw]\n# # BEGIN QUESTION", "x = 1",
         "begins with a raw cell"),
        ("intro.py", "# %% tags", "# %% [raw]\n# # BEGIN QUESTION\n# name: next\n\n# %% tags",
         "# # BEGIN QUESTION", "folders of their own"),
        ("intro.py", "from torch import nn\n", "import unheard_of\nfrom torch import nn\n",
         "import unheard", "students cannot import unheard_of"),
    ],
)  # fmt: skip
def test_a_master_is_refused_with_its_file_and_line(
    tiny: Path, file: str, old: str, new: str, at: str, says: str
) -> None:
    change(tiny, file, old, new)
    with pytest.raises(KitError) as caught:
        build_tiny(tiny)
    if not at:  # what it says of another file than the one changed
        file, at = QUIZ, "many = 1234"
    text = (tiny / "solutions" / "tiny" / file).read_text()
    line = text[: text.index(at)].count("\n") + 1
    assert str(caught.value).startswith(f"solutions/tiny/{file}, line {line}: ")
    assert says in str(caught.value)


def test_a_missing_master_an_unknown_name_and_bad_data_are_told(tiny: Path) -> None:
    settings = load_settings(tiny / "grading.yml")
    with pytest.raises(KitError, match=r"There is no assignment 'tinny'.*did you mean 'tiny'"):
        build(tiny, ["tinny"], settings, tiny / "dist")
    (tiny / "grading.yml").write_text(TINY_SETTINGS.replace("[data]", "[none]"))
    with pytest.raises(KitError, match=r"put it at solutions/tiny/none"):
        build_tiny(tiny)
    (tiny / "grading.yml").write_text(TINY_SETTINGS.replace("[data]", "[intro.py]"))
    with pytest.raises(KitError, match=r"would give solutions/tiny/intro.py to students"):
        build_tiny(tiny)
    (tiny / "grading.yml").write_text(TINY_SETTINGS.replace("[data]", "[double]"))
    with pytest.raises(KitError, match=r"would give solutions/tiny/double to students"):
        build_tiny(tiny)
    (tiny / "grading.yml").write_text(TINY_SETTINGS)
    (tiny / "solutions" / "tiny" / "intro.py").unlink()
    with pytest.raises(KitError, match=r"solutions/tiny/intro.py is missing"):
        build_tiny(tiny)


def test_grading_yml_alone_says_the_order(tiny: Path) -> None:
    swapped = TINY_SETTINGS.replace("      many: 1\n", "").replace(
        "      double", "      many: 1\n      double"
    )
    (tiny / "grading.yml").write_text(swapped)
    one = build_tiny(tiny)
    assert [question.name for question in one.manifest.questions] == ["many", "double", "Twice"]
    stubs = [cell.source for cell in tagged(one.notebook, "otter_answer_cell")]
    assert stubs == [question.stub for question in one.manifest.questions]


def test_a_question_without_points_and_points_without_a_question_are_told(tiny: Path) -> None:
    (tiny / "grading.yml").write_text(TINY_SETTINGS.replace("      many: 1\n", ""))
    says = (
        r"solutions/tiny/many/question.py, line 1: the question many has no points in grading.yml"
    )
    with pytest.raises(KitError, match=says):
        build_tiny(tiny)
    (tiny / "grading.yml").write_text(TINY_SETTINGS + "      few: 1\n")
    with pytest.raises(KitError, match=r"question few, and solutions/tiny/few/question.py is miss"):
        build_tiny(tiny)
    # A folder of notes is nobody's question.
    (tiny / "grading.yml").write_text(TINY_SETTINGS)
    (tiny / "solutions" / "tiny" / "notes").mkdir()
    build_tiny(tiny)


def test_a_stand_in_brings_its_imports_and_helpers(tiny: Path) -> None:
    path = tiny / "solutions" / "tiny" / "double" / "stand_in.py"
    path.write_text(
        '"""Stand-ins."""\nimport operator\n\n_two = 2\n\n\ndef _times(x, y):\n'
        "    return operator.mul(x, y)\n\n\ndef double(x):\n    return _times(x, _two)\n"
    )
    source = build_tiny(tiny).manifest.stand_ins["double"]
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    assert namespace["double"](21) == 42
    path.write_text("def trible(x):\n    return 3 * x\n")
    with pytest.raises(
        KitError, match=r"stand_in.py, line 1: the question double defines no trible"
    ):
        build_tiny(tiny)
