from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from passport.enums import StampTone
from people.enums import CareerStage, Profession
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import Permanent

STAGE_KEYS = [CareerStage.RESIDENT, CareerStage.FELLOW, CareerStage.EARLY_ATTENDING]


class Stage(TenantModel):
    """A stage on the way from intern to chair. The key is fixed, the words are the organisation's."""

    key = models.CharField(max_length=16, choices=[(stage.value, stage.label) for stage in STAGE_KEYS])
    name = models.CharField(max_length=80)
    focus = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        constraints = [
            *walls(),
            Permanent(name="passport_stage_permanent"),
            models.UniqueConstraint(fields=["organization", "key"], name="passport_stage_once"),
            models.UniqueConstraint(fields=["organization", "position"], name="passport_stage_position"),
            models.CheckConstraint(condition=models.Q(key__in=STAGE_KEYS), name="passport_stage_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="passport_stage_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(TenantModel):
    """Something to have done in a stage, with the evidence that proves it. Retired, never deleted."""

    stage = TenantForeignKey(Stage, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    dimension = models.CharField(max_length=24, choices=Dimension.choices)
    points = models.PositiveSmallIntegerField(default=10)
    required = models.BooleanField(default=True)
    evidence_rule = models.CharField(max_length=300)  # what a verifier has to see
    position = models.PositiveSmallIntegerField()
    icon = models.CharField(max_length=40, default="rosette")
    tone = models.CharField(max_length=8, choices=StampTone.choices, default=StampTone.TEAL)
    # For whom it is on the map; none: for everybody.
    professions = ArrayField(
        models.CharField(max_length=16, choices=Profession.choices), default=list, blank=True
    )
    retired_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("stage"),
            models.UniqueConstraint(
                fields=["organization", "stage", "title"], name="passport_milestone_title"
            ),
            models.CheckConstraint(
                condition=models.Q(dimension__in=Dimension.values), name="passport_milestone_dimension"
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=1, points__lte=100), name="passport_milestone_points"
            ),
            models.CheckConstraint(
                condition=models.Q(professions__contained_by=Profession.values),
                name="passport_milestone_professions",
            ),
            models.CheckConstraint(
                condition=models.Q(tone__in=StampTone.values), name="passport_milestone_tone"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def profession_names(self) -> str:
        """For whom it is, in words; nothing where it is for everybody."""
        return ", ".join(str(Profession(each).label) for each in self.professions)

    def is_for(self, profession: str) -> bool:
        return not self.professions or profession in self.professions
