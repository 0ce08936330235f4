"""Reading one section of a case file: typed values, and every mistake noted, not only the first."""

from __future__ import annotations

import re
from typing import Any

from passport.cases.problems import Problem

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Section:
    """A mapping of the file at `path`. What nobody asked for is an unknown key when the section closes."""

    def __init__(self, values: Any, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self.note("", "This has to be a list of names with values.")

    def place(self, name: str) -> str:
        return ".".join(part for part in (self.path, name) if part)

    def note(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.place(name), message))

    def has(self, name: str) -> bool:
        return name in self._values

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.get(name)

    def text(self, name: str, *, optional: bool = False, longest: int = 2000) -> str:
        value = self._take(name)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.note(name, "Text is missing.")
            return ""
        if len(value) > longest:
            self.note(name, f"At most {longest} characters.")
        return value.strip()

    def key(self, name: str = "key") -> str:
        value = self.text(name)
        if value and not KEY.fullmatch(value):
            self.note(name, "Use small letters, digits and underscores, beginning with a letter; at most 40.")
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self._take(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.note(name, f"A whole number from {low} to {high} is needed.")
            return low
        return value

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self.note(name, "Write true or false.")
        return value is True

    def numbers(self, name: str, known: set[str], low: int, high: int) -> dict[str, int]:
        """Whole numbers by the key of a measure, none when absent."""
        if not self.has(name):
            return {}
        inner = Section(self._take(name), self.place(name), self.problems)
        return {key: inner.whole(key, low, high) for key in inner.names(known)}

    def texts(self, name: str, known: set[str]) -> dict[str, str]:
        """Texts by a known key, none when absent."""
        if not self.has(name):
            return {}
        inner = Section(self._take(name), self.place(name), self.problems)
        return {key: inner.text(key) for key in inner.names(known)}

    def names(self, known: set[str]) -> list[str]:
        """The names here that are known; each other one is a problem."""
        for name in self._values:
            if name not in known:
                self.note(str(name), "This is not declared.")
        return [name for name in self._values if name in known]

    def lines(self, name: str, exactly: int) -> tuple[str, ...]:
        value = self._take(name)
        if (
            not isinstance(value, list)
            or len(value) != exactly
            or not all(isinstance(line, str) and line.strip() for line in value)
        ):
            self.note(name, f"Exactly {exactly} texts are needed.")
            return ()
        return tuple(line.strip() for line in value)

    def several(self, name: str, fewest: int = 0) -> tuple[str, ...]:
        """A list of texts, none when absent."""
        value = self._take(name)
        listed = value if isinstance(value, list) else []
        if (
            (value is not None and not isinstance(value, list))
            or len(listed) < fewest
            or not all(isinstance(text, str) and text.strip() for text in listed)
        ):
            self.note(name, f"A list of at least {fewest} texts is needed." if fewest else "A list of texts.")
            return ()
        return tuple(text.strip() for text in listed)

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        value = self._take(name)
        if value not in choices:
            self.note(name, f"One of these is needed: {', '.join(choices)}.")
            return choices[0]
        return str(value)

    def section(self, name: str) -> Section:
        return Section(self._take(name), self.place(name), self.problems)

    def sections(self, name: str, fewest: int = 0) -> list[Section]:
        value = self._take(name)
        rows = value if isinstance(value, list) else []
        if (value is not None and not isinstance(value, list)) or len(rows) < fewest:
            self.note(name, f"A list of at least {fewest} is needed.")
        return [Section(row, self.place(f"{name}.{at}"), self.problems) for at, row in enumerate(rows)]

    def close(self) -> None:
        for name in self._values:
            if name not in self._asked:
                self.note(str(name), "This key is not known.")


def refuse_twice(section: Section, name: str, keys: list[str]) -> None:
    """Keys of one list are different."""
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        section.note(name, f"“{key}” is there twice.")
