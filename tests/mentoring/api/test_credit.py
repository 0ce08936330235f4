"""Own credit, the rule of credit and the own calendar's address by API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from mentoring.models import CalendarFeed, CreditRule
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_credit_rule, make_mentorship
from tests.factories.people import make_person
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

TERMS: dict[str, Any] = {
    "from_year": timezone.localdate().year,
    "percent_fte": 2.5,
    "full_time_hours": 2000,
    "points": 5,
    "award_raters": 6,
    "grant_months": 24,
    "reason": "Agreed with finance.",
}


def test_own_credit_is_told_by_mentorship(mercy: World, in_mercy: Scope) -> None:
    make_credit_rule(mercy.organization, from_year=2025)
    made = make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2025, 1, 1))
    ledger = get(api(mercy, mercy.mara), path(mercy, "me/mentoring-credit/2025"))
    [line] = ledger["mentorships"]
    assert (line["mentorship"], line["mentee"]["name"]) == (str(made.pk), "Ada Mercy")
    assert (
        line["credit"]
        == ledger["total"]
        == {
            "months": 12,
            "hours": 104,
            "percent_fte": 5,
            "points": 10,
        }
    )
    assert get(api(mercy, mercy.ada), path(mercy, "me/mentoring-credit/2025"))["mentorships"] == []
    problem(api(mercy, mercy.mara).get(path(mercy, "me/mentoring-credit/9999")), 404)


def test_own_credit_costs_the_same_however_many(mercy: World, in_mercy: Scope) -> None:
    mara, costs = api(mercy, mercy.mara), []
    for count in (2, 18):
        for number in range(count):
            make_mentorship(mercy.mara, make_person(mercy.organization, f"M{count}{number}", mercy.unit))
        costs.append(queries_of(mara, path(mercy, "me/mentoring-credit/2026")))
    assert costs[0] == costs[1]


def test_hr_puts_a_new_rule_in_force(mercy: World, in_mercy: Scope) -> None:
    henry, url = api(mercy, mercy.henry), path(mercy, "mentoring/credit-rule")
    made = post(henry, url, **TERMS)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    [rule] = get(api(mercy, mercy.ada), url)
    assert (rule["percent_fte"], rule["changed_by"]) == (2.5, "Henry Mercy")
    refused = post(henry, url, **{**TERMS, "from_year": 1999, "award_raters": 4, "percent_fte": 21})
    assert faults(refused, 422).keys() == {"/from_year", "/award_raters", "/percent_fte"}
    assert faults(post(henry, url, **{**TERMS, "points": "x", "reason": ""}), 400).keys() == {
        "/points",
        "/reason",
    }
    problem(post(api(mercy, mercy.paula), url, **TERMS), 403)
    assert CreditRule.objects.count() == 1


def test_the_own_calendar_has_one_secret_address(mercy: World, in_mercy: Scope) -> None:
    ada, url = api(mercy, mercy.ada), path(mercy, "me/mentoring-calendar")
    problem(ada.get(url), 404)
    made = ada.post(url)
    assert (made.status_code, get(ada, url)) == (201, made.json())
    assert made.json()["address"].startswith("http")
    assert ada.delete(url).status_code == 204
    assert not CalendarFeed.objects.exists()
