"""A student's machine: the zip alone, an empty environment made by its README, and what that costs."""
