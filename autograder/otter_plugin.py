"""The Otter plugin that takes `otter run`, `otter grade` and Gradescope through the judge.

`before_grading` takes everything a student handed in out of Otter's reach but the notebook;
`before_execution` puts a short trusted notebook in place of the student's. That notebook runs the judge,
and Otter finds every question already checked.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Any

import nbformat
from otter.execute import Checker
from otter.plugins import AbstractOtterPlugin
from otter.test_files import ExceptionTestFile
from otter.test_files.abstract_test import TestCaseResult

from autograder.batch import grade_submission
from autograder.intake.submissions import Submission
from autograder.judge.bundle import Bundle
from autograder.judge.grading import Grader
from autograder.judge.warm_parents import WarmParent, require_layers
from autograder.manifest import CONFIG, Manifest
from autograder.report.view import plain
from autograder.results import CaseResult, Outcome, QuestionResult, SubmissionResult

NOTEBOOK = "notebook.ipynb"
CELL = """\
from autograder.otter_plugin import judge_here
judge_here({source!r}, {notebook!r})
"""


class BorderPlugin(AbstractOtterPlugin):
    """Keeps student code out of Otter's process and out of its kernel."""

    def before_grading(self, config: Any) -> None:
        """Empty the submission's folder, which is the kernel's working directory, but for the notebook.

        A `torch.py` there would be imported by the trusted kernel, an `.OTTER_LOG` unpickled by Otter.
        """
        notebook = Path(self.submission_path)
        folder, aside = notebook.parent, self._aside
        aside.mkdir(mode=0o700)
        # The worker has a user of its own where there is root; these are not that user's to enter.
        for private in (folder, folder.parent / "source", folder.parent / "results"):
            with contextlib.suppress(FileNotFoundError):
                private.chmod(0o700)
        if notebook.is_symlink():  # to somebody else's notebook, say
            raise RuntimeError("the notebook is a symbolic link")
        shutil.copyfile(notebook, aside / NOTEBOOK)
        for entry in list(folder.iterdir()):
            if entry.name != notebook.name:
                entry.rename(aside / f"student-{entry.name}")
        shutil.copytree(folder.parent / "source" / "tests", folder / "tests")

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook that runs the judge."""
        source = Path(self.submission_path).parent.parent / "source"
        code = CELL.format(source=str(source), notebook=str(self._aside / NOTEBOOK))
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        notebook.metadata["kernelspec"] = {"name": "python3", "language": "python"}
        return notebook

    def after_grading(self, results: Any) -> None:
        """Refuse to hand on results that the judge did not make: Otter would count zeros, silently."""
        for cell in results.notebook.cells:
            for output in cell.get("outputs", []):
                if output.get("output_type") == "error":
                    raise RuntimeError(f"the judge failed: {output['ename']}: {output['evalue']}")

    @property
    def _aside(self) -> Path:
        return Path(self.submission_path).parent.parent / "aside"


class JudgedTestFile(ExceptionTestFile):
    """A question's results in Otter's form. Its summary promises nothing about hidden tests."""

    def summary(self, public_only: bool = False) -> str:
        shown = [r for r in self.test_case_results if not (public_only and r.test_case.hidden)]
        if public_only and all(result.passed for result in shown):
            return f"{self.name}: public checks passed"
        return "\n".join([f"{self.name}:", *(f"    {result.message}" for result in shown)])


def judge_here(source: str, notebook: str) -> None:
    """Judge `notebook` in this process and hand the results to Otter's checker."""
    bundle = Bundle(Manifest.from_config((Path(source) / CONFIG).read_bytes()), Path(source))
    require_layers(bundle.manifest.confinement)
    warm_parent = WarmParent(bundle.manifest.preload)
    try:
        submission = Submission(
            name="notebook", file=NOTEBOOK, notebook=Path(notebook), problem=None
        )
        result = grade_submission(Grader(bundle, warm_parent), submission)
    finally:
        warm_parent.close()
    Checker.get_results().extend(otter_results(bundle, result))


def otter_results(bundle: Bundle, result: SubmissionResult) -> list[JudgedTestFile]:
    """Return the results in Otter's own classes, with messages that students may read."""
    files = []
    for question in result.questions:
        tests = bundle.tests[question.name]
        # Otter recognises a test that was already checked by this relative path.
        graded = JudgedTestFile(question.name, f"tests/{question.name}.py", tests.test_cases)
        graded.all_or_nothing = tests.all_or_nothing
        graded.test_case_results = [
            TestCaseResult(
                test_case=case,
                message=case_text(question, ended, result.problem),
                passed=ended.outcome is Outcome.PASSED,
            )
            for case, ended in zip(tests.test_cases, question.cases)
        ]
        files.append(graded)
    return files


def case_text(question: QuestionResult, case: CaseResult, problem: str | None) -> str:
    """Return what Otter shows of one test case."""
    if case.outcome is Outcome.PASSED:
        return f"✅ {case.title}"
    reasons = [problem or "", question.message, case.message]
    return f"❌ {case.title}: {case.outcome.value}\n" + "\n".join(plain(r) for r in reasons if r)
