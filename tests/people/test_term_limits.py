"""What the database refuses of appointments, and what it allows: terms, years, interim cover, time away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Appointment, Position, TermException
from people.terms import months_later, years_later
from tenancy.scope import Scope
from tests.factories.people import make_position
from tests.world import World

LIMIT = "people_term_limit"


@pytest.fixture
def chair(mercy: World, in_mercy: Scope) -> Position:
    return make_position(mercy.unit, "Chair of cardiology")


@contextmanager
def refused(name: str) -> Iterator[None]:
    """By the constraint of a name; what it refused is rolled back."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    diagnostics = caught.value.__cause__.diag  # type: ignore[union-attr]
    assert diagnostics.constraint_name == name


def hold(position: Position, world: World, start: dt.date, end: dt.date | None, **fields: Any) -> Appointment:
    return Appointment.objects.create(
        position=position, person=fields.pop("person", world.ada), start_date=start, end_date=end, **fields
    )


def allowed(position: Position, world: World, spans: list[tuple[dt.date, dt.date]]) -> bool:
    """Whether all may be held, tried in a savepoint that is rolled back."""
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            for start, end in spans:
                hold(position, world, start, end)
    except IntegrityError:
        return False
    finally:
        transaction.savepoint_rollback(point)
    return True


def test_two_terms_of_four_years_are_allowed_and_a_third_is_not(mercy: World, chair: Position) -> None:
    first = dt.date(2016, 2, 29)
    second, third = years_later(first, 4), years_later(first, 8)
    hold(chair, mercy, first, second)
    hold(chair, mercy, second, third, term_number=2)
    with refused(LIMIT):
        hold(chair, mercy, third, years_later(third, 1), term_number=3)


def test_another_position_or_person_has_a_clock_of_its_own(mercy: World, chair: Position) -> None:
    hold(chair, mercy, dt.date(2010, 1, 1), dt.date(2018, 1, 1))
    hold(make_position(mercy.unit, "Dean"), mercy, dt.date(2018, 1, 1), dt.date(2026, 1, 1))
    hold(chair, mercy, dt.date(2018, 1, 1), dt.date(2026, 1, 1), person=mercy.colin)
    assert Appointment.objects.filter(position=chair).count() == 2


