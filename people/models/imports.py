"""Files that bring in people, units, lines, positions and appointments, and what came of them."""

from __future__ import annotations

from django.db import models

from people.enums import DateOrder, ImportKind, ImportState
from people.models.persons import Person
from tenancy.models import JobRun, TenantForeignKey, TenantModel, walls
from tenancy.pieces import Piece


class ImportMapping(TenantModel):
    """Which column of the organisation's files holds which field, remembered from the last file of a kind."""

    kind = models.CharField(max_length=16, choices=ImportKind.choices)
    columns = models.JSONField(default=dict)  # field name -> column heading

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(fields=["organization", "kind"], name="people_importmapping_kind"),
        ]

    def __str__(self) -> str:
        return f"columns of {self.kind}"


class Import(TenantModel):
    """One file on its way: uploaded, matched, checked, applied, perhaps undone."""

    kind = models.CharField(max_length=16, choices=ImportKind.choices)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=255)
    file_size = models.PositiveBigIntegerField()
    columns = models.JSONField(default=dict)  # field name -> column heading
    date_order = models.CharField(max_length=3, choices=DateOrder.choices, default=DateOrder.YMD)
    # From which day a changed manager holds, where the file does not say.
    effective_on = models.DateField()
    uploaded_by = TenantForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    run = TenantForeignKey(JobRun, on_delete=models.SET_NULL, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)  # rows, added, changed, ended, unchanged, faults
    notices = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # Where the audit trail holds the old and new values of what was applied: undo is made from it.
    request_id = models.CharField(max_length=64, blank=True)
    audit_after = models.BigIntegerField(null=True)
    audit_upto = models.BigIntegerField(null=True)
    audit_rows = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("uploaded_by", "run"),
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="people_import_state"
            ),
        ]
        indexes = [models.Index(fields=["organization", "-created_at"], name="people_import_recent")]

    def __str__(self) -> str:
        return self.file_name


class ImportChunk(Piece):
    """A piece of the file's table. Kept until the import is applied or discarded, seven days at most."""

    source = TenantForeignKey(Import, on_delete=models.CASCADE, related_name="chunks")

    class Meta(Piece.Meta):
        constraints = [
            *walls("source", audited=False),
            models.UniqueConstraint(
                fields=["organization", "source", "number"], name="people_importchunk_once"
            ),
        ]


class ImportFault(TenantModel):
    """What is wrong in one cell or row of the file."""

    source = TenantForeignKey(Import, on_delete=models.CASCADE, related_name="faults")
    number = models.PositiveIntegerField()
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    message = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("source", audited=False),
            models.UniqueConstraint(
                fields=["organization", "source", "number"], name="people_importfault_once"
            ),
        ]

    def __str__(self) -> str:
        return self.message


class ImportChange(TenantModel):
    """What a row of the file would do; the first of each verdict, to look at before applying."""

    class Verdict(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        ENDED = "ended"

    source = TenantForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    row = models.PositiveIntegerField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    subject = models.CharField(max_length=300)
    values = models.JSONField(default=list)  # [field, old, new]

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("source", audited=False),
            models.UniqueConstraint(
                fields=["organization", "source", "number"], name="people_importchange_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.verdict}"
