"""The untrusted side: the processes in which submissions run.

Imports nothing else of the package and holds no answers. The judge imports the wire format from here.
"""
