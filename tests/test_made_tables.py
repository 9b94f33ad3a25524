"""What the documents list of the code is what the code holds."""

from __future__ import annotations

import pytest

from tests.made_tables import TABLES, errors_of_the_kit, with_table


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_documents_is_made_of_the_code(name: str) -> None:
    path, _ = TABLES[name]
    page = path.read_text(encoding="utf-8")
    assert with_table(page, name) == page, "make it anew: python -m tests.made_tables"


def test_every_error_says_what_it_means() -> None:
    for kind in errors_of_the_kit():
        assert kind.__doc__ and kind.__doc__ != kind.__mro__[1].__doc__, kind
