"""What profiling told somebody who takes part in a programme: theirs, and nobody's measure (C17)."""

from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from partnerships.models.programmes import ProgrammeParticipant
from tenancy.models import TenantForeignKey, TenantModel, walls


def profile_path(profile: Profile, filename: str) -> str:
    """Where a file is kept: under its organisation, by a name nobody can guess and that says nothing."""
    return f"{profile.organization_id}/profiles/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class Profile(TenantModel):
    """Which tool somebody was profiled with and when, and as much of what it said as they want to keep.
    PostgreSQL shows it to them alone, and to the partners they showed it to (sql/own_profiles.sql)."""

    participant = TenantForeignKey(ProgrammeParticipant, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=120)  # by name: nothing here knows what its results mean
    made_on = models.DateField()
    words = models.TextField(max_length=2000, blank=True)
    file = models.FileField(max_length=200, blank=True, upload_to=profile_path)
    file_name = models.CharField(max_length=120, blank=True)
    kept_on = models.DateField()
    # People, as they were when it was shown: a partner who joins later is not among them.
    readers = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("participant", redact=("instrument", "made_on", "words", "file", "file_name", "readers")),
            models.UniqueConstraint(fields=["organization", "participant"], name="partnerships_profile_once"),
            models.CheckConstraint(
                condition=Q(made_on__lte=F("kept_on")), name="partnerships_profile_not_ahead"
            ),
            models.CheckConstraint(
                condition=Q(file="", file_name="") | (~Q(file="") & ~Q(file_name="")),
                name="partnerships_profile_file_named",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.participant_id}"

    @property
    def is_shown(self) -> bool:
        return bool(self.readers)
