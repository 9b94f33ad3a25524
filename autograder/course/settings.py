"""`grading.yml`, the one settings file: its schema, its defaults, and errors that name the line."""

from __future__ import annotations

import keyword
import re
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from autograder.course.yaml_lines import Document, Place, read_yaml
from autograder.errors import KitError, did_you_mean

FILE = "grading.yml"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""What an assignment may be called: it names folders, files and zips."""
NO_NAME = "cannot name an assignment; write letters, digits and underscores"

Seconds = Annotated[
    float, Field(gt=0, le=86400, description="a number of seconds above 0, at most 86400")
]
Points = Annotated[
    float, Field(gt=0, le=1000, description="a number of points above 0, at most 1000")
]
Version = Annotated[
    str, Field(pattern=r"^\d+\.\d+(\.\d+)?$", description='a version in quotes, such as "2.10"')
]


class _Section(BaseModel):
    """A mapping of the file. A field's description says in words what may stand there."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)


class Limits(_Section):
    """What one submission may use."""

    cell_seconds: Seconds = 30
    question_seconds: Seconds = 10
    submission_seconds: Seconds = 300
    memory_mb: int = Field(
        2048, ge=256, le=1048576, description="a whole number of MB from 256 to 1048576"
    )
    output_kb: int = Field(4096, ge=1, le=65536, description="a whole number of KB from 1 to 65536")
    processes: int = Field(64, ge=1, le=4096, description="a whole number from 1 to 4096")


class ImageSettings(_Section):
    """What the grading image, and students, install: of torch the versions that the kit is made for."""

    torch: Version = Field(default_factory=lambda: _pinned("torch"))
    torchvision: Version = Field(default_factory=lambda: _pinned("torchvision"))
    torch_index: str = Field(
        "", pattern=r"^(https?://\S+)?$", description="the address of a package index, or nothing"
    )
    packages: tuple[str, ...] = Field(("tqdm",), strict=False, description="a list of packages")


class GradescopeSettings(_Section):
    """What students see on Gradescope, and when."""

    rows: Literal["visible", "after_due_date", "after_published"] = Field(
        "visible",
        description="visible, or after_due_date or after_published, at the cost that students see no total until then",
    )


class QuestionSettings(_Section):
    """One question: its points, or a mapping of points and more."""

    points: Points
    in_place: bool = Field(False, description="true or false")
    trains: bool = Field(False, description="true or false")
    manual: bool = Field(False, description="true or false")
    seconds: Seconds | None = Field(None, description="a number of seconds above 0, at most 86400")
    weights: dict[str, Annotated[float, Field(ge=0, le=1000)]] = Field(
        {}, description="tests, such as test_relu_is_your_own, with numbers from 0 to 1000"
    )

    @model_validator(mode="before")
    @classmethod
    def _number_is_points(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"points": value}


