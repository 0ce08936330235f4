"""What changed in a pool since it was last reviewed: figures, flags and people. No queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from succession.enums import Band, Flag


class Scorecard(Protocol):
    """The figures of a pool on a day, as a snapshot keeps them."""

    ready_now: int
    one_two: int
    three_five: int
    later: int
    stale: int
    unassessed: int
    interim_cover: int
    members: int
    flags: list[str]


# What a scorecard says, and whether more of it is better (1), worse (-1) or neither (0).
FIGURES: Final[tuple[tuple[str, Promise, int], ...]] = (
    ("ready_now", _("Ready now"), 1),
    ("one_two", _("In 1–2 years"), 0),
    ("three_five", _("In 3–5 years"), 0),
    ("later", _("Later"), 0),
    ("stale", _("Stale"), -1),
    ("unassessed", _("Not rated"), -1),
    ("interim_cover", _("Could cover from tomorrow on"), 1),
    ("members", _("Candidates"), 0),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the scorecard. `before`: None where there is nothing to compare with."""

    label: str | Promise
    before: int | None
    now: int
    sign: int

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.now - self.before

    @property
    def difference_told(self) -> str:
        """Signed, with a minus that is one; empty where nothing moved."""
        if not self.difference:
            return ""
        return f"+{self.difference}" if self.difference > 0 else f"−{-self.difference}"

    @property
    def tone(self) -> str:
        """ "ok" or "bad" where a change is plainly better or worse."""
        way = (self.difference or 0) * self.sign
        return "ok" if way > 0 else "bad" if way < 0 else ""


@dataclass(frozen=True, slots=True)
class Changes:
    """`raised` and `cleared`: flags that were not there, and that are no longer. `known`: there is an earlier
    review to compare with."""

    figures: list[Figure]
    raised: list[Flag] = field(default_factory=list)
    cleared: list[Flag] = field(default_factory=list)
    known: bool = False

    @property
    def moved(self) -> bool:
        return bool(self.raised or self.cleared) or any(each.difference for each in self.figures)


def changes_since(before: Scorecard | None, now: Scorecard) -> Changes:
    """All figures, and the flags that came and went, in the order of the enumeration."""
    figures = [
        Figure(label, None if before is None else getattr(before, name), getattr(now, name), sign)
        for name, label, sign in FIGURES
    ]
    if before is None:
        return Changes(figures)
    raised, were = set(now.flags), set(before.flags)
    return Changes(
        figures,
        raised=[flag for flag in Flag if flag in raised - were],
        cleared=[flag for flag in Flag if flag in were - raised],
        known=True,
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """People by what became of them, in the order in which they were named."""

    joined: list[UUID]
    left: list[UUID]
    nearer: list[UUID]
    further: list[UUID]

    def __bool__(self) -> bool:
        return bool(self.joined or self.left or self.nearer or self.further)


def moves_between(before: Mapping[UUID, str | None], now: Mapping[UUID, str | None]) -> Moves:
    """Of candidates with their bands; None for who has no rating, which is neither nearer nor further."""
    place = {band.value: number for number, band in enumerate(Band)}

    def who(people: Iterable[UUID], test: Callable[[int], bool]) -> list[UUID]:
        found = []
        for person in people:
            was, is_now = before.get(person), now.get(person)
            if was is not None and is_now is not None and test(place[is_now] - place[was]):
                found.append(person)
        return found

    return Moves(
        joined=[person for person in now if person not in before],
        left=[person for person in before if person not in now],
        nearer=who(now, lambda way: way < 0),
        further=who(now, lambda way: way > 0),
    )
