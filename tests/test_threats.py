"""Every attack of the suite is named where docs/security.md tells of threats."""

from __future__ import annotations

from collections import Counter

from tests.attacks import ATTACKS
from tests.attacks.probing import PROBING
from tests.attacks.threats import THREATS, attacks_of


def test_every_attack_tries_one_threat_and_every_threat_is_tried() -> None:
    tried = {threat.words: attacks_of(threat) for threat in THREATS}
    assert [words for words, names in tried.items() if not names] == []
    assert Counter(name for names in tried.values() for name in names) == Counter(
        [*ATTACKS, *PROBING]
    )
    assert {name for threat in THREATS for name in threat.names} <= {*ATTACKS, *PROBING}
