"""The table of threats in docs/security.md, made from the suite; `python -m tests.made_tables` writes it.

A threat is what a submission would gain, and what stops it. Each attack tries one of them: those of a module
try the module's first threat, if they are not named at another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.attacks import ATTACKS
from tests.attacks.probing import PROBING


@dataclass(frozen=True)
class Threat:
    """What a submission would gain, and what stops it."""

    words: str
    stopped_by: str
    module: str = ""
    """Whose attacks try it, if they are not named elsewhere."""
    names: tuple[str, ...] = ()


THREATS = (
    Threat(
        "An object that agrees with every test", "only data crosses; what an object claims to be stays a claim; only a tensor has a shape",
        "comparing", names=("claims_the_shape_of_an_empty_table",),
    ),
    Threat(
        "A value that brings the judge down", "bounds on size, depth and time; extents counted in whole numbers",
        names=("has_an_impossible_shape", "is_one_zero_and_a_trillion_entries", "has_no_end", "is_an_array_of_seven_leagues"),
    ),
    Threat("Markup and escape sequences for whoever reads", "pages, tables and terminals get plain text", "words", names=("shouts_in_its_exception",)),
    Threat("A file that cannot be read, or reads too much", "a bounded reader that runs nothing; no path of a zip is followed", "containers"),
    Threat("Writing and leaving something outside", "user, Landlock, a fresh folder that is removed however it is built", "files"),
    Threat("Replacing comparisons, exceptions or Otter", "tests and points live in another process", "forging"),
    Threat(
        "A forged or endless reply", "replies are checked for what they claim; every wait has a deadline; nothing is unpickled",
        names=("claims_to_be_an_output", "sends_a_forged_frame", "sends_a_pickle", "promises_a_giant_frame", "drips_one_byte_at_a_time", "makes_much_of_few_bytes", "sends_keys_that_collide", "sends_deep_nesting", "multiplies_giant_lengths", "replies_from_a_daemon"),
    ),
    Threat(
        "Changing a test's own memory until it agrees", "what a test sent stays as it was, whatever windows are laid on it",
        names=("changes_the_input_to_fit", "changes_the_input_behind_torchs_back", "moves_the_input_to_other_memory", "calls_the_input_its_own_gradient"),
    ),
    Threat("Having something else measured than it gives", "both sides of a comparison are never the worker's; what must be measured is measured apart", "probing"),
    Threat("Calling a built-in that is forbidden", "calls are watched in several cases, and their results compared", "watching"),
    Threat("Knowing the test case beforehand", "random states come from the tests, which the worker does not have", names=("knows_the_case_by_its_random_state",)),
    Threat("Being graded by what the notebook says of itself", "tests, points and kernel are the judge's; only code that ran counts", "metadata"),
    Threat("Talking to other machines and services", "seccomp: no sockets but pairs", "network"),
    Threat("Signals to, and escape into, other processes", "user, seccomp, Landlock's scopes", "processes"),
    Threat(
        "Going on after the end", "everything that descends from a submission is killed, orphans too",
        names=("leaves_a_daemon", "leaves_a_program", "forks_faster_than_it_can_be_named", "outlives_its_parent_on_purpose", "is_slow_to_leave"),
    ),
    Threat("Reading hidden tests, answers and other people's files", "user, Landlock; a worker is no fork of a judge", "reading"),
    Threat(
        "Telling hidden inputs in messages", "hidden tests tell a name, an outcome and a hint; later words come from a run without them",
        names=("tells_hidden_inputs_later", "reads_what_another_question_left", "tells_hidden_inputs_by_line_numbers", "tells_hidden_inputs_by_cells_and_lines_that_are_none", "tells_hidden_inputs_by_lines_that_it_has", "tells_hidden_inputs_by_rare_exceptions"),
    ),
    Threat("Telling of the machine and its owner", "no /etc/passwd, another host name; exceptions are quoted without paths", names=("reads_who_uses_the_machine", "tells_of_the_machine")),
    Threat("Taking more than its share", "rlimits, and a watch over the whole submission", "resources"),
    Threat("Taking the next question along", "cells that leave too much running are found, named and left out", "storms"),
)  # fmt: skip


def attacks_of(threat: Threat) -> list[str]:
    """Return the names of the attacks that try a threat, in the suite's order."""
    elsewhere = {name for other in THREATS for name in other.names}
    modules = {name: attack.module for name, attack in ATTACKS.items()}
    modules |= dict.fromkeys(PROBING, "probing")
    return [
        name
        for name, module in modules.items()
        if name in threat.names or (module == threat.module and name not in elsewhere)
    ]


def lines() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| threat | what stops it | attacks that try it |"
    yield "|---|---|---|"
    for threat in THREATS:
        names = ", ".join(f"`{name}`" for name in attacks_of(threat))
        yield f"| {threat.words} | {threat.stopped_by} | {names} |"
