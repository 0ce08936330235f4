"""The role pulse from its opening to its results: who may do and read what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from insights.enums import Structure
from insights.models import RolePulse, RolePulseFigure, RolePulseLeader
from insights.role_items import ITEMS, is_high_strain
from insights.role_results import mean_of
from insights.services.role_pulses import (
    answer_role_pulse,
    close_role_pulses_that_are_over,
    open_role_pulse,
)
from insights.tasks import close_role_pulses
from people.enums import Profession
from people.models import Person
from tenancy.models import OutboxMessage
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.insights import (
    DAY,
    SAID,
    make_closed_role_pulse,
    make_leaders,
    make_role_pulse,
    say,
)
from tests.factories.people import make_appointment, make_line, make_position
from tests.factories.selections import acting
from tests.factories.sponsors import make_sponsorship
from tests.members import member_of
from tests.world import World

FORM = {f"s{place}": str(answer) for place, answer in enumerate(SAID)}
STRAINED = {**FORM, "s0": "5", "s1": "4"}


def titles(person: Person) -> list[str]:
    """What somebody was told, delivered or not."""
    messages = OutboxMessage.objects.filter(topic="notification")
    return [each.payload["title"] for each in messages if str(person.pk) in each.payload["to"]]


def lead(mercy: World, count: int) -> list[Person]:
    """So many more who hold a position of cardiology."""
    people = make_leaders(mercy, count)
    for place, person in enumerate(people):
        make_appointment(make_position(mercy.unit, f"Lead {place}"), person)
    return people


class TestOpening:
    def test_everybody_who_leads_is_asked_and_told(self, mercy: World, in_mercy: Scope) -> None:
        people, today = lead(mercy, 9), timezone.localdate()
        made = open_role_pulse(closes_on=today + 14 * DAY, by=member_of(mercy.henry))
        roll = {each.person: each for each in RolePulseLeader.objects.select_related("person")}
        assert roll.keys() == {mercy.mara, *people}
        assert made.asked == 10
        assert {each.structure for each in roll.values()} == {Structure.SINGLE}
        assert {each.profession for each in roll.values()} == {Profession.OTHER}
        assert "Seven sentences about leading" in titles(mercy.mara)[0]
        assert titles(mercy.ada) == []

    @pytest.mark.parametrize(("days", "fits"), [(6, False), (7, True), (60, True), (61, False)])
    def test_between_seven_and_sixty_days(self, mercy: World, in_mercy: Scope, days: int, fits: bool) -> None:
        lead(mercy, 9)
        closes_on, henry = timezone.localdate() + days * DAY, member_of(mercy.henry)
        if fits:
            assert open_role_pulse(closes_on=closes_on, by=henry).closes_on == closes_on
        else:
            with pytest.raises(ValidationError, match="between seven and sixty"):
                open_role_pulse(closes_on=closes_on, by=henry)

    def test_not_among_nine(self, mercy: World, in_mercy: Scope) -> None:
        lead(mercy, 8)
        with pytest.raises(ValidationError, match="9 people lead: among fewer than 10"):
            open_role_pulse(closes_on=timezone.localdate() + 14 * DAY, by=member_of(mercy.henry))

    def test_by_hr_alone(self, mercy: World, in_mercy: Scope) -> None:
        with pytest.raises(PermissionDenied):
            open_role_pulse(closes_on=timezone.localdate() + 14 * DAY, by=member_of(mercy.eli))

    @pytest.mark.parametrize(("ago", "why"), [(149, "less than five months"), (150, "")])
    def test_twice_a_year_at_most(self, mercy: World, in_mercy: Scope, ago: int, why: str) -> None:
        make_closed_role_pulse(mercy, opened=ago)
        lead(mercy, 9)
        closes_on, henry = timezone.localdate() + 14 * DAY, member_of(mercy.henry)
        if why:
            with pytest.raises(ValidationError, match=why):
                open_role_pulse(closes_on=closes_on, by=henry)
        else:
            open_role_pulse(closes_on=closes_on, by=henry)
            with pytest.raises(ValidationError, match="is open"):
                open_role_pulse(closes_on=closes_on, by=henry)


class TestAnswering:
    def test_it_is_on_the_today_page_until_it_is_answered(self, mercy: World, in_mercy: Scope) -> None:
        pulse, today = make_role_pulse(mercy, [mercy.mara]), timezone.localdate()
        mara = member_of(mercy.mara)
        with acting(mercy.mara):
            (due,) = due_items("insights", mara, "mercy", today)
            assert due.url == f"/o/mercy/insights/role-pulses/{pulse.pk}/answer/"
            assert due.due == pulse.closes_on
            answer_role_pulse(pulse, SAID, by=mara)
            assert due_items("insights", mara, "mercy", today) == []
            with pytest.raises(ValidationError, match="everybody answers once"):
                answer_role_pulse(pulse, SAID, by=mara)
        with acting(mercy.ada):
            assert due_items("insights", member_of(mercy.ada), "mercy", today) == []
            with pytest.raises(PermissionDenied):
                answer_role_pulse(pulse, SAID, by=member_of(mercy.ada))

    def test_on_one_page_and_once(self, mercy: World, sign_in: Callable[[Person], Client]) -> None:
        url = f"/o/mercy/insights/role-pulses/{make_role_pulse(mercy, [mercy.mara]).pk}/"
        browser = sign_in(mercy.mara)
        assert browser.get(f"{url}answer/").content.decode().count('type="radio"') == 5 * len(ITEMS)
        missing = browser.post(f"{url}answer/", {**FORM, "s3": ""})
        assert missing.status_code == 422
        done = browser.post(f"{url}answer/", FORM)
        assert "Your answers are in the box." in done.content.decode()
        assert done["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        assert browser.get(f"{url}answer/")["Location"] == url
        assert browser.post(f"{url}answer/", FORM)["Location"] == url
        assert "everybody answers once" in browser.get(url).content.decode()

    def test_under_strain_one_is_told_whom_to_talk_to_and_nobody_else_is(
        self, mercy: World, sign_in: Callable[[Person], Client]
    ) -> None:
        make_sponsorship(mercy.eli, mercy.mara)
        pulse = make_role_pulse(mercy, [mercy.mara, mercy.colin])
        url = f"/o/mercy/insights/role-pulses/{pulse.pk}/answer/"
        strained = sign_in(mercy.mara).post(url, STRAINED).content.decode()
        calm = sign_in(mercy.colin).post(url, FORM).content.decode()
        assert "You are under strain" in strained
        assert mercy.eli.name in strained
        assert "under strain" not in calm
        assert "After" in calm

    def test_strain_is_high_from_a_mean_of_four_on(self) -> None:
        assert is_high_strain((4, 4, 1, 1, 1, 1, 1))
        assert is_high_strain((5, 3, 1, 1, 1, 1, 1))
        assert not is_high_strain((4, 3, 5, 5, 5, 5, 5))


class TestClosing:
    def test_the_night_after_the_last_day_closes_it_and_tells_who_was_asked(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        leaders = [mercy.mara, *make_leaders(mercy, 6)]
        pulse = make_role_pulse(mercy, leaders, opened=12)
        for person in leaders:
            say(pulse, person)
        RolePulse.objects.update(closes_on=timezone.localdate())
        assert close_role_pulses_that_are_over() == 0
        RolePulse.objects.update(closes_on=timezone.localdate() - DAY)
        assert close_role_pulses("", "") == {"closed": 1}
        assert close_role_pulses_that_are_over() == 0
        assert RolePulse.objects.get().closed_on == timezone.localdate()
        assert RolePulseFigure.objects.filter(grouped_by="all").count() == 5
        assert (
            titles(mercy.mara)
            == titles(mercy.henry)
            == ["The role pulse is closed: see how it is for everybody who leads."]
        )
        assert titles(mercy.ada) == []


class TestResults:
    def test_a_mean_has_students_interval_within_the_scale(self, in_mercy: Scope) -> None:
        figure = RolePulseFigure(grouped_by="all", scale="strain", n=5, mean=4.6, deviation=0.55)
        told = mean_of(figure)
        assert (told.low, told.high) == pytest.approx((4.6 - 2.7764 * 0.55 / 5**0.5, 5), abs=1e-3)

    def test_groups_are_for_hr_and_executives_the_whole_for_whoever_was_asked(
        self, mercy: World, sign_in: Callable[[Person], Client]
    ) -> None:
        pulse = make_closed_role_pulse(mercy, mercy.mara)
        url = f"/o/mercy/insights/role-pulses/{pulse.pk}/"
        for person in (mercy.henry, mercy.eli):
            page = sign_in(person).get(url).content.decode()
            assert "All figures" in page
            assert "Single leader" in page
        own = sign_in(mercy.mara).get(url).content.decode()
        assert "Everybody who answered" in own
        assert "7 of 7" in own
        assert "Single leader" not in own
        assert sign_in(mercy.colin).get(url).status_code == 403

    def test_nothing_before_the_end(self, mercy: World, sign_in: Callable[[Person], Client]) -> None:
        leaders = make_leaders(mercy, 12)
        pulse = make_role_pulse(mercy, leaders)
        for person in leaders:
            say(pulse, person)
        page = sign_in(mercy.henry).get(f"/o/mercy/insights/role-pulses/{pulse.pk}/").content.decode()
        assert "Nothing is told before the end" in page
        assert "12 of 12" not in page

    def test_two_rounds_make_a_line_and_the_file_has_all_figures(
        self, mercy: World, sign_in: Callable[[Person], Client]
    ) -> None:
        browser = sign_in(mercy.eli)
        make_closed_role_pulse(mercy, opened=400)
        assert browser.get("/o/mercy/insights/role-pulses/").context["trends"] == []
        make_closed_role_pulse(mercy, opened=200)
        page = browser.get("/o/mercy/insights/role-pulses/")
        strain, side, *_others = [label for label, _chart in page.context["trends"]]
        assert (strain, side) == ("Role strain", "Gone over to the other side")
        rows = browser.get("/o/mercy/insights/role-pulses.csv").content.decode().splitlines()
        assert len(rows) == 1 + 2 * 3 * 5  # everybody, physicians, single leaders; five scales each
        opened = timezone.localdate() - dt.timedelta(days=200)
        found = [row for row in rows if row.startswith(f"{opened},")]
        assert any(",Everybody who answered,Role strain,6,3" in row for row in found)

    def test_hr_opens_one_on_a_page(
        self, mercy: World, in_mercy: Scope, sign_in: Callable[[Person], Client]
    ) -> None:
        lead(mercy, 9)
        make_line(mercy.olga, mercy.paula)
        browser, url = sign_in(mercy.henry), "/o/mercy/insights/role-pulses/new/"
        assert browser.post(url, {"closes_on": str(timezone.localdate())}).status_code == 422
        browser.post(url, {"closes_on": str(timezone.localdate() + 14 * DAY)})
        assert RolePulse.objects.get().asked == 11
