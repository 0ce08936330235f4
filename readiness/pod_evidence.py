"""Marked pods and verified capstones that count in a score, one by one, as sql/score_quarter.sql counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from passport.enums import CapstoneState
from passport.models import Capstone, PodAttempt, PodMark


@dataclass(frozen=True, slots=True)
class MarkedPod:
    """An attempt that counts in a score: its levels of four by criterion, and what they give of 100."""

    attempt: PodAttempt
    dimension: str
    levels: list[int]

    @property
    def points(self) -> float:
        return 25 * sum(self.levels) / len(self.levels)


def marked_pods_of(person_id: UUID, until: dt.datetime) -> list[MarkedPod]:
    """Of each pod the latest attempt that was finished before a moment and is marked, as
    sql/score_quarter.sql chooses them."""
    levels = PodMark.objects.filter(attempt=OuterRef("pk")).order_by("criterion").values("level")
    attempts = (
        PodAttempt.objects.filter(
            person=person_id, marked_at__isnull=False, finished_at__lt=until, pod__milestone__isnull=False
        )
        .select_related("pod")
        .annotate(levels=ArraySubquery(levels), dimension=F("pod__milestone__dimension"))
        .defer("state", "moves", "pod__content")
        .order_by("pod__key", "-finished_at", "-begun_at", "pk")
        .distinct("pod__key")
    )
    return [MarkedPod(each, each.dimension, each.levels) for each in attempts if each.levels]


def verified_capstones_of(person_id: UUID, last: dt.date) -> QuerySet[Capstone]:
    """Projects that count in a score of a quarter that ends on a day, each with its `dimension`."""
    milestone = Coalesce("pod__capstone_milestone__dimension", "pod__milestone__dimension")
    verified = Capstone.objects.filter(
        person=person_id, state=CapstoneState.VERIFIED, submitted_on__lte=last
    ).annotate(dimension=milestone)
    return verified.exclude(dimension=None).order_by("submitted_on", "pk")
