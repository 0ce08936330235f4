from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from passport.enums import CapstoneState, PodKind, PodState
from passport.models.stages import Milestone
from people.models import Person, Unit
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

LEVELS = 4  # anchors of a criterion, the lowest first
CONFIDENCE_LEVELS = 5


def _confidence(field: str) -> Q:
    """One answer for each dimension."""
    return Q(**{f"{field}__len": len(Dimension.values)})


class Pod(TenantModel):
    """A version of a pod: the text of its case, and what a finished and marked attempt at it earns.

    A trigger (passport/sql/pod.sql) keeps the text once it is published: attempts were made at it.
    """

    key = models.SlugField(max_length=60, db_index=False)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PodState.choices, default=PodState.DRAFT)
    preset = models.BooleanField(default=False)
    content = models.TextField()
    # Out of the text, for lists.
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=PodKind.choices)
    minutes = models.PositiveSmallIntegerField()
    # The level that every criterion has to reach for the milestone.
    expected_level = models.PositiveSmallIntegerField(default=3)
    milestone = TenantForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="pods"
    )
    # What the paired project in the home department earns.
    capstone_milestone = TenantForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="capstone_pods"
    )
    written_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="written_pods"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("milestone", "capstone_milestone", "written_by"),
            models.UniqueConstraint(fields=["organization", "key", "version"], name="passport_pod_version"),
            models.UniqueConstraint(
                fields=["organization", "key"],
                name="passport_pod_one_published",
                condition=Q(state=PodState.PUBLISHED),
            ),
            models.UniqueConstraint(
                fields=["organization", "key"],
                name="passport_pod_one_draft",
                condition=Q(state=PodState.DRAFT),
            ),
            models.CheckConstraint(condition=Q(state__in=PodState.values), name="passport_pod_state"),
            models.CheckConstraint(condition=Q(kind__in=PodKind.values), name="passport_pod_kind"),
            models.CheckConstraint(
                condition=Q(expected_level__gte=1, expected_level__lte=LEVELS),
                name="passport_pod_expected_level",
            ),
            models.CheckConstraint(
                condition=Q(state=PodState.DRAFT, published_at=None)
                | (~Q(state=PodState.DRAFT) & Q(published_at__isnull=False)),
                name="passport_pod_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class PodAttempt(TenantModel):
    """One run of somebody through a pod. All are kept; of each pod the latest finished one counts.

    A trigger (passport/sql/pod.sql) keeps a finished attempt as it is; it is marked once.
    """

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="pod_attempts")
    pod = TenantForeignKey(Pod, on_delete=models.PROTECT, related_name="attempts")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.JSONField(encoder=DjangoJSONEncoder)  # as the case's engine left it
    moves = models.JSONField(default=list)  # what was sent, in order: the state again from the beginning
    moved_at = models.DateTimeField()  # when the scene now shown began: its time runs from here
    # 1 to 5 for each dimension, in their order.
    confidence_before = ArrayField(models.SmallIntegerField())
    confidence_after = ArrayField(models.SmallIntegerField(), null=True, blank=True)
    marked_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="marked_attempts"
    )
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "person",
                "pod",
                "marked_by",
                redact=("state", "moves", "confidence_before", "confidence_after"),
            ),
            models.UniqueConstraint(
                fields=["organization", "person", "pod"],
                name="passport_podattempt_one_running",
                condition=Q(finished_at=None),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, confidence_after=None)
                | Q(finished_at__gte=F("begun_at"), confidence_after__isnull=False),
                name="passport_podattempt_finished",
            ),
            models.CheckConstraint(
                condition=_confidence("confidence_before")
                & (Q(confidence_after=None) | _confidence("confidence_after")),
                name="passport_podattempt_confidence",
            ),
            models.CheckConstraint(
                condition=Q(marked_by=None, marked_at=None)
                | Q(marked_by__isnull=False, marked_at__isnull=False, finished_at__isnull=False),
                name="passport_podattempt_marked",
            ),
            models.CheckConstraint(
                condition=Q(marked_by=None) | ~Q(marked_by=F("person")),
                name="passport_podattempt_never_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "-begun_at"], name="passport_podattempt_person"),
            models.Index(
                fields=["organization", "finished_at"],
                name="passport_podattempt_waiting",  # what waits for a facilitator is short
                condition=Q(finished_at__isnull=False, marked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pod_id} by {self.person_id}"


class PodMark(TenantModel):
    """The level that a facilitator saw in one criterion of a rubric, with their words."""

    attempt = TenantForeignKey(PodAttempt, on_delete=models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=60)  # its key in the case
    level = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("attempt", redact=("words",)),
            AppendOnly(name="passport_podmark_append_only"),
            models.UniqueConstraint(
                fields=["organization", "attempt", "criterion"], name="passport_podmark_once"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=LEVELS), name="passport_podmark_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level}"


class Capstone(TenantModel):
    """The project in the home department that goes with a pod. It is verified as a milestone is."""

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="capstones")
    pod = TenantForeignKey(Pod, on_delete=models.PROTECT, related_name="capstones")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="capstones")
    title = models.CharField(max_length=160)
    aim = models.TextField()
    state = models.CharField(max_length=10, choices=CapstoneState.choices, default=CapstoneState.PLANNED)
    planned_on = models.DateField()
    result = models.TextField(blank=True)
    link = models.URLField(blank=True, max_length=500, validators=[URLValidator(schemes=["https", "http"])])
    submitted_on = models.DateField(null=True, blank=True)
    decided_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="decided_capstones"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "person",
                "pod",
                "unit",
                "decided_by",
                redact=("title", "aim", "result", "link", "decision_note"),
            ),
            models.UniqueConstraint(fields=["organization", "person", "pod"], name="passport_capstone_once"),
            models.CheckConstraint(
                condition=Q(state__in=CapstoneState.values), name="passport_capstone_state"
            ),
            models.CheckConstraint(
                condition=Q(state=CapstoneState.PLANNED) | (Q(submitted_on__isnull=False) & ~Q(result="")),
                name="passport_capstone_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state=CapstoneState.VERIFIED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="passport_capstone_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")),
                name="passport_capstone_never_oneself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "submitted_on"],
                name="passport_capstone_waiting",  # what waits for a verifier is short
                condition=Q(state=CapstoneState.SUBMITTED),
            )
        ]

    def __str__(self) -> str:
        return self.title


class TransferOutcome(TenantModel):
    """Somebody who did a pod later led a real committee; another person, who was there, confirmed it."""

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="transfer_outcomes")
    pod = TenantForeignKey(Pod, on_delete=models.PROTECT, related_name="transfer_outcomes")
    committee = models.CharField(max_length=160)
    role = models.CharField(max_length=80)
    began_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmed_outcomes"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "pod", "confirmed_by", redact=("committee", "role")),
            models.UniqueConstraint(
                fields=["organization", "person", "pod", "committee", "began_on"],
                name="passport_transferoutcome_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="passport_transferoutcome_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")),
                name="passport_transferoutcome_never_oneself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "recorded_at"],
                name="passport_outcome_waiting",  # what waits for a confirmation is short
                condition=Q(confirmed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.committee}"
