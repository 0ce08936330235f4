"""The same figures over the API as on the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import ExposureKind
from mentoring.models import AlumniHour
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.exposure import (
    make_alumni_hour,
    make_credit_rule,
    make_exposure,
    make_mentorship,
    make_satisfaction,
)
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]
LINK = "https://video.example/chair"


def url(name: str, *arguments: object) -> str:
    return reverse(f"mentoring_api:{name}", args=["mercy", *arguments])


def get(client: Client, name: str, *arguments: object) -> Any:
    answer = client.get(url(name, *arguments))
    assert answer.status_code == 200
    return answer.json()


def test_both_sides_read_the_exposure_log(mercy: World, sign_in: SignIn) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    logged = make_exposure(pair, dt.date(2026, 11, 2), kind=ExposureKind.CHAIR_MEETING)
    entry = {
        "id": str(logged.pk),
        "day": "2026-11-02",
        "kind": "chair_meeting",
        "text": "",
        "tier": "senior",
        "mentor": "Mara Mercy",
        "mentee": "Ada Mercy",
    }
    assert get(sign_in(mercy.mara), "exposure_given")["results"] == [entry]
    assert get(sign_in(mercy.ada), "exposure_received")["results"] == [entry]
    assert get(sign_in(mercy.ada), "exposure_given")["results"] == []
    [row] = get(sign_in(mercy.paula), "exposure_report")["results"]
    assert (row["name"], row["total"], row["by_kind"]["chair_meeting"]) == ("Ada Mercy", 1, 1)
    assert (row["by_tier"], row["chair_level"]) == ({"peer": 0, "senior": 1, "chair": 0}, "later")


def test_satisfaction_is_told_of_five_people(mercy: World, sign_in: SignIn) -> None:
    for number, rating in enumerate((4, 4, 3, 3, 2)):
        mentee = make_person(mercy.organization, f"Mentee{number}", mercy.unit)
        make_satisfaction(make_mentorship(mercy.mara, mentee), "2026Q2", overall=rating)
    [quarter] = get(sign_in(mercy.eli), "satisfaction")
    told = quarter["mentees"]
    assert (quarter["quarter"], quarter["mentors"]) == ("2026Q2", None)
    assert (told["people"], told["mean"], told["bound"], told["favourable"]) == (5, 3.2, "", None)


def test_credit_and_figures_of_a_year(mercy: World, sign_in: SignIn) -> None:
    make_credit_rule(mercy.organization, from_year=2026)
    make_mentorship(mercy.mara, mercy.ada, started_on=dt.date(2025, 1, 1))
    henry = sign_in(mercy.henry)
    [mara] = get(henry, "credit", 2025)
    assert (mara["name"], mara["months"], mara["hours"], mara["points"]) == ("Mara Mercy", 12, 0, 0)
    [mara] = get(henry, "credit", 2026)
    assert mara["hours"] == pytest.approx(104 * 10 / 12)
    assert not mara["qualifies_for_award"]
    assert mara["why_not"]
    assert {"figure": "Mentors", "count": 1, "of": None} in get(henry, "figures", 2026)
    assert henry.get(url("figures", 9999)).status_code == 404


def test_only_recordings_with_consent_are_listed(mercy: World, sign_in: SignIn) -> None:
    hour = make_alumni_hour(mercy.paula)
    colin = sign_in(mercy.colin)
    assert get(colin, "recordings")["results"] == []
    with tenant_scope(mercy.organization.pk):
        AlumniHour.objects.filter(pk=hour.pk).update(consented_on=dt.date(2026, 11, 1), recording=LINK)
    [entry] = get(colin, "recordings")["results"]
    assert (entry["recording"], entry["speaker"]) == (LINK, "Prof Amara Okafor")
    assert "place" not in entry


@pytest.mark.parametrize("name", ["exposure_given", "exposure_report", "recordings"])
def test_the_lists_cost_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn, name: str) -> None:
    client, costs = sign_in(mercy.mara if name == "exposure_given" else mercy.paula), []
    for count in (1, 2):
        for number in range(count):
            mentee = make_person(mercy.organization, f"Mentee{count}{number}", mercy.unit)
            make_exposure(make_mentorship(mercy.mara, mentee))
            make_alumni_hour(mercy.paula, consented_on=dt.date(2026, 11, 1), recording=LINK)
        costs.append(queries_of(client, url(name)))
    assert costs[0] == costs[1]
