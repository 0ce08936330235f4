"""The calendar of terms: lanes, quarters, the file, and days in calendars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.queries.calendar_feed import feed_token
from people.models import Appointment, Person, Position
from people.terms import months_later
from succession.enums import Rung
from succession.ladder import due_day, ladder
from succession.models import Pool
from succession.views.terms import ends_chart, stretch_of
from tests.counting import queries_of
from tests.factories.mentoring import make_feed
from tests.factories.people import make_position
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def let_end(position: Position, day: dt.date) -> None:
    Appointment.objects.filter(position=position).update(end_date=day)


class TestLadder:
    def test_rungs_are_so_many_months_before(self) -> None:
        assert list(ladder(dt.date(2028, 7, 1))) == [
            (Rung.REFRESH, dt.date(2026, 7, 1)),
            (Rung.OPEN, dt.date(2027, 7, 1)),
            (Rung.SELECT, dt.date(2028, 1, 1)),
        ]

    @pytest.mark.parametrize(
        ("ends", "rung", "due"),
        [
            (dt.date(2028, 2, 29), Rung.REFRESH, dt.date(2026, 2, 28)),
            (dt.date(2030, 2, 28), Rung.REFRESH, dt.date(2028, 2, 28)),
            (dt.date(2028, 8, 31), Rung.SELECT, dt.date(2028, 2, 29)),
            (dt.date(2027, 8, 31), Rung.SELECT, dt.date(2027, 2, 28)),
        ],
    )
    def test_months_without_such_a_day_have_their_last(self, ends: dt.date, rung: Rung, due: dt.date) -> None:
        assert due_day(ends, rung) == due


class TestCharts:
    @pytest.mark.parametrize(
        ("start", "end", "tone", "until"),
        [
            ((2016, 1, 1), (2020, 1, 1), "quiet", (2020, 1, 1)),
            ((2026, 1, 1), None, "", (2030, 1, 1)),
            ((2024, 1, 1), None, "warn", (2028, 1, 1)),
            ((2020, 1, 1), None, "bad", (2026, 11, 23)),  # goes on beyond its four years
            ((2027, 1, 1), None, "quiet", (2031, 1, 1)),
        ],
    )
    def test_a_term_looks_as_it_stands(
        self,
        head: Position,
        start: tuple[int, int, int],
        end: tuple[int, int, int] | None,
        tone: str,
        until: tuple[int, int, int],
    ) -> None:
        ends = dt.date(*end) if end else None
        ada = Person(given_name="Ada", family_name="Mercy")
        held = Appointment(position=head, person=ada, start_date=dt.date(*start), end_date=ends)
        found = stretch_of(held, dt.date(2026, 11, 23))
        assert (found.tone, found.end, found.label) == (tone, dt.date(*until), "Ada Mercy")

    def test_ends_are_counted_by_quarter(self) -> None:
        today = dt.date(2026, 11, 23)
        ends = [today, dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 3, 31), dt.date(2029, 10, 1)]
        chart = ends_chart(ends, today)
        assert chart is not None
        assert chart.table is not None
        counts = [(row[0], row[1]) for row in chart.table.rows]
        assert counts[:3] == [("Over already", "1"), ("Q4 2026", "1"), ("Q1 2027", "2")]
        assert counts[-2:] == [("Q3 2029", "0"), ("Later", "1")]
        assert ends_chart([], today) is None


class TestPages:
    def test_filters_and_the_file_follow_the_year(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        make_position(mercy.unit, "Dean")
        ends = months_later(TODAY, 13)
        let_end(pool.position, ends)
        browser, page = sign_in(mercy.eli), reverse("succession:terms", args=[mercy.slug])
        all_of_them = browser.get(page).content.decode()
        assert "Dean" in all_of_them
        assert "Mara Mercy" in all_of_them
        asked = browser.get(f"{page}?year={ends.year}").content.decode()
        (file,) = re.findall(r'href="([^"]+terms\.csv[^"]*)"', asked)
        lines = browser.get(file).content.decode().splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["Head of cardiology"]
        assert str(months_later(ends, -12)) in lines[1]
        assert "No position matches" in browser.get(f"{page}?year={ends.year - 1}").content.decode()
        assert browser.get(f"{page}?type=lost").status_code == 422

    def test_it_takes_as_many_statements_for_many(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        browser, page = sign_in(mercy.henry), reverse("succession:terms", args=[mercy.slug])
        one = queries_of(browser, page)
        for number in range(3):
            Appointment.objects.create(
                position=make_position(mercy.unit, f"Chair {number}"), person=mercy.ada, start_date=TODAY
            )
        assert queries_of(browser, page) == one


class TestCalendar:
    def days(self, world: World, person: Person) -> list[tuple[str, dt.date]]:
        url = reverse("calendars:feed", args=[world.slug, feed_token(make_feed(person))])
        events = icalendar.Calendar.from_ical(Client().get(url).content).walk("VEVENT")
        return sorted((str(event["summary"]), event.decoded("dtstart")) for event in events)

    def test_incumbents_see_their_own_and_hr_all(self, mercy: World, pool: Pool) -> None:
        ends = months_later(TODAY, 12)
        let_end(pool.position, ends)
        expected = sorted(
            [
                ("A term ends: Head of cardiology", ends),
                ("Open the slate: the term of Head of cardiology ends in 12 months", months_later(ends, -12)),
                ("Select: the term of Head of cardiology ends in 6 months", months_later(ends, -6)),
            ]
        )
        assert self.days(mercy, mercy.mara) == expected
        assert self.days(mercy, mercy.henry) == expected
        assert self.days(mercy, mercy.eli) == []
        assert self.days(mercy, mercy.ada) == []

    def test_interim_cover_has_no_ladder(self, mercy: World, pool: Pool) -> None:
        Appointment.objects.filter(position=pool.position).update(
            interim=True, end_date=months_later(TODAY, 3)
        )
        assert self.days(mercy, mercy.mara) == []

    def test_a_year_of_terms_costs_no_more_statements(self, mercy: World, pool: Pool) -> None:
        let_end(pool.position, months_later(TODAY, 12))
        url = reverse("calendars:feed", args=[mercy.slug, feed_token(make_feed(mercy.henry))])
        one = queries_of(Client(), url)
        for number in range(3):
            position = make_position(mercy.unit, f"Chair {number}")
            Appointment.objects.create(position=position, person=mercy.ada, start_date=TODAY)
        assert queries_of(Client(), url) == one
