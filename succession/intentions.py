"""What a declared intention means for the years to come. No queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from people.terms import months_later
from succession.enums import Intent

LATEST = 24  # months from which may be chosen once a term is over


@dataclass(frozen=True, slots=True)
class Declared:
    """What the holder of a position said, and the month from which they leave it before their term ends."""

    intent: Intent
    leaves_on: dt.date | None = None


def may_stand_again(term_number: int, max_terms: int) -> bool:
    """Whether the position's policy has a further term."""
    return term_number < max_terms


def months_to_leave(term_ends: dt.date, *, on: dt.date) -> list[dt.date]:
    """First days of the months in which a holder can leave before the term ends; of a term that is over, the
    months of the next two years."""
    until = term_ends if term_ends > on else months_later(on, LATEST + 1)
    first, found = months_later(on.replace(day=1), 1), []
    while first < until:
        found.append(first)
        first = months_later(first, 1)
    return found


def post_ends(declared: Declared | None, term_ends: dt.date, longest: dt.date) -> dt.date:
    """When the position is left by plan: with the last term that the policy allows, unless the holder said
    otherwise."""
    if declared is None or declared.intent in {Intent.UNSAID, Intent.AGAIN}:
        return longest
    return declared.leaves_on or term_ends


def holds_nothing_after(declared: Declared | None) -> bool:
    """Whether somebody follows nowhere else either: only who leaves for another role does."""
    return declared is not None and declared.intent in {Intent.PRACTICE, Intent.AWAY, Intent.LEAVE}
