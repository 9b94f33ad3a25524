"""Storms of threads and processes that a cell of their own starts, so that the questions after it go along."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, Lab, notebooks
from tests.example_class import (
    Document,
    answer_index,
    solved,
    source_of,
    with_answer,
    with_cell_before,
)

THREADS = """
import threading, time
threading.stack_size(1 << 16)  # else the room for their stacks is used up first
for _ in range(500):
    try:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    except RuntimeError:
        break
"""
PROCESSES = """
import os, time
for _ in range(500):
    try:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    except OSError:
        break
"""


@notebooks()
def starts_threads_in_a_cell_of_its_own(lab: Lab) -> Document:
    """Start 500 threads between the answers, so that nothing more can be started after them."""
    return with_cell_before(solved(), "relu", THREADS)


@notebooks()
def starts_processes_in_a_cell_of_its_own(lab: Lab) -> Document:
    """Start 500 processes between the answers, which the next ones have to share the room with."""
    return with_cell_before(solved(), "relu", PROCESSES)


@notebooks()
def starts_threads_in_cell_after_cell(lab: Lab) -> Document:
    """Start 500 threads again and again, before each of three answers."""
    document = solved()
    for question in ("relu", "sigmoid", "tanh"):
        document = with_cell_before(document, question, THREADS)
    return document


@notebooks(room_is_shared=True, relu=ALL_RELU)
def starts_threads_beside_an_answer(lab: Lab) -> Document:
    """Start 500 threads in the cell of an answer: it costs that one, and no other."""
    honest = source_of(solved()["cells"][answer_index(solved(), "relu")])
    return with_answer(solved(), "relu", honest + "\n" + THREADS)


@notebooks()
def leaves_a_few_threads_at_an_answer_before_a_storm(lab: Lab) -> Document:
    """Leave as many threads at an answer as may pass, then start a storm, for which both cells are left out."""
    honest = source_of(solved()["cells"][answer_index(solved(), "relu")])
    few = THREADS.replace("500", "16")
    document = with_answer(solved(), "relu", honest + "\n" + few)
    return with_cell_before(document, "tanh", THREADS)
