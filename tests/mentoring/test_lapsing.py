"""Offers that nobody answers: reminded after the days of the rule, and then they lapse."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.enums import MentorshipState, OverCause
from mentoring.models import Capacity, Mentorship
from mentoring.pairing import was_declined
from mentoring.services.lapsing import lapse_offers, remind_of_offers
from mentoring.tasks import follow_offers
from tests.due import due_items
from tests.factories.mentoring import make_mentorship, make_weights
from tests.members import member_of
from tests.notices import told
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_mercy")
TODAY = timezone.localdate()


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def offer(mercy: World, *, asked: int, **fields: object) -> Mentorship:
    """Ada is offered to Eli, so many days ago."""
    values = {"state": MentorshipState.OFFERED, "offered_on": TODAY - days(asked), **fields}
    return make_mentorship(mercy.eli, mercy.ada, **values)


def test_an_offer_lapses_after_its_last_day_and_the_director_is_told(mercy: World) -> None:
    made = offer(mercy, asked=14)
    assert lapse_offers(on=TODAY) == 0
    assert lapse_offers(on=TODAY + days(1)) == 1
    made.refresh_from_db()
    assert (made.state, made.over_cause, made.over_by) == (MentorshipState.WITHDRAWN, OverCause.LAPSED, None)
    assert made.over_reason == "Not answered within 14 days."
    assert told() == [
        ({mercy.eli.pk}, "The mentorship of Eli Mercy and Ada Mercy does not come about."),
        ({mercy.paula.pk}, "An offer was not answered in time: Ada Mercy needs another mentor."),
    ]
    assert lapse_offers(on=TODAY + days(1)) == 0


def test_a_place_that_a_mentee_does_not_confirm_is_free_again(mercy: World) -> None:
    """The days count from the mentor's yes, for the mentee had not been asked before."""
    accepted = {"state": MentorshipState.ACCEPTED, "accepted_on": TODAY - days(14)}
    offer(mercy, asked=28, **accepted)
    assert lapse_offers(on=TODAY) == 0
    assert Capacity.objects.get(mentor__person=mercy.eli).taken == 1
    assert lapse_offers(on=TODAY + days(1)) == 1
    assert Capacity.objects.get(mentor__person=mercy.eli).taken == 0
    assert told()[0][0] == {mercy.eli.pk, mercy.ada.pk}


def test_nobody_said_no_and_so_the_two_may_be_proposed_again(mercy: World) -> None:
    offer(mercy, asked=30)
    lapse_offers(on=TODAY)
    assert not was_declined(mercy.eli, mercy.ada)


def test_what_runs_goes_on_where_the_offer_beside_it_lapses(mercy: World) -> None:
    running = make_mentorship(mercy.mara, mercy.ada)
    offer(mercy, asked=30, replaces=running)
    assert lapse_offers(on=TODAY) == 1
    running.refresh_from_db()
    assert running.state == MentorshipState.ACTIVE


def test_whoever_was_asked_is_reminded_on_one_day_alone(mercy: World) -> None:
    offer(mercy, asked=0)
    reminded = [remind_of_offers(on=TODAY + days(number)) for number in range(15)]
    assert reminded == [0] * 7 + [1] + [0] * 7
    until = date_format(TODAY + days(14), "MONTH_DAY_FORMAT")
    words = f"Will you mentor Ada Mercy? Answer until {until}, or the offer lapses."
    assert told() == [({mercy.eli.pk}, words)]


def test_a_mentee_is_reminded_to_confirm(mercy: World) -> None:
    offer(mercy, asked=20, state=MentorshipState.ACCEPTED, accepted_on=TODAY - days(7))
    assert remind_of_offers(on=TODAY) == 1
    [(people, words)] = told()
    assert people == {mercy.ada.pk}
    assert words.startswith("Confirm Eli Mercy as your mentor until ")


def test_the_days_are_the_organisations_own(mercy: World) -> None:
    make_weights(mercy.organization, remind_days=2, answer_days=4)
    offer(mercy, asked=4)
    eli = member_of(mercy.eli)
    [due] = [
        each
        for each in due_items("mentoring", eli, mercy.slug, TODAY)
        if each.title == "Will you mentor Ada Mercy?"
    ]
    assert due.due == TODAY
    assert remind_of_offers(on=TODAY - days(2)) == 1
    assert lapse_offers(on=TODAY + days(1)) == 1


def test_the_nightly_job_reminds_for_its_night_and_lets_lapse_by_today(mercy: World) -> None:
    offer(mercy, asked=7)
    make_mentorship(mercy.eli, mercy.colin, state=MentorshipState.OFFERED, offered_on=TODAY - days(15))
    night = (TODAY - days(1)).isoformat()
    assert follow_offers(night, "all") == {"lapsed": 1, "reminded": 1}
