"""Staff numbers as people paste them: one a line, or several with commas or semicolons. No queries."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from uuid import UUID

LIMIT = 2_000
_SEPARATORS = re.compile(r"[,;\t]")


def numbered(text: str) -> list[tuple[int, str]]:
    """Each staff number with the line it stands in, in their order."""
    return [
        (line, part.strip())
        for line, content in enumerate(text.splitlines(), 1)
        for part in _SEPARATORS.split(content)
        if part.strip()
    ]


def faults(entries: list[tuple[int, str]], known: Mapping[str, UUID], taken: Container[UUID]) -> list[str]:
    """What is wrong, line by line: unknown numbers, people who are or were there, and repetitions."""
    if len(entries) > LIMIT:
        return [f"There are {len(entries):,} staff numbers; at most {LIMIT:,} can be added at once."]
    found = []
    first: dict[str, int] = {}
    for line, number in entries:
        if number in first:
            found.append(f"Line {line}: {number} stands in line {first[number]} already.")
        elif number not in known:
            found.append(f"Line {line}: nobody who works here has the staff number {number}.")
        elif known[number] in taken:
            found.append(f"Line {line}: {number} is or was in this cohort already.")
        first.setdefault(number, line)
    return found
