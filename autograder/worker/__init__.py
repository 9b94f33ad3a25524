"""The untrusted side: the processes in which submissions run.

Imports `border` and nothing else of the package, and holds no answers.
"""
