"""Ten years of a unit: what asked the same is one line, each result is seen by its own rule."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Appointment, Person
from surveys.models import Instrument, Wave
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.people import make_appointment, make_line, make_position
from tests.factories.surveys import (
    cast,
    days_ago,
    make_instrument,
    make_short_instrument,
    make_wave,
    publish,
    spread_answers,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def run(
    world: World,
    instrument: Instrument,
    years_ago: int,
    *,
    n: int = 24,
    items: int = 12,
    title: str = "",
    **fields: Any,
) -> Wave:
    closes_on = timezone.localdate() - dt.timedelta(days=365 * years_ago + 20)
    wave = make_wave(
        instrument,
        title=title or f"{years_ago} years ago",
        opens_on=closes_on - dt.timedelta(days=20),
        closes_on=closes_on,
        **fields,
    )
    cast(wave, {world.unit: spread_answers(n, items=items, seed=years_ago)})
    publish(wave, by=world.stella)
    return wave


def url_of(world: World, name: str = "unit_trends") -> str:
    return reverse(f"surveys:{name}", args=[world.slug, world.unit.pk])


def test_index_behaviours_and_questions_stand_beside_one_another(mercy: World, sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    for years in (2, 1, 0):
        run(mercy, instrument, years)
    page = sign_in(mercy.eli).get(url_of(mercy))
    trend = page.context["trend"]
    assert trend.waves == ["2 years ago", "1 years ago", "0 years ago"]
    lines = {(row.part, row.label): row.values for row in trend.rows}
    assert lines["Index", "n"] == ["24", "24", "24"]
    assert all(value.endswith(" %") for value in lines["Behaviours", "Inform"])
    question = lines["Questions, favourable", "My immediate leader treats me with respect."]
    assert all("%" in value for value in question)
    assert len([row for row in trend.rows if row.part == "Questions, favourable"]) == 12
    assert trend.chart is not None
    assert trend.change is not None
    html = page.content.decode()
    assert f"{trend.change.difference} points" in html
    assert "since 1 years ago" in html
    for title, url in trend.heads():
        assert f'<a href="{url}">{title}</a>' in html
        assert sign_in(mercy.eli).get(url).status_code == 200
    assert "My immediate leader treats me with respect." in page.content.decode()


def test_a_new_version_goes_on_where_it_asks_the_same(mercy: World, sign_in: SignIn) -> None:
    first = make_instrument(mercy.organization, key="index")
    run(mercy, first, 1)
    second = make_instrument(mercy.organization, key="index")
    run(mercy, second, 0)
    (tab,) = sign_in(mercy.eli).get(url_of(mercy)).context["tabs"]
    assert tab.label == "Climate survey"
    rows = sign_in(mercy.eli).get(url_of(mercy)).context["trend"].rows
    assert {len(row.values) for row in rows} == {2}
    assert "–" not in {value for row in rows for value in row.values}


def test_what_is_not_shown_says_so(mercy: World, sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    run(mercy, instrument, 1)
    run(mercy, instrument, 0, n=7)
    lines = {row.label: row.values for row in sign_in(mercy.eli).get(url_of(mercy)).context["trend"].rows}
    assert lines["Inform"][1] == "not shown"
    assert lines["Mean"][1] != "not shown"
    run(mercy, instrument, 2, n=3)
    lines = {row.label: row.values for row in sign_in(mercy.eli).get(url_of(mercy)).context["trend"].rows}
    assert (lines["Mean"][0], lines["n"][0], lines["95 % interval"][0]) == ("not shown", "", "")


def test_older_than_ten_years_is_left_out(mercy: World, sign_in: SignIn) -> None:
    instrument = make_short_instrument(mercy.organization)
    run(mercy, instrument, 12, items=3)
    run(mercy, instrument, 3, items=3)
    assert sign_in(mercy.eli).get(url_of(mercy)).context["trend"].waves == ["3 years ago"]


def test_another_questionnaire_has_a_tab_of_its_own(mercy: World, sign_in: SignIn) -> None:
    run(mercy, make_instrument(mercy.organization), 1)
    run(mercy, make_short_instrument(mercy.organization), 0, items=3)
    client = sign_in(mercy.eli)
    tabs = client.get(url_of(mercy)).context["tabs"]
    assert [tab.current for tab in tabs] == [True, False]
    assert client.get(tabs[1].url).context["trend"].waves == ["1 years ago"]


def test_a_survey_of_some_people_only_is_a_line_of_its_own_that_says_so(
    mercy: World, sign_in: SignIn
) -> None:
    instrument = make_short_instrument(mercy.organization)
    run(mercy, instrument, 2, items=3)
    run(mercy, instrument, 1, items=3)
    of_cohort = run(mercy, instrument, 0, items=3, cohort=mercy.cohort)
    client = sign_in(mercy.eli)
    everybody, cohort = client.get(url_of(mercy)).context["tabs"]
    assert cohort.label == f"{everybody.label}, only Cohort 2024"
    assert client.get(everybody.url).context["trend"].waves == ["2 years ago", "1 years ago"]
    assert client.get(cohort.url).context["trend"].waves == ["0 years ago"]
    report = reverse("surveys:report", args=[mercy.slug, of_cohort.pk, mercy.unit.pk])
    page = client.get(report)
    assert "0 years ago, only Cohort 2024" in page.content.decode()
    assert page.context["change"] is None  # everybody's result before is another people's


def test_a_leader_sees_the_own_time_and_no_predecessors(mercy: World, sign_in: SignIn) -> None:
    instrument = make_short_instrument(mercy.organization)
    run(mercy, instrument, 2, items=3)
    with tenant_scope(mercy.organization.pk):
        Appointment.objects.filter(person=mercy.mara).update(
            end_date=timezone.localdate() - dt.timedelta(days=300)
        )
    make_appointment(
        make_position(mercy.unit, "Next head", leads_unit=True),
        mercy.paula,
        start_date=timezone.localdate() - dt.timedelta(days=299),
    )
    run(mercy, instrument, 0, items=3)
    assert sign_in(mercy.paula).get(url_of(mercy)).context["trend"].waves == ["0 years ago"]
    assert sign_in(mercy.mara).get(url_of(mercy)).context["trend"].waves == ["2 years ago"]


@pytest.mark.parametrize(("days", "status"), [(6, 403), (8, 200)])
def test_the_manager_waits_here_too(mercy: World, sign_in: SignIn, days: int, status: int) -> None:
    instrument = make_short_instrument(mercy.organization)
    closes_on = timezone.localdate() - dt.timedelta(days=20)
    wave = make_wave(instrument, closes_on=closes_on, opens_on=closes_on - dt.timedelta(days=9))
    cast(wave, {mercy.unit: spread_answers(12, items=3)})
    publish(wave, by=mercy.stella, at=days_ago(days))
    make_line(mercy.mara, mercy.olga)
    for name in ("unit_trends", "unit_trends_csv", "unit_trends_xlsx"):
        assert sign_in(mercy.olga).get(url_of(mercy, name)).status_code == status


def test_the_file_has_the_rows_of_the_page(mercy: World, sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    run(mercy, instrument, 1)
    client = sign_in(mercy.stella)
    trend = client.get(url_of(mercy)).context["trend"]
    content = client.get(url_of(mercy, "unit_trends_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows == [trend.head(), *[[str(cell) for cell in row] for row in trend.file_rows()]]
    told = {row[1]: row[2:] for row in rows}
    lines = {row.label: row.values for row in trend.rows}
    assert told["Mean"] == [lines["Mean"][0], ""]
    low, high = told["95 % interval, low"][0], told["95 % interval, high"][0]
    assert lines["95 % interval"] == [f"{low} to {high}"]


def test_a_file_says_in_a_column_what_is_not_told_of_which_survey(mercy: World, sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    run(mercy, instrument, 1)
    run(mercy, instrument, 0, n=7)
    content = sign_in(mercy.stella).get(url_of(mercy, "unit_trends_csv")).content.decode("utf-8-sig")
    told = {row[1]: row[2:] for row in csv.reader(io.StringIO(content))}
    assert told["Inform"][0].isdigit()
    assert told["Inform"][1:] == ["", "0 years ago: not shown"]


def test_before_anything_is_published_there_is_nothing(mercy: World, sign_in: SignIn) -> None:
    assert "Nothing is published yet" in sign_in(mercy.mara).get(url_of(mercy)).content.decode()
    assert sign_in(mercy.mara).get(url_of(mercy, "unit_trends_csv")).status_code == 404
    answer = sign_in(mercy.eli).get(reverse("surveys:trends", args=[mercy.slug]))
    assert answer["Location"] == reverse("surveys:unit_trends", args=[mercy.slug, mercy.root.pk])


def test_trends_ask_as_often_for_three_waves_as_for_one(mercy: World, sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    run(mercy, instrument, 3)
    client = sign_in(mercy.stella)
    one = queries_of(client, url_of(mercy))
    for years in (1, 0):
        run(mercy, instrument, years)
    assert queries_of(client, url_of(mercy)) == one
    assert one <= 14
