"""Questions about diagnoses and what leaders ask, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from people.member import Member
from sponsors.models import (
    Conference,
    Diagnosis,
    DiagnosisAcknowledgement,
    DiagnosisDraft,
    DiagnosisQuestion,
)
from sponsors.permissions import can_read_draft
from sponsors.queries.conferences import conferences_shown_to
from sponsors.queries.team import sits_in_team, sponsored_by
from sponsors.seats import Seat
from tenancy.kept import kept

ANSWER_DAYS: Final = 7  # within which a leader may expect an answer


def diagnoses_shown_to(seat: Seat) -> QuerySet[Diagnosis]:
    """Released ones of the conferences and the domains that a seat reads, the oldest first."""
    found = Diagnosis.objects.filter(conference__leader=seat.leader_id).select_related("author", "conference")
    if not seat.reads_all_domains:
        conferences = conferences_shown_to(seat).values("pk")
        found = found.filter(conference__in=conferences, domain__in=map(str, seat.domains))
    return found.order_by("released_at", "pk")


def diagnoses_among(seat: Seat, diagnosis_ids: frozenset[UUID]) -> QuerySet[Diagnosis]:
    """Some of them."""
    return diagnoses_shown_to(seat).filter(pk__in=diagnosis_ids)


def diagnoses_of(conference: Conference, seat: Seat) -> QuerySet[Diagnosis]:
    """Those of one conference, with what the leader asked and whether they have read them."""
    answered = DiagnosisQuestion.objects.select_related("answered_by").order_by("asked_at", "pk")
    return (
        diagnoses_shown_to(seat)
        .filter(conference=conference)
        .prefetch_related(Prefetch("questions", answered), "acknowledgements", "corrections")
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A released diagnosis with all that followed."""

    diagnosis: Diagnosis
    acknowledged: bool
    corrected: bool
    questions: list[DiagnosisQuestion]


def told_in(conference: Conference, seat: Seat) -> list[Told]:
    """The same to be read one after the other. Two queries."""
    questions: dict[UUID, list[DiagnosisQuestion]] = {}
    for each in kept(_asked_in, conference.pk):
        questions.setdefault(each.diagnosis_id, []).append(each)
    return [
        Told(each, each.acknowledged, each.corrected, questions.get(each.pk, []))  # type: ignore[attr-defined]
        for each in kept(_told_in, conference.pk, seat)
    ]


def _told_in(conference_id: UUID, seat: Seat) -> QuerySet[Diagnosis]:
    return (
        diagnoses_shown_to(seat)
        .filter(conference=conference_id)
        .annotate(
            acknowledged=Exists(DiagnosisAcknowledgement.objects.filter(diagnosis=OuterRef("pk"))),
            corrected=Exists(Diagnosis.objects.filter(corrects=OuterRef("pk"))),
        )
    )


def _asked_in(conference_id: UUID) -> QuerySet[DiagnosisQuestion]:
    found = DiagnosisQuestion.objects.filter(diagnosis__conference=conference_id)
    return found.select_related("answered_by").order_by("asked_at", "pk")


def drafts_shown_to(seat: Seat, conference: Conference) -> list[DiagnosisDraft]:
    """The own ones; the sponsor sees all."""
    return [each for each in kept(_drafts, conference.pk) if can_read_draft(seat, each)]


def _drafts(conference_id: UUID) -> QuerySet[DiagnosisDraft]:
    found = DiagnosisDraft.objects.filter(conference=conference_id)
    return found.select_related("author").order_by("domain", "written_at", "pk")


def diagnoses_to_read(leader_id: UUID) -> QuerySet[Diagnosis]:
    """What a leader has not acknowledged yet, the oldest first."""
    read = DiagnosisAcknowledgement.objects.values("diagnosis")
    found = Diagnosis.objects.filter(conference__leader=leader_id).exclude(pk__in=read)
    return found.select_related("conference").order_by("released_at", "pk")


def questions_to_answer(member: Member, *, on: dt.date) -> QuerySet[DiagnosisQuestion]:
    """What has waited for an answer too long on a day, for whoever can answer: the author while the domain is
    theirs, and the sponsor."""
    leader = "diagnosis__conference__leader"
    own = Q(diagnosis__author=member.person_id) & sits_in_team(
        member, leader=leader, domain="diagnosis__domain", on=on
    )
    return (
        DiagnosisQuestion.objects.filter(own | sponsored_by(member, leader=leader))
        .filter(answered_at=None, asked_at__date__lte=on - dt.timedelta(days=ANSWER_DAYS))
        .select_related("diagnosis__conference__leader")
        .order_by("asked_at", "pk")
    )
