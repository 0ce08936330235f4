"""Questions about partnerships, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from partnerships.enums import Part
from partnerships.models import Meeting, Partner, PartnerChange, Partnership, Responsibility, SharedGoal
from people.models import Appointment, Person, Position, Unit
from people.queries import gone, in_force
from tenancy.kept import kept

RECENTLY = dt.timedelta(days=90)  # how far back a list counts meetings


def not_over(on: dt.date) -> Q:
    """What holds on a day or is still to begin."""
    return Q(end_date=None) | Q(end_date__gt=on)


def partnerships(*, on: dt.date) -> QuerySet[Partnership]:
    """With the unit and the partners of a day. Two queries."""
    partners = Partner.objects.filter(not_over(on)).select_related("person__unit", "position")
    return Partnership.objects.select_related("unit").prefetch_related(  # type: ignore[no-redef]  # as declared
        Prefetch("partners", queryset=partners.order_by("-part"), to_attr="current")
    )


def _partnerships_named(on: dt.date) -> QuerySet[Partnership]:
    """The same with names alone: a list shows hundreds of people."""
    names = "person__given_name", "person__family_name"
    partners = Partner.objects.filter(not_over(on)).select_related("person").order_by("-part")
    found = Partnership.objects.select_related("unit").only(
        "start_date", "end_date", "unit__name", "unit__path"
    )
    return found.prefetch_related(  # type: ignore[no-redef]  # as declared
        Prefetch(
            "partners",
            queryset=partners.only("part", "partnership", "start_date", "end_date", *names),
            to_attr="current",
        )
    )


def name_partners(found: Sequence[Partnership], *, on: dt.date) -> None:
    """Fill `current` of the partnerships of a page, which were loaded without it. One query."""
    partners: defaultdict[UUID, list[Partner]] = defaultdict(list)
    for each in kept(_partners_in, frozenset(one.pk for one in found), on):
        partners[each.partnership_id].append(each)
    for one in found:
        one.current = partners[one.pk]


def _partners_in(partnership_ids: frozenset[UUID], on: dt.date) -> QuerySet[Partner]:
    there = Partner.objects.filter(not_over(on), partnership__in=partnership_ids).select_related("person")
    names = "person__given_name", "person__family_name"
    return there.order_by("-part").only("part", "partnership", "start_date", "end_date", *names)


def own_partnerships(person_id: UUID, *, on: dt.date) -> list[Partnership]:
    """Where somebody is a partner on a day, the newest first; without the partners."""
    return kept(_own, person_id, on)


def _own(person_id: UUID, on: dt.date) -> QuerySet[Partnership]:
    return partnerships_of(person_id, on=on).prefetch_related(None)


def partnership_with(partnership_id: UUID, *, on: dt.date) -> Partnership | None:
    return partnerships(on=on).filter(pk=partnership_id).first()


def partnerships_of(person_id: UUID, *, on: dt.date) -> QuerySet[Partnership]:
    """Where somebody is a partner on a day, the newest first."""
    own = Partner.objects.filter(not_over(on), partnership=OuterRef("pk"), person=person_id)
    return partnerships(on=on).filter(not_over(on), Exists(own)).order_by("-start_date", "pk")


def partnerships_in(unit: Unit, *, on: dt.date) -> QuerySet[Partnership]:
    """Of one unit, those that hold first."""
    return partnerships(on=on).filter(unit=unit).order_by("-end_date", "-start_date", "pk")


def registered_partnerships(
    *, on: dt.date, unit: Unit | None = None, kind: str = "", state: str = ""
) -> QuerySet[Partnership]:
    """The list: below a unit, dyads or triads, and by how they do. By unit."""
    now = Partner.objects.filter(not_over(on), partnership=OuterRef("pk"))
    open_ones = open_changes().filter(partner__partnership=OuterRef("pk"))
    recent = Meeting.objects.filter(partnership=OuterRef("pk"), held_on__gt=on - RECENTLY, held_on__lte=on)
    met = recent.order_by().values("partnership").annotate(count=Count("pk")).values("count")
    found = _partnerships_named(on).annotate(
        has_change=Exists(open_ones),
        meetings_lately=Coalesce(Subquery(met), 0),
    )
    found = found.exclude(not_over(on)) if state == "over" else found.filter(not_over(on))
    if unit is not None:
        low, high = unit.subtree
        found = found.filter(unit__path__gte=low, unit__path__lt=high)
    if kind:
        with_nurse = Exists(now.filter(part=Part.NURSE))
        found = found.filter(with_nurse if kind == "triad" else ~with_nurse)
    if state == "incomplete":
        found = found.filter(
            ~Exists(now.filter(part=Part.PHYSICIAN)) | ~Exists(now.filter(part=Part.ADMINISTRATOR))
        )
    elif state == "changed":
        found = found.filter(has_change=True)
    elif state == "quiet":
        found = found.filter(~Exists(recent), start_date__lte=on - RECENTLY)
    return found


def open_changes() -> QuerySet[PartnerChange]:
    """What happened to one half of a partnership that goes on, and nobody has answered yet."""
    return PartnerChange.objects.filter(settled_on=None, partner__partnership__end_date=None)


def changes_for(person_id: UUID | None, *, on: dt.date) -> QuerySet[PartnerChange]:
    """Open changes that somebody's partners met with; of all partnerships for None."""
    found = open_changes().select_related("partner__person", "partner__partnership__unit", "partner__unit")
    if person_id is not None:
        own = Partner.objects.filter(
            not_over(on), partnership=OuterRef("partner__partnership"), person=person_id
        )
        found = found.filter(Exists(own)).exclude(partner__person=person_id)
    return found.order_by("noticed_on", "pk")


