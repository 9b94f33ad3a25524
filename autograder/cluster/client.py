"""Sending submissions to a cluster, and taking their results. Here nothing is graded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cluster.there import Job, examine, from_json, grade_there, to_json
from autograder.errors import KitError
from autograder.grading.fingerprint import grader_digest
from autograder.grading.futures import as_done
from autograder.grading.ledger import Task
from autograder.intake.document import MAX_FILE_BYTES
from autograder.outcome.results import SubmissionResult

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 20
PER_WORKER = 3
"""How many submissions are on their way to a worker: one at work, the next at hand."""
INSTALL = "--dask needs dask.distributed: pip install 'autograder[dask]'."


def grade_on_cluster(
    address: str, archive: Path, tasks: Sequence[Task], seed: int = 0
) -> Iterator[tuple[Task, SubmissionResult | None]]:
    """Grade submissions on the cluster whose scheduler is at `address`, by the autograder zip `archive`.

    Yields:
        Each task with its result as it is ready; with `None` if workers died over it again and again.

    Raises:
        KitError: there is no such cluster, or a worker of it must not grade.
    """
    with connected(address) as client:
        zipped = archive.read_bytes()
        workers = check_workers(client, zipped)
        # Sent once to each worker, and named with each submission.
        sent = client.scatter(zipped, broadcast=True)
        executor = client.get_executor(pure=False)

        def submit(number: int, job: Job) -> Future[str]:
            future: Future[str] = executor.submit(grade_there, sent, job)
            return future

        jobs = ((number, job_of(task, seed)) for number, task in enumerate(tasks))
        for number, future in as_done(submit, jobs, PER_WORKER * workers):
            yield tasks[number], _result(future)


def _result(future: Future[str]) -> SubmissionResult | None:
    from distributed.scheduler import KilledWorker

    try:
        return from_json(future.result())
    except KilledWorker:
        return None
    except CancelledError:
        raise KitError(
            "The cluster lost all its workers; what was graded is kept, and the same command goes on."
        ) from None


def check_workers(client: Client, zipped: bytes) -> int:
    """Have every worker start its judge; return how many workers there are.

    Raises:
        KitError: there is none, or one has another version of the kit or lacks a layer of confinement.
    """
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise KitError("The cluster has no workers; start some: `dask worker ADDRESS`.") from None
    found: dict[str, Any] = client.run(examine, zipped, on_error="return")
    for worker, answer in sorted(found.items()):
        if isinstance(answer, BaseException):
            raise KitError(
                f"The worker {worker} cannot grade ({type(answer).__name__}: {answer}); has it this kit installed?"
            )
        digest, lacking = answer
        if lacking:
            raise KitError(f"The worker {worker} must not grade: {lacking}")
        if digest != grader_digest():
            raise KitError(
                f"The worker {worker} has another version of the kit, of Python or of torch than this machine; "
                "install the same on both."
            )
    return len(found)


def job_of(task: Task, seed: int = 0) -> Job:
    """Return a task as it is sent. A file that is too large to be read is sent as far as that is seen."""
    submission, content, suffix = task.submission, None, ""
    problem = submission.problem
    if submission.notebook is not None:
        suffix = submission.notebook.suffix
        try:
            if not submission.notebook.is_file():  # a pipe would block
                raise FileNotFoundError(2, "not a file")
            with submission.notebook.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            problem = problem or f"The notebook cannot be read: {error.strerror}."
    known = None if task.known is None else to_json(task.known.result)
    return Job(
        name=submission.name,
        file=submission.file,
        note=submission.note,
        problem=problem,
        suffix=suffix,
        content=content,
        only=task.only,
        known=known,
        seed=seed,
    )


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect to the scheduler at `address`.

    Raises:
        KitError: nobody answers there, or dask is not installed here.
    """
    try:
        from distributed import Client
    except ImportError:
        raise KitError(INSTALL) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise KitError(
            f"No scheduler answers at {address} ({type(error).__name__}); start one with `dask scheduler`."
        ) from None
    try:
        yield client
    finally:
        client.close()
