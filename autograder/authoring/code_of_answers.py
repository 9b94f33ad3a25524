"""Slips in `wrong.py` and `right.py` that would try another answer than the one that is meant, found before any is run."""

from __future__ import annotations

import ast
import symtable

from autograder.authoring.checks import notebook_names
from autograder.authoring.code_of_tests import global_names
from autograder.authoring.master import Master
from autograder.authoring.names import defined, imported
from autograder.authoring.script import read_python
from autograder.authoring.variants import Variant, read_variants


def check_code_of_answers(master: Master) -> None:
    """Check every wrong and every right answer.

    Raises:
        KitError: one uses what its file imports and no student has; names file and line.
    """
    known = notebook_names(master)
    if "*" in known:
        return  # of `from … import *` nobody knows which names it brings
    for variant in read_variants(master.folder, [question.name for question in master.questions]):
        missing = sorted(_names_of_its_file(variant) - known)
        if missing and not variant.raises:
            names = " and ".join(missing)
            text = f"{variant.name} uses {names}, which this file imports and the notebook does not"
            raise variant.place.refusal(f"{text}; import it in intro.py, or inside the answer")


def _names_of_its_file(variant: Variant) -> set[str]:
    """Return what an answer looks for outside itself that its file imports."""
    _, tree = read_python(variant.place.path)
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    here = {name for node in top for _, name in imported(node)}
    own = ast.parse(variant.source)
    looked_for = set(global_names(symtable.symtable(variant.source, "<answer>", "exec")))
    return (looked_for & here) - set(defined(own)) - {name for _, name in imported(own)}
