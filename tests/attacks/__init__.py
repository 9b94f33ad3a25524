"""Hostile submissions, each named by what it tries.

They run only against the kit, and are harmless where its border fails: they aim at processes, files and
ports that the test made (see `lab`), and use bounded amounts.
"""