@given(
    policy=st.fixed_dictionaries(
        {"term_years": st.integers(1, 8), "max_terms": st.integers(1, 4), "most_years": st.integers(1, 12)}
    ),
    start=st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    away=st.integers(0, 1500),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example is rolled back
def test_any_calendar_has_its_whole_years_and_no_more(
    mercy: World, chair: Position, policy: dict[str, int], start: dt.date, away: int
) -> None:
    """However terms fall on leap days, and however long somebody was away between them."""
    Position.objects.filter(pk=chair.pk).update(**policy)
    term, terms, most = (policy[name] for name in ("term_years", "max_terms", "most_years"))
    years = min(term * terms, most)
    spans, begin = [], start
    for place in range(years):  # year by year, as one appointment each of at most `terms`
        if place % term == 0 and place:
            begin += dt.timedelta(days=away)
        end = years_later(begin, 1)
        if place % term == 0:
            spans.append((begin, end))
        else:
            spans[-1] = (spans[-1][0], end)
        begin = end
    assert allowed(chair, mercy, spans), (policy, spans)
    longer = [*spans[:-1], (spans[-1][0], spans[-1][1] + dt.timedelta(days=3))]
    assert not allowed(chair, mercy, longer), (policy, longer)


def test_without_an_end_a_term_counts_as_long_as_the_policy(mercy: World, chair: Position) -> None:
    hold(chair, mercy, dt.date(2010, 1, 1), dt.date(2015, 1, 1))
    with refused(LIMIT):  # 5 + 4 years
        hold(chair, mercy, dt.date(2016, 1, 1), None)


def test_interim_cover_counts_when_it_is_long(mercy: World, chair: Position) -> None:
    start = dt.date(2018, 1, 1)
    short, long = months_later(start, -6), months_later(start, -7)
    hold(chair, mercy, start, dt.date(2026, 1, 1))
    brief = hold(chair, mercy, short, start, interim=True)
    brief.delete()
    with refused(LIMIT):
        hold(chair, mercy, long, start, interim=True)


def test_time_away_counts_only_where_there_is_a_cool_off(mercy: World, chair: Position) -> None:
    hold(chair, mercy, dt.date(2000, 1, 1), dt.date(2008, 1, 1))
    again = (dt.date(2012, 1, 1), dt.date(2016, 1, 1))
    with refused(LIMIT):
        hold(chair, mercy, *again)
    Position.objects.filter(pk=chair.pk).update(cool_off_years=5)
    with refused(LIMIT):
        hold(chair, mercy, *again)
    Position.objects.filter(pk=chair.pk).update(cool_off_years=4)
    hold(chair, mercy, *again)


def test_a_soft_limit_refuses_nothing(mercy: World, chair: Position) -> None:
    Position.objects.filter(pk=chair.pk).update(hard_limit=False)
    hold(chair, mercy, dt.date(2000, 1, 1), dt.date(2026, 1, 1))


def test_an_earlier_term_written_later_is_counted(mercy: World, chair: Position) -> None:
    hold(chair, mercy, dt.date(2018, 1, 1), dt.date(2026, 1, 1))
    with refused(LIMIT):
        hold(chair, mercy, dt.date(2016, 1, 1), dt.date(2017, 1, 1))


def test_longer_is_refused_and_shorter_never(mercy: World, chair: Position) -> None:
    Position.objects.filter(pk=chair.pk).update(hard_limit=False)
    too_long = hold(chair, mercy, dt.date(2000, 1, 1), dt.date(2026, 1, 1))
    Position.objects.filter(pk=chair.pk).update(hard_limit=True)
    mine = Appointment.objects.filter(pk=too_long.pk)
    mine.update(end_date=dt.date(2020, 1, 1))
    with refused(LIMIT):
        mine.update(end_date=dt.date(2021, 1, 1))
    with refused(LIMIT):
        mine.update(start_date=dt.date(1999, 1, 1))


class TestExceptions:
    def except_(self, chair: Position, world: World, **fields: Any) -> TermException:
        values: dict[str, Any] = {
            "position": chair,
            "person": world.ada,
            "expires_on": dt.date(2027, 12, 31),
            "reason": "The merger ends in 2027.",
            "asked_by": world.henry,
            "asked_on": dt.date(2025, 1, 1),
            **fields,
        }
        return TermException.objects.create(**values)

    def approve(self, exception: TermException, world: World) -> None:
        exception.approved_by, exception.approved_on = world.eli, dt.date(2025, 2, 1)
        exception.save()

    def test_only_an_approved_one_allows_and_only_until_its_day(self, mercy: World, chair: Position) -> None:
        hold(chair, mercy, dt.date(2018, 1, 1), dt.date(2026, 1, 1))
        asked = self.except_(chair, mercy)
        with refused(LIMIT):
            hold(chair, mercy, dt.date(2026, 1, 1), dt.date(2028, 1, 1))
        self.approve(asked, mercy)
        with refused(LIMIT):
            hold(chair, mercy, dt.date(2026, 1, 1), dt.date(2028, 1, 2))
        hold(chair, mercy, dt.date(2026, 1, 1), dt.date(2028, 1, 1))

    def test_nobody_asks_or_approves_for_themselves(self, mercy: World, chair: Position) -> None:
        with refused("people_termexception_three_people"):
            self.except_(chair, mercy, asked_by=mercy.ada)
        for person in (mercy.ada, mercy.henry):
            with refused("people_termexception_three_people"):
                self.except_(chair, mercy, approved_by=person, approved_on=dt.date(2025, 2, 1))

    def test_without_reason_or_with_an_expiry_past_it_is_none(self, mercy: World, chair: Position) -> None:
        with refused("people_termexception_reason"):
            self.except_(chair, mercy, reason="")
        with refused("people_termexception_expiry"):
            self.except_(chair, mercy, expires_on=dt.date(2025, 1, 1))

    def test_it_is_not_changed(self, mercy: World, chair: Position) -> None:
        made = self.except_(chair, mercy)
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            TermException.objects.filter(pk=made.pk).update(expires_on=dt.date(2030, 1, 1))
        self.approve(made, mercy)
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            TermException.objects.filter(pk=made.pk).update(approved_on=None, approved_by=None)


class TestOverlaps:
    def test_one_holds_a_position_at_a_time(self, mercy: World, chair: Position) -> None:
        hold(chair, mercy, dt.date(2024, 1, 1), None)
        with refused("people_appointment_one_holder"):
            hold(chair, mercy, dt.date(2025, 1, 1), None, person=mercy.colin)

    def test_somebody_may_cover_for_who_is_away(self, mercy: World, chair: Position) -> None:
        hold(chair, mercy, dt.date(2024, 1, 1), None)
        hold(chair, mercy, dt.date(2025, 1, 1), dt.date(2025, 4, 1), person=mercy.colin, interim=True)
        with refused("people_appointment_one_cover"):
            hold(chair, mercy, dt.date(2025, 2, 1), dt.date(2025, 5, 1), person=mercy.mara, interim=True)

    def test_nobody_covers_for_themselves(self, mercy: World, chair: Position) -> None:
        hold(chair, mercy, dt.date(2024, 1, 1), None)
        with refused("people_appointment_not_twice"):
            hold(chair, mercy, dt.date(2025, 1, 1), dt.date(2025, 4, 1), interim=True)
