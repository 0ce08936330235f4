"""Files that were handed in, and whether anybody may read them."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Q

from passport.enums import FileFinding, FileState
from tenancy.models import TenantModel, walls


class HeldFile(TenantModel):
    """A file of evidence, of whichever room, by the path under which it is stored.

    `readable` follows from the state in PostgreSQL, and a trigger (passport/sql/held_file.sql) lets a file be
    decided once: from a file that waits or was refused there is no path to hand out.
    """

    path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING)
    readable = models.GeneratedField(
        # In words of SQL: an expression with parameters leaves the walls out of the table's creation.
        expression=Func(
            template="CASE WHEN state = 'clean' THEN path ELSE '' END",
            output_field=models.CharField(max_length=200),
        ),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of what was handed in: nothing else is scanned or handed out
    held_at = models.DateTimeField()
    finding = models.CharField(max_length=10, choices=FileFinding.choices, blank=True)
    scanner = models.CharField(max_length=60, blank=True)  # the program that looked at it besides us
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            # Whose files they are, and what is in them, is not for the trail.
            *walls(redact=("path", "readable", "sha256", "finding")),
            models.UniqueConstraint(fields=["organization", "path"], name="passport_heldfile_path"),
            models.CheckConstraint(condition=~Q(path=""), name="passport_heldfile_somewhere"),
            models.CheckConstraint(
                condition=Q(state=FileState.WAITING, scanned_at=None, finding="")
                | Q(state=FileState.CLEAN, scanned_at__isnull=False, finding="")
                | Q(state=FileState.REFUSED, scanned_at__isnull=False, finding__in=FileFinding.values),
                name="passport_heldfile_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "held_at"],
                name="passport_heldfile_waiting",  # seconds after it came there is none left
                condition=Q(state=FileState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"
