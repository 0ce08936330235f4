"""Benchmarks: `make bench`, or `python3 -m launch bench -- NAME...` for some.

Each module of this package that has a function `measure() -> Iterable[Figure]` is a benchmark. It finds
Django set up, a migrated database without rows, and the application's role in DATABASE_URL (the owner's in
OWNER_DATABASE_URL); it makes an organisation of its own, and measures what it claims against a baseline in
the same run.
"""
