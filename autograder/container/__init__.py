"""Grading one submission without a Jupyter kernel: in a container, and beside `otter run`.

`python -m autograder.container` reads the submission in /autograder/submission and the unpacked zip in
/autograder/source, and writes what Gradescope and `otter grade` take to /autograder/results.
"""
