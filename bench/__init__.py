"""Measures search and pages beside their peers, in one run, on one machine: `python -m bench`."""
