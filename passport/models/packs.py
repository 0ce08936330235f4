"""Packs for committees: the summaries of a set of people, drawn into one file by a job."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from passport.models.summaries import PromotionSummary
from people.models import Person
from tenancy.models import JobRun, TenantForeignKey, TenantModel, walls
from tenancy.pieces import Piece


class CommitteePack(TenantModel):
    """What a member asked for. It is drawn once; its file is dropped after a while
    (passport/summaries/packs.py), the summaries stay behind their codes."""

    title = models.CharField(max_length=120)
    made_by = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    run = TenantForeignKey(JobRun, on_delete=models.SET_NULL, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    summary_count = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("made_by", "run", redact=("title",)),
            models.CheckConstraint(condition=~Q(title=""), name="passport_pack_title"),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(dropped_at__gte=F("drawn_at")), name="passport_pack_dropped"
            ),
        ]
        indexes = [models.Index(fields=["organization", "made_by", "-made_at"], name="passport_pack_of")]

    def __str__(self) -> str:
        return f"committee pack {self.pk}"

    @property
    def is_kept(self) -> bool:
        return self.drawn_at is not None and self.dropped_at is None and self.summary_count > 0


class PackEntry(TenantModel):
    """Somebody in a pack, in the order that was asked for. Without a summary once it is drawn: nothing is
    attested of them, or they were no longer the maker's to see."""

    pack = TenantForeignKey(CommitteePack, on_delete=models.CASCADE, related_name="entries")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    summary = TenantForeignKey(PromotionSummary, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pack", "person", "summary", audited=False),
            models.UniqueConstraint(
                fields=["organization", "pack", "person"], name="passport_packentry_once"
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.place}"


class PackPiece(Piece):
    """A part of a pack's PDF."""

    source = TenantForeignKey(CommitteePack, on_delete=models.CASCADE, related_name="pieces")

    class Meta(Piece.Meta):
        constraints = [
            *walls("source", audited=False),
            models.UniqueConstraint(
                fields=["organization", "source", "number"], name="passport_packpiece_once"
            ),
        ]
