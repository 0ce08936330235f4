"""The days of the clinic in the one calendar: whose, which, and that no word tells of anybody."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.queries.calendar_feed import feed_token
from sponsors.models import Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.conferences import make_conference
from tests.factories.mentoring import make_feed
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_review,
    make_seat,
    make_sponsor,
    make_sponsorship,
)
from tests.world import World

TODAY = timezone.localdate()
REVIEW, MEETS, DUE = "Review of a regimen", "Case conference", "An action of a regimen is due"


@pytest.fixture
def goal(mercy: World, in_mercy: Scope) -> Goal:
    """Of Ada's: Eli sponsors her, Mara leads her, Colin looks after finance. Everybody sees to something."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    goal = make_goal(mercy.ada)
    make_action(goal, title="Speak up", owner=mercy.ada)
    make_action(goal, title="Quiet doubts", owner=mercy.eli, private=True)
    make_action(goal, title="Doubts of the chair", owner=mercy.mara, private=True)
    make_action(goal, title="Read a budget", owner=mercy.colin, domain="finance")
    make_action(goal, title="Coach her", owner=mercy.colin, domain="coaching")
    make_action(goal, title="Over", owner=mercy.ada, state="done", over_on=TODAY)
    make_action(goal, title="Left out", owner=mercy.ada, removed=True)
    make_review(mercy.ada)
    make_review(mercy.colin)  # Mara leads him too
    make_conference(mercy.ada, mercy.mara, by=mercy.eli)
    return goal


def url(world: World, who: str) -> str:
    return reverse("calendars:feed", args=[world.slug, feed_token(make_feed(world.people[who]))])


def titles(world: World, who: str) -> list[str]:
    """Of the clinic: rooms above it have days of their own there."""
    content = Client().get(url(world, who)).content
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return sorted(str(event["summary"]) for event in events if "/clinic/" in str(event["url"]))


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("ada", [DUE] * 5 + [MEETS, REVIEW]),  # of her own regimen all that is open
        ("eli", [DUE, MEETS, REVIEW]),  # the private one he sees to
        ("mara", [MEETS, REVIEW, REVIEW]),  # no private one, though she owns it
        ("colin", [DUE, REVIEW]),  # of his domain; he was not asked to the conference
        ("paula", []),
        ("henry", []),
    ],
)
def test_each_calendar_shows_what_is_theirs(mercy: World, goal: Goal, who: str, shown: list[str]) -> None:
    assert titles(mercy, who) == sorted(shown)


def test_no_word_of_it_tells_of_anybody(mercy: World, goal: Goal) -> None:
    content = Client().get(url(mercy, "ada")).content.decode()
    for word in ("Ada", "Eli", "Mara", "Speak up", "doubts", "budget", "keeps her from leading"):
        assert word not in content


def test_a_day_is_a_whole_day_and_nobody_is_busy(mercy: World, goal: Goal) -> None:
    content = Client().get(url(mercy, "colin")).content
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    [due] = [event for event in events if str(event["summary"]) == DUE]
    day = TODAY + dt.timedelta(days=90)
    assert (due.decoded("dtstart"), due.decoded("dtend")) == (day, day + dt.timedelta(days=1))
    assert str(due["transp"]) == "TRANSPARENT"
    assert "/clinic/leaders/" in str(due["url"])


def test_who_left_the_team_sees_its_days_no_more(mercy: World, goal: Goal) -> None:
    mercy.colin.seats.update(end_date=TODAY)
    assert titles(mercy, "colin") == [REVIEW]


def test_more_days_cost_no_more_queries(mercy: World, goal: Goal) -> None:
    address, client = url(mercy, "ada"), Client()
    some = queries_of(client, address)
    for _more in range(3):
        make_action(goal)
        make_conference(mercy.ada, mercy.mara, by=mercy.eli)
    assert queries_of(client, address) == some
