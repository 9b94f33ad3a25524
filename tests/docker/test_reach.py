"""What a submission reaches inside the container: thirteen ways to read, write or connect, each refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.attacks.attack import with_attempts
from tests.docker.classes import HW4, write
from tests.docker.containers import Graded, Image, grade, harness
from tests.docker.engine import Engine
from tests.example_class import POINTS, Document, solved

READ = """
with open({!r}, "rb") as file:
    file.read(1)
    return {!r}
"""
WAYS = {
    "a hidden test": READ.format(*["/autograder/source/tests/relu.py"] * 2),
    "points and stand-ins": READ.format(*["/autograder/source/otter_config.json"] * 2),
    "who handed in": READ.format(*["/autograder/submission_metadata.json"] * 2),
    "the notebook": READ.format(*["/autograder/submission/perfect.ipynb"] * 2),
    "the harness": READ.format(*["/autograder/run_autograder"] * 2),
    "passwords": READ.format(*["/etc/shadow"] * 2),
    "the results": READ.format(*["/autograder/results/results.json"] * 2),
    "the harness's environment": READ.format(*["/proc/1/environ"] * 2),
    "the home of root": "import os\nreturn os.listdir('/root') or 'empty'\n",
    "the harness's folder": "import os\nreturn os.listdir('/autograder')\n",
    "writing results": "open('/autograder/results/mine.json', 'w').close()\nreturn 'written'\n",
    "writing packages": "import os, torch\nopen(os.path.dirname(torch.__file__) + '/mine.py', 'w').close()\nreturn 'written'\n",
    "a socket": "import socket\nsocket.socket()\nreturn 'a socket'\n",
}
REFUSED = """
def attempt():
{body}
try:
    return attempt()
except PermissionError:
    return None
except BaseException as error:
    return repr(error)  # not what should stop it
"""
REPORT = """
import json
{functions}
print("REACHED", json.dumps([function() for function in [{names}]]))
"""


def attempt(body: str) -> str:
    """Return the body of an attempt that only a refusal ends without a result."""
    lines = "".join(f"    {line}\n" for line in body.strip().split("\n"))
    return REFUSED.format(body=lines)


@pytest.fixture(scope="module")
def honest(docker: Engine, hw4_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    path = write(tmp_path_factory.mktemp("honest"), "perfect", solved())
    return grade(docker, hw4_image.name, path)


def hostile() -> Document:
    """The solved notebook, which tries every way in its cells, and again when its answers are called.

    The second half of them when there are results to read.
    """
    ways = [attempt(body) for body in WAYS.values()]
    return with_attempts({}, {"relu": ways[:6], "sigmoid": ways[6:]})


def test_every_way_is_refused_and_costs_nothing(
    docker: Engine, hw4_image: Image, honest: Graded, tmp_path: Path
) -> None:
    # The solved notebook spoils its own answer wherever a way is open.
    graded = grade(docker, hw4_image.name, write(tmp_path, "perfect", hostile()))
    assert graded.status == 0
    assert graded.scores == honest.scores, graded.results
    assert sum(honest.scores.values()) == POINTS


def test_every_way_is_open_to_who_is_not_confined(
    docker: Engine, hw4_image: Image, tmp_path: Path
) -> None:
    """That the ways lead somewhere: root in the same container gets through all of them."""
    functions = ""
    for number, body in enumerate(WAYS.values()):
        lines = "".join(f"    {line}\n" for line in attempt(body).strip().split("\n"))
        functions += f"def way{number}():\n{lines}\n"
    names = ", ".join(f"way{number}" for number in range(len(WAYS)))
    script = REPORT.format(functions=functions, names=names)
    with harness([write(tmp_path, "perfect", solved(HW4))]) as (volumes, results):
        (results / "results.json").write_text("{}")
        said = docker(
            *("run", "--rm", "--network", "none", *volumes, hw4_image.name),
            *("/opt/autograder/bin/python", "-c", script),
        )
    reached = json.loads(said.partition("REACHED ")[2])
    closed = [way for way, got in zip(WAYS, reached) if not got or "Error" in str(got)]
    assert len(WAYS) == 13 and not closed


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [["--cap-drop", "ALL"], ["--security-opt", "no-new-privileges"]]
)
def test_fewer_rights_of_the_container_cost_no_points(
    docker: Engine, hw4_image: Image, honest: Graded, tmp_path: Path, options: list[str]
) -> None:
    path = write(tmp_path, "perfect", hostile())
    graded = grade(docker, hw4_image.name, path, options=options)
    # Or nothing is graded at all, which staff are told; never a silent zero.
    assert graded.status != 0 or graded.scores == honest.scores, graded.results
