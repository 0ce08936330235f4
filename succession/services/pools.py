"""Setting up pools: for many positions from one template, or each as a file says; and changing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from succession.enums import Proposers
from succession.models import Pool
from succession.permissions import POOLS_ARE_SET_UP_BY, can_set_up_pools


@dataclass(frozen=True, slots=True)
class PoolTemplate:
    """How a pool is kept: bench targets, who may propose, who may be a candidate (nothing said: anybody)."""

    ready_target: int = 2
    soon_target: int = 3
    proposers: Proposers = Proposers.OWNER
    professions: list[str] = field(default_factory=list)
    keeper: Person | None = None


@transaction.atomic
def open_pools(position_ids: Iterable[UUID], template: PoolTemplate, *, by: Member) -> int:
    """Pools for positions that have none, in one statement; the others keep theirs. How many were opened."""
    demand(can_set_up_pools(by), POOLS_ARE_SET_UP_BY)
    _check(template)
    before = Pool.objects.count()
    Pool.objects.bulk_create(
        [_pool(position_id, template, by=by) for position_id in position_ids], ignore_conflicts=True
    )
    return Pool.objects.count() - before


@transaction.atomic
def set_pools(templates: dict[UUID, PoolTemplate], *, by: Member) -> tuple[int, int]:
    """Pools as a file has them, by position: how many were opened, and how many changed."""
    demand(can_set_up_pools(by), POOLS_ARE_SET_UP_BY)
    for template in templates.values():
        _check(template)
    there = {
        pool.position_id: pool for pool in Pool.objects.filter(position__in=templates).select_for_update()
    }
    changed = [pool for key, pool in there.items() if _take_over(pool, templates[key])]
    Pool.objects.bulk_update(changed, ["ready_target", "soon_target", "proposers", "professions", "keeper"])
    new = [_pool(key, each, by=by) for key, each in templates.items() if key not in there]
    Pool.objects.bulk_create(new)
    return len(new), len(changed)


@transaction.atomic
def change_pool(pool: Pool, template: PoolTemplate, *, by: Member) -> Pool:
    """One pool, kept otherwise from now on."""
    set_pools({pool.position_id: template}, by=by)
    return Pool.objects.get(pk=pool.pk)


def _check(template: PoolTemplate) -> None:
    if not 1 <= template.ready_target <= template.soon_target <= 20:
        raise ValidationError(
            {"soon_target": _("Expected from 1 to 20, and at least as many as are ready now.")}
        )
    if template.keeper is not None and template.keeper.has_left(timezone.localdate()):
        raise ValidationError(
            {"keeper": _("%(name)s no longer works here.") % {"name": template.keeper.name}}
        )


def _pool(position_id: UUID, template: PoolTemplate, *, by: Member) -> Pool:
    made = Pool(position_id=position_id, opened_on=timezone.localdate(), opened_by_id=by.person_id)
    _take_over(made, template)
    return made


def _take_over(pool: Pool, template: PoolTemplate) -> bool:
    """Whether it was kept otherwise before."""
    wanted = {
        "ready_target": template.ready_target,
        "soon_target": template.soon_target,
        "proposers": template.proposers.value,
        "professions": template.professions,
        "keeper_id": template.keeper.pk if template.keeper else None,
    }
    differs = any(getattr(pool, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(pool, name, value)
    return differs
