"""The grading image, built and used for real: `make test-docker`.

An engine is found or started, a base image is made without any hub, and images are built from the kit's own zips by
Gradescope's recipe and by `otter grade`. See `engine.py` and `base.py` for what is needed, and what is tidied up.
"""
