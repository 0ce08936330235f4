"""When results may be read and debriefs are due: rules on days, and who may see what on which day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person, Unit
from readiness.permissions import can_see_index
from surveys.models import PublishedIndex, Wave
from surveys.permissions import can_see_report
from surveys.queries import reports_about, reports_to_come
from surveys.same_people import same_as_below
from surveys.services.debriefs import tell_managers
from surveys.tasks import managers_turn
from surveys.timing import MANAGER_WAITS, calls_for_debriefs, debrief_due_on, manager_sees_from, share_done
from tenancy.scope import tenant_scope
from tests.factories.people import make_appointment, make_line, make_position, make_unit
from tests.factories.surveys import (
    cast,
    days_ago,
    make_published_wave,
    make_short_instrument,
    make_wave,
    member_of,
    publish,
    spread_answers,
)
from tests.notices import told
from tests.surveys.test_published_comments import commented_wave
from tests.world import World

SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 3, 10)
PEOPLE = [uuid.uuid4() for _ in range(3)]


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


def led_division(mercy: World, teams: int) -> tuple[Wave, Unit]:
    """A division that Olga leads, with teams; Mara, who reports to her, leads the first. Published today."""
    make_line(mercy.mara, mercy.olga)
    make_appointment(make_position(mercy.root, "Chief", leads_unit=True), mercy.olga)
    wave = make_wave(make_short_instrument(mercy.organization), title="This year", imported=True)
    others = [make_unit(mercy.organization, f"Team {n}", parent=mercy.root) for n in range(teams - 1)]
    cast(wave, {unit: spread_answers(12, items=3) for unit in (mercy.unit, *others)})
    publish(wave, by=mercy.stella, at=timezone.now())
    return wave, mercy.root


def read(client: Client, mercy: World, wave: Wave, unit: Unit) -> dict[str, int]:
    """The status of each way to read a report, and in how many lists it stands."""
    names = ("surveys:report", "surveys:report_csv", "surveys:report_xlsx", "surveys:report_pdf")
    status = {
        name: client.get(reverse(name, args=[mercy.slug, wave.pk, unit.pk])).status_code
        for name in (*names, "surveys_api:report")
    }
    own = client.get(reverse("surveys_api:mine", args=[mercy.slug])).json()["results"]
    trends = client.get(reverse("surveys:unit_trends", args=[mercy.slug, unit.pk]))
    return status | {
        "listed": sum(report["unit"]["id"] == str(unit.pk) for report in own),
        "trends": len(trends.context["trend"].waves if trends.context["trend"] else []),
    }


def test_a_manager_does_not_read_a_teams_result_as_that_of_their_own_unit_before_the_week_is_over(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, division = led_division(mercy, teams=1)
    olga = sign_in(mercy.olga)
    assert set(read(sign_in(mercy.mara), mercy, wave, mercy.unit).values()) == {200, 1}
    seen = read(olga, mercy, wave, division)
    assert (seen.pop("listed"), seen.pop("trends")) == (0, 0)
    assert set(seen.values()) == {403}
    refused = olga.get(reverse("surveys:report", args=[mercy.slug, wave.pk, division.pk]))
    assert "same people as that of a leader below" in refused.content.decode()
    coming = olga.get(reverse("surveys:waves", args=[mercy.slug])).context["coming"]
    assert {cell.unit_id for cell, _day in coming} == {division.pk, mercy.unit.pk}
    with tenant_scope(mercy.organization.pk):
        assert {mercy.olga.pk} not in [people for people, _title in told()]
    monkeypatch.setattr("surveys.permissions.manager_sees_from", lambda day: day)
    monkeypatch.setattr("surveys.queries.MANAGER_WAITS", dt.timedelta(0))
    assert set(read(olga, mercy, wave, division).values()) == {200, 1}


def test_a_manager_reads_a_result_of_several_teams_at_once(mercy: World, sign_in: SignIn) -> None:
    wave, division = led_division(mercy, teams=2)
    assert set(read(sign_in(mercy.olga), mercy, wave, division).values()) == {200, 1}


def test_ones_own_score_does_not_tell_it_earlier_either(mercy: World) -> None:
    wave, division = led_division(mercy, teams=1)
    with tenant_scope(mercy.organization.pk):
        cell, olga = PublishedIndex.objects.get(wave=wave, unit=division), member_of(mercy.olga)
        for days, seen in ((6, False), (7, True)):
            on = DAY + dt.timedelta(days=days)
            assert can_see_index(olga, mercy.olga.pk, cell, published_on=DAY, on=on) is seen


def test_comments_of_the_teams_wait_for_the_same_week(committed_mercy: World, sign_in: SignIn) -> None:
    """They may speak of the teams' leaders, who read their own reports first."""
    wave = commented_wave(committed_mercy, {"North": 6, "South": 6}, at=timezone.now())
    where = [committed_mercy.slug, wave.pk, committed_mercy.unit.pk]
    for person, shown in ((committed_mercy.stella, 12), (committed_mercy.mara, 0)):
        client = sign_in(person)
        page = client.get(reverse("surveys:report", args=where))
        assert len(page.context["comments"]) == shown
        assert ("It also speaks of leaders below" in page.content.decode()) is not bool(shown)
        said = client.get(reverse("surveys:report_csv", args=where)).content.decode().count("says")
        rows = client.get(reverse("surveys_api:report", args=where)).json()["rows"]
        assert (said, sum("says" in row["what"] for row in rows)) == (shown, shown)


@given(data=st.data(), units=st.integers(1, 7))
def test_a_cell_waits_where_one_below_is_of_the_same_people_and_another_leader(
    data: st.DataObject, units: int
) -> None:
    parent = [-1, *(data.draw(st.integers(-1, place - 1)) for place in range(1, units))]
    people = data.draw(st.lists(st.sampled_from([None, *PEOPLE]), min_size=units, max_size=units))
    n = np.array(data.draw(st.lists(st.integers(0, 9), min_size=units, max_size=units)))
    for place in reversed(range(units)):
        if parent[place] >= 0:
            n[parent[place]] += n[place]
    told = n >= 5

    def inside(place: int, unit: int) -> bool:
        return parent[place] == unit or (parent[place] >= 0 and inside(parent[place], unit))

    for unit, waits in enumerate(same_as_below(parent, people, [(told, n)]).tolist()):
        below = [place for place in range(units) if inside(place, unit) and told[place] and told[unit]]
        others = [place for place in below if people[place] not in {None, people[unit]}]
        assert waits == any(n[place] == n[unit] for place in others)


def test_a_list_follows_the_predicate(mercy: World) -> None:
    wave = make_published_wave(mercy, published_at=dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC))
    make_line(mercy.mara, mercy.olga)
    with tenant_scope(mercy.organization.pk):
        olga = member_of(mercy.olga)
        for days, count in ((6, 0), (7, 1)):
            found = reports_about(olga, on=DAY + dt.timedelta(days=days)).filter(wave=wave)
            assert found.count() == count
            coming = reports_to_come(olga, on=DAY + dt.timedelta(days=days)).filter(wave=wave)
            assert coming.count() == 1 - count


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
