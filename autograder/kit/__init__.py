"""What students install: `kit check`, which tries a notebook's public checks again whenever it is saved.

`authoring/wheel` makes a wheel of this room, the voice and the few modules that `MAY_IMPORT` names in
tests/test_architecture.py. It holds no answers and no hidden tests, and runs a student's own code on the
student's own machine: nothing is confined here, and everything ends at a time limit.
"""
