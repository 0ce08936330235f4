"""Questions about positions: who holds them, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.directory_queries import Tenure, tenure_of
from people.models import Appointment, Position, Unit
from people.queries import in_force
from people.terms import SOON


class TermEnd(Func):
    """When a term ends by policy, from its start and its years: people.terms.term_end in SQL."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(years => "
    output_field = DateField()


@dataclass(frozen=True, slots=True)
class Holding:
    """A position with whoever holds it today; nobody: it is vacant."""

    position: Position
    tenures: list[Tenure]


def positions_with_terms(*, on: dt.date) -> QuerySet[Position]:
    """All positions with `is_held`, `incumbent_key` and `term_ends`, to filter and to sort by.

    Aliases: a list that sorts by the title pays for none of them.
    """
    current = Appointment.objects.filter(in_force(on), position=OuterRef("pk")).order_by(
        "interim", "start_date"
    )
    ends = Coalesce("end_date", TermEnd(F("start_date"), F("position__term_years")))
    return Position.objects.select_related("unit").alias(
        is_held=Exists(current),
        incumbent_key=Subquery(current.values("person__search_key")[:1]),
        term_ends=Subquery(current.annotate(ends=ends).order_by("ends").values("ends")[:1]),
    )


def positions_matching(
    *, on: dt.date, type_: str = "", state: str = "", unit: Unit | None = None
) -> QuerySet[Position]:
    """Positions of a type and below a unit, that are vacant or whose term ends within twelve months."""
    positions = positions_with_terms(on=on)
    if type_:
        positions = positions.filter(type=type_)
    if unit is not None:
        low, high = unit.subtree
        positions = positions.filter(unit__path__gte=low, unit__path__lt=high)
    if state == "vacant":
        positions = positions.filter(Q(is_held=False))
    elif state == "ending":
        positions = positions.filter(Q(term_ends__lte=on + SOON))
    return positions


def holdings_of(positions: QuerySet[Position], *, on: dt.date) -> list[Holding]:
    """Positions with their incumbents, in two queries."""
    return [holding_of(position, on=on) for position in with_incumbents(positions, on=on)]


def with_incumbents(positions: QuerySet[Position], *, on: dt.date) -> QuerySet[Position]:
    """The same positions, with the appointments in force as `current`."""
    appointments = Appointment.objects.filter(in_force(on)).select_related("person").order_by("interim", "pk")
    return positions.prefetch_related(Prefetch("appointments", queryset=appointments, to_attr="current"))


def holding_of(position: Position, *, on: dt.date) -> Holding:
    """Needs the appointments in force prefetched as `current`."""
    tenures = []
    for appointment in position.current:  # type: ignore[attr-defined]  # prefetched
        appointment.position = position
        tenures.append(tenure_of(appointment, on=on))
    return Holding(position, tenures)
