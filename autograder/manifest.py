"""What an autograder zip says of its assignment, beside Otter's own test files.

`build` writes it into the plugin's entry of `otter_config.json`, the one place that `otter run`,
`otter grade`, Gradescope and `autograder grade` all receive.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from autograder.settings import Limits

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
    limits: Limits
    confinement: list[str] = []
    """Layers without which nothing is graded."""
    hidden_tests: str
    hidden_files: list[str] = []
    """What of the data only the judge reads."""
    leaderboard: list[str] = []
    preload: list[str] = []
    """Modules that the notebook imports, imported once before the first submission."""
    course: str = ""
    source_digest: str = ""
    """SHA-256 over what the zip was built from, to notice that it is out of date."""
