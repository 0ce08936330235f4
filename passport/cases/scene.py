"""What a page shows of a case being played, and of one that is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One way on: move `{"choice": key}`. Where it is not open, `reason` says what it would need."""

    key: str
    label: str
    is_open: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Field:
    """One thing to fill in: move `{name: value}`. A `check` is ticked by any text and left by absence."""

    name: str
    label: str
    kind: str  # check, number, text, choice
    help: str = ""
    low: int | None = None
    high: int | None = None
    longest: int | None = None
    value: str = ""
    is_needed: bool = False
    options: tuple[tuple[str, str], ...] = ()  # of a choice: keys with their labels


@dataclass(frozen=True)
class Row:
    """A row with a `key` is a sum that the page can reckon anew: its cells are now, planned and change."""

    label: str
    cells: tuple[str, ...]
    is_total: bool = False
    key: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Constraint:
    """`value` is where it stands, `fact` what it has to be; the sum of its `key` reckons it anew."""

    label: str
    is_met: bool
    fact: str
    key: str = ""
    value: str = ""


@dataclass(frozen=True)
class Sum:
    """`(base + sum of weight x field) // per`, rounded down, for a page that reckons while somebody types."""

    key: str
    base: int
    weights: Mapping[str, int]  # by the name of a field
    per: int = 1
    at_least: int | None = None
    at_most: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Scene:
    """One screen. It has choices, or fields with one button, or both, or is over. `seconds` is for the timed
    part; `brief` is what one may want to read again."""

    title: str
    text: str
    speaker: str = ""
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    table: Table | None = None
    constraints: tuple[Constraint, ...] = ()
    is_over: bool = False
    seconds: int | None = None
    brief: str = ""
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class Taken:
    scene: str
    what: str
    after: str


@dataclass(frozen=True)
class NotTaken:
    scene: str
    what: str
    would: str


@dataclass(frozen=True)
class CriterionFacts:
    """What was seen that bears on one criterion. The facilitator marks; a case never does."""

    key: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A place in a plane: worth to you across, worth to them upwards, 0 to 100."""

    label: str
    across: float
    up: float


@dataclass(frozen=True)
class Plane:
    """What was possible for two sides: the efficient frontier, the way taken and where it ended."""

    caption: str
    axes: tuple[str, str]
    frontier: tuple[Spot, ...]
    steps: tuple[Spot, ...]
    end: Spot
    without: Spot


@dataclass(frozen=True)
class Debrief:
    taken: tuple[Taken, ...]
    not_taken: tuple[NotTaken, ...]
    facts: tuple[CriterionFacts, ...]
    table: Table | None = None
    plane: Plane | None = None
