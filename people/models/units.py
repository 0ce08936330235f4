from __future__ import annotations

from uuid import UUID

from django.db import models

from people.enums import UnitKind
from tenancy.models import TenantForeignKey, TenantModel, walls


class Unit(TenantModel):
    """A node of the organisation's tree, from the organisation itself down to a clinical microsystem."""

    external_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    parent = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # "/top/child/": the hexadecimal ids from the root down to this unit. Byte order makes a subtree one
    # range of the index, which row security can use (see docs/architecture.md). Kept by place_units().
    path = models.TextField(db_collation="C", default="", editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("parent"),
            models.UniqueConstraint(fields=["organization", "external_id"], name="people_unit_external_id"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="people_unit_not_own_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "path"], name="people_unit_path"),
            models.Index(fields=["organization", "parent"], name="people_unit_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def way(self) -> list[UUID]:
        """The ids of the units from the root down to this one."""
        return [UUID(hex=part) for part in self.path.strip("/").split("/")]

    @property
    def subtree(self) -> tuple[str, str]:
        """The half-open range [low, high) of the paths of this unit and everything below it."""
        return self.path, self.path[:-1] + "0"  # "0" follows "/" in byte order
