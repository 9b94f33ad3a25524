"""What was handed in: finding it, unpacking it, choosing each student's notebook, reading it."""
