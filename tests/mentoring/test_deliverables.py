"""What comes of a mentorship: reported, attested, and stamped in the Passport."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring.enums import DeliverableState, Initiator, OverCause
from mentoring.milestones import milestone_options
from mentoring.models import Deliverable, Mentorship
from mentoring.services.deliverables import attest_deliverable, report_deliverable, send_back_deliverable
from mentoring.services.mentorships import end_mentorship
from passport.enums import StampState
from passport.models import Milestone, Stamp
from people.models import ReportingLine
from tenancy.scope import Scope
from tests.factories.mentoring import make_deliverable, make_mentorship
from tests.factories.passport import find_milestone, make_claim, make_presets, make_stamp
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def milestone(mercy: World, in_mercy: Scope) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Mentorship:
    return make_mentorship(mercy.eli, mercy.ada)


@pytest.fixture
def deliverable(running: Mentorship, milestone: Milestone) -> Deliverable:
    return make_deliverable(running, "Shadow Eli", milestone=milestone.pk)


def complete(world: World, deliverable: Deliverable) -> Deliverable:
    report_deliverable(deliverable, words="I sat beside Eli.", by=member_of(world.ada))
    return attest_deliverable(deliverable, by=member_of(world.eli))


def test_reported_attested_and_stamped(mercy: World, deliverable: Deliverable, milestone: Milestone) -> None:
    done = complete(mercy, deliverable)
    assert (done.state, done.attested_by_id, done.attested_on) == ("completed", mercy.eli.pk, TODAY)
    stamp = Stamp.objects.get()
    assert (stamp.person_id, stamp.milestone_id, stamp.state) == (mercy.ada.pk, milestone.pk, "verified")
    assert (stamp.verified_by_id, stamp.rule, stamp.earned_on) == (
        mercy.eli.pk,
        milestone.evidence_rule,
        TODAY,
    )
    assert stamp.statement == "Mentoring deliverable: Shadow Eli. I sat beside Eli."
    assert told() == [
        ({mercy.eli.pk}, "Ada Mercy reports a deliverable as done. Did you see it?"),
        ({mercy.ada.pk}, "Eli Mercy attested your deliverable."),
        (
            {mercy.ada.pk},
            "Eli Mercy verified “Shadow a chair meeting”: the stamp is in your Passport.",
        ),
    ]


@pytest.mark.parametrize("state", [StampState.SUBMITTED, StampState.VERIFIED])
def test_what_is_stamped_or_claimed_is_left_alone(
    mercy: World, deliverable: Deliverable, milestone: Milestone, state: StampState
) -> None:
    if state == StampState.SUBMITTED:
        there = make_claim(mercy.ada, milestone)
    else:
        there = make_stamp(mercy.ada, milestone, mercy.mara)
    assert complete(mercy, deliverable).state == DeliverableState.COMPLETED
    assert Stamp.objects.get() == there


@pytest.mark.parametrize("initiator", [Initiator.MENTOR, Initiator.MENTEE])
def test_where_two_found_each_other_it_is_a_claim_for_the_verifiers(
    mercy: World, milestone: Milestone, initiator: Initiator
) -> None:
    pair = make_mentorship(mercy.eli, mercy.ada, initiator=initiator)
    complete(mercy, make_deliverable(pair, "Shadow Eli", milestone=milestone.pk))
    stamp = Stamp.objects.get()
    assert (stamp.state, stamp.verified_by_id, stamp.decided_at) == (StampState.SUBMITTED, None, None)
    assert told()[-1] == (
        {mercy.mara.pk},
        "Ada Mercy submitted evidence for “Shadow a chair meeting”.",
    )


def test_a_mentor_who_verifies_the_passport_anyway_stamps(mercy: World, milestone: Milestone) -> None:
    ReportingLine.objects.filter(person=mercy.ada).delete()  # then directors and HR admins verify
    pair = make_mentorship(mercy.paula, mercy.ada, initiator=Initiator.MENTEE)
    deliverable = make_deliverable(pair, "Shadow Paula", milestone=milestone.pk)
    report_deliverable(deliverable, words="I sat beside Paula.", by=member_of(mercy.ada))
    attest_deliverable(deliverable, by=member_of(mercy.paula))
    assert Stamp.objects.get().state == StampState.VERIFIED


def test_without_a_milestone_nothing_is_stamped(mercy: World, running: Mentorship) -> None:
    complete(mercy, make_deliverable(running))
    assert not Stamp.objects.exists()


def test_a_retired_milestone_is_not_stamped(
    mercy: World, deliverable: Deliverable, milestone: Milestone
) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(retired_on=TODAY - dt.timedelta(days=1))
    complete(mercy, deliverable)
    assert not Stamp.objects.exists()


def test_the_passport_offers_its_milestones(mercy: World, milestone: Milestone) -> None:
    Milestone.objects.exclude(pk=milestone.pk).update(retired_on=TODAY)
    assert [(each.key, each.title, each.group) for each in milestone_options()] == [
        (milestone.pk, "Shadow a chair meeting", "Resident")
    ]


def test_each_side_does_its_own_part(mercy: World, deliverable: Deliverable) -> None:
    for who in (mercy.eli, mercy.paula):
        with pytest.raises(PermissionDenied):
            report_deliverable(deliverable, words="Done.", by=member_of(who))
    report_deliverable(deliverable, words="Done.", by=member_of(mercy.ada))
    for who in (mercy.ada, mercy.paula):
        with pytest.raises(PermissionDenied):
            attest_deliverable(deliverable, by=member_of(who))
        with pytest.raises(PermissionDenied):
            send_back_deliverable(deliverable, by=member_of(who))


def test_it_is_sent_back_and_reported_again(mercy: World, deliverable: Deliverable) -> None:
    report_deliverable(deliverable, words="Done.", by=member_of(mercy.ada))
    assert send_back_deliverable(deliverable, by=member_of(mercy.eli)).state == DeliverableState.OPEN
    assert told()[-1] == ({mercy.ada.pk}, "Eli Mercy would like to see more of a deliverable first.")
    report_deliverable(deliverable, words="Now with notes.", by=member_of(mercy.ada))


def test_steps_in_the_wrong_order_are_said(mercy: World, deliverable: Deliverable) -> None:
    with pytest.raises(ValidationError, match="It is now: to be done"):
        attest_deliverable(deliverable, by=member_of(mercy.eli))
    complete(mercy, deliverable)
    with pytest.raises(ValidationError, match="It is now: completed"):
        report_deliverable(deliverable, words="Again.", by=member_of(mercy.ada))


def test_a_report_says_something(mercy: World, deliverable: Deliverable) -> None:
    with pytest.raises(ValidationError, match="Say in a sentence"):
        report_deliverable(deliverable, words=" ", by=member_of(mercy.ada))


def test_after_the_end_nothing_is_attested(
    mercy: World, running: Mentorship, deliverable: Deliverable
) -> None:
    report_deliverable(deliverable, words="Done.", by=member_of(mercy.ada))
    end_mentorship(running, cause=OverCause.REACHED, by=member_of(mercy.eli))
    with pytest.raises(ValidationError, match="The mentorship is over"):
        attest_deliverable(deliverable, by=member_of(mercy.eli))


def test_the_database_refuses_one_that_is_complete_and_was_never_attested(
    mercy: World, deliverable: Deliverable
) -> None:
    deliverable.state, deliverable.reported_on = DeliverableState.COMPLETED, TODAY
    deliverable.attested_by = mercy.eli
    with pytest.raises(IntegrityError, match="mentoring_deliverable_state"), transaction.atomic():
        deliverable.save()
