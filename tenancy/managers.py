"""The belt to the row policies' braces: querysets of tenant models know their organisation."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from tenancy.scope import current_organization_id

M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """Filters by the scope in force and raises without one, also for exists() and create()."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(organization_id=current_organization_id())
