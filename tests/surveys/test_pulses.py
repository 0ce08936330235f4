"""The quarterly confidence pulse: who is asked, until when, and who reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from surveys.built_in import CONFIDENCE_PULSE
from surveys.enums import Dimension
from surveys.models import ConfidencePulse
from surveys.pulse_calendar import open_quarters
from surveys.services.pulses import PulseClosedError, answer_pulse, dimension_percents
from tenancy.jobs.periods import quarter_of
from tenancy.models import AuditEntry
from tenancy.scope import Scope, tenant_scope
from tests.due import due_items
from tests.factories.people import make_cohort_membership
from tests.factories.surveys import make_pulse, member_of
from tests.world import World

SignIn = Callable[[Person], Client]
ON = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("on", "quarters"),
    [
        (dt.date(2026, 11, 22), ["2026Q4"]),
        (dt.date(2027, 1, 1), ["2026Q4", "2027Q1"]),
        (dt.date(2027, 1, 14), ["2026Q4", "2027Q1"]),
        (dt.date(2027, 1, 15), ["2027Q1"]),
        (dt.date(2026, 12, 31), ["2026Q4"]),
    ],
)
def test_a_quarter_stays_open_for_fourteen_days_after_its_end(on: dt.date, quarters: list[str]) -> None:
    assert [quarter.quarter for quarter in open_quarters(on)] == quarters


def test_each_dimension_is_the_percent_of_range_of_its_two_items() -> None:
    percents = dimension_percents([1, 1, 5, 5, 3, 3, 1, 2, 4, 5])
    assert percents == {
        "strategic_insight": 0,
        "financial_acumen": 100,
        "team_leadership": 50,
        "governance_experience": 12.5,
        "mentorship_engagement": 87.5,
    }
    assert list(percents) == Dimension.values


@pytest.mark.parametrize("answers", [[3] * 9, [3] * 11, [0] * 10, [6] * 10])
def test_impossible_answers_are_refused(answers: list[int]) -> None:
    with pytest.raises(ValueError, match=r"questions|whole number"):
        dimension_percents(answers)


def test_one_pulse_a_quarter_changed_while_it_is_open(mercy: World, in_mercy: Scope) -> None:
    ada = member_of(mercy.ada)
    answer_pulse("2026Q4", [2] * 10, by=ada, on=ON)
    answer_pulse("2026Q4", [4] * 10, by=ada, on=dt.date(2027, 1, 14))
    pulse = ConfidencePulse.objects.get(person=mercy.ada)
    assert (pulse.answers, pulse.team_leadership) == ([4] * 10, 75)
    with pytest.raises(PulseClosedError):
        answer_pulse("2026Q4", [5] * 10, by=ada, on=dt.date(2027, 1, 15))
    with pytest.raises(PulseClosedError):
        answer_pulse("2027Q1", [5] * 10, by=ada, on=ON)


def test_only_programme_members_are_asked(mercy: World, in_mercy: Scope) -> None:
    with pytest.raises(PermissionDenied):
        answer_pulse("2026Q4", [2] * 10, by=member_of(mercy.colin), on=ON)
    make_cohort_membership(mercy.cohort, mercy.colin, end_date=dt.date(2026, 6, 1))
    with pytest.raises(PermissionDenied):
        answer_pulse("2026Q4", [2] * 10, by=member_of(mercy.colin), on=ON)


def test_the_audit_trail_says_that_somebody_answered_and_not_what(mercy: World, in_mercy: Scope) -> None:
    answer_pulse("2026Q4", [2] * 10, by=member_of(mercy.ada), on=ON)
    change = AuditEntry.objects.get(table_name="surveys_confidencepulse").change
    assert change["quarter"] == "2026Q4"
    assert {change[name] for name in ("answers", *Dimension.values)} == {"redacted"}


def test_answering_in_the_browser(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.ada)
    url = reverse("surveys:pulse", args=[mercy.slug, quarter_of(timezone.localdate())])
    html = client.get(url).content.decode()
    assert html.count('type="radio"') == 50
    assert html.count("<fieldset") == 10
    assert "checked" not in html
    data = {f"item{place}": "4" for place in range(10)}
    unfinished = client.post(url, {**data, "item3": ""})
    assert unfinished.status_code == 422
    assert unfinished.content.decode().count("checked") == 9  # nothing is lost
    answer = client.post(url, data)
    thanks = client.get(answer["Location"]).content.decode()
    assert "Thank you" in thanks
    assert "75" in thanks
    assert client.get(url).content.decode().count("checked") == 10


def test_a_closed_quarter_says_so_and_records_nothing(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.ada)
    url = reverse("surveys:pulse", args=[mercy.slug, "2020Q1"])
    assert "This quarter is not open" in client.get(url).content.decode()
    assert client.post(url, {f"item{place}": "4" for place in range(10)}).status_code == 422
    assert client.get(f"/o/{mercy.slug}/pulse/2020Q5/").status_code == 404
    with tenant_scope(mercy.organization.pk):
        assert not ConfidencePulse.objects.exists()


def test_nobody_else_reads_a_pulse(mercy: World, sign_in: SignIn) -> None:
    make_pulse(mercy.ada, "2025Q4")
    url = reverse("surveys:pulse_thanks", args=[mercy.slug, "2025Q4"])
    answers = {name: sign_in(person).get(url).status_code for name, person in mercy.people.items()}
    assert answers == {name: 200 if name == "ada" else 404 for name in mercy.people}


def test_today_asks_until_it_is_answered(mercy: World, in_mercy: Scope) -> None:
    ada, new_year = member_of(mercy.ada), dt.date(2027, 1, 10)
    due = [(item.title, item.due) for item in due_items("surveys", ada, mercy.slug, new_year)]
    assert due == [
        ("Confidence pulse Q4 2026", dt.date(2027, 1, 14)),
        ("Confidence pulse Q1 2027", dt.date(2027, 4, 14)),
    ]
    assert [quarter.last_day for quarter in open_quarters(new_year)] == [day for _title, day in due]
    answer_pulse("2026Q4", [3] * 10, by=ada, on=new_year)
    assert [item.title for item in due_items("surveys", ada, mercy.slug, new_year)] == [
        "Confidence pulse Q1 2027"
    ]
    assert due_items("surveys", member_of(mercy.colin), mercy.slug, new_year) == []


def test_the_pulse_has_two_items_for_each_dimension() -> None:
    groups = [wording.question.group for wording in CONFIDENCE_PULSE.wordings]
    assert groups == [dimension for dimension in Dimension.values for _ in range(2)]
