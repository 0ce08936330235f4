"""The alumni hour, its seats and the words it is found by."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from mentoring.models.taxonomy import Tag
from people.models import Cohort, Person
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls

RECORDING_ADDRESS: Final = URLValidator(schemes=["https"])


class AlumniHour(TenantModel):
    """An hour in which a graduate who became chair tells how it went. The recording stands behind a link and
    only while the speaker consents: who withdraws takes link and transcript away."""

    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, max_length=1200)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)  # a room, or the address of a call
    # Somebody of the organisation, or a guest by name.
    speaker = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="alumni_hours"
    )
    guest = models.CharField(max_length=160, blank=True)
    cohort = TenantForeignKey(  # empty: everybody in a programme
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="alumni_hours"
    )
    organised_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)  # how a guest said it
    withdrawn_on = models.DateField(null=True, blank=True)
    recording = models.URLField(blank=True, max_length=500, validators=[RECORDING_ADDRESS])
    transcript = models.TextField(blank=True, max_length=100_000)
    dimensions = ArrayField(
        models.CharField(max_length=24, choices=Dimension.choices), default=list, blank=True
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "speaker",
                "cohort",
                "organised_by",
                redact=("place", "recording", "transcript", "consent_note"),
            ),
            models.CheckConstraint(
                condition=Q(speaker=None) & ~Q(guest="") | Q(speaker__isnull=False, guest=""),
                name="mentoring_hour_one_speaker",
            ),
            models.CheckConstraint(
                condition=Q(recording="", transcript="") | Q(consented_on__isnull=False),
                name="mentoring_hour_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_because="")
                | Q(cancelled_on__isnull=False, recording="") & ~Q(cancelled_because=""),
                name="mentoring_hour_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(recording="") | Q(recording__startswith="https://"), name="mentoring_hour_https"
            ),
            models.CheckConstraint(
                condition=Q(dimensions__contained_by=Dimension.values), name="mentoring_hour_dimensions"
            ),
        ]
        indexes = [models.Index(fields=["organization", "-starts_at", "id"], name="mentoring_hour_time")]

    def __str__(self) -> str:
        return self.title

    @property
    def speaker_name(self) -> str:
        """The speaker must be loaded with the row."""
        return self.speaker.name if self.speaker else self.guest

    @property
    def is_in_library(self) -> bool:
        return bool(self.recording) and self.consented_on is not None


class AlumniTag(TenantModel):
    """A tag of the taxonomy that an hour is about."""

    hour = TenantForeignKey(AlumniHour, on_delete=models.CASCADE, related_name="tags")
    tag = TenantForeignKey(Tag, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("hour", "tag"),
            models.UniqueConstraint(fields=["organization", "hour", "tag"], name="mentoring_hourtag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hour_id} about {self.tag_id}"


class AlumniSeat(TenantModel):
    """Somebody signed up for an hour, and whether they came; unknown until the organiser says."""

    hour = TenantForeignKey(AlumniHour, on_delete=models.CASCADE, related_name="seats")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="alumni_seats")
    attended = models.BooleanField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("hour", "person"),
            models.UniqueConstraint(fields=["organization", "hour", "person"], name="mentoring_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.hour_id}"


class AlumniWord(TenantModel):
    """A word an hour in the library is found by: lower case, no accents, byte order, so that its beginning is
    one range of an index (docs/architecture.md, search under row security)."""

    hour = TenantForeignKey(AlumniHour, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40, db_collation="C")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("hour", audited=False),
            models.UniqueConstraint(fields=["organization", "word", "hour"], name="mentoring_word_once"),
        ]
        indexes = [models.Index(fields=["organization", "hour"], name="mentoring_word_of")]

    def __str__(self) -> str:
        return self.word
