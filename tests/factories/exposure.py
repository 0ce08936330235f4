"""Mentorships that run, and what is logged in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from mentoring.enums import ExposureKind, Side, Tier
from mentoring.models import (
    AlumniHour,
    CreditRule,
    Exposure,
    ExposureReview,
    Mentorship,
    ReverseMentoring,
    Satisfaction,
)
from people.models import Person
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from tests.factories import mentoring

BEGUN = dt.date(2026, 1, 5)


def make_mentorship(mentor: Person, mentee: Person, tier: Tier = Tier.SENIOR, **fields: Any) -> Mentorship:
    """One that runs since January, unless told otherwise."""
    begun = fields.get("started_on", BEGUN)
    dates = {"offered_on": begun, "accepted_on": begun, "started_on": begun}
    return mentoring.make_mentorship(mentor, mentee, tier=tier, **{**dates, **fields})


def make_exposure(mentorship: Mentorship, day: dt.date | None = None, **fields: Any) -> Exposure:
    with tenant_transaction(mentorship.organization_id):
        return Exposure.objects.create(
            organization_id=mentorship.organization_id,
            mentorship=mentorship,
            day=day or timezone.localdate(),
            **{"kind": ExposureKind.LED_MEETING, "logged_by_id": mentorship.mentor_id, **fields},
        )


def make_exposure_review(mentor: Person, quarter: str, **fields: Any) -> ExposureReview:
    with tenant_transaction(mentor.organization_id):
        return ExposureReview.objects.create(
            organization_id=mentor.organization_id,
            mentor=mentor,
            quarter=quarter,
            **{"opened_on": dt.date(2026, 7, 15), **fields},
        )


def make_satisfaction(mentorship: Mentorship, quarter: str, **fields: Any) -> Satisfaction:
    """A mentee's, of three everywhere, unless told otherwise."""
    with tenant_transaction(mentorship.organization_id):
        values = {"side": Side.MENTEE, "overall": 3, "useful": 3, "often": 3, **fields}
        return Satisfaction.objects.create(
            organization_id=mentorship.organization_id, mentorship=mentorship, quarter=quarter, **values
        )


def make_credit_rule(organization: Organization, **fields: Any) -> CreditRule:
    """Five percent of an FTE and ten points a mentee and year."""
    with tenant_transaction(organization.pk):
        values = {"version": 1, "percent_fte": 5, "points": 10, "reason": "Agreed", **fields}
        return CreditRule.objects.create(organization=organization, **values)


def make_alumni_hour(organiser: Person, **fields: Any) -> AlumniHour:
    """Of a guest, yesterday, for everybody in a programme, unless told otherwise."""
    with tenant_transaction(organiser.organization_id):
        values = {
            "title": "From fellow to chair",
            "starts_at": timezone.now() - dt.timedelta(days=1),
            "place": "Lecture hall",
            "guest": "Prof Amara Okafor",
            "organised_by": organiser,
            **fields,
        }
        return AlumniHour.objects.create(organization_id=organiser.organization_id, **values)


def make_reverse(junior: Person, senior: Person, **fields: Any) -> ReverseMentoring:
    with tenant_transaction(junior.organization_id):
        values = {"topic": "Messages on the ward", "started_on": BEGUN, "arranged_by": senior, **fields}
        return ReverseMentoring.objects.create(
            organization_id=junior.organization_id, junior=junior, senior=senior, **values
        )
