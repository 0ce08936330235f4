"""Two or three leaders who answer for one unit together."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Part
from people.models import Person, Position, Unit
from people.models.persons import DateRange
from tenancy.models import TenantForeignKey, TenantModel, walls

WHOLE = 100  # percent of somebody's working time


class Partnership(TenantModel):
    """A physician and an administrator, a nurse leader as the third: a dyad or a triad. Partners come and go;
    what they agreed on stays."""

    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="partnerships")
    charter = models.TextField(max_length=4000)  # what it is for
    revision = models.PositiveIntegerField(default=1)  # of the charter
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day it no longer holds

    current: list[Partner]  # prefetched by queries.partnerships.partnerships()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit", redact=("charter",)),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=F("start_date")), name="partnerships_dates"
            ),
        ]
        indexes = [models.Index(fields=["organization", "unit"], name="partnerships_unit")]

    def __str__(self) -> str:
        return f"Partnership of {self.unit_id}"

    @property
    def partner_ids(self) -> frozenset[UUID]:
        """The people of today; of one that is over, the last ones."""
        return frozenset(each.person_id for each in self.current)

    @property
    def is_triad(self) -> bool:
        """With a nurse leader as the third (R84)."""
        return any(each.part == Part.NURSE for each in self.current)

    @property
    def kind(self) -> Promise:
        return _("Triad") if self.is_triad else _("Dyad")

    @property
    def missing(self) -> list[Part]:
        """The halves without which it is none."""
        there = {each.part for each in self.current}
        return [part for part in (Part.PHYSICIAN, Part.ADMINISTRATOR) if part not in there]


class Partner(TenantModel):
    """Somebody's part in a partnership, from one day to another, with the share of working time it takes."""

    partnership = TenantForeignKey(Partnership, on_delete=models.CASCADE, related_name="partners")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="partner_in")
    part = models.CharField(max_length=13, choices=Part.choices)
    share = models.PositiveSmallIntegerField()
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day without them
    # Where they worked and what they held when it was last looked at: the nightly job compares.
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = TenantForeignKey(Position, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partnership", "person", "unit", "position"),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=WHOLE), name="partnerships_partner_share"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="partnerships_partner_part"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=F("start_date")),
                name="partnerships_partner_dates",
            ),
            *(
                ExclusionConstraint(
                    name=f"partnerships_one_{noun}_at_a_time",
                    expressions=[
                        ("organization", RangeOperators.EQUAL),
                        ("partnership", RangeOperators.EQUAL),
                        (noun, RangeOperators.EQUAL),
                        (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                    ],
                )
                for noun in ("part", "person")
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="partnerships_partner_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.partnership_id}"

    @property
    def has_no_clinic(self) -> bool:
        """A physician who leads keeps a clinical practice (R86)."""
        return self.part == Part.PHYSICIAN and self.person.clinical_hours == 0
