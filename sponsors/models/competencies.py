"""What leaders are developed towards: the organisation's competencies, and what its units make of them."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from sponsors.enums import CompetencyGroup, OutsideFramework
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import Permanent

LEVELS: Final[tuple[Promise, ...]] = (_("Learning"), _("Practising"), _("Leading"), _("Shaping"))


class Competency(TenantModel):
    """One competency of the whole organisation, or of a unit and what is below it. A unit's own may stand in
    for one from above, worded differently or retired there. Retired, never deleted."""

    code = models.CharField(max_length=30, blank=True)  # of the preset that it came from
    unit = TenantForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    stands_for = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="overlays"
    )
    group = models.CharField(max_length=10, choices=CompetencyGroup.choices)
    place = models.PositiveSmallIntegerField(default=99)  # in its group; the organisation's own come last
    name = models.CharField(max_length=80)
    sentence = models.CharField(max_length=300)
    anchors = ArrayField(models.CharField(max_length=300, blank=True), size=len(LEVELS))  # one a level
    retired_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit", "stands_for"),
            Permanent(name="sponsors_competency_permanent"),
            models.UniqueConstraint(
                fields=["organization", "unit", "name"],
                name="sponsors_competency_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["organization", "code"], name="sponsors_competency_code", condition=~Q(code="")
            ),
            models.UniqueConstraint(
                fields=["organization", "unit", "stands_for"],
                name="sponsors_competency_one_overlay",
                condition=Q(stands_for__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(group__in=CompetencyGroup.values), name="sponsors_competency_group"
            ),
            models.CheckConstraint(condition=Q(anchors__len=len(LEVELS)), name="sponsors_competency_levels"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(sentence=""), name="sponsors_competency_said"),
            models.CheckConstraint(
                condition=Q(stands_for=None) | Q(unit__isnull=False) & ~Q(stands_for=F("id")),
                name="sponsors_competency_overlay",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> list[tuple[Promise, str]]:
        """Each level with what one sees at it, where that is written."""
        return [(level, anchor) for level, anchor in zip(LEVELS, self.anchors, strict=True) if anchor]


class CompetencyHeading(TenantModel):
    """Under which heading of another framework a competency falls: its name, no text of theirs."""

    competency = TenantForeignKey(Competency, on_delete=models.CASCADE, related_name="headings")
    framework = models.CharField(max_length=6, choices=OutsideFramework.choices)
    heading = models.CharField(max_length=80)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("competency"),
            models.UniqueConstraint(
                fields=["organization", "competency", "framework"], name="sponsors_heading_once"
            ),
            models.CheckConstraint(
                condition=Q(framework__in=OutsideFramework.values), name="sponsors_heading_framework"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}: {self.heading}"
