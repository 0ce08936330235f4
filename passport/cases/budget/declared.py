"""A budget case as its file declares it: lines, what they add up to, what has to be met, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

ANY = "any"  # of a rule: whichever line it fits


@dataclass(frozen=True)
class Line:
    """An amount in whole units of the case (thousands, say) that may be planned from `least` to `most`."""

    key: str
    title: str
    kind: str  # cost, income
    amount: int
    least: int
    most: int
    note: str


@dataclass(frozen=True)
class Formula:
    """`(base + sum of weight x plan) // per`, rounded down. A page reckons it in the same way."""

    base: int
    weights: Mapping[str, int]
    per: int = 1

    def value(self, plan: Mapping[str, int]) -> int:
        return (self.base + sum(weight * plan[key] for key, weight in self.weights.items())) // self.per


@dataclass(frozen=True)
class Quantity:
    """A total of lines, or (with a `start`) a measure that moves with what is changed in them."""

    key: str
    title: str
    unit: str
    weights: Mapping[str, int]
    per: int = 1
    start: int | None = None

    def formula(self, before: Mapping[str, int]) -> Formula:
        if self.start is None:
            return Formula(0, self.weights, self.per)
        moved = sum(weight * before[key] for key, weight in self.weights.items())
        return Formula(self.start * self.per - moved, self.weights, self.per)


@dataclass(frozen=True)
class Limit:
    """A constraint on a quantity or a line, and how it is pushed back on while it is not met."""

    key: str
    title: str
    of: str
    at_least: int | None
    at_most: int | None
    says: str
    again: str
    criterion: str

    def is_met(self, value: int) -> bool:
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)

    def gap(self, value: int) -> int:
        """How far a value is from meeting it."""
        return max(
            0, (self.at_least or 0) - value, value - (self.at_most if self.at_most is not None else value)
        )

    @property
    def bound(self) -> int:
        return self.at_least if self.at_least is not None else self.at_most or 0


@dataclass(frozen=True)
class When:
    """What a rule asks of the sheet and of what was said. Every part given has to hold; none is empty."""

    line: str = ""  # a key, or ANY
    cut: int = 0  # the line is planned lower by at least this much
    raised: int = 0
    no_figure: bool = False
    fewer_words: int = 0
    mentions: tuple[str, ...] = ()  # one of these words or phrases is there
    lacks: tuple[str, ...] = ()  # none of them is
    unmet: str = ""  # a limit
    of: str = ""  # a quantity or a line
    below: int | None = None
    above: int | None = None
    cuts_in: str = ""  # a total
    share: int = 0  # percent of all cuts in costs that lie in it, at least


@dataclass(frozen=True)
class Rule:
    """Something that the finance officer asks; `again` is said once more if it still holds."""

    key: str
    when: When
    says: str
    again: str
    criterion: str


@dataclass(frozen=True)
class Event:
    """Something that changes what the lines begin from, just before a round of questions."""

    round: int
    title: str
    text: str
    changes: Mapping[str, int]


@dataclass(frozen=True)
class Look:
    """What is looked for in the summary; only what is found or not is told."""

    words: tuple[str, ...]
    there: str
    missing: str
    criterion: str


@dataclass(frozen=True)
class Summary:
    title: str
    text: str
    seconds: int
    criterion: str
    looks: tuple[Look, ...]


@dataclass(frozen=True)
class Option:
    """A plan that the case knows; lines it does not name stay as they are."""

    title: str
    text: str
    plan: Mapping[str, int]


@dataclass(frozen=True)
class Page:
    title: str
    text: str


@dataclass(frozen=True)
class Officer:
    name: str
    rounds: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Budget:
    unit: str
    sheet: Page
    lines: Mapping[str, Line]
    quantities: Mapping[str, Quantity]
    limits: tuple[Limit, ...]
    justify: Page
    justify_from: int
    justify_criterion: str
    officer: Officer
    events: tuple[Event, ...]
    summary: Summary
    options: tuple[Option, ...]
    over: Page

    def shift(self, key: str, at: int) -> int:
        """By how much events up to round `at` have changed a line."""
        return sum(event.changes.get(key, 0) for event in self.events if event.round <= at)

    def before(self, at: int) -> dict[str, int]:
        """Each line as it is without a plan, after the events up to round `at`."""
        return {key: line.amount + self.shift(key, at) for key, line in self.lines.items()}

    @cached_property
    def last_event(self) -> int:
        return max((event.round for event in self.events), default=0)

    def value(self, of: str, before: Mapping[str, int], plan: Mapping[str, int]) -> int:
        """A quantity or a line under a plan."""
        return self.formula(of, before).value(plan)

    def formula(self, of: str, before: Mapping[str, int]) -> Formula:
        return Formula(0, {of: 1}) if of in self.lines else self.quantities[of].formula(before)

    def title(self, of: str) -> str:
        return self.lines[of].title if of in self.lines else self.quantities[of].title

    def unit_of(self, of: str) -> str:
        return self.unit if of in self.lines else self.quantities[of].unit
