from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mentoring.enums import PairRuleKind, ProposalState, RunOrigin, RunState, Side, Tier
from mentoring.matching.scoring import UNITS
from mentoring.models.weights import MatchWeights
from people.models import Cohort, Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class MatchRun(TenantModel):
    """One matching of a cohort: what it was asked for, and what came out, to be compared and published.

    `rule`: the weights it followed, as mentoring.matching.weights.Weights has them; they may differ from
    `weights`, the organisation's version in force, where the director tried something else. `places`: what
    the director tried for single mentors, {mentor's person id: {tier: places}}.
    """

    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, related_name="match_runs")
    tiers = ArrayField(models.CharField(max_length=8, choices=Tier.choices))
    cycle = models.CharField(max_length=16)  # the quarter; another one draws other lots between equals
    origin = models.CharField(max_length=10, choices=RunOrigin.choices, default=RunOrigin.STUDIO)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PREPARED)
    weights = TenantForeignKey(MatchWeights, on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField()
    places = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=200, blank=True)  # what the director tries out, in their own words
    requested_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # why it could not be matched
    input_hash = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=32, blank=True)
    proof = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("cohort", "weights", "requested_by", "published_by", redact=("note", "problem")),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="mentoring_run_state"),
            models.CheckConstraint(condition=Q(origin__in=RunOrigin.values), name="mentoring_run_origin"),
            models.CheckConstraint(
                condition=Q(tiers__contained_by=Tier.values) & ~Q(tiers=[]), name="mentoring_run_tiers"
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.PUBLISHED) | Q(published_at__isnull=False),
                name="mentoring_run_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.FAILED) | ~Q(problem=""), name="mentoring_run_failed_why"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "cohort", "-requested_at"], name="mentoring_run_of_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}, {self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def bar(self) -> int:
        """In units of score: a pair strictly above it is told to both sides at once."""
        return round(float(self.rule["bar"]) * UNITS)


class MatchProfile(TenantModel):
    """What the matcher is told of one person in one tier of a run, frozen when the run begins.

    The matcher's database login reads every column but `id` and `person`, and nothing else in the database
    (sql/matcher_login.sql). So no name, photo, pronoun, free text, year of graduation or demographic may
    become a column here. `key` names a person the same way in every run, without saying who it is.
    """

    run = TenantForeignKey(MatchRun, on_delete=models.CASCADE, related_name="profiles")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    tier = models.CharField(max_length=8, choices=Tier.choices)
    key = models.UUIDField()
    level = models.PositiveSmallIntegerField()  # mentoring.training.training_level
    tags = ArrayField(models.PositiveIntegerField(), default=list)  # numbers of the run's tags, from 0
    tag_weights = ArrayField(models.PositiveSmallIntegerField(), default=list)  # beside each of them
    # Of mentors alone:
    free_slots = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField(default=0)
    # Of mentees alone: mentors by their keys.
    excluded = ArrayField(models.UUIDField(), default=list)
    excluded_why = ArrayField(models.CharField(max_length=12), default=list)  # beside each of them
    locked = ArrayField(models.UUIDField(), default=list)
    running = ArrayField(models.UUIDField(), default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("run", "person", audited=False),
            models.UniqueConstraint(
                fields=["organization", "run", "side", "tier", "key"], name="mentoring_matchprofile_once"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="mentoring_matchprofile_side"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mentoring_matchprofile_tier"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.key} as {self.tier}"


class Proposal(TenantModel):
    """A pair that a run proposes. Scores and their parts are in units of 1/10,000."""

    run = TenantForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    mentee = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentor = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tier = models.CharField(max_length=8, choices=Tier.choices)
    score = models.PositiveSmallIntegerField()
    interest = models.PositiveSmallIntegerField()
    availability = models.PositiveSmallIntegerField()
    past_success = models.PositiveSmallIntegerField()
    cosine = models.FloatField(default=0)  # similarity of the tags, 0 to 1
    free_slots = models.PositiveIntegerField(default=0)
    satisfaction = models.FloatField(default=0)  # shrunk to the mean, 1 to 5
    running = models.BooleanField(default=False)  # went on already when the run began
    alternatives = models.JSONField(default=list, blank=True)  # best first; mentoring/services/matching.py
    sentence = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    # The director's own choice, and what stood in the way of publishing.
    instead_of = TenantForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "run",
                "mentee",
                "mentor",
                "instead_of",
                redact=("sentence", "reason", "alternatives", "problem"),
            ),
            models.UniqueConstraint(
                fields=["organization", "run", "mentee", "tier"],
                name="mentoring_proposal_one_a_tier",
                condition=~Q(state=ProposalState.REPLACED),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="mentoring_proposal_state"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mentoring_proposal_tier"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentoring_proposal_not_oneself"),
            models.CheckConstraint(condition=Q(score__lte=UNITS), name="mentoring_proposal_score"),
            models.CheckConstraint(
                condition=Q(score=F("interest") + F("availability") + F("past_success")),
                name="mentoring_proposal_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(instead_of=None) | ~Q(reason=""), name="mentoring_proposal_override_why"
            ),
        ]
        indexes = [
            # A page of a run's pairs, lowest score first: the ones a director has to decide on.
            models.Index(fields=["organization", "run", "score", "id"], name="mentoring_proposal_by_score"),
            models.Index(fields=["organization", "run", "mentor"], name="mentoring_proposal_by_mentor"),
            # What the tabs of a run count, without reading its pairs: their alternatives make them large.
            models.Index(
                fields=["organization", "run"],
                include=["state", "score", "instead_of", "problem"],
                name="mentoring_proposal_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} for {self.mentee_id} as {self.tier}"


class LeftOut(TenantModel):
    """A mentee for whom a run found nobody in a tier, and why."""

    run = TenantForeignKey(MatchRun, on_delete=models.CASCADE, related_name="left_out")
    mentee = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tier = models.CharField(max_length=8, choices=Tier.choices)
    cause = models.CharField(max_length=24)  # a code; mentoring/wording_of_pairs.py has the words
    # How many mentors each rule or list keeps away, by its code.
    kept_apart = models.JSONField(default=dict, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("run", "mentee", audited=False),
            models.UniqueConstraint(
                fields=["organization", "run", "mentee", "tier"], name="mentoring_leftout_once"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mentoring_leftout_tier"),
        ]
        indexes = [  # a page of a run's list
            models.Index(
                fields=["organization", "run", "cause", "tier", "id"], name="mentoring_leftout_by_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentee_id} as {self.tier}: {self.cause}"


class PairRule(TenantModel):
    """The director's word on a pair of a cohort, for every run until it is taken back."""

    cohort = TenantForeignKey(Cohort, on_delete=models.CASCADE, related_name="pair_rules")
    mentee = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentor = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    tier = models.CharField(max_length=8, choices=Tier.choices, blank=True)  # empty: in every tier
    kind = models.CharField(max_length=8, choices=PairRuleKind.choices)
    reason = models.CharField(max_length=300)
    set_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("cohort", "mentee", "mentor", "set_by", redact=("reason",)),
            models.UniqueConstraint(
                fields=["organization", "cohort", "mentee", "mentor", "tier"], name="mentoring_pairrule_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "cohort", "mentee", "tier"],
                name="mentoring_pairrule_one_lock",
                condition=Q(kind=PairRuleKind.LOCK),
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentoring_pairrule_not_oneself"),
            models.CheckConstraint(condition=~Q(reason=""), name="mentoring_pairrule_why"),
            models.CheckConstraint(
                condition=Q(kind=PairRuleKind.EXCLUDE) | Q(kind=PairRuleKind.LOCK, tier__in=Tier.values),
                name="mentoring_pairrule_lock_in_a_tier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mentee_id} and {self.mentor_id}"
