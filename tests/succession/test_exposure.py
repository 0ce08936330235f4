"""How positions are covered, counted in one statement, and what their figures raise."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Appointment, Position
from people.terms import months_later
from succession.enums import Band, CandidacyState, Flag, Rung
from succession.exposure import Cover, count_flags, flags_of
from succession.models import Pool
from succession.queries.covers import covers
from tests.factories.people import make_person, make_position
from tests.factories.succession import (
    make_candidacy,
    make_ladder_task,
    make_pool,
    make_rating,
    make_term_exception,
)
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
GOOD: dict[str, Any] = {
    "position_id": uuid4(),
    "title": "Chair",
    "type": "other",
    "unit_id": uuid4(),
    "unit": "Surgery",
    "path": "/",
    "incumbent_id": uuid4(),
    "incumbent": "Mara",
    "interim": False,
    "term_number": 1,
    "max_terms": 2,
    "term_ends": TODAY.replace(year=TODAY.year + 3),
    "pool_id": uuid4(),
    "keeper_id": None,
    "ready_target": 2,
    "soon_target": 3,
    "members": 4,
    "asked": 0,
    "ready": 2,
    "soon": 3,
    "stale": 0,
    "unassessed": 1,
    "interim_cover": 1,
}


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, []),
        ({"incumbent_id": None, "incumbent": "", "term_ends": None}, [Flag.VACANT, Flag.NO_OWNER]),
        ({"incumbent_id": None, "term_ends": None, "keeper_id": uuid4()}, [Flag.VACANT]),
        ({"interim": True}, [Flag.INTERIM]),
        ({"overdue_rungs": 1}, [Flag.LADDER]),
        ({"by_exception": True}, [Flag.EXCEPTION]),
        ({"is_unplanned": True}, [Flag.UNPLANNED]),
        ({"term_ends": TODAY}, [Flag.OVERDUE]),
        ({"term_ends": TODAY + DAY}, [Flag.ENDING]),
        ({"term_ends": months_later(TODAY, 24)}, [Flag.ENDING]),
        ({"term_ends": months_later(TODAY, 24) + DAY}, []),
        ({"pool_id": None, "ready": 0, "soon": 0, "members": 0}, [Flag.NO_POOL]),
        ({"ready": 0, "soon": 3}, [Flag.NO_READY]),
        ({"ready": 1}, [Flag.BELOW]),
        ({"soon": 2}, [Flag.BELOW]),
        ({"members": 1, "ready": 1, "soon": 1}, [Flag.SINGLE, Flag.BELOW]),
        ({"stale": 1}, [Flag.STALE]),
    ],
)
def test_each_flag_has_its_line(changes: dict[str, Any], flags: list[Flag]) -> None:
    assert flags_of(Cover(**{**GOOD, **changes}), on=TODAY) == flags


def test_flags_are_counted_with_zeros() -> None:
    counted = count_flags([[Flag.STALE, Flag.SINGLE], [Flag.STALE]])
    assert (counted[Flag.STALE], counted[Flag.SINGLE], counted[Flag.VACANT]) == (2, 1, 0)


def only(position: Position) -> Cover:
    (found,) = covers(on=TODAY, positions=[position.pk])
    return found


class TestCovers:
    def test_candidates_are_counted_by_their_newest_rating(
        self, mercy: World, head: Position, pool: Pool
    ) -> None:
        bands = {"ada": Band.READY_NOW, "colin": Band.ONE_TWO, "eli": Band.LATER, "paula": None}
        for name, band in bands.items():
            make_candidacy(pool, mercy.people[name], mercy.mara, band=band)
        make_candidacy(pool, mercy.olga, mercy.mara, state=CandidacyState.ASKED)
        make_candidacy(pool, mercy.aude, mercy.mara, state=CandidacyState.DECLINED)
        found = only(head)
        assert (found.members, found.asked, found.ready, found.soon, found.stale, found.unassessed) == (
            4, 1, 1, 2, 0, 1,
        )  # fmt: skip
        assert (found.incumbent, found.owner_id) == (mercy.mara.name, mercy.mara.pk)

    def test_a_rating_is_stale_after_twelve_months_and_a_newer_one_counts(
        self, mercy: World, head: Position, pool: Pool
    ) -> None:
        candidacy = make_candidacy(pool, mercy.ada, mercy.mara)
        last_year = months_later(TODAY, -12)
        old = make_rating(
            candidacy, mercy.mara, Band.READY_NOW, assessed_on=last_year, at=timezone.now() - 365 * DAY
        )
        assert (only(head).ready, only(head).stale, old.is_stale) == (0, 1, True)
        make_rating(candidacy, mercy.mara, Band.READY_NOW, assessed_on=last_year + DAY)
        assert (only(head).ready, only(head).stale) == (1, 0)

    def test_who_has_left_is_not_counted(self, mercy: World, head: Position, pool: Pool) -> None:
        gone = make_person(mercy.organization, "Greta", mercy.unit, end_date=TODAY - DAY)
        make_candidacy(pool, gone, mercy.mara, band=Band.READY_NOW)
        assert (only(head).members, only(head).ready) == (0, 0)

    def test_a_vacant_position_is_the_keepers(self, mercy: World, head: Position, pool: Pool) -> None:
        Appointment.objects.filter(position=head).update(end_date=TODAY)
        Pool.objects.filter(pk=pool.pk).update(keeper=mercy.eli)
        found = only(head)
        assert (found.incumbent_id, found.term_ends, found.owner_id) == (None, None, mercy.eli.pk)

    def test_the_holder_goes_before_the_cover(self, mercy: World, head: Position) -> None:
        Appointment.objects.create(position=head, person=mercy.colin, start_date=TODAY, interim=True)
        assert (only(head).incumbent_id, only(head).interim) == (mercy.mara.pk, False)

    def test_a_rung_that_was_due_a_month_ago(self, mercy: World, head: Position) -> None:
        held = Appointment.objects.get(position=head)
        task = make_ladder_task(held, Rung.REFRESH, due_on=TODAY - 31 * DAY)
        make_ladder_task(held, Rung.OPEN, due_on=TODAY - 30 * DAY)
        assert only(head).overdue_rungs == 1
        task.done_on = TODAY
        task.save(update_fields=["done_on"])
        assert only(head).overdue_rungs == 0

    def test_held_by_an_exception_in_force(self, mercy: World, head: Position) -> None:
        made = make_term_exception(head, mercy.mara, mercy.henry)
        assert not only(head).by_exception
        made.approved_by_id, made.approved_on = mercy.eli.pk, TODAY
        made.save(update_fields=["approved_by", "approved_on"])
        assert only(head).by_exception

    @pytest.mark.parametrize(
        ("state", "unplanned"), [(None, True), (CandidacyState.LEFT, False), (CandidacyState.DECLINED, True)]
    )
    def test_filled_from_outside_its_pool(
        self, mercy: World, head: Position, pool: Pool, state: CandidacyState | None, unplanned: bool
    ) -> None:
        assert not only(head).is_unplanned  # held since before there was a pool
        Appointment.objects.filter(position=head).update(end_date=TODAY - 10 * DAY)
        if state:
            make_candidacy(pool, mercy.ada, mercy.mara, state=state)
        Appointment.objects.create(position=head, person=mercy.ada, start_date=TODAY - 10 * DAY)
        assert only(head).is_unplanned is unplanned

    def test_all_positions_take_one_statement(self, mercy: World, head: Position, pool: Pool) -> None:
        for number in range(5):
            make_pool(make_position(mercy.unit, f"Chair {number}"), mercy.henry)
        with CaptureQueriesContext(connection) as captured:
            found = covers(on=TODAY)
        assert (len(found), len(captured)) == (6, 1)
        assert found[0].term_ends is None  # vacant ones first
        assert found[-1].title == head.title
