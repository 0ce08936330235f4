"""Sessions, notes and what is sent back by API."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from mentoring.enums import DeliverableState
from mentoring.models import Session, SessionNote
from tenancy.models import Organization
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_deliverable, make_mentorship, make_session
from tests.factories.people import make_person
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

READERS = ("mine", "both", "director")


def of(world: World, session: Session, *more: object) -> str:
    return path(world, "mentoring/mentorships", session.mentorship_id, "sessions", session.pk, *more)


def plan(**changes: Any) -> dict[str, Any]:
    at = (timezone.now() + dt.timedelta(days=9)).replace(microsecond=0).isoformat()
    return {"starts_at": at, "minutes": 45, "format": "phone", "agenda": "The budget.", **changes}


@pytest.fixture
def session(mercy: World, in_mercy: Scope) -> Session:
    return make_session(make_mentorship(mercy.eli, mercy.ada), agenda="What next?")


def test_a_session_is_moved_and_cancelled(mercy: World, session: Session) -> None:
    ada = api(mercy, mercy.ada)
    assert get(ada, of(mercy, session))["agenda"] == "What next?"
    changed = put(ada, of(mercy, session), **plan()).json()
    assert (changed["minutes"], changed["format"], changed["agenda"]) == (45, "phone", "The budget.")
    assert post(ada, of(mercy, session, "cancel")).json()["cancelled_at"] is not None
    problem(post(ada, of(mercy, session, "cancel")), 409)
    problem(put(ada, of(mercy, session), **plan()), 409)


def test_a_plan_that_is_not_right_is_refused_at_the_field(mercy: World, session: Session) -> None:
    ada = api(mercy, mercy.ada)
    far = plan(starts_at=(timezone.now() + dt.timedelta(days=900)).isoformat())
    assert faults(put(ada, of(mercy, session), **far), 422).keys() == {"/starts_at"}
    new = path(mercy, "mentoring/mentorships", session.mentorship_id, "sessions")
    assert faults(post(ada, new, **far), 422).keys() == {"/starts_at"}
    wrong = plan(starts_at="soon", minutes=1, format="dream")
    assert faults(put(ada, of(mercy, session), **wrong), 400).keys() == {"/starts_at", "/minutes", "/format"}


def test_a_moment_before_the_first_year_is_refused_at_the_field(mercy: World, session: Session) -> None:
    """In its own time zone it is a moment; where the organisation is, the year has not begun."""
    Organization.objects.filter(pk=mercy.organization.pk).update(time_zone="America/Halifax")
    first = plan(starts_at="0001-01-01T00:01:01Z")
    assert faults(put(api(mercy, mercy.ada), of(mercy, session), **first), 422).keys() == {"/starts_at"}


def test_each_circle_reads_its_notes(mercy: World, session: Session) -> None:
    ada, url = api(mercy, mercy.ada), of(mercy, session, "notes")
    for readers in READERS:
        assert put(ada, url, readers=readers, words=f"For {readers}.").status_code == 200
    read = {
        who: [note["words"] for note in get(api(mercy, mercy.people[who]), url)]
        for who in ("ada", "eli", "paula")
    }
    assert read == {
        "ada": ["For mine.", "For both.", "For director."],
        "eli": ["For both.", "For director."],
        "paula": ["For director."],
    }
    assert [note["readers"] for note in put(ada, url, readers="both", words="").json()] == [
        *("mine", "director")
    ]


def test_notes_are_written_by_the_two(mercy: World, session: Session) -> None:
    url = of(mercy, session, "notes")
    problem(put(api(mercy, mercy.paula), url, readers="both", words="Well."), 403)
    wrong = put(api(mercy, mercy.eli), url, readers="all", words="x" * 5001)
    assert faults(wrong, 400).keys() == {"/readers", "/words"}
    assert not SessionNote.objects.exists()


def test_the_director_reads_a_session_without_its_agenda(mercy: World, session: Session) -> None:
    paula = api(mercy, mercy.paula)
    assert get(paula, of(mercy, session))["agenda"] is None
    problem(put(paula, of(mercy, session), **plan()), 403)
    problem(post(paula, of(mercy, session, "cancel")), 403)


@pytest.mark.parametrize("who", ["colin", "mara", "henry"])
def test_others_find_no_session(mercy: World, session: Session, who: str) -> None:
    client = api(mercy, mercy.people[who])
    problem(client.get(of(mercy, session)), 404)
    problem(client.get(of(mercy, session, "notes")), 404)
    problem(put(client, of(mercy, session, "notes"), readers="mine", words="Mine."), 404)


def test_a_session_of_another_mentorship_is_not_there(mercy: World, session: Session) -> None:
    other = make_mentorship(mercy.eli, make_person(mercy.organization, "Mia", mercy.unit))
    wrong = path(mercy, "mentoring/mentorships", other.pk, "sessions", session.pk)
    problem(api(mercy, mercy.eli).get(wrong), 404)


def test_lists_cost_the_same_however_many(mercy: World, session: Session) -> None:
    ada, costs = api(mercy, mercy.ada), []
    url = path(mercy, "mentoring/mentorships", session.mentorship_id, "sessions")
    for count in (1, 18):
        for _ in range(count):
            make_session(session.mentorship)
        costs.append(queries_of(ada, url))
    assert costs[0] == costs[1]


def test_what_is_reported_too_early_is_sent_back(mercy: World, in_mercy: Scope) -> None:
    each = make_deliverable(
        make_mentorship(mercy.eli, mercy.ada),
        state=DeliverableState.REPORTED,
        report="I led it.",
        reported_on="2026-11-01",
    )
    deliverables = path(mercy, "mentoring/mentorships", each.contract.mentorship_id, "deliverables")
    problem(post(api(mercy, mercy.ada), f"{deliverables}/{each.pk}/send-back"), 403)
    assert post(api(mercy, mercy.eli), f"{deliverables}/{each.pk}/send-back").json()["state"] == "open"
    problem(post(api(mercy, mercy.eli), f"{deliverables}/{each.pk}/send-back"), 409)
