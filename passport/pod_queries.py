"""Questions about skill pods, the attempts at them, and what came of them."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, QuerySet

from passport.enums import CapstoneState, PodState
from passport.models import Capstone, Pod, PodAttempt, TransferOutcome
from passport.permissions import Subject, can_see_passport
from passport.queries import cohorts_of, overseen_by
from people.member import Member

Work = TypeVar("Work", PodAttempt, Capstone, TransferOutcome)


def published_pods() -> QuerySet[Pod]:
    """The pods that can be begun."""
    return Pod.objects.filter(state=PodState.PUBLISHED).select_related("milestone").order_by("title", "pk")


def all_pods() -> QuerySet[Pod]:
    """Every version, for those who keep them."""
    return Pod.objects.select_related("milestone", "capstone_milestone").order_by("title", "key", "-version")


def draft_of(key: str) -> Pod | None:
    return Pod.objects.filter(key=key, state=PodState.DRAFT).first()


def attempts_of(person_id: UUID) -> QuerySet[PodAttempt]:
    """All attempts of somebody, newest first, each with the lowest level of its marks as `lowest`."""
    return (
        PodAttempt.objects.filter(person=person_id)
        .select_related("pod", "marked_by")
        .annotate(lowest=Min("marks__level"))
        .order_by("-begun_at", "pk")
    )


def running_attempt(person_id: UUID, pod: Pod) -> PodAttempt | None:
    """The attempt at a pod, of whatever version, that somebody has begun and not finished."""
    return PodAttempt.objects.filter(person=person_id, pod__key=pod.key, finished_at=None).first()


def finished_attempts(person_id: UUID, key: str) -> QuerySet[PodAttempt]:
    """Finished attempts at a pod of any version; the first one counts."""
    return (
        PodAttempt.objects.filter(person=person_id, pod__key=key, finished_at__isnull=False)
        .select_related("pod")
        .order_by("-finished_at", "-begun_at", "pk")
    )


def attempt_visible_to(member: Member, attempt_id: UUID, *, on: dt.date) -> PodAttempt | None:
    rows = PodAttempt.objects.select_related("pod__milestone", "person", "marked_by")
    return _visible(rows, member, attempt_id, on)


def capstone_visible_to(member: Member, capstone_id: UUID, *, on: dt.date) -> Capstone | None:
    rows = Capstone.objects.select_related("pod__capstone_milestone", "person", "unit", "decided_by")
    return _visible(rows, member, capstone_id, on)


def outcome_visible_to(member: Member, outcome_id: UUID, *, on: dt.date) -> TransferOutcome | None:
    rows = TransferOutcome.objects.select_related("pod", "person", "confirmed_by")
    return _visible(rows, member, outcome_id, on)


def subject_of_work(work: PodAttempt | Capstone | TransferOutcome) -> Subject:
    """Whose work it is; for what came from one of the `visible` questions."""
    return Subject(work.person_id, frozenset(work.cohort_ids))  # type: ignore[union-attr]  # annotated


def capstones_of(person_id: UUID) -> QuerySet[Capstone]:
    return (
        Capstone.objects.filter(person=person_id)
        .select_related("pod", "unit", "decided_by")
        .order_by("-planned_on", "pk")
    )


def outcomes_of(person_id: UUID) -> QuerySet[TransferOutcome]:
    return (
        TransferOutcome.objects.filter(person=person_id)
        .select_related("pod", "confirmed_by")
        .order_by("-began_on", "pk")
    )


def attempts_to_mark(member: Member, *, on: dt.date) -> QuerySet[PodAttempt]:
    """Finished attempts that wait for a facilitator, the oldest first. One that a later finished attempt
    at the same pod has taken the place of waits no longer."""
    later = PodAttempt.objects.filter(
        person=OuterRef("person"), pod__key=OuterRef("pod__key"), finished_at__gt=OuterRef("finished_at")
    )
    return (
        PodAttempt.objects.filter(
            ~Exists(later), overseen_by(member, on=on), finished_at__isnull=False, marked_at=None
        )
        .exclude(person=member.person_id)
        .select_related("person", "pod")
        .order_by("finished_at", "pk")
    )


def capstones_to_verify(member: Member, *, on: dt.date) -> QuerySet[Capstone]:
    return (
        Capstone.objects.filter(overseen_by(member, on=on), state=CapstoneState.SUBMITTED)
        .exclude(person=member.person_id)
        .select_related("person", "pod")
        .order_by("submitted_on", "pk")
    )


def outcomes_to_confirm(member: Member, *, on: dt.date) -> QuerySet[TransferOutcome]:
    return (
        TransferOutcome.objects.filter(overseen_by(member, on=on), confirmed_at=None)
        .exclude(person=member.person_id)
        .select_related("person", "pod")
        .order_by("recorded_at", "pk")
    )


def running_attempts_of(person_id: UUID) -> QuerySet[PodAttempt]:
    """What somebody has begun and not finished, the oldest first."""
    return (
        PodAttempt.objects.filter(person=person_id, finished_at=None)
        .select_related("pod")
        .order_by("begun_at", "pk")
    )


def _visible(rows: QuerySet[Work], member: Member, pk: UUID, on: dt.date) -> Work | None:
    """With its person's cohorts on it; None where the Passport it belongs to is not the member's to see."""
    cohorts = ArraySubquery(cohorts_of(OuterRef("person"), on=on).values("cohort_id"))
    work = rows.filter(pk=pk).annotate(cohort_ids=cohorts).first()
    return work if work is not None and can_see_passport(member, subject_of_work(work)) else None
