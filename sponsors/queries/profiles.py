"""Questions about sponsors, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from people.models import Person, ReportingLine
from people.queries import gone, in_force
from sponsors.definition_preset import WORDS
from sponsors.enums import SponsorshipState
from sponsors.models import RoleDefinition, SponsorInterest, SponsorProfile, Sponsorship
from tenancy.kept import kept


def definition_in_force() -> RoleDefinition:
    """The newest version; the preset, unsaved, where nobody has written one."""
    return definition_history().first() or RoleDefinition(version=1, words=WORDS)


def definition_history() -> QuerySet[RoleDefinition]:
    """Every version, the newest first, with who set it."""
    return RoleDefinition.objects.select_related("set_by").order_by("-version")


def profile_of(person_id: UUID) -> SponsorProfile | None:
    """Somebody's own profile; None for whoever never agreed to sponsor."""
    return SponsorProfile.objects.filter(person=person_id).first()


def interests_of(sponsor: SponsorProfile | None) -> set[UUID]:
    """The tags a sponsor can help with, without those that were retired since."""
    chosen = SponsorInterest.objects.filter(sponsor=sponsor, tag__retired_on=None) if sponsor else None
    return set(chosen.values_list("tag_id", flat=True)) if chosen is not None else set()


def sponsors_here(*, on: dt.date) -> QuerySet[SponsorProfile]:
    """Who sponsors and is here, with what their cards show; `taken` is how many leaders they look after."""
    running = Sponsorship.objects.filter(sponsor=OuterRef("person"), state=SponsorshipState.ACTIVE)
    taken = running.order_by().values("sponsor").annotate(count=Count("pk")).values("count")
    known = SponsorInterest.objects.filter(tag__retired_on=None).select_related("tag").order_by("tag__name")
    return (
        _sponsors_of(on)
        .select_related("person__unit")
        .prefetch_related(Prefetch("interests", known))
        .annotate(taken=Coalesce(Subquery(taken), 0), free=F("places") - F("taken"))
    )


def _sponsors_of(on: dt.date) -> QuerySet[SponsorProfile]:
    # On the person that is joined for the card: a subquery would look through everybody first.
    return SponsorProfile.objects.filter(Q(person__end_date=None) | Q(person__end_date__gte=on))


def sponsors_to_choose_from(
    *, on: dt.date, tag: UUID | None = None, only_free: bool = False
) -> QuerySet[SponsorProfile]:
    """Who takes new leaders; of a tag, or with a place free, if that is asked for."""
    found = sponsors_here(on=on).filter(offering=True)
    if tag is not None:
        found = found.filter(Exists(SponsorInterest.objects.filter(sponsor=OuterRef("pk"), tag=tag)))
    return found.filter(places__gt=F("taken")) if only_free else found


def immediate_leaders_of(person_id: UUID, *, on: dt.date) -> set[UUID]:
    """Whom somebody reports to on a day."""
    lines = ReportingLine.objects.filter(in_force(on), person=person_id)
    return set(lines.values_list("manager_id", flat=True))


def names_of_immediate_leaders(person_id: UUID, *, on: dt.date) -> dict[UUID, str]:
    """The same with their names. One query."""
    found = kept(_immediate_leaders, person_id, on)
    return {pk: Person(given_name=given, family_name=family).name for pk, given, family in found}


def _immediate_leaders(person_id: UUID, on: dt.date) -> QuerySet[ReportingLine, Any]:
    lines = ReportingLine.objects.filter(in_force(on), person=person_id)
    return lines.values_list("manager_id", "manager__given_name", "manager__family_name")


@dataclass(frozen=True, slots=True)
class Load:
    """Of those who sponsor here: how many they are, their places, how many are taken, who has none left."""

    sponsors: int
    places: int
    taken: int
    full: int


def load_of_sponsors(*, on: dt.date) -> Load:
    """In one query over those who sponsor, and not over everybody who works here."""
    running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE).order_by()
    taken = running.filter(sponsor=OuterRef("person")).values("sponsor").annotate(count=Count("pk"))
    found = (
        SponsorProfile.objects.exclude(person__in=gone(on))
        .annotate(taken=Coalesce(Subquery(taken.values("count")), 0))
        .order_by()
        .aggregate(
            sponsors=Count("pk"),
            places_sum=Coalesce(Sum("places"), 0),
            taken_sum=Coalesce(Sum("taken"), 0),
            full=Count("pk", filter=Q(places__lte=F("taken"))),
        )
    )
    return Load(found["sponsors"], found["places_sum"], found["taken_sum"], found["full"])
