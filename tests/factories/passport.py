"""One factory a model of the Passport."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from passport.enums import StampState
from passport.models import Milestone, PassportHolder, PassportLink, Stage, Stamp
from passport.services import install_presets
from people.models import Person
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from tests.factories.people import START

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
