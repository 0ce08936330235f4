"""What mentees were given a look at, and what follows where nothing was logged."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mentoring.enums import ExposureKind, ReminderName, ReviewEnd
from mentoring.models.mentorships import Mentorship
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

QUARTER = r"^[0-9]{4}Q[1-4]$"


class Exposure(TenantModel):
    """One look at leadership that a mentor gave a mentee. Of the same kind once a day: pressing twice logs
    once."""

    mentorship = TenantForeignKey(Mentorship, on_delete=models.PROTECT, related_name="exposures")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=ExposureKind.choices)
    text = models.CharField(max_length=120, blank=True)
    logged_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentorship", "logged_by", redact=("text",)),
            models.UniqueConstraint(
                fields=["organization", "mentorship", "day", "kind", "text"], name="mentoring_exposure_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=ExposureKind.values), name="mentoring_exposure_kind"),
            models.CheckConstraint(
                condition=~Q(kind=ExposureKind.OTHER) | ~Q(text=""), name="mentoring_exposure_other_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"

    @property
    def title(self) -> str:
        """The kind in words; of something else what it was."""
        return self.text if self.kind == ExposureKind.OTHER else str(ExposureKind(self.kind).label)


class ExposureReminder(TenantModel):
    """A mentor was reminded of a quarter's log; each reminder once."""

    mentor = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="exposure_reminders")
    quarter = models.CharField(max_length=6)
    name = models.CharField(max_length=8, choices=ReminderName.choices)
    sent_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentor", audited=False),
            models.UniqueConstraint(
                fields=["organization", "mentor", "quarter", "name"], name="mentoring_reminder_once"
            ),
            models.CheckConstraint(condition=Q(name__in=ReminderName.values), name="mentoring_reminder_name"),
            models.CheckConstraint(condition=Q(quarter__regex=QUARTER), name="mentoring_reminder_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.quarter}"


class ExposureReview(TenantModel):
    """No log of a mentor's quarter after the days of grace: a programme director looks into it. The job opens
    it; a person closes it with a reason, or the log that arrives."""

    mentor = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="exposure_reviews")
    quarter = models.CharField(max_length=6)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=ReviewEnd.choices, blank=True)
    note = models.CharField(max_length=600, blank=True)
    closed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentor", "closed_by", redact=("note",)),
            models.UniqueConstraint(
                fields=["organization", "mentor", "quarter"], name="mentoring_review_once"
            ),
            models.CheckConstraint(condition=Q(quarter__regex=QUARTER), name="mentoring_review_quarter"),
            models.CheckConstraint(
                condition=Q(closed_on=None, end="", closed_by=None, note="")
                | Q(closed_on__isnull=False, end=ReviewEnd.LOGGED)
                | Q(closed_on__isnull=False, end__in=ReviewEnd.values, closed_by__isnull=False),
                name="mentoring_review_closed_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "opened_on", "id"],
                name="mentoring_review_queue",  # the queue is short, its history is long
                condition=Q(closed_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} in {self.quarter}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None
