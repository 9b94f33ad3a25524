"""How a public check speaks to a student: in the notebook, in `autograder check` and in `grade`.

`build` puts the text of `explain` and `speak` into the notebook, behind each question's public tests. They
need torch and what Python has, and nothing of the kit.
"""
