"""Who leads, kept quarter by quarter, and what is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from scipy import stats

from insights.critical_mass import Counted, share, together, weekly_hours, who_leads
from insights.models import LeadershipQuarter
from insights.queries.leadership import quarters_kept
from insights.services.leadership_quarters import QUARTERS, keep_quarters
from people.enums import Profession
from people.models import Appointment, Person, Position, ReportingLine
from sponsors.models import CoachingSession
from tenancy.jobs.periods import end_of, previous_quarter, quarter_end, quarter_of, quarter_start
from tenancy.scope import Scope
from tests.factories.people import make_person
from tests.world import World

DAY = dt.timedelta(days=1)


def counted(**changes: Any) -> Counted:
    values = {
        "profession": "physician",
        "staff": 100,
        "holders": 4,
        "leaders": 10,
        "planned": 6,
        "hours": 60.0,
        "squares": 640.0,
        "minutes": 1200,
        "developed": 8,
        **changes,
    }
    return Counted(**values)


class TestArithmetic:
    def test_a_share_is_wilsons(self) -> None:
        found = share(10, 100)
        expected = stats.binomtest(10, 100).proportion_ci(method="wilson")
        assert (found.value, found.low, found.high) == pytest.approx((0.1, expected.low, expected.high))
        assert share(0, 0).value is None

    def test_hours_have_students_interval(self) -> None:
        hours = [4.0, 8, 8, 12, 20, 2]
        found = weekly_hours(6, sum(hours), sum(each**2 for each in hours))
        low, high = stats.t.interval(0.95, 5, loc=np.mean(hours), scale=stats.sem(hours))
        assert (found.mean, found.low, found.high) == pytest.approx((9, max(low, 0), high))
        assert weekly_hours(1, 4, 16).low is None

    def test_every_profession_has_its_share_of_the_positions(self) -> None:
        doctors, nurses = who_leads([counted(profession="nurse", holders=12, leaders=12), counted()])
        assert (doctors.profession, nurses.profession) == (Profession.PHYSICIAN, Profession.NURSE)
        assert (doctors.of_positions.value, nurses.of_positions.value) == (0.25, 0.75)
        assert (doctors.hours_per_staff, doctors.developed) == (20, 8)

    def test_hours_of_a_few_are_told_neither_alone_nor_by_subtraction(self) -> None:
        few = counted(profession="nurse", planned=2, developed=3)
        doctors, nurses, others = who_leads([counted(), few, counted(profession="other", planned=9)])
        assert (nurses.hours, nurses.hours_per_staff, nurses.developed) == (None, None, None)
        assert (doctors.hours, doctors.hours_per_staff) == (None, None)  # the smallest of the others goes too
        assert others.hours is not None

    def test_all_together_need_five(self) -> None:
        assert together([counted(planned=2), counted(planned=2)]) is None
        found = together([counted(), counted(planned=2, hours=20.0, squares=200.0)])
        assert found is not None
        assert (found.n, found.mean) == (8, 10)


@pytest.fixture
def quarter() -> str:
    """The last one that is over."""
    return previous_quarter(quarter_of(timezone.localdate()))


def kept_of(quarter: str, profession: Profession = Profession.PHYSICIAN) -> LeadershipQuarter | None:
    return LeadershipQuarter.objects.filter(quarter=quarter, profession=profession).first()


class TestKeeping:
    def test_five_years_are_kept_once(self, mercy: World, in_mercy: Scope) -> None:
        today = timezone.localdate()
        Person.objects.update(start_date=dt.date(2010, 1, 1))
        assert keep_quarters(on=today) == QUARTERS
        assert len(quarters_kept()) == QUARTERS
        assert keep_quarters(on=today) == 0

    def test_leaders_hold_a_position_or_lead_people_on_the_last_day(
        self, mercy: World, in_mercy: Scope, quarter: str
    ) -> None:
        last = quarter_end(quarter)
        ReportingLine.objects.all().delete()
        Appointment.objects.all().delete()
        Person.objects.update(start_date=dt.date(2010, 1, 1), profession=Profession.OTHER)
        team = [mercy.ada, mercy.mara, mercy.colin, mercy.paula]
        Person.objects.filter(pk__in=[each.pk for each in team]).update(profession=Profession.PHYSICIAN)
        head = Position.objects.get(title="Head of cardiology")
        Appointment.objects.create(position=head, person=mercy.mara, start_date=last)
        ReportingLine.objects.create(
            person=mercy.ada, manager=mercy.colin, start_date=last, end_date=last + DAY
        )
        ReportingLine.objects.create(person=mercy.mara, manager=mercy.paula, start_date=last + DAY)
        keep_quarters(on=timezone.localdate())
        found, before = kept_of(quarter), kept_of(previous_quarter(quarter))
        assert found is not None
        assert before is not None
        assert (found.staff, found.holders, found.leaders) == (4, 1, 2)
        assert (before.staff, before.holders, before.leaders) == (4, 0, 0)

    def test_who_left_before_the_last_day_is_no_staff(
        self, mercy: World, in_mercy: Scope, quarter: str
    ) -> None:
        for name, until in (("Gone", quarter_end(quarter) - DAY), ("Here", quarter_end(quarter))):
            make_person(
                mercy.organization, name, mercy.unit, profession=Profession.PHARMACIST, end_date=until,
                start_date=quarter_start(quarter),
            )  # fmt: skip
        keep_quarters(on=timezone.localdate())
        found = kept_of(quarter, Profession.PHARMACIST)
        assert found is not None
        assert found.staff == 1

    def test_hours_in_job_plans_are_those_of_leaders_and_of_the_newest_quarter(
        self, mercy: World, in_mercy: Scope, quarter: str
    ) -> None:
        Person.objects.update(
            start_date=dt.date(2010, 1, 1), leadership_hours=None, profession=Profession.PHYSICIAN
        )
        Appointment.objects.update(start_date=dt.date(2012, 1, 1))
        Person.objects.filter(pk__in=[mercy.mara.pk, mercy.aude.pk]).update(leadership_hours=6)
        ReportingLine.objects.filter(manager=mercy.aude).delete()
        keep_quarters(on=timezone.localdate())
        found, before = kept_of(quarter), kept_of(previous_quarter(quarter))
        assert found is not None
        assert before is not None
        assert (found.planned, found.hours, found.squares) == (1, 6, 36)
        assert (before.planned, before.hours, before.leaders) == (0, 0, found.leaders)


class TestPage:
    def test_before_the_first_night_it_says_when(
        self, mercy: World, sign_in: Callable[[Person], Client]
    ) -> None:
        page = sign_in(mercy.henry).get("/o/mercy/insights/").content.decode()
        assert "Nothing counted yet" in page

    def test_the_file_says_what_the_page_says(
        self, mercy: World, in_mercy: Scope, sign_in: Callable[[Person], Client]
    ) -> None:
        Person.objects.filter(pk=mercy.mara.pk).update(profession=Profession.PHYSICIAN)
        keep_quarters(on=timezone.localdate())
        browser = sign_in(mercy.eli)
        page = browser.get("/o/mercy/insights/")
        doctors = page.context["doctors"]
        assert doctors.leads.part > 0
        assert f"of {doctors.leads.whole}" in page.content.decode()
        *_earlier, last = [
            row
            for row in browser.get("/o/mercy/insights/leadership.csv").content.decode().splitlines()
            if ",Physician," in row
        ]
        assert last.split(",")[2:4] == [str(doctors.leads.whole), str(doctors.leads.part)]

    def test_the_api_says_what_the_page_says(
        self, mercy: World, in_mercy: Scope, sign_in: Callable[[Person], Client]
    ) -> None:
        keep_quarters(on=timezone.localdate())
        browser = sign_in(mercy.eli)
        told = browser.get("/o/mercy/insights/").context["rows"]
        *_earlier, last = [
            row for row in browser.get("/api/v1/o/mercy/insights/leadership").json()
            if row["profession"] == told[-1].profession
        ]  # fmt: skip
        assert (last["leads"]["part"], last["leads"]["whole"]) == (told[-1].leads.part, told[-1].leads.whole)
        assert last["hours"] is None


def test_development_is_of_the_year_that_was_held(mercy: World, in_mercy: Scope, quarter: str) -> None:
    Person.objects.update(start_date=dt.date(2010, 1, 1), profession=Profession.OTHER)
    Person.objects.filter(pk=mercy.ada.pk).update(profession=Profession.NURSE)
    last = end_of(quarter_end(quarter)) - dt.timedelta(hours=1)
    for at, state, minutes in (
        (last, "held", 60),
        (last - 370 * DAY, "held", 50),
        (last, "missed", 40),
        (last + DAY, "held", 30),
    ):
        CoachingSession.objects.create(
            leader=mercy.ada, coach=mercy.mara, starts_at=at, state=state, minutes=minutes, changed_at=at
        )
    keep_quarters(on=timezone.localdate())
    found = kept_of(quarter, Profession.NURSE)
    assert found is not None
    assert (found.minutes, found.developed) == (60, 1)
