"""The reviews of a leader's regimen, and what called one early."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from people.models import Person
from sponsors.enums import Decision, Domain, ReviewCause
from sponsors.models.regimen import Action
from sponsors.plan.reviews import LONGEST_DAYS, SHORTEST_DAYS, USUAL_DAYS
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class ReviewRule(TenantModel):
    """How often regimens are reviewed. Without a row the default holds."""

    every_days = models.PositiveSmallIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(SHORTEST_DAYS), MaxValueValidator(LONGEST_DAYS)]
    )
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            models.UniqueConstraint(fields=["organization"], name="sponsors_reviewrule_once"),
            models.CheckConstraint(
                condition=Q(every_days__range=(SHORTEST_DAYS, LONGEST_DAYS)), name="sponsors_reviewrule_range"
            ),
        ]

    def __str__(self) -> str:
        return f"every {self.every_days} days"


class Review(TenantModel):
    """One review of a leader's regimen: open from the last one on, closed when sponsor and immediate leader
    have both signed. Closed it never changes (sponsors/sql/review_guard.sql)."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    begun_on = models.DateField()  # the first version, or the review before
    agreed_on = models.DateField(null=True, blank=True)  # the next date that the review before set
    due_on = models.DateField()  # sponsors/plan/reviews.py: due_day
    version = models.PositiveIntegerField(null=True, blank=True)  # of the regimen, as it was signed
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    next_on = models.DateField(null=True, blank=True)
    leader_view = models.TextField(blank=True, max_length=2000)
    revision = models.PositiveIntegerField(default=1)  # one signs what one has read
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sponsor = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sponsor_signed_at = models.DateTimeField(null=True, blank=True)
    manager = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    manager_signed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "leader", "changed_by", "sponsor", "manager", redact=("decision", "reason", "leader_view")
            ),
            models.UniqueConstraint(
                fields=["organization", "leader"],
                name="sponsors_review_one_open",
                condition=Q(closed_on=None),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="sponsors_review_decision"
            ),
            models.CheckConstraint(
                condition=Q(sponsor=None, sponsor_signed_at=None)
                | Q(sponsor__isnull=False, sponsor_signed_at__isnull=False),
                name="sponsors_review_sponsor",
            ),
            models.CheckConstraint(
                condition=Q(manager=None, manager_signed_at=None)
                | Q(manager__isnull=False, manager_signed_at__isnull=False),
                name="sponsors_review_manager",
            ),
            models.CheckConstraint(
                condition=Q(sponsor=None) | Q(manager=None) | ~Q(sponsor=F("manager")),
                name="sponsors_review_two",
            ),
            # Closed is what two have signed, with a decision; only a plan that stops has no next date.
            models.CheckConstraint(
                condition=Q(closed_on=None) & (Q(sponsor=None) | Q(manager=None))
                | Q(closed_on__isnull=False, sponsor__isnull=False, manager__isnull=False)
                & ~Q(decision="")
                & ~Q(reason="")
                & (
                    Q(decision=Decision.STOP, next_on=None)
                    | ~Q(decision=Decision.STOP) & Q(next_on__gt=F("closed_on"))
                ),
                name="sponsors_review_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader"], name="sponsors_review_leader"),
            # Today pages and the list of what is overdue ask for open ones by their day.
            models.Index(
                fields=["organization", "due_on", "id"],
                name="sponsors_review_open_due",
                condition=Q(closed_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.leader_id}, due {self.due_on}"

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_signed_by_one(self) -> bool:
        return (self.sponsor_id is None) != (self.manager_id is None)


class ReviewNote(TenantModel):
    """A word on the progress of an action, with the action as it was called and for whom it was then."""

    review = TenantForeignKey(Review, on_delete=models.CASCADE, related_name="notes")
    action = TenantForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    domain = models.CharField(max_length=12, choices=Domain.choices, blank=True)
    private = models.BooleanField(default=False)
    words = models.CharField(max_length=600)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("review", "action", redact=("title", "words")),
            models.UniqueConstraint(
                fields=["organization", "review", "action"], name="sponsors_reviewnote_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_reviewnote_words"),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewCall(TenantModel):
    """Something new that a leader takes on, and so a review before its time: a new appointment by itself and
    once, a new scope or project by the sponsor."""

    review = TenantForeignKey(Review, on_delete=models.PROTECT, related_name="calls")
    cause = models.CharField(max_length=12, choices=ReviewCause.choices)
    appointment = models.UUIDField(null=True, blank=True)  # a bare id: an import that made it may be undone
    words = models.CharField(max_length=300)  # the position's title, or what the sponsor says
    called_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_on = models.DateField()
    due_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("review", "called_by", redact=("words",)),
            AppendOnly(name="sponsors_reviewcall_append_only"),
            models.UniqueConstraint(
                fields=["organization", "appointment"], name="sponsors_reviewcall_appointment"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_reviewcall_words"),
            models.CheckConstraint(
                condition=Q(cause=ReviewCause.ROLE, appointment__isnull=False, called_by=None)
                | Q(
                    cause__in=[ReviewCause.SCOPE, ReviewCause.PROJECT],
                    appointment=None,
                    called_by__isnull=False,
                ),
                name="sponsors_reviewcall_cause",
            ),
        ]
        indexes = [models.Index(fields=["organization", "review"], name="sponsors_reviewcall_review")]

    def __str__(self) -> str:
        return f"{self.cause} from {self.called_on}"
