"""Sessions and their notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MeetingFormat, MentorshipState, NoteFor
from mentoring.models import Mentorship, Session, SessionNote
from mentoring.queries.sessions import notes_shown_to
from mentoring.services.sessions import (
    Meeting,
    cancel_session,
    change_session,
    plan_session,
    write_note,
)
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_mentorship, make_session
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
SOON = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + dt.timedelta(days=5)
MEETING = Meeting(SOON, 60, MeetingFormat.VIDEO, "What next?")


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Mentorship:
    return make_mentorship(mercy.eli, mercy.ada)


def address(world: World, name: str, *more: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, *more])


def test_either_side_plans_and_the_other_is_told(mercy: World, running: Mentorship) -> None:
    made = plan_session(running, MEETING, by=member_of(mercy.ada))
    assert (made.starts_at, made.agenda, made.sequence) == (SOON, "What next?", 0)
    [(who, title)] = told()
    assert who == {mercy.eli.pk}
    assert title.startswith("Ada Mercy planned a mentoring session for ")
    assert "What next?" not in title


def test_what_was_held_is_written_down_quietly(mercy: World, running: Mentorship) -> None:
    plan_session(
        running, Meeting(SOON - dt.timedelta(days=30), 45, MeetingFormat.PHONE), by=member_of(mercy.eli)
    )
    assert told() == []


@pytest.mark.parametrize("days", [-400, 400])
def test_a_session_is_within_a_year(mercy: World, running: Mentorship, days: int) -> None:
    with pytest.raises(ValidationError, match="within a year"):
        plan_session(
            running, Meeting(SOON + dt.timedelta(days=days), 60, MeetingFormat.VIDEO), by=member_of(mercy.ada)
        )


def test_before_and_after_nothing_is_planned(mercy: World, in_mercy: Scope) -> None:
    accepted = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.ACCEPTED)
    with pytest.raises(ValidationError, match="while the mentorship runs"):
        plan_session(accepted, MEETING, by=member_of(mercy.ada))


def test_moving_it_tells_the_other_side_changing_the_agenda_does_not(
    mercy: World, running: Mentorship
) -> None:
    made = make_session(running, SOON)
    change_session(made, Meeting(SOON, 60, MeetingFormat.VIDEO, "More."), by=member_of(mercy.ada))
    assert told() == []
    moved = change_session(
        made, Meeting(SOON + dt.timedelta(hours=1), 60, MeetingFormat.VIDEO), by=member_of(mercy.ada)
    )
    assert moved.sequence == 1
    assert told()[0][1].startswith("Ada Mercy moved your mentoring session to ")


def test_a_cancelled_session_is_cancelled_once(mercy: World, running: Mentorship) -> None:
    made = make_session(running)
    cancel_session(made, by=member_of(mercy.eli))
    assert told()[0][1].startswith("Eli Mercy cancelled the mentoring session of ")
    with pytest.raises(ValidationError, match="was cancelled"):
        cancel_session(made, by=member_of(mercy.ada))
    with pytest.raises(ValidationError, match="was cancelled"):
        change_session(made, MEETING, by=member_of(mercy.ada))


@pytest.mark.parametrize("who", ["paula", "mara", "henry"])
def test_sessions_are_the_business_of_the_two(mercy: World, running: Mentorship, who: str) -> None:
    by, made = member_of(mercy.people[who]), make_session(running)
    for act in (
        lambda: plan_session(running, MEETING, by=by),
        lambda: change_session(made, MEETING, by=by),
        lambda: cancel_session(made, by=by),
        lambda: write_note(made, "Hm.", readers=NoteFor.DIRECTOR, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_each_note_is_read_by_whom_it_is_for(mercy: World, running: Mentorship) -> None:
    made, ada = make_session(running), member_of(mercy.ada)
    for readers in NoteFor:
        write_note(made, f"For {readers}.", readers=readers, by=ada)
    seen = {
        who: {note.text for note in notes_shown_to(mercy.people[who].pk, made, running)}
        for who in ("ada", "eli", "paula")
    }
    assert seen == {
        "ada": {"For mine.", "For both.", "For director."},
        "eli": {"For both.", "For director."},
        "paula": {"For director."},
    }


def test_a_note_is_changed_and_cleared(mercy: World, running: Mentorship) -> None:
    made, ada = make_session(running), member_of(mercy.ada)
    write_note(made, "First.", readers=NoteFor.MINE, by=ada)
    write_note(made, "Second.", readers=NoteFor.MINE, by=ada)
    assert [note.text for note in notes_shown_to(mercy.ada.pk, made, running)] == ["Second."]
    write_note(made, " ", readers=NoteFor.MINE, by=ada)
    assert not SessionNote.objects.exists()


def test_neither_the_database_nor_the_audit_trail_tells_a_note(mercy: World, running: Mentorship) -> None:
    made = make_session(running, agenda="Burning question")
    write_note(made, "Burning secret", readers=NoteFor.MINE, by=member_of(mercy.ada))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE text LIKE '%Burning%') FROM mentoring_sessionnote"
        )
        assert cursor.fetchone() == (1, 0)
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE change::text ~ 'Burning|gAAAA') FROM tenancy_audit "
            "WHERE table_name LIKE 'mentoring_session%'"
        )
        assert cursor.fetchone() == (2, 0)


def test_planned_on_the_page_and_shown_today(mercy: World, running: Mentorship, sign_in: SignIn) -> None:
    ada, where = sign_in(mercy.ada), address(mercy, "sessions", running.pk)
    assert "No session yet" in ada.get(where).content.decode()
    form = {"day": f"{SOON:%Y-%m-%d}", "time": "09:30", "minutes": "60", "format": "video", "agenda": "Hi"}
    assert ada.post(where, form | {"minutes": "5"}).status_code == 422
    assert ada.post(where, form).status_code == 302
    assert Session.objects.get().starts_at == SOON
    today = sign_in(mercy.eli).get(reverse("today", args=[mercy.slug])).content.decode()
    assert "Mentoring session with Ada Mercy" in today


def test_the_director_sees_that_they_meet_and_no_agenda(
    mercy: World, running: Mentorship, sign_in: SignIn
) -> None:
    made = make_session(running, agenda="Between us")
    write_note(made, "For the programme", readers=NoteFor.DIRECTOR, by=member_of(mercy.ada))
    write_note(made, "For the two", readers=NoteFor.BOTH, by=member_of(mercy.ada))
    where = address(mercy, "session", running.pk, made.pk)
    assert "Between us" in sign_in(mercy.eli).get(where).content.decode()
    seen = sign_in(mercy.paula).get(where).content.decode()
    assert "For the programme" in seen
    assert "Between us" not in seen
    assert "For the two" not in seen


def test_a_note_is_written_on_the_page(mercy: World, running: Mentorship, sign_in: SignIn) -> None:
    made, ada = make_session(running), sign_in(mercy.ada)
    note = address(mercy, "session_note", running.pk, made.pk, "mine")
    assert ada.post(note, {"words": "x" * 5001}).status_code == 422
    assert ada.post(note, {"words": "Mine alone"}).status_code == 302
    where = address(mercy, "session", running.pk, made.pk)
    assert "Mine alone" in ada.get(where).content.decode()
    assert "Mine alone" not in sign_in(mercy.eli).get(where).content.decode()


def test_a_single_session_as_a_file(mercy: World, running: Mentorship, sign_in: SignIn) -> None:
    made = make_session(running, SOON)
    answer = sign_in(mercy.ada).get(address(mercy, "session_ics", running.pk, made.pk))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Mentoring session"


def test_the_list_costs_the_same_for_one_and_three_sessions(
    mercy: World, running: Mentorship, sign_in: SignIn
) -> None:
    ada, where = sign_in(mercy.ada), address(mercy, "sessions", running.pk)
    make_session(running)
    one = queries_of(ada, where)
    for days in (10, 20):
        make_session(running, SOON + dt.timedelta(days=days))
    assert queries_of(ada, where) == one
