"""How what was written in a cultural audit is coded: a codebook, and two who code alone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnerships.enums import AnalysisState, CoderPart
from partnerships.models.programmes import PartnershipProgramme, ProgrammeAudit
from people.models import Person
from surveys.models import PublishedComment
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly, Permanent


class Theme(TenantModel):
    """What several codes have in common; the same in both audits of a programme."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.PROTECT, related_name="themes")
    name = models.CharField(max_length=100)
    definition = models.TextField(max_length=600)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme"),
            Permanent(name="partnerships_theme_permanent"),
            models.UniqueConstraint(
                fields=["organization", "programme", "name"], name="partnerships_theme_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Code(TenantModel):
    """A label for what a comment speaks of, as it is understood now; CodeVersion has how it was."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.PROTECT, related_name="codes")
    theme = TenantForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="codes")
    name = models.CharField(max_length=100)
    definition = models.TextField(max_length=600)
    example = models.CharField(max_length=300, blank=True)  # in the coders' own words, no quote
    version = models.PositiveSmallIntegerField(default=1)
    retired_on = models.DateField(null=True, blank=True)  # no longer given; what has it keeps it

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "theme"),
            Permanent(name="partnerships_code_permanent"),
            models.UniqueConstraint(
                fields=["organization", "programme", "name"], name="partnerships_code_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CodeVersion(TenantModel):
    """How a code read, from one change to the next."""

    code = TenantForeignKey(Code, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    definition = models.TextField(max_length=600)
    example = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=200, blank=True)
    written_on = models.DateField()
    written_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("code", "written_by"),
            AppendOnly(name="partnerships_codeversion_append_only"),
            models.UniqueConstraint(
                fields=["organization", "code", "version"], name="partnerships_codeversion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class AuditAnalysis(TenantModel):
    """The thematic analysis of one audit: of the comments that its survey published, and nothing else."""

    audit = TenantForeignKey(ProgrammeAudit, on_delete=models.PROTECT, related_name="analyses")
    state = models.CharField(
        max_length=9, choices=AnalysisState.choices, default=AnalysisState.PREPARING, editable=False
    )
    begun_on = models.DateField()
    begun_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    coding_since = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    # As it was told: of all codes together, kappa empty where it is not defined.
    comments = models.PositiveIntegerField(null=True, blank=True)
    decisions = models.PositiveIntegerField(null=True, blank=True)
    observed = models.FloatField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True)
    kappa = models.FloatField(null=True, blank=True)
    kappa_low = models.FloatField(null=True, blank=True)
    kappa_high = models.FloatField(null=True, blank=True)

    # It could not be finished: another one of the same audit may begin.
    ended_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    # Whoever runs it, of a coder who left the organisation.
    reminded_on = models.DateField(null=True, blank=True)

    coders_by_part: list[Coder]  # those of today, prefetched by queries.coding.analyses()
    all_coders: list[Coder]  # prefetched by queries.coding.ended_analyses()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("audit", "begun_by", redact=("why",)),
            models.UniqueConstraint(
                fields=["organization", "audit"],
                name="partnerships_analysis_once",
                condition=~Q(state=AnalysisState.ENDED),
            ),
            models.CheckConstraint(
                condition=(~Q(state=AnalysisState.ENDED) & Q(ended_on=None, why=""))
                | (Q(state=AnalysisState.ENDED, ended_on__isnull=False) & ~Q(why="")),
                name="partnerships_analysis_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=AnalysisState.PREPARING, coding_since=None, released_on=None)
                | Q(
                    state__in=[AnalysisState.CODING, AnalysisState.SETTLING],
                    coding_since__isnull=False,
                    released_on=None,
                )
                | Q(state=AnalysisState.RELEASED, released_on__isnull=False, comments__isnull=False)
                | Q(state=AnalysisState.ENDED, released_on=None),
                name="partnerships_analysis_state",
            ),
        ]

    def __str__(self) -> str:
        return f"Analysis of {self.audit_id}"

    @property
    def is_released(self) -> bool:
        return self.state == AnalysisState.RELEASED


class Coder(TenantModel):
    """Who codes an analysis, and whether they have finished; nobody says so for somebody else
    (sql/independent_coding.sql). Who leaves before stays on record; what they coded counts for nothing
    (sql/leaving_coders.sql)."""

    analysis = TenantForeignKey(AuditAnalysis, on_delete=models.CASCADE, related_name="coders")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=CoderPart.choices)
    finished_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("analysis", "person", redact=("why",)),
            models.UniqueConstraint(
                fields=["organization", "analysis", "part"],
                name="partnerships_coder_part",
                condition=Q(left_on=None),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, why="") | (Q(left_on__isnull=False, finished_at=None) & ~Q(why="")),
                name="partnerships_coder_left",
            ),
            models.UniqueConstraint(
                fields=["organization", "analysis", "person"], name="partnerships_coder_once"
            ),
            models.CheckConstraint(condition=Q(part__in=CoderPart.values), name="partnerships_coder_parts"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="partnerships_coder_person")]

    def __str__(self) -> str:
        return f"{self.person_id} codes {self.analysis_id}"


class Reading(TenantModel):
    """A comment that a coder has read, with the codes they gave it: none is a finding, too. PostgreSQL shows
    it to its coder alone until both have finished (sql/independent_coding.sql)."""

    coder = TenantForeignKey(Coder, on_delete=models.PROTECT, related_name="readings")
    quote = TenantForeignKey(PublishedComment, on_delete=models.PROTECT, related_name="+")
    codes = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("coder", "quote", redact=("codes",)),
            models.UniqueConstraint(
                fields=["organization", "coder", "quote"], name="partnerships_reading_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder_id} on {self.quote_id}"


class Opinion(TenantModel):
    """Whether a comment has a code, by somebody who has seen that the two coders differ."""

    coder = TenantForeignKey(Coder, on_delete=models.PROTECT, related_name="opinions")
    quote = TenantForeignKey(PublishedComment, on_delete=models.PROTECT, related_name="+")
    code = TenantForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    has_code = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("coder", "quote", "code"),
            models.UniqueConstraint(
                fields=["organization", "coder", "quote", "code"], name="partnerships_opinion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder_id} on {self.quote_id} and {self.code_id}"
