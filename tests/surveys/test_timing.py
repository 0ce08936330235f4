"""When results may be read and debriefs are due: rules on days, and who may see what on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from people.models import Person
from surveys.models import PublishedIndex
from surveys.permissions import can_see_report
from surveys.queries import reports_about
from surveys.services.debriefs import tell_managers
from surveys.tasks import managers_turn
from surveys.timing import MANAGER_WAITS, calls_for_debriefs, debrief_due_on, manager_sees_from, share_done
from tenancy.scope import tenant_scope
from tests.factories.people import make_line
from tests.factories.surveys import days_ago, make_published_wave, member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 3, 10)


def test_the_manager_waits_seven_days_and_both_have_thirty_more() -> None:
    assert manager_sees_from(DAY) == dt.date(2026, 3, 17)
    assert debrief_due_on(DAY) == dt.date(2026, 4, 16)


@pytest.mark.parametrize(("days", "called"), [(10, True), (180, True), (181, False), (3650, False)])
def test_an_old_survey_brought_in_calls_for_no_debrief(days: int, called: bool) -> None:
    assert calls_for_debriefs(DAY - dt.timedelta(days=days), published_on=DAY) is called


def test_where_no_debrief_is_called_for_none_is_missing() -> None:
    assert (share_done(0, 0), share_done(3, 4)) == (1.0, 0.75)


@pytest.mark.parametrize(("later", "seen"), [(0, False), (6, False), (7, True), (400, True)])
def test_the_manager_may_read_a_report_from_the_seventh_day(mercy: World, later: int, seen: bool) -> None:
    wave = make_published_wave(mercy)
    make_line(mercy.mara, mercy.olga)
    with tenant_scope(mercy.organization.pk):
        cell = PublishedIndex.objects.get(wave=wave, unit=mercy.unit)
        olga, mara, stella = (member_of(mercy.people[name]) for name in ("olga", "mara", "stella"))
    on = DAY + dt.timedelta(days=later)
    assert can_see_report(olga, cell, published_on=DAY, on=on) is seen
    assert can_see_report(olga, cell, published_on=None, on=on) is False
    assert can_see_report(mara, cell, published_on=DAY, on=on) is True
    assert can_see_report(stella, cell, published_on=DAY, on=on) is True


@pytest.mark.parametrize(("days", "status"), [(6, 403), (8, 200)])
def test_pages_keep_the_managers_days(mercy: World, sign_in: SignIn, days: int, status: int) -> None:
    wave = make_published_wave(mercy, title="This year", published_at=days_ago(days))
    make_line(mercy.mara, mercy.olga)
    olga, mara = sign_in(mercy.olga), sign_in(mercy.mara)
    report = reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk])
    latest = reverse("surveys:unit_latest", args=[mercy.slug, mercy.unit.pk])
    listed = reverse("surveys:waves", args=[mercy.slug])
    assert mara.get(report).status_code == 200
    assert "This year" in mara.get(listed).content.decode()
    answer, html = olga.get(report), olga.get(listed).content.decode()
    assert answer.status_code == status
    assert (report in html) is (status == 200)
    if status == 403:
        day = date_format(timezone.localdate() - dt.timedelta(days=days) + MANAGER_WAITS, "DATE_FORMAT")
        assert f"You can read it from {day}." in answer.content.decode()
        assert f"from {day}" in html
    assert olga.get(latest).status_code == (302 if status == 200 else 403)


def test_the_leader_reads_who_will_read_it_next(mercy: World, sign_in: SignIn) -> None:
    early, late = (make_published_wave(mercy, published_at=days_ago(days)) for days in (1, 9))
    mara = sign_in(mercy.mara)
    words = "Survey stewards, HR admins and executives can read all reports."
    for wave, said in ((early, True), (late, False)):
        report = reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk])
        assert (words in mara.get(report).content.decode()) is said


def test_a_list_follows_the_predicate(mercy: World) -> None:
    wave = make_published_wave(mercy, published_at=dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC))
    make_line(mercy.mara, mercy.olga)
    with tenant_scope(mercy.organization.pk):
        olga = member_of(mercy.olga)
        for days, count in ((6, 0), (7, 1)):
            found = reports_about(olga, on=DAY + dt.timedelta(days=days)).filter(wave=wave)
            assert found.count() == count


def test_managers_are_told_on_their_first_day_and_no_other(mercy: World) -> None:
    make_published_wave(mercy, title="Spring", published_at=dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC))
    with tenant_scope(mercy.organization.pk):
        mercy.mara.lines.all().delete()
    make_line(mercy.mara, mercy.olga)
    with tenant_scope(mercy.organization.pk):
        before = len(told())
        assert [tell_managers(on=DAY + dt.timedelta(days=days)) for days in (6, 7, 8)] == [0, 1, 0]
        assert told()[before:] == [
            ({mercy.olga.pk}, "You may now read what “Spring” says of leaders who report to you.")
        ]
        assert managers_turn("2026-03-17", "all") == {"told": 1}
