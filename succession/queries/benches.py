"""Positions and candidates as arrays, for the arithmetic of the bench and of vacancies to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef

from people.enums import PositionType
from people.models import Position
from people.queries import gone
from people.terms import months_later, years_later
from succession.enums import Band, CandidacyState
from succession.exposure import Cover
from succession.intentions import Declared, holds_nothing_after, post_ends
from succession.models import ReadinessAssessment
from succession.models.candidacies import EXPIRES
from succession.queries.covers import covers
from succession.vacancies import ASSUMED_EXITS, ASSUMED_READY_AFTER, NEVER, NOBODY, Plan, quarter_of

SENIORITY = {kind.value: place for place, kind in enumerate(PositionType)}


@dataclass(frozen=True, slots=True)
class Rated:
    """A candidate who said yes and was rated within a year."""

    position_id: UUID
    person_id: UUID
    band: str
    assessed_on: dt.date


@dataclass(frozen=True)
class Benches:
    """All positions, the most senior first, and all rated candidates, those ready soonest first. Arrays
    speak of both by their place."""

    on: dt.date
    positions: list[Cover]
    rated: list[Rated]
    term_years: dict[UUID, int]

    @cached_property
    def people(self) -> list[UUID]:
        """Everybody whom an array may name: candidates and incumbents."""
        named = [each.person_id for each in self.rated]
        return list(
            dict.fromkeys([*named, *(one.incumbent_id for one in self.positions if one.incumbent_id)])
        )

    @cached_property
    def place_of(self) -> dict[UUID, int]:
        """The places of positions."""
        return {each.position_id: place for place, each in enumerate(self.positions)}

    @cached_property
    def person_at(self) -> dict[UUID, int]:
        return {person: place for place, person in enumerate(self.people)}

    def ready_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Who is ready now for what: places of positions and of people, one pair each."""
        ready = [each for each in self.rated if each.band == Band.READY_NOW]
        return self._positions(ready), self._people(ready)

    def plan(self, declared: Mapping[tuple[UUID, UUID], Declared] = MappingProxyType({})) -> Plan:
        """Terms as holders declared their ends, by position and person; where nothing was said, whoever may
        serve another term does. Interim cover holds nothing."""
        start = self.on
        incumbents = [None if one.interim else one.incumbent_id for one in self.positions]
        held = {(one.position_id, who) for one, who in zip(self.positions, incumbents, strict=True)}
        candidates = [each for each in self.rated if (each.position_id, each.person_id) not in held]
        ends = [self._ends(one, declared) for one in self.positions]
        return Plan(
            incumbent=np.array(
                [NOBODY if who is None else self.person_at[who] for who in incumbents], dtype=np.int64
            ),
            term_end=np.array([in_post for in_post, _said in ends], dtype=np.int64),
            intention=np.array([said for _in_post, said in ends], dtype=np.int64),
            tenure=np.array(
                [4 * self.term_years[one.position_id] * one.max_terms for one in self.positions],
                dtype=np.int64,
            ),
            exit_rate=np.array([ASSUMED_EXITS[one.type] for one in self.positions]),
            candidate_position=self._positions(candidates),
            candidate_person=self._people(candidates),
            ready_at=np.array([self._ready_at(each, start) for each in candidates], dtype=np.int64),
        )

    def _positions(self, rated: list[Rated]) -> np.ndarray:
        return np.array([self.place_of[each.position_id] for each in rated], dtype=np.int64)

    def _people(self, rated: list[Rated]) -> np.ndarray:
        return np.array([self.person_at[each.person_id] for each in rated], dtype=np.int64)

    def _ends(self, cover: Cover, declared: Mapping[tuple[UUID, UUID], Declared]) -> tuple[int, int]:
        """The quarter in which a position is left by plan, and the one from which its holder, as they said,
        holds nothing."""
        if cover.term_ends is None or cover.term_number is None or cover.incumbent_id is None:
            return NEVER, NEVER
        said = None if cover.interim else declared.get((cover.position_id, cover.incumbent_id))
        further = max(cover.max_terms - cover.term_number, 0) * self.term_years[cover.position_id]
        longest = years_later(cover.term_ends, further)
        last = quarter_of(post_ends(said, cover.term_ends, longest), start=self.on)
        return last, last if holds_nothing_after(said) else NEVER

    @staticmethod
    def _ready_at(rated: Rated, start: dt.date) -> int:
        """The end of the band, counted from the day of the rating."""
        after = ASSUMED_READY_AFTER[rated.band]
        return (
            NEVER if after == NEVER else quarter_of(months_later(rated.assessed_on, 3 * after), start=start)
        )


def benches(*, on: dt.date, bands: Sequence[Band] = tuple(Band)) -> Benches:
    """Of the rated candidates those in some bands. Three queries, whatever the number of positions."""
    found = sorted(covers(on=on), key=lambda one: (SENIORITY[one.type], one.path.count("/"), one.title))
    newer = ReadinessAssessment.objects.filter(candidacy=OuterRef("candidacy"), at__gt=OuterRef("at"))
    fresh = (
        ReadinessAssessment.objects.filter(
            ~Exists(newer),
            band__in=bands,
            assessed_on__gt=months_later(on, -EXPIRES),
            candidacy__state=CandidacyState.MEMBER,
        )
        .exclude(candidacy__person__in=gone(on))
        .values_list("candidacy__pool__position", "candidacy__person", "band", "assessed_on")
    )
    rated = [Rated(*row) for row in fresh]
    order = {band.value: place for place, band in enumerate(Band)}
    rated.sort(key=lambda each: (order[each.band], each.assessed_on, each.person_id))
    years = dict(Position.objects.values_list("pk", "term_years"))
    return Benches(on, found, rated, years)
