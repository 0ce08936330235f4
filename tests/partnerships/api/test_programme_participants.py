"""Who takes part in a partnership programme by API: coached, released, and who was there."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from partnerships.models import PartnershipProgramme, ProgrammeParticipant
from partnerships.services.phases import finish_phase
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.partnerships import (
    make_partnership,
    make_phase,
    make_programme,
    make_programme_session,
)
from tests.members import member_of
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


def participant(programme: PartnershipProgramme, name: str) -> ProgrammeParticipant:
    return next(each for each in programme.participants_by_name if each.person.given_name == name)


def url_of(mercy: World, programme: PartnershipProgramme, name: str, *more: object) -> str:
    ones = participant(programme, name).pk
    return path(mercy, "partnership-programmes", programme.pk, "participants", ones, *more)


def held_with_ada(mercy: World, programme: PartnershipProgramme) -> str:
    """An away day that she alone attended; its address."""
    phase, ada = make_phase(programme), participant(programme, "Ada")
    with tenant_transaction(programme.organization_id):
        finish_phase(phase, TODAY, [ada.pk], "", by=member_of(mercy.colin))
    return path(mercy, "partnership-programmes", programme.pk, "phases", phase.pk)


def test_a_coach_is_named_and_sessions_are_logged(mercy: World, programme: PartnershipProgramme) -> None:
    colin, ada, mara = (api(mercy, person) for person in (mercy.colin, mercy.ada, mercy.mara))
    url = url_of(mercy, programme, "Ada")
    named = put(colin, f"{url}/coach", coach=str(mercy.paula.pk)).json()
    assert named["coach"]["name"] == "Paula Mercy"
    problem(put(ada, f"{url}/coach", coach=str(mercy.henry.pk)), 403)
    for coach in (mercy.ada.pk, uuid4()):
        assert faults(put(colin, f"{url}/coach", coach=str(coach)), 422).keys() == {"/coach"}
    made = post(ada, f"{url}/coaching", held_on=TODAY.isoformat())
    assert made.status_code == 201
    for day in (TODAY, TODAY + dt.timedelta(days=1)):
        said = faults(post(ada, f"{url}/coaching", held_on=day.isoformat()), 422)
        assert said.keys() == {"/held_on"}
    assert get(ada, url)["sessions"] == [made.json()]
    problem(post(mara, f"{url}/coaching", held_on=TODAY.isoformat()), 404)
    elsewhere = url_of(mercy, programme, "Mara", "coaching", made.json()["id"])
    problem(colin.delete(elsewhere), 404)
    assert ada.delete(f"{url}/coaching/{made.json()['id']}").status_code == 204
    assert get(colin, url)["sessions"] == []


def test_a_part_is_for_oneself_and_whoever_runs_it(mercy: World, programme: PartnershipProgramme) -> None:
    held_with_ada(mercy, programme)
    url = url_of(mercy, programme, "Mara")
    for who in ("mara", "colin", "henry"):
        told = get(api(mercy, mercy.people[who]), url)
        assert [(each["title"], each["present"]) for each in told["attendance"]] == [
            ("A day in the woods", False)
        ]
    for who in ("ada", "paula"):
        problem(api(mercy, mercy.people[who]).get(url), 404)


def test_attendance_is_told_as_on_the_pages(mercy: World, programme: PartnershipProgramme) -> None:
    phase = f"{held_with_ada(mercy, programme)}/attendance"
    make_programme_session(participant(programme, "Eli"))
    table = path(mercy, "partnership-programmes", programme.pk, "attendance")
    lines = {each["person"]["name"]: each for each in get(api(mercy, mercy.colin), table)}
    assert {name: each["attendance"][0]["present"] for name, each in lines.items()} == {
        "Eli Mercy": False,
        "Ada Mercy": True,
        "Mara Mercy": False,
    }
    assert (lines["Eli Mercy"]["sessions"], lines["Ada Mercy"]["sessions"]) == (1, 0)
    for who, names in (("colin", 3), ("ada", 1), ("mara", 1)):
        told = get(api(mercy, mercy.people[who]), phase)
        assert (told["there"], told["expected"], len(told["people"])) == (1, 3, names)
    assert get(api(mercy, mercy.mara), phase)["people"][0]["person"]["name"] == "Mara Mercy"
    problem(api(mercy, mercy.ada).get(table), 403)
    for url in (table, phase):
        problem(api(mercy, mercy.paula).get(url), 404)


def test_somebody_is_released_and_a_sponsor_remains(mercy: World, programme: PartnershipProgramme) -> None:
    colin, url = api(mercy, mercy.colin), url_of(mercy, programme, "Ada", "release")
    problem(post(api(mercy, mercy.ada), url), 403)
    problem(post(api(mercy, mercy.mara), url), 404)
    assert post(colin, url).json()["left_on"] == TODAY.isoformat()
    problem(post(colin, url), 409)
    problem(post(colin, url_of(mercy, programme, "Eli", "release")), 409)


def test_more_phases_and_sessions_cost_no_more_queries(mercy: World, programme: PartnershipProgramme) -> None:
    colin, ada = api(mercy, mercy.colin), participant(programme, "Ada")
    phase = f"{held_with_ada(mercy, programme)}/attendance"
    table = path(mercy, "partnership-programmes", programme.pk, "attendance")
    urls = (url_of(mercy, programme, "Ada"), table, phase)
    make_programme_session(ada)
    one = [queries_of(colin, url) for url in urls]
    for days in (1, 2):
        held_with_ada(mercy, programme)
        make_programme_session(ada, held_on=TODAY - dt.timedelta(days=days))
    assert [queries_of(colin, url) for url in urls] == one
