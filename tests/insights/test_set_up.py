"""What whoever holds a position was given, and when the lack of it is a warning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.enums import Lack
from insights.models import SetUpRule
from insights.queries.seats import lines_in_force, seats
from insights.set_up import Lines, Seat, count_lacks, is_warned_of, lacks_of
from partnerships.enums import Part
from partnerships.models import Partner, Partnership
from people.models import Appointment, Person, Position, ReportingLine
from sponsors.enums import SponsorshipState
from sponsors.models import Sponsorship
from tenancy.scope import Scope
from tests.factories.people import make_person, make_position
from tests.world import World

DAY = dt.timedelta(days=1)
GOOD: dict[str, Any] = {
    "position_id": uuid4(),
    "title": "Chair",
    "unit": "Surgery",
    "path": "/",
    "since": dt.date(2020, 1, 1),
    "interim": False,
    "hours": Decimal(12),
    "reports": 15,
    "has_partner": True,
    "needs_onboarding": True,
    "has_onboarding": True,
    "has_sponsor": True,
}


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, []),
        ({"hours": Decimal(4)}, [Lack.TIME]),
        ({"hours": Decimal("4.1")}, []),
        ({"hours": None}, []),
        ({"reports": 16}, [Lack.SPAN]),
        ({"has_partner": False}, [Lack.PARTNER]),
        ({"has_onboarding": False}, [Lack.ONBOARDING]),
        ({"has_onboarding": False, "needs_onboarding": False}, []),
        ({"has_sponsor": False, "has_partner": False}, [Lack.PARTNER, Lack.SPONSOR]),
    ],
)
def test_each_lack_has_its_line(changes: dict[str, Any], lacks: list[Lack]) -> None:
    assert lacks_of(Seat(**{**GOOD, **changes}), Lines()) == lacks


def test_three_of_five_are_a_warning() -> None:
    two, three = [Lack.TIME, Lack.SPAN], [Lack.TIME, Lack.SPAN, Lack.SPONSOR]
    assert (is_warned_of(two, Lines()), is_warned_of(three, Lines())) == (False, True)
    assert is_warned_of(two, Lines(warn_from=2))
    counted = count_lacks([two, three])
    assert (counted[Lack.TIME], counted[Lack.SPONSOR], counted[Lack.PARTNER]) == (2, 1, 0)


@pytest.fixture
def head(mercy: World, in_mercy: Scope) -> Position:
    """Mara's since ten years."""
    found = Position.objects.get(title="Head of cardiology")
    Appointment.objects.filter(position=found).delete()
    held(found, mercy.mara, years=1)
    return found


def held(position: Position, person: Person, *, years: int, **fields: Any) -> Appointment:
    today = timezone.localdate()
    return Appointment.objects.create(
        position=position, person=person, start_date=today - years * 366 * DAY, **fields
    )


def only(position: Position) -> Seat:
    (found,) = [each for each in seats(on=timezone.localdate()) if each.position_id == position.pk]
    return found