class AssignmentSettings(_Section):
    """One assignment, with its questions in order."""

    title: str = Field("", description="a text")
    minutes: int | None = Field(None, gt=0, description="a whole number above 0")
    questions: dict[str, QuestionSettings] = Field(
        min_length=1, description="questions with their points, at least one"
    )
    files: tuple[str, ...] = Field(
        (), strict=False, description="a list of files and folders of the master, such as [data]"
    )
    hidden_files: tuple[str, ...] = Field(
        (),
        strict=False,
        description="a list of files and folders beside intro.py that only the judge gets",
    )
    self_study: bool = Field(False, description="true or false")
    leaderboard: tuple[str, ...] = Field(
        (), strict=False, description="a list of the assignment's questions"
    )

    @field_validator("questions")
    @classmethod
    def _names_are_python(
        cls, questions: dict[str, QuestionSettings]
    ) -> dict[str, QuestionSettings]:
        for name in questions:
            if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
                raise _told(f"{name!r} cannot name a question; write a Python name", name)
        return questions

    @field_validator("files", "hidden_files")
    @classmethod
    def _files_are_beside_the_master(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        for place, file in enumerate(files):
            if len(PurePosixPath(file).parts) != 1 or file in (".", "..") or "\\" in file:
                raise _told(
                    f"{file!r} is not beside intro.py; name a file or folder of its own folder",
                    place,
                )
        return files

    @model_validator(mode="after")
    def _hidden_files_are_hidden(self) -> AssignmentSettings:
        for place, name in enumerate(self.hidden_files):
            if name in self.files:
                message = f"{name!r} is among the files that students get; name it in one list only"
                raise _told(message, "hidden_files", place)
        return self

    @model_validator(mode="after")
    def _leaderboard_has_questions(self) -> AssignmentSettings:
        for place, name in enumerate(self.leaderboard):
            if name not in self.questions:
                hint = did_you_mean(name, self.questions)
                message = f"the leaderboard names {name!r}, which is no question here{hint}"
                raise _told(message, "leaderboard", place)
        return self


class Settings(_Section):
    """The whole file."""

    course: str = Field("", description="a text")
    address: str = Field("", pattern=r"^(https?://\S+)?$", description="an address, or nothing")
    image: ImageSettings = Field(default_factory=ImageSettings)
    limits: Limits = Limits()
    confinement: tuple[Literal["user", "files", "signals", "network", "limits"], ...] = Field(
        (), strict=False, description="a list of user, files, signals, network and limits"
    )
    hidden_tests: Literal["nothing", "outcome", "hint"] = Field(
        "hint", description="nothing, outcome or hint"
    )
    gradescope: GradescopeSettings = GradescopeSettings()
    assignments: dict[str, AssignmentSettings] = Field(
        min_length=1, description="assignments by name, at least one"
    )

    @field_validator("assignments")
    @classmethod
    def _names_are_safe(cls, found: dict[str, AssignmentSettings]) -> dict[str, AssignmentSettings]:
        for name in found:
            if not NAME.fullmatch(name):
                raise _told(f"{name!r} {NO_NAME}", name)
        return found

    def assignment(self, name: str) -> AssignmentSettings:
        """Return the settings of the assignment `name`.

        Raises:
            KitError: there is none of that name.
        """
        if name not in self.assignments:
            hint, known = did_you_mean(name, self.assignments), ", ".join(self.assignments)
            raise KitError(f"There is no assignment {name!r} in {FILE}{hint}; it has {known}.")
        return self.assignments[name]


def load_settings(path: Path) -> Settings:
    """Read and check the settings file at `path`.

    Raises:
        KitError: it cannot be read, or something in it is wrong; names the line.
    """
    document = read_yaml(path)
    try:
        return Settings.model_validate(document.value)
    except ValidationError as error:
        problems = [_problem(details, document) for details in error.errors(include_url=False)]
        line, text = min(problems)
        raise KitError(f"{path.name}, line {line}: {text}.") from None


def find_kit_root(start: Path | None = None) -> Path:
    """Return the nearest folder with a settings file, from `start` (the working directory) upwards,
    else the checkout that this package was installed from.

    Raises:
        KitError: there is none.
    """
    start = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[2]
    for folder in (start, *start.parents, checkout):
        if (folder / FILE).is_file():
            return folder
    raise KitError(f"There is no {FILE} in {start} or above it; change to the course's folder.")


def _pinned(package: str) -> str:
    """Return the version that the kit's extra `torch` pins `package` to; in an image, the one that it has."""
    try:
        requirements = metadata.requires("autograder") or []
    except metadata.PackageNotFoundError:
        raise KitError("The kit is not installed; run `make install`.") from None
    for line in requirements:
        if match := re.match(rf"{package}==([\d.]+)(?![\w.])", line):
            return match[1]
    return metadata.version(package).partition("+")[0]


def _told(message: str, *place: str | int) -> PydanticCustomError:
    """Return an error with its own message, which lies at `place` below the value checked."""
    return PydanticCustomError("told", "{message}", {"message": message, "below": place})


def _problem(details: ErrorDetails, document: Document) -> tuple[int, str]:
    """Return the line and the sentence for one of pydantic's findings."""
    below = details.get("ctx", {}).get("below", ())
    place: Place = (*details["loc"], *below)
    where = ".".join(str(part) for part in place) or "the file"
    match details["type"]:
        case "told":
            text = details["msg"]
        case "extra_forbidden":
            keys = _section_at(place[:-1]).model_fields
            hint = did_you_mean(str(place[-1]), keys)
            text = f"unknown key {where}{hint}; allowed are {', '.join(keys)}"
        case "missing":
            text = f"{where} is missing; write {_allowed(place)}"
        case _:
            text = f"{where} is {_shown(details['input'])}; write {_allowed(place)}"
    return document.line(place), text


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        return "a mapping" if isinstance(value, dict) else "a list"
    return repr(value)


def _allowed(place: Place) -> str:
    """Return in words what may stand at `place`: the description of the field there or around it."""
    for end in range(len(place), 0, -1):
        section, name = _section_at(place[: end - 1]), place[end - 1]
        field = section.model_fields.get(str(name)) if section else None
        if field is not None and field.description:
            return field.description
    return "a mapping of " + ", ".join(_section_at(place).model_fields)


def _section_at(place: Place) -> type[BaseModel]:
    """Return the model of the mapping at `place`, or of the nearest one around it."""
    found: type[BaseModel] = Settings
    annotation: Any = Settings
    for part in place:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(part))
            annotation = field.annotation if field else None
        elif get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
        else:
            annotation = None
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found = annotation
    return found
