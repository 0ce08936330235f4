"""Questions about contracts and what is to come of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from mentoring.enums import DeliverableState, MentorshipState
from mentoring.models import Contract, ContractTemplate, Deliverable, TemplateDeliverable

SIGNED = Q(mentor_signed_at__isnull=False, mentee_signed_at__isnull=False)


def contracts_of(mentorship_id: UUID) -> QuerySet[Contract]:
    """All versions, the latest first."""
    return Contract.objects.filter(mentorship=mentorship_id).order_by("-version")


def contract_in_force(mentorship_id: UUID) -> Contract | None:
    """The latest version that both have signed."""
    return contracts_of(mentorship_id).filter(SIGNED).first()


def draft_of(mentorship_id: UUID) -> Contract | None:
    """The version that is not signed by both."""
    return contracts_of(mentorship_id).exclude(SIGNED).first()


def deliverables_in_force(mentorship_ids: Iterable[UUID]) -> QuerySet[Deliverable]:
    """What the contracts in force ask for, and what was completed under earlier versions; by date."""
    latest = contracts_of(OuterRef("contract__mentorship")).filter(SIGNED).values("pk")[:1]  # type: ignore[arg-type]  # a reference in place of an id
    return (
        Deliverable.objects.filter(contract__mentorship__in=list(mentorship_ids))
        .filter(Q(contract=Subquery(latest)) | Q(state=DeliverableState.COMPLETED))
        .select_related("contract__mentorship__mentor", "contract__mentorship__mentee", "attested_by")
        .order_by("due_on", "position", "pk")
    )


def deliverables_waiting_for(person_id: UUID) -> QuerySet[Deliverable]:
    """Reported by the mentee, for this mentor to attest; the oldest first."""
    return (
        Deliverable.objects.filter(
            state=DeliverableState.REPORTED,
            contract__mentorship__mentor=person_id,
            contract__mentorship__state=MentorshipState.ACTIVE,
        )
        .select_related("contract__mentorship__mentee")
        .order_by("reported_on", "pk")
    )


def contracts_waiting_for(person_id: UUID) -> QuerySet[Contract]:
    """Drafts that one side has signed, for the other one to sign."""
    as_mentor = Q(mentorship__mentor=person_id, mentor_signed_at=None, mentee_signed_at__isnull=False)
    as_mentee = Q(mentorship__mentee=person_id, mentee_signed_at=None, mentor_signed_at__isnull=False)
    return (
        Contract.objects.filter(as_mentor | as_mentee, mentorship__state=MentorshipState.ACTIVE)
        .select_related("mentorship__mentor", "mentorship__mentee")
        .order_by("drafted_at", "pk")
    )


def contract_template() -> tuple[ContractTemplate | None, list[TemplateDeliverable]]:
    """The words and deliverables a contract begins with. Two queries."""
    return ContractTemplate.objects.first(), list(TemplateDeliverable.objects.order_by("position"))
