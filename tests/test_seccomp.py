"""The filter, read back: each system call of the tables gets its answer, and every other one is allowed."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.worker.seccomp import (
    ALLOW,
    ARCHITECTURES,
    FAIL,
    KILL,
    NEW_NAMESPACES,
    X32,
    assemble,
)
from autograder.worker.syscalls import (
    ABSENT,
    CLONE,
    CLONE3,
    FORBIDDEN,
    PRCTL,
    PRETENDED,
    PRLIMIT,
    SIGNALS,
)

REFUSED = FAIL | errno.EPERM
MACHINES = list(ARCHITECTURES)
READ = {"x86_64": 0, "aarch64": 63}
"""The number of `read`, which is in no table."""


def answer(machine: str, number: int, argument: int = 0, *, signals: bool = False) -> int:
    """Run the filter, as the kernel would, on one call."""
    code = assemble(machine, signals=signals)
    lines = [struct.unpack_from("<HBBI", code, place) for place in range(0, len(code), 8)]
    data = struct.pack("<iIQQ", number, ARCHITECTURES[machine], 0, argument)
    loaded, place = 0, 0
    while True:
        kind, if_true, if_false, operand = lines[place]
        place += 1
        match kind:
            case 0x20:
                (loaded,) = struct.unpack_from("<I", data, operand)
            case 0x06:
                return int(operand)
            case 0x15 | 0x35 | 0x45:
                true = {0x15: loaded == operand, 0x35: loaded >= operand, 0x45: loaded & operand}
                place += if_true if true[kind] else if_false


@pytest.mark.parametrize("machine", MACHINES)
def test_each_call_of_the_tables_gets_its_answer(machine: str) -> None:
    for calls, expected in ((FORBIDDEN, REFUSED), (PRETENDED, FAIL)):
        for call in calls:
            if call.number(machine) != ABSENT:
                assert answer(machine, call.number(machine)) == expected, call.name


@pytest.mark.parametrize("machine", MACHINES)
def test_signals_are_forbidden_only_on_request(machine: str) -> None:
    for call in SIGNALS:
        assert answer(machine, call.number(machine)) == ALLOW
        assert answer(machine, call.number(machine), signals=True) == REFUSED


@pytest.mark.parametrize("machine", MACHINES)
def test_what_an_argument_decides_is_decided_by_it(machine: str) -> None:
    assert answer(machine, READ[machine]) == ALLOW
    assert answer(machine, CLONE3.number(machine)) == FAIL | errno.ENOSYS
    for call, refused, allowed in (
        (CLONE, NEW_NAMESPACES & -NEW_NAMESPACES, 0x11),
        (PRLIMIT, 1, 0),
        (PRCTL, 4, 15),
    ):
        assert answer(machine, call.number(machine), refused) == REFUSED
        assert answer(machine, call.number(machine), allowed) == ALLOW


def test_another_interface_of_the_kernel_is_no_way_around() -> None:
    assert answer("x86_64", X32 + 1) == REFUSED
    code = assemble("x86_64", signals=False)
    assert struct.unpack_from("<HBBI", code, 16)[3] == KILL


def test_no_call_stands_in_two_tables_and_each_has_a_reason() -> None:
    calls = (*FORBIDDEN, *PRETENDED, *SIGNALS, CLONE, CLONE3, PRLIMIT, PRCTL)
    for machine in MACHINES:
        numbers = [call.number(machine) for call in calls if call.number(machine) != ABSENT]
        assert len(numbers) == len(set(numbers))
    assert all(call.why for call in calls)
