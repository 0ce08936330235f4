"""What mentors say about themselves: expertise, places, languages, formats, and when they are free."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mentoring.enums import AvailabilitySource, MeetingFormat, Tier
from mentoring.models.taxonomy import Tag
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

MOST_PLACES = 20


class MentorProfile(TenantModel):
    """Somebody who mentors. Where a calendar is read, only the number of free half-hours is kept."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="mentor_profiles")
    offering = models.BooleanField(default=True)  # False: takes nobody new
    about = models.TextField(blank=True, max_length=600)  # for people to read, never for the matcher
    languages = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    formats = ArrayField(
        models.CharField(max_length=12, choices=MeetingFormat.choices), default=list, blank=True
    )
    time_zone = models.CharField(max_length=64, blank=True)  # empty: the organisation's
    source = models.CharField(
        max_length=8, choices=AvailabilitySource.choices, default=AvailabilitySource.WEEKLY
    )
    feed = models.TextField(blank=True)  # the address of a calendar, encrypted: whoever has it reads it
    free_slots = models.PositiveSmallIntegerField(default=0)  # half-hours in the next eight weeks
    counted_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # why the calendar could not be read last

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("feed", "about")),
            models.UniqueConstraint(fields=["organization", "person"], name="mentoring_profile_once"),
            models.CheckConstraint(
                condition=Q(source__in=AvailabilitySource.values), name="mentoring_profile_source"
            ),
            models.CheckConstraint(
                condition=Q(formats__contained_by=MeetingFormat.values), name="mentoring_profile_formats"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} mentors"

    @property
    def format_names(self) -> list[str]:
        """In the words of the choices, and in their order."""
        return [str(MeetingFormat(each).label) for each in MeetingFormat.values if each in self.formats]


class Expertise(TenantModel):
    """What a mentor can help with."""

    mentor = TenantForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="expertise")
    tag = TenantForeignKey(Tag, on_delete=models.PROTECT, related_name="expertise")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentor", "tag"),
            models.UniqueConstraint(
                fields=["organization", "mentor", "tag"], name="mentoring_expertise_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} offers {self.tag_id}"


class Capacity(TenantModel):
    """A mentor's places in a tier. A trigger counts the taken ones (sql/places.sql), so that no two
    acceptances at once can take the last place twice."""

    mentor = TenantForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="capacities")
    tier = models.CharField(max_length=8, choices=Tier.choices)
    places = models.PositiveSmallIntegerField(default=3)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentor"),
            models.UniqueConstraint(
                fields=["organization", "mentor", "tier"], name="mentoring_capacity_once"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mentoring_capacity_tier"),
            models.CheckConstraint(condition=Q(places__lte=MOST_PLACES), name="mentoring_capacity_most"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="mentoring_capacity_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.places} as {self.tier}"

    @property
    def free(self) -> int:
        return self.places - self.taken


class WeeklyHours(TenantModel):
    """A time of the week in which a mentor can usually be met, in the profile's time zone."""

    mentor = TenantForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta(TenantModel.Meta):
        ordering = ["weekday", "starts"]
        constraints = [
            *walls("mentor"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="mentoring_weeklyhours_day"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="mentoring_weeklyhours_order"),
        ]
        indexes = [models.Index(fields=["organization", "mentor"], name="mentoring_weeklyhours_of")]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts:%H:%M} to {self.ends:%H:%M}"
