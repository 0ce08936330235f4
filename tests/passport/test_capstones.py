"""What follows a pod: the capstone in the home department, and leading a committee in earnest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.capstone_services import (
    confirm_outcome,
    plan_capstone,
    record_outcome,
    return_capstone,
    submit_capstone,
    verify_capstone,
)
from passport.enums import CapstoneState, ReadOf, StampState
from passport.models import Capstone, PassportRead, Pod, Stamp, TransferOutcome
from passport.permissions import Subject
from passport.pod_queries import capstones_to_verify, outcomes_to_confirm
from passport.queries import holding_visible_to
from people.models import Person
from tenancy.scope import Scope, tenant_scope
from tests.due import due_items
from tests.factories.passport import (
    DECIDED,
    find_milestone,
    make_attempt,
    make_capstone,
    make_pod,
    make_presets,
    make_transfer_outcome,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
SignIn = Callable[[Person], Client]


@pytest.fixture
def pod(mercy: World, in_mercy: Scope) -> Pod:
    """Ada has finished it; its capstone earns a milestone."""
    make_presets(mercy.organization)
    milestone = find_milestone(mercy.organization, "Lead a quality-improvement project")
    pod = make_pod(mercy.organization, capstone_milestone=milestone)
    make_attempt(mercy.ada, pod)
    return pod


def subject(world: World) -> Subject:
    holding = holding_visible_to(member_of(world.ada), world.ada.pk, on=TODAY)
    assert holding is not None
    return holding.subject


def submitted(world: World, pod: Pod) -> Capstone:
    planned = plan_capstone(pod, title="Shorter waits", aim="Ten days less.", by=member_of(world.ada))
    return submit_capstone(planned, result="Nine.", subject=subject(world), by=member_of(world.ada))


def test_a_capstone_is_in_the_home_department_and_follows_a_finished_pod(mercy: World, pod: Pod) -> None:
    capstone = plan_capstone(pod, title="Shorter waits", aim="Ten days less.", by=member_of(mercy.ada))
    assert (capstone.unit_id, capstone.state) == (mercy.ada.unit_id, CapstoneState.PLANNED)
    with pytest.raises(ValidationError, match="have finished"):
        plan_capstone(pod, title="Mine", aim="Too.", by=member_of(mercy.mara))
    newer = make_pod(mercy.organization, version=2, state="retired")
    with pytest.raises(ValidationError, match="already"):
        plan_capstone(newer, title="Another", aim="One.", by=member_of(mercy.ada))


def test_a_verified_capstone_earns_its_milestone(mercy: World, pod: Pod) -> None:
    capstone = submitted(mercy, pod)
    assert list(capstones_to_verify(member_of(mercy.mara), on=TODAY)) == [capstone]
    assert ({mercy.mara.pk}, "Ada Mercy asks you to verify the capstone “Shorter waits”.") in told()
    verify_capstone(capstone, subject=subject(mercy), by=member_of(mercy.mara))
    stamp = Stamp.objects.get(person=mercy.ada)
    assert (stamp.state, stamp.verified_by_id, stamp.milestone_id) == (
        StampState.VERIFIED,
        mercy.mara.pk,
        pod.capstone_milestone_id,
    )
    assert stamp.statement == "Capstone: Shorter waits. Nine."
    assert not capstones_to_verify(member_of(mercy.mara), on=TODAY).exists()


def test_a_capstone_is_given_back_with_what_is_missing_and_submitted_again(mercy: World, pod: Pod) -> None:
    capstone = submitted(mercy, pod)
    with pytest.raises(ValidationError, match="missing"):
        return_capstone(capstone, note=" ", subject=subject(mercy), by=member_of(mercy.mara))
    back = return_capstone(capstone, note="The measure.", subject=subject(mercy), by=member_of(mercy.mara))
    assert (back.state, back.decision_note) == (CapstoneState.PLANNED, "The measure.")
    with pytest.raises(ValidationError, match="Meanwhile"):
        verify_capstone(capstone, subject=subject(mercy), by=member_of(mercy.mara))
    again = submit_capstone(back, result="Nine of ten.", subject=subject(mercy), by=member_of(mercy.ada))
    assert again.state == CapstoneState.SUBMITTED
    assert not Stamp.objects.exists()


def test_nobody_verifies_their_own_capstone_and_only_those_who_look_after_them_do(
    mercy: World, pod: Pod
) -> None:
    capstone = submitted(mercy, pod)
    for person in (mercy.ada, mercy.colin):
        with pytest.raises(PermissionDenied):
            verify_capstone(capstone, subject=subject(mercy), by=member_of(person))
    with pytest.raises(PermissionDenied):
        submit_capstone(capstone, result="Hers.", subject=subject(mercy), by=member_of(mercy.mara))


def test_a_committee_led_after_the_pod_is_confirmed_by_somebody_else_once(mercy: World, pod: Pod) -> None:
    ada, mara = member_of(mercy.ada), member_of(mercy.mara)
    outcome = record_outcome(
        pod, committee="Quality", role="Chair", began_on=TODAY, subject=subject(mercy), by=ada
    )
    assert list(outcomes_to_confirm(mara, on=TODAY)) == [outcome]
    assert not outcomes_to_confirm(ada, on=TODAY).exists()
    with pytest.raises(PermissionDenied):
        confirm_outcome(outcome, subject=subject(mercy), by=ada)
    assert confirm_outcome(outcome, subject=subject(mercy), by=mara).confirmed_by_id == mercy.mara.pk
    with pytest.raises(ValidationError, match="Meanwhile"):
        confirm_outcome(outcome, subject=subject(mercy), by=member_of(mercy.henry))


@pytest.mark.parametrize(
    ("began_on", "words"),
    [(TODAY + dt.timedelta(days=1), "once it has begun"), (DECIDED.date() - dt.timedelta(days=2), "before")],
)
def test_a_committee_is_led_after_the_pod_and_not_in_the_future(
    mercy: World, pod: Pod, began_on: dt.date, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        record_outcome(
            pod,
            committee="Quality",
            role="Chair",
            began_on=began_on,
            subject=subject(mercy),
            by=member_of(mercy.ada),
        )


def test_the_same_committee_is_recorded_once_and_after_a_pod_of_ones_own(mercy: World, pod: Pod) -> None:
    outcome = make_transfer_outcome(mercy.ada, pod, began_on=TODAY)
    with pytest.raises(ValidationError, match="recorded already"):
        record_outcome(
            pod,
            committee=outcome.committee,
            role="Chair",
            began_on=TODAY,
            subject=subject(mercy),
            by=member_of(mercy.ada),
        )
    with pytest.raises(ValidationError, match="have finished"):
        record_outcome(
            pod,
            committee="Mine",
            role="Chair",
            began_on=TODAY,
            subject=Subject(mercy.mara.pk),
            by=member_of(mercy.mara),
        )


def test_the_pages_lead_from_the_pod_to_a_verified_capstone(mercy: World, pod: Pod, sign_in: SignIn) -> None:
    ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
    planned = ada.post(
        reverse("passport:pod_capstone", args=[mercy.slug, pod.pk]),
        {"title": "Shorter waits", "aim": "Ten days less."},
    )
    url = planned["Location"]
    assert "What came of it" in ada.get(url).content.decode()
    ada.post(f"{url}submit/", {"result": "Nine days."})
    page = mara.get(url).content.decode()
    assert "Nine days." in page
    assert "Verify" in page
    mara.post(f"{url}decide/", {"decision": "verify", "note": "Well done."})
    with tenant_scope(mercy.organization.pk):
        assert Capstone.objects.get().state == CapstoneState.VERIFIED
        assert PassportRead.objects.filter(person=mercy.ada, what=ReadOf.EVIDENCE).exists()


def test_the_list_shows_pods_outcomes_and_confirms(mercy: World, pod: Pod, sign_in: SignIn) -> None:
    make_capstone(mercy.ada, pod)
    outcome = make_transfer_outcome(mercy.ada, pod)
    page = sign_in(mercy.ada).get(reverse("passport:pods", args=[mercy.slug])).content.decode()
    assert "Waits for marking" in page
    assert "not confirmed yet" in page
    assert "outcome.pk" not in page
    mara = sign_in(mercy.mara)
    mara.post(reverse("passport:outcome_confirm", args=[mercy.slug, outcome.pk]))
    page = mara.get(reverse("passport:pods_of", args=[mercy.slug, mercy.ada.pk])).content.decode()
    assert "confirmed by Mara Mercy" in page
    with tenant_scope(mercy.organization.pk):
        assert TransferOutcome.objects.get().confirmed_by_id == mercy.mara.pk


def test_what_waits_is_seen_by_those_who_look_after_the_person_alone(mercy: World, pod: Pod) -> None:
    make_capstone(mercy.ada, pod, state=CapstoneState.SUBMITTED, submitted_on=TODAY, result="Nine.")
    make_transfer_outcome(mercy.ada, pod)
    for person, seen in ((mercy.mara, 1), (mercy.henry, 1), (mercy.ada, 0), (mercy.colin, 0)):
        member = member_of(person)
        assert capstones_to_verify(member, on=TODAY).count() == seen, person
        assert outcomes_to_confirm(member, on=TODAY).count() == seen, person


def test_today_names_what_waits_until_it_is_decided(mercy: World, pod: Pod) -> None:
    capstone, mara = submitted(mercy, pod), member_of(mercy.mara)
    outcome = make_transfer_outcome(mercy.ada, pod)
    waiting = due_items("passport", mara, mercy.slug, TODAY)
    assert [item.title for item in waiting] == [
        "Mark the pod Budget",
        "Verify the capstone Shorter waits",
        "Confirm: Chair, Quality committee",
    ]
    assert waiting[1].due == TODAY + dt.timedelta(days=14)
    assert due_items("passport", member_of(mercy.ada), mercy.slug, TODAY) == []
    verify_capstone(capstone, subject=subject(mercy), by=mara)
    confirm_outcome(outcome, subject=subject(mercy), by=mara)
    left = [item.title for item in due_items("passport", mara, mercy.slug, TODAY)]
    assert left == ["Mark the pod Budget"]
