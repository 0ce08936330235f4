"""One factory a model of the Passport."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils import timezone

from passport.badge_services import issue_badges, renew_key
from passport.badges import Algorithm
from passport.cases import begin, load_case
from passport.enums import PodKind, PodState, StampState
from passport.models import (
    Award,
    Capstone,
    CommitteePack,
    Milestone,
    PassportHolder,
    PassportLink,
    Pod,
    PodAttempt,
    PodMark,
    PromotionSummary,
    Publication,
    SigningKey,
    Stage,
    Stamp,
    TransferOutcome,
)
from passport.services import install_presets
from passport.summaries.issuing import issue_summary
from passport.summaries.packs import draw_pack, request_pack
from people.enums import Role
from people.models import Person, RoleGrant
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from tests.factories.people import START
from tests.members import member_of

CASE = (Path(__file__).parents[1] / "passport" / "pod.yaml").read_text()
EARNED = dt.date(2024, 6, 1)
DECIDED = dt.datetime(2024, 6, 9, 12, tzinfo=dt.UTC)


def make_presets(organization: Organization) -> None:
    with tenant_scope(organization.pk):
        install_presets()


def find_milestone(organization: Organization, title: str) -> Milestone:
    with tenant_scope(organization.pk):
        return Milestone.objects.select_related("stage").get(title=title)


def make_stage(organization: Organization, key: str = "resident", **fields: Any) -> Stage:
    with tenant_scope(organization.pk):
        values = {"name": key.title(), "focus": "Exposure", "position": 1, **fields}
        return Stage.objects.create(organization=organization, key=key, **values)


def make_milestone(stage: Stage, title: str = "Shadow a chair meeting", **fields: Any) -> Milestone:
    with tenant_scope(stage.organization_id):
        values = {
            "dimension": "governance_experience",
            "points": 10,
            "position": 1,
            "evidence_rule": "Half a page.",
            **fields,
        }
        return Milestone.objects.create(
            organization_id=stage.organization_id, stage=stage, title=title, **values
        )


def make_holder(person: Person, serial: int = 1) -> PassportHolder:
    with tenant_scope(person.organization_id):
        return PassportHolder.objects.create(
            organization_id=person.organization_id, person=person, serial=serial, issued_on=START
        )


def make_claim(person: Person, milestone: Milestone, **fields: Any) -> Stamp:
    """Evidence that waits for a verifier."""
    with tenant_scope(person.organization_id):
        values = {
            "earned_on": EARNED,
            "submitted_on": EARNED + dt.timedelta(days=7),
            "statement": "I was there.",
            **fields,
        }
        return Stamp.objects.create(
            organization_id=person.organization_id, person=person, milestone=milestone, **values
        )


def make_stamp(person: Person, milestone: Milestone, verifier: Person, **fields: Any) -> Stamp:
    """A verified stamp."""
    values = {
        "state": StampState.VERIFIED,
        "verified_by": verifier,
        "decided_at": DECIDED,
        "rule": milestone.evidence_rule,
        **fields,
    }
    return make_claim(person, milestone, **values)


def make_publication(person: Person, **fields: Any) -> Publication:
    with tenant_scope(person.organization_id):
        values = {"title": "On rounds", "year": 2020, **fields}
        return Publication.objects.create(organization_id=person.organization_id, person=person, **values)


def make_link(person: Person, **fields: Any) -> PassportLink:
    """A private link that answers for a month."""
    with tenant_scope(person.organization_id):
        now = timezone.now()
        values = {
            "given_to": "The promotion committee",
            "made_at": now,
            "last_day": now.date() + dt.timedelta(days=30),
            **fields,
        }
        return PassportLink.objects.create(organization_id=person.organization_id, person=person, **values)


def make_signing_key(organization: Organization, algorithm: Algorithm = Algorithm.ES256) -> SigningKey:
    """The key that signs from now on: of the kind that is made in no time, unless another is asked for."""
    with tenant_scope(organization.pk):
        keeper = RoleGrant.objects.filter(role=Role.HR_ADMIN).select_related("person").first()
        assert keeper is not None
        return renew_key(organization, algorithm, by=member_of(keeper.person))


def make_award(stamp: Stamp) -> Award:
    """The badge for a stamp."""
    with tenant_scope(stamp.organization_id):
        if not SigningKey.objects.filter(retired_at=None).exists():
            make_signing_key(stamp.organization)
        issue_badges(stamp.organization, stamp.pk, by=member_of(stamp.person))
        return Award.objects.get(stamp=stamp)


def make_pod(organization: Organization, key: str = "budget", **fields: Any) -> Pod:
    """A published pod."""
    with tenant_scope(organization.pk):
        values = {
            "version": 1,
            "state": PodState.PUBLISHED,
            "published_at": DECIDED,
            "title": key.title(),
            "kind": PodKind.DECISION,
            "minutes": 120,
            "content": CASE,
            **fields,
        }
        return Pod.objects.create(organization=organization, key=key, **values)


def make_attempt(person: Person, pod: Pod, **fields: Any) -> PodAttempt:
    """An attempt that is finished and not marked."""
    with tenant_scope(person.organization_id):
        values = {
            "begun_at": DECIDED,
            "moved_at": DECIDED,
            "finished_at": DECIDED,
            "state": begin(load_case(CASE)),
            "confidence_before": [2, 2, 2, 2, 2],
            "confidence_after": [3, 3, 3, 3, 3],
            **fields,
        }
        return PodAttempt.objects.create(
            organization_id=person.organization_id, person=person, pod=pod, **values
        )


def make_marked(person: Person, pod: Pod, levels: list[int], by: Person, **fields: Any) -> PodAttempt:
    """An attempt that a facilitator marked, a level for each criterion."""
    attempt = make_attempt(person, pod, **{"marked_by": by, "marked_at": DECIDED, **fields})
    with tenant_scope(person.organization_id):
        PodMark.objects.bulk_create(
            PodMark(
                organization_id=person.organization_id,
                attempt=attempt,
                criterion=f"criterion-{place}",
                level=level,
                words="As seen.",
            )
            for place, level in enumerate(levels)
        )
    return attempt


def make_verified_capstone(person: Person, pod: Pod, by: Person, **fields: Any) -> Capstone:
    """A capstone that was handed in and confirmed."""
    values = {"state": "verified", "result": "Nine days less.", "submitted_on": EARNED, **fields}
    return make_capstone(person, pod, decided_by=by, decided_at=DECIDED, **values)


def make_capstone(person: Person, pod: Pod, **fields: Any) -> Capstone:
    """A capstone that is under way."""
    with tenant_scope(person.organization_id):
        values = {"title": "Shorter waits", "aim": "Ten days less.", "planned_on": EARNED, **fields}
        return Capstone.objects.create(
            organization_id=person.organization_id, person=person, pod=pod, unit_id=person.unit_id, **values
        )


def make_transfer_outcome(person: Person, pod: Pod, **fields: Any) -> TransferOutcome:
    """A committee that nobody has confirmed."""
    with tenant_scope(person.organization_id):
        values = {"committee": "Quality committee", "role": "Chair", "began_on": DECIDED.date(), **fields}
        return TransferOutcome.objects.create(
            organization_id=person.organization_id, person=person, pod=pod, **values
        )


def make_summary(person: Person) -> PromotionSummary:
    """What is attested of the person, made by the person."""
    with tenant_scope(person.organization_id):
        return issue_summary(person.pk, by=member_of(person))


def make_pack(maker: Person, *people: Person) -> CommitteePack:
    """Asked for by the maker, and drawn."""
    with tenant_scope(maker.organization_id):
        pack = request_pack("Spring", [person.pk for person in people], by=member_of(maker))
        draw_pack(pack.pk)
        return CommitteePack.objects.get(pk=pack.pk)
