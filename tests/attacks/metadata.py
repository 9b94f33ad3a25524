"""Attacks by what a notebook says of itself."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, Lab, notebooks
from tests.example_class import Document, answer_index, code_cell, solved, with_answer

WRONG = "def relu(X):\n    return X + 1\n"


@notebooks(relu=ALL_RELU)
def brings_its_own_tests_and_points(lab: Lab) -> Document:
    """Replace Otter's tests and points in the metadata by kinder ones."""
    document = with_answer(solved(), "relu", WRONG)
    test = f"""
from otter.test_files import test_case
OK_FORMAT = False
name = "relu"
points = 100
open({lab["planted"]!r}, "w").close()


@test_case(points=100, hidden=False)
def test_nothing(env):
    pass
"""
    document["metadata"]["otter"] = {
        "assignment_name": "hw4_mlp",
        "OK_FORMAT": False,
        "tests": {"relu": test},
        "require_no_pdf_confirmation": True,
        "all_or_nothing": False,
    }
    return document


@notebooks()
def brings_its_own_kernel(lab: Lab) -> Document:
    """Name a kernel whose command line is an attack, and plugins for Otter."""
    document = solved()
    document["metadata"]["kernelspec"] = {
        "name": f"../../{lab['name']}",
        "display_name": "$(touch {lab})",
        "language": "python",
        "argv": ["touch", lab["planted"]],
    }
    document["metadata"]["otter"]["plugins"] = [
        {"os.system": {"command": f"touch {lab['planted']}"}}
    ]
    return document


@notebooks(relu=ALL_RELU)
def hides_a_wrong_answer_by_tags(lab: Lab) -> Document:
    """Tag the answer as a demonstration, as a skipped cell, as an output of the grader."""
    document = with_answer(solved(), "relu", WRONG)
    document["cells"][answer_index(document, "relu")]["metadata"] = {
        "tags": ["otter_ignore", "skip-execution", "remove_cell"],
        "otter": {"tests": []},
        "points": 100,
    }
    return document


@notebooks(relu=ALL_RELU)
def shows_an_output_that_says_passed(lab: Lab) -> Document:
    """Store outputs that look like the grader's own."""
    document = with_answer(solved(), "relu", WRONG)
    for cell in document["cells"]:
        if cell["cell_type"] == "code":
            said = {"output_type": "stream", "name": "stdout", "text": "relu passed! 100/100\n"}
            cell["outputs"], cell["execution_count"] = [said], 1
    return document


@notebooks(relu=ALL_RELU)
def defines_the_answer_in_a_cell_that_is_not_run(lab: Lab) -> Document:
    """Put a right answer into a raw cell, a cell magic, a comment: only what runs counts."""
    document = with_answer(solved(), "relu", WRONG)
    right = "def relu(X):\n    return X.clamp(min=0)\n"
    document["cells"].append({"cell_type": "raw", "id": "raw", "metadata": {}, "source": right})
    document["cells"].append(code_cell("%%script true\n" + right, 1))
    document["cells"].append(code_cell("%%html\n<script>" + right + "</script>", 2))
    return document


@notebooks(otter_reads=False)
def has_cells_with_strange_fields(lab: Lab) -> Document:
    """Give cells identifiers, metadata and attachments of every wrong type."""
    document = solved()
    document["cells"][1]["attachments"] = {"x": {"text/plain": ["y"] * 1000}}
    for number, cell in enumerate(document["cells"]):
        cell["id"] = ["../" * 50, None, 7, "a" * 5000][number % 4]
        cell["metadata"] = [{"tags": "otter_ignore"}, {"tags": [1, None]}, [], None][number % 4]
    return document


@notebooks(relu=ALL_RELU)
def runs_magics_and_shell_commands(lab: Lab) -> Document:
    """Use IPython's magics to run programs, other kernels, and code in other name spaces."""
    planted = lab["planted"]
    magic = f"""
!touch {planted}
%sx touch {planted}
%load_ext autoreload
%cd /
%env PATH=/
get_ipython().system("touch {planted}")
for line in ("run -i {planted}", "sx touch {planted}", "%bash touch {planted}"):
    try:
        get_ipython().run_line_magic(*line.split(" ", 1))
    except BaseException:
        pass
{WRONG}
"""
    document = with_answer(solved(), "relu", magic)
    document["cells"].insert(0, code_cell(f"%%bash\ntouch {planted}\n", 3))
    return document
