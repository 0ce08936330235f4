"""Case conferences and reviews of an organisation as large as the largest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from sponsors.enums import DiagnosisKind, Domain, EvidenceKind
from sponsors.models import (
    Attendee,
    Conference,
    ConferenceEvidence,
    Diagnosis,
    DiagnosisQuestion,
    Review,
    Sponsorship,
)

MUCH = 10  # pieces of evidence in the first conference, and questions about each of its diagnoses


def hold_conferences(sponsorships: Sequence[Sponsorship], *, today: dt.date) -> None:
    """One about everybody with a sponsor, with a diagnosis; about the first leader one in each domain, and
    questions."""
    held = Conference.objects.bulk_create(
        Conference(
            leader_id=each.leader_id,
            question="What would help most in the next half-year?",
            held_on=today - dt.timedelta(days=place % 300),
            opened_by_id=each.sponsor_id,
        )
        for place, each in enumerate(sponsorships)
    )
    Attendee.objects.bulk_create(Attendee(conference=each, person_id=each.opened_by_id) for each in held)
    Diagnosis.objects.bulk_create(_diagnosis(each, Domain.COACHING) for each in held[1:])
    first = held[0]
    ConferenceEvidence.objects.bulk_create(
        ConferenceEvidence(
            conference=first,
            kind=EvidenceKind.OBSERVATION,
            words=f"Spoke last in meeting {number}",
            noted_by_id=first.opened_by_id,
        )
        for number in range(MUCH)
    )
    thorough = Diagnosis.objects.bulk_create(_diagnosis(first, domain) for domain in Domain)
    DiagnosisQuestion.objects.bulk_create(
        DiagnosisQuestion(diagnosis=each, words=f"What would show that it is better, point {number}?")
        for each in thorough
        for number in range(MUCH)
    )


def _diagnosis(conference: Conference, domain: Domain) -> Diagnosis:
    return Diagnosis(
        conference=conference,
        author_id=conference.opened_by_id,
        domain=domain,
        kind=DiagnosisKind.AREA,
        words="Speaks late, and then seldom of what it costs.",
        prescription="A budget of their own.",
        released_at=timezone.now() - dt.timedelta(days=1),
    )


def open_reviews(sponsorships: Sequence[Sponsorship], *, today: dt.date) -> None:
    """One for everybody with a sponsor; some are due soon, some long overdue."""
    Review.objects.bulk_create(
        Review(
            leader_id=each.leader_id,
            begun_on=each.started_on or each.asked_on,
            due_on=today + dt.timedelta(days=30 - place % 60),
        )
        for place, each in enumerate(sponsorships)
    )
