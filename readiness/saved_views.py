"""Kept views of the dashboard: writing, sharing and finding them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from readiness.models import SavedView
from readiness.permissions import MEMBERS_ARE_FOR, can_see_cohort_members

NAMES: Final = ("cohort", "specialty", "stage", "site", "profession", "tier", "state")
MOST: Final = 30  # of one person


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to keep: `filters` of an address, of which the dashboard's own are kept."""

    name: str
    filters: Mapping[str, str]
    is_shared: bool = False


def saved_views_for(member: Member) -> QuerySet[SavedView]:
    """One's own and those that others share, by name."""
    views = SavedView.objects.select_related("person")
    return views.filter(Q(person=member.person_id) | Q(is_shared=True)).order_by("name", "pk")


def keep_view(wish: Wish, *, by: Member) -> SavedView:
    """Under a name of one's own; the same name again replaces it."""
    demand(can_see_cohort_members(by), MEMBERS_ARE_FOR)
    name = wish.name.strip()
    if not name:
        raise ValidationError({"name": _("Give it a name.")})
    own = SavedView.objects.filter(person=by.person_id)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise ValidationError({"name": _("You keep %(most)d views: remove one first.") % {"most": MOST}})
    made, _new = SavedView.objects.update_or_create(
        person_id=by.person_id,
        name=name,
        defaults={
            "filters": filters_of(wish.filters),
            "is_shared": wish.is_shared,
            "made_on": timezone.localdate(),
        },
    )
    return made


def filters_of(address: Mapping[str, str]) -> dict[str, str]:
    """The dashboard's filters among the parameters of an address, without the quarter."""
    return {name: address[name][:200] for name in NAMES if address.get(name)}


def query_of(view: SavedView) -> str:
    """For an address."""
    return urlencode(view.filters)


def remove_view(view_id: UUID, *, by: Member) -> bool:
    """One's own alone. Whether there was one."""
    demand(can_see_cohort_members(by), MEMBERS_ARE_FOR)
    gone, _of = SavedView.objects.filter(pk=view_id, person=by.person_id).delete()
    return gone > 0
