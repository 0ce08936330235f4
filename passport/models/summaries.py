"""Promotion summaries that were issued, each with the code by which a committee checks it."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class PromotionSummary(TenantModel):
    """What a paper says, as it was printed. A trigger (passport/sql/summary.sql) keeps it so; the code may
    be revoked."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="promotion_summaries")
    made_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    code = models.CharField(max_length=20)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "made_by", redact=("code", "content")),
            models.UniqueConstraint(fields=["organization", "code"], name="passport_summary_code"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-Z]{20}$"), name="passport_summary_typed"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="passport_summary_revoked",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person", "-made_at"], name="passport_summary_of")]

    def __str__(self) -> str:
        return f"promotion summary of {self.person_id}"

    @property
    def item_count(self) -> int:
        return len(self.content["items"])

    @property
    def code_in_groups(self) -> str:
        """As it is printed: ABCDE-FGHJK-..."""
        return "-".join(self.code[start : start + 5] for start in range(0, len(self.code), 5))