def changes_of(partnership: Partnership) -> QuerySet[PartnerChange]:
    """What is open in one partnership."""
    return open_changes().filter(partner__partnership=partnership).select_related("partner__person")


def responsibilities_of(partnership: Partnership) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(partnership=partnership).order_by("matter", "pk")


def goals_of(partnership: Partnership) -> QuerySet[SharedGoal]:
    """Those under way first, the next one on top."""
    return SharedGoal.objects.filter(partnership=partnership).order_by("over_on", "due_on", "pk")


def meetings_of(partnership: Partnership) -> QuerySet[Meeting]:
    """The newest first."""
    return Meeting.objects.filter(partnership=partnership).order_by("-held_on", "pk")


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """How often partners met lately, and for how long in all."""

    count: int
    minutes: int


def met_lately(partnership: Partnership, *, on: dt.date) -> MeetingFigures:
    recent = meetings_of(partnership).filter(held_on__gt=on - RECENTLY, held_on__lte=on)
    sums = recent.order_by().aggregate(count=Count("pk"), minutes=Sum("minutes", default=0))
    return MeetingFigures(sums["count"], sums["minutes"])


def former_partners_of(partnership: Partnership, *, on: dt.date) -> QuerySet[Partner]:
    """Who was a partner before, the last one first."""
    before = Partner.objects.filter(partnership=partnership, end_date__lte=on)
    return before.select_related("person").order_by("-end_date", "pk")


@dataclass(frozen=True, slots=True)
class Load:
    """In how many partnerships somebody is, and the share of working time they take together (R91)."""

    partnerships: int
    share: int


def load_of(person_ids: Iterable[UUID], *, on: dt.date) -> dict[UUID, Load]:
    """Of each person; one query."""
    counted = (
        Partner.objects.filter(not_over(on), person__in=set(person_ids))
        .filter(Q(partnership__end_date=None) | Q(partnership__end_date__gt=on))
        .values("person_id")
        .annotate(partnerships=Count("pk"), total=Sum("share"))
        .order_by()
    )
    return {row["person_id"]: Load(row["partnerships"], row["total"]) for row in counted}


def position_for(person: Person, unit: Unit, *, on: dt.date) -> Position | None:
    """What somebody holds as a partner: of this unit rather than another, a leading position rather than
    another one. None where they hold nothing."""
    held = Position.objects.filter(
        pk__in=Appointment.objects.filter(in_force(on), person=person).values("position_id")
    )
    return min(
        held.order_by("title", "pk"),
        key=lambda one: (one.unit_id != unit.pk, not one.leads_unit),
        default=None,
    )


def partners_to_look_at(*, on: dt.date) -> QuerySet[Partner]:
    """Partners of today who have left, moved, or lost the position, of whom nothing is noticed yet."""
    holds = Appointment.objects.filter(in_force(on), person=OuterRef("person"), position=OuterRef("position"))
    noticed = PartnerChange.objects.filter(partner=OuterRef("pk"), settled_on=None)
    changed = (
        Q(person__in=gone(on).values("pk"))
        | ~Q(person__unit=F("unit"))
        | (Q(position__isnull=False) & ~Exists(holds))
    )
    return (
        Partner.objects.filter(not_over(on), changed, ~Exists(noticed), start_date__lte=on)
        .filter(Q(partnership__end_date=None) | Q(partnership__end_date__gt=on))
        .select_related("person", "partnership__unit")
        .annotate(still_holds=Exists(holds))
    )
