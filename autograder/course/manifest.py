"""What an autograder zip says of its assignment, beside Otter's own test files.

`build` writes it into the plugin's entry of `otter_config.json`, the one place that `otter run`,
`otter grade`, Gradescope and `autograder grade` all receive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.course.settings import AssignmentSettings, Limits, Settings
from autograder.errors import KitError, did_you_mean
from autograder.intake.reading import DEMO_TAG as DEMO_TAG
from autograder.intake.reading import read_cell

CONFIG = "otter_config.json"
PLUGIN = "autograder.otter_plugin.BorderPlugin"


class QuestionManifest(BaseModel):
    """One question, in the order of `grading.yml`."""

    model_config = ConfigDict(extra="forbid")

    name: str
    points: float
    defines: list[str]
    """The names that the student writes."""
    stub: str
    """The source of the answer cell as students get it, to know an untouched one."""
    seconds: float | None = None
    """How long its tests may take, if not as long as `limits` say."""
    in_place: bool = False
    """Whether student code may change the tensors it is given."""
    trains: bool = False
    """Whether student code may change the parameters and buffers it is given."""
    manual: bool = False
    """Whether a person gives the points: its tests only say whether there is something to read."""

    @classmethod
    def of_released(
        cls, name: str, assignment: AssignmentSettings, stub: str, defines: Iterable[str]
    ) -> QuestionManifest:
        """Return what the settings and the notebook that students get say of one question."""
        question = assignment.questions[name]
        return cls(
            name=name,
            points=question.points,
            defines=list(defines),
            stub=stub,
            seconds=question.seconds,
            in_place=question.in_place,
            trains=question.trains,
            manual=question.manual,
        )


class Manifest(BaseModel):
    """One assignment as the judge knows it."""

    model_config = ConfigDict(extra="forbid")

    assignment: str
    title: str
    questions: list[QuestionManifest]
    stand_ins: dict[str, str] = {}
    """Source by name, for questions whose earlier one is wrong."""
    demo_cells: list[str] = []
    """SHA-256 of the demonstration cells' sources: skipped even where a tool dropped their tags."""
    set_up: list[str] = []
    """The sources of the cells that define what several questions need, as they were handed out."""
    limits: Limits
    confinement: list[str] = []
    """Layers without which nothing is graded."""
    hidden_tests: str
    hidden_files: list[str] = []
    """What of the data only the judge reads."""
    gradescope_rows: str = "visible"
    """When Gradescope shows students the rows of the questions."""
    leaderboard: list[str] = []
    preload: list[str] = []
    """Modules that the notebook imports, imported once before the first submission."""
    course: str = ""
    source_digest: str = ""
    """SHA-256 over what the zip was built from, to notice that it is out of date."""

    @classmethod
    def of_released(
        cls,
        name: str,
        settings: Settings,
        questions: Iterable[QuestionManifest],
        demos: Iterable[str],
    ) -> Manifest:
        """Return what the settings and the notebook that students get say of the assignment `name`.

        That is all a self-check needs. What else a grader needs, `build` adds: see `authoring/describe.py`.

        Args:
            demos: the sources of the demonstrations' cells.
        """
        assignment = settings.assignments[name]
        return cls(
            assignment=name,
            title=assignment.title,
            questions=list(questions),
            demo_cells=[_digest(source) for source in demos],
            limits=settings.limits,
            confinement=list(settings.confinement),
            hidden_tests=settings.hidden_tests,
            gradescope_rows=settings.gradescope.rows,
            hidden_files=list(assignment.hidden_files),
            leaderboard=list(assignment.leaderboard),
            course=settings.course,
        )

    @classmethod
    def from_config(cls, text: str | bytes) -> Manifest:
        """Return the manifest in the text of an `otter_config.json`.

        Raises:
            KitError: it holds none, or one of another version of the kit.
        """
        try:
            plugins = json.loads(text)["plugins"]
            return cls.model_validate(next(entry[PLUGIN] for entry in plugins if PLUGIN in entry))
        except (KeyError, TypeError, StopIteration, ValueError, RecursionError) as error:
            reason = (
                "another version of" if isinstance(error, ValidationError) else "no autograder of"
            )
            raise KitError(
                f"This {CONFIG} is of {reason} this kit. Make it again: `autograder build`."
            ) from None

    def into_config(self, text: str | bytes) -> bytes:
        """Return the `otter_config.json` of `text` with this manifest in it, which `from_config` reads."""
        config = json.loads(text) | {"plugins": [{PLUGIN: self.model_dump(mode="json")}]}
        return (json.dumps(config, indent=2, ensure_ascii=False) + "\n").encode()

    def require_questions(self, names: Iterable[str]) -> None:
        """Refuse a question that the assignment does not have.

        Raises:
            KitError: there is one among `names`; says which there are.
        """
        known = [question.name for question in self.questions]
        for name in sorted(set(names) - set(known)):
            hint = did_you_mean(name, known)
            raise KitError(
                f"{self.assignment} has no question {name!r}{hint}; choose {', '.join(known)}."
            )

    def is_demo(self, source: str, tags: Collection[str] = ()) -> bool:
        """Whether a cell is a demonstration, by its tag or, where a tool dropped the tags, by its text."""
        return DEMO_TAG in tags or _digest(source) in self.demo_cells


def imported_by(sources: Iterable[str]) -> list[str]:
    """Return the modules that cells import, but for Otter, which no worker needs: what to `preload`."""
    modules = {module for source in sources for module in read_cell(source).imports}
    return sorted(module for module in modules if module.partition(".")[0] != "otter")


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode(errors="replace")).hexdigest()
