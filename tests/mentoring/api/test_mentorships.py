"""Own mentorships, sessions and deliverables by API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.enums import Initiator, MentorshipState
from mentoring.models import Mentorship, Session
from tenancy.scope import Scope
from tests.factories.mentoring import make_deliverable, make_mentorship, make_session, offer_places
from tests.rest import api, path, post, problem
from tests.world import World


def of(world: World, made: Mentorship, *more: object) -> str:
    return path(world, "mentoring/mentorships", made.pk, *more)


def test_own_mentorships_are_listed(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.mara, mercy.ada, tier="chair", state="offered")
    [entry] = api(mercy, mercy.ada).get(path(mercy, "me/mentorships")).json()["results"]
    assert (entry["id"], entry["state"], entry["tier"]) == (str(made.pk), "active", "peer")
    assert entry["mentor"] == {"id": str(mercy.eli.pk), "name": "Eli Mercy"}
    assert len(api(mercy, mercy.mara).get(path(mercy, "me/mentorships")).json()["results"]) == 1


def test_accepted_and_confirmed(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli)
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    eli, ada = api(mercy, mercy.eli), api(mercy, mercy.ada)
    assert problem(post(ada, of(mercy, made, "accept")), 404)
    assert post(eli, of(mercy, made, "accept")).json()["state"] == "accepted"
    assert problem(post(eli, of(mercy, made, "confirm")), 403)
    assert post(ada, of(mercy, made, "confirm")).json()["state"] == "active"
    again = problem(post(ada, of(mercy, made, "confirm")), 409)
    assert again["detail"] == "Meanwhile this changed. It is now: running."


def test_without_a_place_it_is_a_conflict(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    refused = problem(post(api(mercy, mercy.eli), of(mercy, made, "accept")), 409)
    assert refused["detail"] == "Eli Mercy offers no places as peer mentor."


def test_declined_with_a_reason(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED, initiator=Initiator.MENTEE)
    eli, url = api(mercy, mercy.eli), of(mercy, made, "decline")
    assert problem(post(eli, url), 400)["errors"][0]["pointer"] == "/cause"
    assert problem(post(eli, url, cause="other"), 422)["errors"][0]["pointer"].startswith("/words")
    assert post(eli, url, cause="no_time", words="A busy year.").json()["state"] == "declined"
    seen = api(mercy, mercy.ada).get(of(mercy, made))
    assert seen.json()["state"] == "declined"
    assert b"busy" not in seen.content


def test_sessions_are_planned_and_the_agenda_is_for_the_two(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    ada, url = api(mercy, mercy.ada), of(mercy, made, "sessions")
    starts_at = (timezone.now() + dt.timedelta(days=2)).replace(microsecond=0)
    body = {"starts_at": starts_at.isoformat(), "format": "video", "agenda": "What next?"}
    assert problem(post(ada, url, **(body | {"minutes": 1})), 400)["errors"][0]["pointer"].startswith(
        "/minutes"
    )
    assert post(ada, url, **body).status_code == 201
    assert Session.objects.get().starts_at == starts_at
    agendas = [api(mercy, mercy.people[who]).get(url).json()[0]["agenda"] for who in ("ada", "eli", "paula")]
    assert agendas == ["What next?", "What next?", None]
    assert problem(post(api(mercy, mercy.paula), url, **body), 403)


def test_a_deliverable_is_reported_and_attested(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    each = make_deliverable(made)
    ada, eli = api(mercy, mercy.ada), api(mercy, mercy.eli)
    assert problem(post(eli, of(mercy, made, "deliverables", each.pk, "attest")), 409)
    report = of(mercy, made, "deliverables", each.pk, "report")
    assert post(ada, report, words="I led it.").json()["state"] == "reported"
    assert post(eli, of(mercy, made, "deliverables", each.pk, "attest")).json()["state"] == "completed"
    assert ada.get(of(mercy, made, "deliverables")).json()[0]["report"] == "I led it."


@pytest.mark.parametrize("who", ["colin", "mara", "henry"])
def test_others_find_nothing(mercy: World, in_mercy: Scope, who: str) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_session(made)
    client = api(mercy, mercy.people[who])
    for more in ((), ("sessions",), ("deliverables",)):
        problem(client.get(of(mercy, made, *more)), 404)
