"""Grading on the machines of a `dask.distributed` cluster."""
