"""The manifest has one maker and one reader: what `build` writes, every way in understands alike."""

from __future__ import annotations

import json

import pytest

from autograder.course.manifest import DEMO_TAG, PLUGIN, Manifest, QuestionManifest
from autograder.course.settings import AssignmentSettings, QuestionSettings, Settings
from autograder.errors import KitError

ASSIGNMENT = AssignmentSettings(
    title="One",
    questions={
        "relu": QuestionSettings(points=2.5, in_place=True),
        "gelu": QuestionSettings(points=1),
    },
    leaderboard=("gelu",),
)
SETTINGS = Settings(course="Deep Learning", confinement=("user",), assignments={"hw1": ASSIGNMENT})
OTTERS = json.dumps({"show_hidden": False, "plugins": []})
"""What Otter Assign writes before the manifest is put in."""


@pytest.fixture
def manifest() -> Manifest:
    questions = [
        QuestionManifest.of_released(name, ASSIGNMENT, f"def {name}(X): ...", [name])
        for name in ASSIGNMENT.questions
    ]
    return Manifest.of_released("hw1", SETTINGS, questions, ["relu(torch.ones(1))"])


def test_what_is_put_into_a_config_is_read_from_it(manifest: Manifest) -> None:
    config = manifest.into_config(OTTERS)
    assert Manifest.from_config(config) == manifest
    assert json.loads(config)["show_hidden"] is False
    assert Manifest.from_config(manifest.into_config(config)) == manifest


def test_the_settings_and_the_notebook_say_everything_a_self_check_needs(
    manifest: Manifest,
) -> None:
    relu, gelu = manifest.questions
    assert (relu.points, relu.in_place, relu.stub) == (2.5, True, "def relu(X): ...")
    assert (gelu.points, gelu.in_place, gelu.defines) == (1, False, ["gelu"])
    assert (manifest.title, manifest.course, manifest.leaderboard) == (
        "One",
        "Deep Learning",
        ["gelu"],
    )
    assert manifest.limits == SETTINGS.limits and manifest.confinement == ["user"]


def test_a_demonstration_is_known_by_its_tag_and_without_it_by_its_text(
    manifest: Manifest,
) -> None:
    assert manifest.is_demo("relu(torch.ones(1))")
    assert manifest.is_demo("anything", tags=[DEMO_TAG])
    assert not manifest.is_demo("relu(torch.ones(2))", tags=["other"])
    assert not manifest.is_demo("\ud800")  # half a character, which JSON can spell


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        b"\xff",
        "[]",
        "{}",
        "null",
        '{"plugins": 1}',
        '{"plugins": []}',
        '{"plugins": [1]}',
        '{"plugins": ["autograder"]}',
        '{"plugins": [{"other.Plugin": {}}]}',
        json.dumps({"plugins": [{PLUGIN: {"assignment": "hw1"}}]}),
        "[" * 100_000,
    ],
    ids=lambda text: str(text[:30]),
)
def test_a_config_without_a_manifest_of_ours_is_told_in_one_sentence(text: str | bytes) -> None:
    with pytest.raises(KitError, match=r"Make it again: `autograder build`\.$"):
        Manifest.from_config(text)


def test_an_unknown_question_is_told_with_the_nearest(manifest: Manifest) -> None:
    with pytest.raises(KitError, match=r"no question 'relv' .*did you mean 'relu'.*choose relu"):
        manifest.require_questions({"relv"})
