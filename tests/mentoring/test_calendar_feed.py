"""The secret address from which a calendar reads somebody's sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import OverCause
from mentoring.models import Mentorship
from mentoring.queries.calendar_feed import feed_behind, feed_token
from mentoring.services.mentorships import end_mentorship
from people.models import Person
from people.services.membership import end_access
from tenancy.scope import Scope
from tests.factories.mentoring import make_feed, make_mentorship, make_session
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
SOON = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + dt.timedelta(days=5)


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Mentorship:
    return make_mentorship(mercy.eli, mercy.ada)


def address(world: World, name: str) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug])


def feed(client: Client, world: World, token: str) -> tuple[int, bytes]:
    answer = client.get(reverse("calendars:feed", args=[world.slug, token]))
    return answer.status_code, answer.content


def test_a_calendar_reads_the_feed_and_learns_no_names(
    mercy: World, running: Mentorship, sign_in: SignIn
) -> None:
    made = make_session(running, SOON, agenda="Between us")
    make_session(running, SOON + dt.timedelta(days=1), cancelled_at=timezone.now())
    sign_in(mercy.ada).post(address(mercy, "calendar_make"))
    token = feed_token(mercy.ada.calendar_feeds.get())
    status, content = feed(Client(), mercy, token)
    assert status == 200
    first, second = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (str(first["summary"]), first.decoded("dtstart")) == ("Mentoring session", SOON)
    assert first.decoded("dtend") == SOON + dt.timedelta(hours=1)
    assert (str(first["uid"]), str(second["status"])) == (f"{made.pk}@clinicleader", "CANCELLED")
    for word in ("Ada", "Eli", "Between us"):
        assert word not in content.decode()


def test_a_revoked_feed_answers_no_more(mercy: World, running: Mentorship, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    ada.post(address(mercy, "calendar_make"))
    first = feed_token(mercy.ada.calendar_feeds.get())
    ada.post(address(mercy, "calendar_make"))
    second = feed_token(mercy.ada.calendar_feeds.get())
    assert second in ada.get(address(mercy, "calendar")).content.decode()
    assert [feed(Client(), mercy, token)[0] for token in (first, second)] == [404, 200]
    ada.post(address(mercy, "calendar_revoke"))
    assert feed(Client(), mercy, second)[0] == 404


def test_a_feed_is_found_by_its_whole_secret_in_its_organization(
    mercy: World, fenwick: World, in_mercy: Scope
) -> None:
    made = make_feed(mercy.ada)
    token = feed_token(made)
    assert feed_behind(token) == made
    for wrong in ("", made.pk.hex, f"{made.pk.hex}-", token[:-1], "x" + token):
        assert feed_behind(wrong) is None
    assert [feed(Client(), world, token)[0] for world in (mercy, fenwick)] == [200, 404]


def test_the_feed_of_somebody_who_left_is_gone(mercy: World, in_mercy: Scope) -> None:
    token = feed_token(make_feed(mercy.ada))
    Person.objects.filter(pk=mercy.ada.pk).update(end_date=timezone.localdate() - dt.timedelta(days=1))
    assert feed(Client(), mercy, token)[0] == 404


def test_the_feed_of_somebody_without_access_is_gone(mercy: World, in_mercy: Scope) -> None:
    token = feed_token(make_feed(mercy.ada))
    assert feed(Client(), mercy, token)[0] == 200
    end_access(mercy.ada.pk, by=member_of(mercy.henry))
    assert feed(Client(), mercy, token)[0] == 404


def test_after_the_end_calendars_forget_what_was_ahead(mercy: World, running: Mentorship) -> None:
    make_session(running)
    make_session(running, SOON - dt.timedelta(days=20))
    token = feed_token(make_feed(mercy.ada))
    end_mentorship(running, cause=OverCause.REACHED, by=member_of(mercy.eli))
    assert feed(Client(), mercy, token)[1].count(b"BEGIN:VEVENT") == 1