class TestSeats:
    def test_reports_are_those_of_today_who_are_still_here(
        self, mercy: World, head: Position, in_mercy: Scope
    ) -> None:
        before = only(head).reports
        today = timezone.localdate()
        gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=today - DAY)
        here = make_person(mercy.organization, "Here", mercy.unit)
        for person in (gone, here):
            ReportingLine.objects.create(person=person, manager=mercy.mara, start_date=today - 9 * DAY)
        assert only(head).reports == before + 1

    def test_a_partner_is_somebody_else_in_the_same_partnership_of_today(
        self, mercy: World, head: Position, in_mercy: Scope
    ) -> None:
        today = timezone.localdate()
        assert not only(head).has_partner
        made = Partnership.objects.create(unit=mercy.unit, charter="Lead together.", start_date=today - DAY)
        shared = {"partnership": made, "share": 20, "start_date": today - DAY, "unit": mercy.unit}
        Partner.objects.create(person=mercy.mara, part=Part.PHYSICIAN, **shared)
        assert not only(head).has_partner
        other = Partner.objects.create(person=mercy.eli, part=Part.ADMINISTRATOR, **shared)
        assert only(head).has_partner
        Partner.objects.filter(pk=other.pk).update(end_date=today)
        assert not only(head).has_partner

    def test_a_sponsor_is_one_who_is_there(self, mercy: World, head: Position, in_mercy: Scope) -> None:
        today = timezone.localdate()
        made = Sponsorship.objects.create(
            leader=mercy.mara, sponsor=mercy.eli, asked_on=today - DAY, why="Because."
        )
        assert not only(head).has_sponsor
        Sponsorship.objects.filter(pk=made.pk).update(state=SponsorshipState.ACTIVE, started_on=today)
        assert only(head).has_sponsor

    def test_onboarding_is_for_those_who_came_within_three_years_for_good(
        self, mercy: World, head: Position, in_mercy: Scope
    ) -> None:
        assert only(head).needs_onboarding
        Appointment.objects.filter(position=head).update(interim=True)
        assert not only(head).needs_onboarding
        Appointment.objects.filter(position=head).delete()
        held(head, mercy.mara, years=3, end_date=timezone.localdate() - DAY)
        Appointment.objects.create(
            position=head, person=mercy.mara, start_date=timezone.localdate() - DAY, term_number=2
        )
        assert not only(head).needs_onboarding  # a second term is no beginning

    def test_all_positions_take_one_query(self, mercy: World, head: Position, in_mercy: Scope) -> None:
        for number in range(5):
            other = make_position(mercy.unit, title=f"Chair {number}")
            held(other, mercy.colin, years=1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(seats(on=timezone.localdate())) >= 6
        assert len(queries) == 1


class TestPages:
    def test_a_warning_is_on_top_and_in_the_file(
        self, mercy: World, head: Position, sign_in: Callable[[Person], Client]
    ) -> None:
        Person.objects.filter(pk=mercy.mara.pk).update(leadership_hours=2)
        browser = sign_in(mercy.eli)
        page = browser.get("/o/mercy/insights/set-up/")
        first = page.context["page"].rows[0]
        assert (first.seat.title, first.is_warned) == (head.title, True)
        assert mercy.mara.name not in page.content.decode()
        rows = browser.get("/o/mercy/insights/set-up.csv").content.decode().splitlines()
        assert any(row.startswith(head.title) and ",yes," in row and "Little time" in row for row in rows)
        assert not browser.get("/o/mercy/insights/set-up/?lack=span").context["page"].rows

    def test_hr_moves_the_lines(
        self, mercy: World, head: Position, in_mercy: Scope, sign_in: Callable[[Person], Client]
    ) -> None:
        browser = sign_in(mercy.henry)
        url = "/o/mercy/insights/set-up/lines/"
        bad = browser.post(url, {"least_hours": "41", "most_reports": "15", "warn_from": "6"})
        assert bad.status_code == 422
        assert bad.context["form"].errors.keys() == {"least_hours", "warn_from"}
        assert not SetUpRule.objects.exists()
        for warn_from in (1, 2):
            sent = {"least_hours": "6", "most_reports": "9", "warn_from": str(warn_from)}
            assert browser.post(url, sent).status_code == 302
        assert lines_in_force() == Lines(Decimal(6), 9, 2)

    def test_everybody_sees_their_own(
        self, mercy: World, head: Position, sign_in: Callable[[Person], Client]
    ) -> None:
        assert "No partner" in sign_in(mercy.mara).get("/o/mercy/insights/mine/").content.decode()
        assert "You hold no position" in sign_in(mercy.colin).get("/o/mercy/insights/mine/").content.decode()


def test_the_api_says_what_the_page_says(
    mercy: World, head: Position, sign_in: Callable[[Person], Client]
) -> None:
    Person.objects.filter(pk=mercy.mara.pk).update(leadership_hours=2)
    (found,) = [
        each
        for each in sign_in(mercy.eli).get("/api/v1/o/mercy/insights/set-up").json()
        if each["position_id"] == str(head.pk)
    ]
    assert (found["hours"], found["is_warned"]) == (2, True)
    assert found["lacks"] == [Lack.TIME, Lack.PARTNER, Lack.ONBOARDING, Lack.SPONSOR]
