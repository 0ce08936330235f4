"""What can be wrong with a case file, and with a move in a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake of a file: where (`nodes.2.to`), and what to do about it in plain words."""

    path: str
    message: str


class CaseError(Exception):
    """The file is not a case. Holds every problem found, so that an author mends them at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{each.path}: {each.message}" for each in problems))
        self.problems = problems


class MoveError(Exception):
    """The move cannot be made; `field` is the name of the form field at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
