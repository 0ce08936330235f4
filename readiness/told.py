"""Which key figures somebody is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mentoring.permissions import can_see_satisfaction
from mentoring.queries.satisfaction import satisfaction_index
from people.member import Member
from readiness.careers import careers_of, careers_of_others
from readiness.cohorts import CohortFilter, sees_everyone
from readiness.key_figures import KeyFigure, figures_by_year, figures_of, figures_of_satisfaction
from readiness.question import Asked


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """All that is told at once: now, and over time."""

    now: list[KeyFigure]
    over_time: list[KeyFigure]
    compared: bool

    @property
    def lines(self) -> list[KeyFigure]:
        return [*self.now, *self.over_time]


def told_to(question: Asked) -> KeyFigures:
    """The figures of those whom a question chooses. Others are told of over the whole organisation alone: two
    filters could be taken away from each other, and these people are in nobody's care."""
    return told_of(question.chosen, question.member, persons=question.persons, on=question.on)


def told_of(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> KeyFigures:
    """The same of a filter, for whoever looks."""
    compared = chosen.is_everybody and sees_everyone(member, persons=persons)
    careers = careers_of(chosen, member, persons=persons, on=on)
    now = figures_of(careers, careers_of_others(member, on=on) if compared else None, today=on)
    over_time = figures_by_year(careers, today=on)
    if can_see_satisfaction(member):
        quarters = satisfaction_index(on=on)
        now += figures_of_satisfaction(quarters[-1:])
        over_time += figures_of_satisfaction(quarters[:-1])
    return KeyFigures(now, over_time, compared)
