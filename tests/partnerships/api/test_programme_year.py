"""The year of a partnership programme by API: its phases, its words, and what it is measured by."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from partnerships.models import PartnershipProgramme
from tests.factories.partnerships import make_outcome, make_partnership, make_phase, make_programme
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def test_a_phase_is_planned_held_and_taken_back(mercy: World, programme: PartnershipProgramme) -> None:
    colin, phase = api(mercy, mercy.colin), make_phase(programme)
    url = path(mercy, "partnership-programmes", programme.pk, "phases", phase.pk)
    plan = {"due_on": TODAY.isoformat(), "owner": str(mercy.mara.pk)}
    planned = put(colin, url, **plan).json()
    assert (planned["due_on"], planned["owner"]["name"]) == (plan["due_on"], "Mara Mercy")
    there = [str(each.pk) for each in programme.participants_by_name][:2]
    mara = api(mercy, mercy.mara)
    held = post(mara, f"{url}/finish", over_on=TODAY.isoformat(), present=there, words="Good").json()
    assert (held["state"], held["words"]) == ("done", "Good")
    problem(post(mara, f"{url}/finish", over_on=TODAY.isoformat()), 409)
    assert post(mara, f"{url}/reopen").json()["state"] == "open"
    assert post(mara, f"{url}/drop", words="Snow").json()["state"] == "dropped"
    problem(put(api(mercy, mercy.ada), url, **plan), 403)
    problem(put(api(mercy, mercy.paula), url, **plan), 404)


def test_a_phase_is_refused_what_the_page_refuses(mercy: World, programme: PartnershipProgramme) -> None:
    colin, phase = api(mercy, mercy.colin), make_phase(programme)
    url = path(mercy, "partnership-programmes", programme.pk, "phases", phase.pk)
    tomorrow = (TODAY + dt.timedelta(days=1)).isoformat()
    problem(post(colin, f"{url}/finish", over_on=tomorrow), 422)
    strangers = {"over_on": TODAY.isoformat(), "present": [str(uuid4())]}
    assert faults(post(colin, f"{url}/finish", **strangers), 422).keys() == {"/present"}
    problem(put(colin, url, due_on=tomorrow, owner=str(uuid4())), 422)
    problem(post(colin, f"{url}/drop", words=" "), 400)
    other = make_programme(mercy.root, mercy.colin, mercy.eli, title="Another")
    elsewhere = path(mercy, "partnership-programmes", other.pk, "phases", phase.pk)
    problem(post(colin, f"{elsewhere}/reopen"), 404)


def test_one_more_away_day(mercy: World, programme: PartnershipProgramme) -> None:
    url = path(mercy, "partnership-programmes", programme.pk, "away-days")
    day = {"title": "At the lake", "due_on": TODAY.isoformat()}
    made = post(api(mercy, mercy.colin), url, **day)
    assert (made.status_code, made.json()["kind"], made.json()["title"]) == (201, "away_day", "At the lake")
    problem(post(api(mercy, mercy.colin), url, **{**day, "due_on": "1999-01-01"}), 422)
    problem(post(api(mercy, mercy.ada), url, **day), 403)


def test_partners_write_their_mission_and_lose_no_words(
    mercy: World, programme: PartnershipProgramme
) -> None:
    url = path(mercy, "partnership-programmes", programme.pk)
    ada, mara = api(mercy, mercy.ada), api(mercy, mercy.mara)
    made = put(ada, f"{url}/artefacts", kind="mission", words="One service", revision=0).json()
    assert (made["words"], made["revision"]) == ("One service", 1)
    assert get(mara, url)["artefacts"] == [made]
    problem(put(mara, f"{url}/artefacts", kind="mission", words="Two", revision=0), 422)
    problem(put(api(mercy, mercy.paula), f"{url}/artefacts", kind="mission", words="X", revision=1), 404)


def test_an_outcome_is_declared_and_measured(mercy: World, programme: PartnershipProgramme) -> None:
    colin, url = api(mercy, mercy.colin), path(mercy, "partnership-programmes", programme.pk, "outcomes")
    made = post(colin, url, title="Waiting time", before="40 days")
    assert made.status_code == 201
    problem(post(colin, url, title="Waiting time", before="41 days"), 422)
    one = f"{url}/{made.json()['id']}"
    measure = {"after": "20 days", "measured_on": TODAY.isoformat(), "source": "Register"}
    problem(put(api(mercy, mercy.ada), one, **measure), 403)
    assert put(colin, one, **measure).json()["after"] == "20 days"
    problem(colin.delete(one), 409)
    mistaken = f"{url}/{make_outcome(programme).pk}"
    assert colin.delete(mistaken).status_code == 204
    problem(colin.delete(mistaken), 404)
