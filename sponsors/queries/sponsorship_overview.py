"""Who has a primary sponsor, and how many places sponsors have: figures for whoever answers for leaders."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from mentoring.queries.overview import Share, share_of
from people.member import Member
from sponsors.enums import NightFiguresOf
from sponsors.queries.night_figures import night_figures
from sponsors.queries.profiles import Load, load_of_sponsors
from sponsors.queries.sponsorships import leaders_with_sponsor


@dataclass(frozen=True, slots=True)
class Sponsored:
    """Leaders with a sponsor, and the load of sponsors. `as_of`: when they were counted; None: just now."""

    with_sponsor: Share
    load: Load
    as_of: dt.datetime | None = None


def sponsored_of(member: Member, *, cohort: UUID | None = None, on: dt.date) -> Sponsored:
    """Of the leaders a member answers for. Of everybody as they were counted in the night, where they were.
    Two queries at most."""
    stored = None if cohort or member.directed_cohorts else night_figures(NightFiguresOf.SPONSORS)
    if stored is None:
        return Sponsored(leaders_with_sponsor(member, cohort=cohort, on=on), load_of_sponsors(on=on))
    (count, n), load = stored.told
    return Sponsored(share_of(count, n), Load(*load), stored.as_of)


def sponsored_of_everybody(*, on: dt.date) -> Sponsored:
    """Two queries."""
    return Sponsored(leaders_with_sponsor(None, on=on), load_of_sponsors(on=on))


def sponsored_as_json(told: Sponsored) -> list[Any]:
    """What can be read again."""
    return [[told.with_sponsor.count, told.with_sponsor.n], astuple(told.load)]
