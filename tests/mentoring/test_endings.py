"""What becomes of the mentorships of people who leave."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mentoring.enums import MentorshipState, OverCause, Tier
from mentoring.models import Capacity, Mentorship
from mentoring.services.endings import end_for_leavers
from people.models import CohortMembership, Person
from tests.factories.mentoring import make_mentorship
from tests.notices import told
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_mercy")
TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


def leave(person: Person, last_day: dt.date = YESTERDAY) -> None:
    Person.objects.filter(pk=person.pk).update(end_date=last_day)


def test_a_mentor_who_left_ends_it_and_mentee_and_director_are_told_once(mercy: World) -> None:
    running = make_mentorship(mercy.eli, mercy.ada)
    leave(mercy.eli)
    assert end_for_leavers(on=TODAY) == 1
    running.refresh_from_db()
    assert (running.state, running.over_on, running.over_by) == (MentorshipState.ENDED, TODAY, None)
    assert (running.over_cause, running.over_reason) == (OverCause.LEFT, "Eli Mercy no longer works here.")
    words = "Eli Mercy no longer works here: the mentorship of Eli Mercy and Ada Mercy is over."
    assert told() == [({mercy.ada.pk, mercy.paula.pk}, words)]
    assert end_for_leavers(on=TODAY) == 0
    assert len(told()) == 1


def test_a_mentee_who_left_frees_the_place_and_mentor_and_director_are_told(mercy: World) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    leave(mercy.ada)
    CohortMembership.objects.filter(person=mercy.ada).update(end_date=TODAY)  # the first day without
    end_for_leavers(on=TODAY)
    assert [people for people, _words in told()] == [{mercy.eli.pk, mercy.paula.pk}]
    assert Capacity.objects.get(mentor__person=mercy.eli).taken == 0


def test_an_open_offer_is_taken_back_and_who_did_not_know_of_it_is_not_told(mercy: World) -> None:
    offer = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    leave(mercy.eli)
    end_for_leavers(on=TODAY)
    offer.refresh_from_db()
    assert (offer.state, offer.over_cause) == (MentorshipState.WITHDRAWN, OverCause.LEFT)
    assert [people for people, _words in told()] == [{mercy.paula.pk}]


def test_the_last_day_is_still_a_day_and_what_is_over_stays(mercy: World) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.eli, mercy.colin, tier=Tier.SENIOR, state=MentorshipState.DECLINED)
    leave(mercy.eli, TODAY)
    assert end_for_leavers(on=TODAY) == 0
    assert set(Mentorship.objects.values_list("state", flat=True)) == {"active", "declined"}


def test_what_follows_begins_also_where_the_mentor_before_has_left(mercy: World) -> None:
    running = make_mentorship(mercy.eli, mercy.ada)
    asked = {"state": MentorshipState.OFFERED, "replaces": running}
    follows = make_mentorship(mercy.mara, mercy.ada, **asked)
    leave(mercy.eli)
    end_for_leavers(on=TODAY)
    follows.refresh_from_db()
    assert follows.state == MentorshipState.OFFERED
