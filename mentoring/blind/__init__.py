"""The part of a matching that must not know whom it matches: its own login, and what it reads with it.

Imports `mentoring.matching`, the arithmetic, and nothing that could look a person up (pyproject.toml).
"""
