"""Alumni hours by API: planning, seats, who came, consent, the recording and the library."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from mentoring.models import AlumniHour, AlumniSeat
from people.enums import Role
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_alumni_hour
from tests.factories.mentoring import make_tag
from tests.factories.people import make_cohort, make_grant, make_person, make_user
from tests.notices import told
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

LINK = "https://video.example/chair"


def of(world: World, hour: AlumniHour, *more: object) -> str:
    return path(world, "mentoring/alumni-hours", hour.pk, *more)


def soon(days: int = 3) -> dt.datetime:
    return (timezone.now() + dt.timedelta(days=days)).replace(microsecond=0)


def outline(**changes: Any) -> dict[str, Any]:
    return {"title": "From fellow to chair", "starts_at": soon().isoformat(), "place": "Room 3", **changes}


def in_the_library(world: World, **fields: Any) -> AlumniHour:
    """Of a guest who agreed."""
    shown = {"recording": LINK, "consented_on": timezone.localdate(), "dimensions": ["team_leadership"]}
    return make_alumni_hour(world.paula, **shown | fields)


def test_an_hour_is_planned_and_the_cohort_invited(mercy: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/alumni-hours")
    made = post(paula, url, **outline(speaker=str(mercy.mara.pk), cohort=str(mercy.cohort.pk)))
    assert made.status_code == 201
    body = made.json()
    assert (body["speaker"]["name"], body["guest"], body["cohort"]["id"], body["place"]) == (
        *("Mara Mercy", "", str(mercy.cohort.pk), "Room 3"),
    )
    assert told() == [
        ({mercy.ada.pk}, "You are invited to an alumni hour: From fellow to chair"),
        ({mercy.mara.pk}, "You speak at an alumni hour: From fellow to chair"),
    ]
    assert get(api(mercy, mercy.ada), f"{url}/{body['id']}")["invited"] is True
    problem(post(api(mercy, mercy.ada), url, **outline(guest="Prof Okafor")), 403)


def test_a_plan_that_cannot_be_is_refused_at_the_field(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/alumni-hours")
    guest = outline(guest="Prof Okafor")
    refused = {
        "/guest": (outline(), {**guest, "speaker": str(mercy.mara.pk)}),
        "/speaker": (outline(speaker=str(fenwick.mara.pk)),),
        "/cohort": ({**guest, "cohort": str(fenwick.cohort.pk)},),
        "/starts_at": (
            {**guest, "starts_at": soon(800).isoformat()},
            {**guest, "starts_at": "0001-01-02T00:00Z"},
        ),
    }
    for pointer, bodies in refused.items():
        for body in bodies:
            assert faults(post(paula, url, **body), 422).keys() == {pointer}
    wrong = outline(title=" ", place="Two\nlines", starts_at="soon")
    assert faults(post(paula, url, **wrong), 400).keys() == {"/title", "/place", "/starts_at"}
    assert not AlumniHour.objects.exists()


def test_a_director_invites_a_cohort_of_their_own_only(mercy: World, in_mercy: Scope) -> None:
    dora = make_person(mercy.organization, "Dora", mercy.unit)
    make_grant(dora, Role.PROGRAMME_DIRECTOR, make_cohort(mercy.programme, "Another"))
    make_user(dora)
    body = outline(guest="Prof Okafor", cohort=str(mercy.cohort.pk))
    url = path(mercy, "mentoring/alumni-hours")
    assert faults(post(api(mercy, dora), url, **body), 422).keys() == {"/cohort"}
    assert post(api(mercy, mercy.paula), url, **body).status_code == 201


def test_an_hour_is_moved_and_cancelled(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, starts_at=soon(), cohort=mercy.cohort)
    paula = api(mercy, mercy.paula)
    assert put(paula, of(mercy, hour), **outline(place="Room 9")).json()["place"] == "Room 9"
    past = outline(starts_at=soon(-1).isoformat())
    assert faults(put(paula, of(mercy, hour), **past), 422) == {
        "/starts_at": "Choose a time that is still ahead."
    }
    assert faults(post(paula, of(mercy, hour, "cancel"), because=" "), 400).keys() == {"/because"}
    cancelled = post(paula, of(mercy, hour, "cancel"), because="The speaker is ill.").json()
    assert cancelled["cancelled_because"] == "The speaker is ill."
    for refused in (
        post(paula, of(mercy, hour, "cancel"), because="Again."),
        put(paula, of(mercy, hour), **outline()),
        put(paula, of(mercy, hour, "consent"), note="letter of 3 March"),
        api(mercy, mercy.ada).put(of(mercy, hour, "seat")),
    ):
        assert problem(refused, 409)["detail"] == "This hour is cancelled."
    assert [title for _who, title in told()] == [
        "An alumni hour has another time or place: From fellow to chair",
        "An alumni hour is cancelled: From fellow to chair",
    ]


def test_the_invited_sign_up_and_off(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, starts_at=soon(), cohort=mercy.cohort)
    ada, seat = api(mercy, mercy.ada), of(mercy, hour, "seat")
    for _twice in range(2):
        signed = ada.put(seat).json()
        assert (signed["signed_up"], signed["seats"]) == (True, 1)
    problem(api(mercy, mercy.paula).put(seat), 403)
    assert ada.delete(seat).json()["seats"] == 0
    begun = make_alumni_hour(mercy.paula)
    problem(ada.put(of(mercy, begun, "seat")), 409)
    problem(ada.delete(of(mercy, begun, "seat")), 409)


def test_who_came_is_written_down_by_whoever_organises(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula)
    for person in (mercy.ada, mercy.colin):
        AlumniSeat.objects.create(hour=hour, person=person)
    paula, url = api(mercy, mercy.paula), of(mercy, hour, "attendance")
    strangers = put(paula, url, came=[str(mercy.ada.pk), str(mercy.eli.pk)])
    assert faults(strangers, 422) == {"/came": "Not all of them had signed up."}
    assert put(paula, url, came=[str(mercy.ada.pk)]).status_code == 200
    assert [(row["person"]["name"], row["attended"]) for row in get(paula, url)["results"]] == [
        ("Ada Mercy", True),
        ("Colin Mercy", False),
    ]
    ada = api(mercy, mercy.ada)
    problem(ada.get(url), 403)
    problem(put(ada, url, came=[]), 403)
    ahead = make_alumni_hour(mercy.paula, starts_at=soon())
    problem(put(paula, of(mercy, ahead, "attendance"), came=[]), 409)


def test_a_recording_is_shown_while_the_speaker_consents(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, guest="", speaker=mercy.mara)
    tag = make_tag(mercy.organization, "Governance")
    body = {"link": LINK, "dimensions": ["team_leadership"], "tags": [str(tag.pk)], "transcript": "Reserves."}
    paula, mara, colin = (api(mercy, mercy.people[who]) for who in ("paula", "mara", "colin"))
    problem(put(paula, of(mercy, hour, "recording"), **body), 409)
    problem(put(paula, of(mercy, hour, "consent")), 403)
    assert put(mara, of(mercy, hour, "consent")).json()["consented_on"] == str(timezone.localdate())
    problem(colin.get(of(mercy, hour)), 404)
    shown = put(paula, of(mercy, hour, "recording"), **body).json()["library"]
    assert shown == {
        "recording": LINK,
        "transcript": "Reserves.",
        "dimensions": ["team_leadership"],
        "tags": ["Governance"],
    }
    seen = get(colin, of(mercy, hour))
    assert (seen["library"], seen["place"], seen["invited"]) == (shown, None, False)
    problem(colin.delete(of(mercy, hour, "consent")), 403)
    withdrawn = mara.delete(of(mercy, hour, "consent")).json()
    assert (withdrawn["library"], withdrawn["consented_on"]) == (None, None)
    assert get(colin, path(mercy, "mentoring/recordings"))["results"] == []
    problem(colin.get(of(mercy, hour)), 404)


def test_a_guests_consent_says_how_it_was_given_and_stays_a_note(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula)
    paula = api(mercy, mercy.paula)
    assert faults(put(paula, of(mercy, hour, "consent")), 422).keys() == {"/note"}
    agreed = put(paula, of(mercy, hour, "consent"), note="letter of 3 March")
    assert agreed.status_code == 200
    assert "letter" not in agreed.content.decode()


@pytest.mark.parametrize(
    ("wrong", "status", "pointer"),
    [
        ({"link": "http://video.example/"}, 422, "/link"),
        ({"link": "javascript:alert(1)"}, 422, "/link"),
        ({"dimensions": []}, 400, "/dimensions"),
        ({"dimensions": ["charm"]}, 400, "/dimensions/0"),
        ({"transcript": "x" * 100_001}, 400, "/transcript"),
    ],
)
def test_a_recording_that_cannot_be_shown_is_refused(
    mercy: World, in_mercy: Scope, wrong: dict[str, Any], status: int, pointer: str
) -> None:
    hour = make_alumni_hour(mercy.paula, consented_on=timezone.localdate())
    body = {"link": LINK, "dimensions": ["team_leadership"]} | wrong
    refused = put(api(mercy, mercy.paula), of(mercy, hour, "recording"), **body)
    assert faults(refused, status).keys() == {pointer}


def test_the_library_is_searched_by_competency_and_words(mercy: World, in_mercy: Scope) -> None:
    hour = make_alumni_hour(mercy.paula, title="Board rooms", consented_on=timezone.localdate())
    body = {"link": LINK, "dimensions": ["team_leadership"]}
    assert put(api(mercy, mercy.paula), of(mercy, hour, "recording"), **body).status_code == 200
    colin, url = api(mercy, mercy.colin), path(mercy, "mentoring/recordings")
    found = {
        asked: len(get(colin, f"{url}?{asked}")["results"])
        for asked in (
            "words=boar",
            "words=money",
            "competency=team_leadership",
            "competency=financial_acumen",
        )
    }
    assert list(found.values()) == [1, 0, 1, 0]
    assert faults(colin.get(f"{url}?competency=charm"), 400).keys() == {"/competency"}


def test_the_list_holds_what_is_for_one(mercy: World, in_mercy: Scope) -> None:
    make_alumni_hour(mercy.paula, title="For the cohort", cohort=mercy.cohort)
    in_the_library(mercy, title="Recorded", cohort=make_cohort(mercy.programme, "Another"))
    url = path(mercy, "mentoring/alumni-hours")
    seen = {
        who: {row["title"] for row in get(api(mercy, mercy.people[who]), url)["results"]}
        for who in ("ada", "paula", "colin")
    }
    both = {"For the cohort", "Recorded"}
    assert seen == {"ada": both, "paula": both, "colin": {"Recorded"}}


def test_lists_and_the_hour_cost_the_same_however_many(mercy: World, in_mercy: Scope) -> None:
    paula, costs = api(mercy, mercy.paula), []
    hour = in_the_library(mercy)
    for people in ([mercy.ada], [mercy.colin, mercy.eli]):
        for person in people:
            AlumniSeat.objects.create(hour=hour, person=person)
            in_the_library(mercy, guest="", speaker=person)
        urls = (
            *(path(mercy, "mentoring/alumni-hours"), path(mercy, "mentoring/recordings")),
            *(of(mercy, hour), of(mercy, hour, "attendance")),
        )
        costs.append([queries_of(paula, url) for url in urls])
    assert costs[0] == costs[1]
