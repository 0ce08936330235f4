"""Questions about role pulses: who is asked, and what was told."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from insights.enums import Structure
from insights.models import RolePulse, RolePulseFigure, RolePulseLeader
from insights.queries.structures import structures
from insights.structures import nearest
from partnerships.models import Partner
from people.models import Appointment, Person, ReportingLine
from people.queries import employed, in_force


def leaders(*, on: dt.date) -> QuerySet[Person]:
    """Who leads on a day: holds a titled position, also for the time being, is an immediate leader, or leads
    a unit together with others."""
    held = Appointment.objects.filter(in_force(on), person=OuterRef("pk"))
    led = ReportingLine.objects.filter(in_force(on), manager=OuterRef("pk"))
    shared = Partner.objects.filter(_at_work(on), person=OuterRef("pk"))
    leads = Exists(held) | Exists(led) | Exists(shared)
    return Person.objects.filter(employed(on), leads, start_date__lte=on)


def structure_of_each(people: QuerySet[Person], *, on: dt.date) -> dict[UUID, Structure]:
    """The structure in which each of some people leads: of the unit that they lead with others, or by their
    position, or whose other position they hold, or where they work; where nobody leads that, of the nearest
    above it. Five queries."""
    found = structures(on=on)
    shared = Partner.objects.filter(_at_work(on)).order_by("start_date", "pk")
    held = Appointment.objects.filter(in_force(on)).order_by("-position__leads_unit", "start_date", "pk")
    places: dict[UUID, str] = {}
    for person, path in (
        *shared.values_list("person_id", "partnership__unit__path"),
        *held.values_list("person_id", "position__unit__path"),
    ):
        places.setdefault(person, path)
    return {
        person: nearest([UUID(hex=part) for part in places.get(person, path).strip("/").split("/")], found)
        for person, path in people.values_list("pk", "unit__path")
    }


def role_pulses() -> QuerySet[RolePulse]:
    """The newest first."""
    return RolePulse.objects.order_by("-opened_on", "-pk")


def role_pulse_with(pulse_id: UUID) -> RolePulse | None:
    return RolePulse.objects.filter(pk=pulse_id).first()


def pulses_over(on: dt.date) -> QuerySet[RolePulse]:
    """Open ones whose last day lies before a day."""
    return RolePulse.objects.filter(closed_on=None, closes_on__lt=on)


def is_asked(pulse: RolePulse, person_id: UUID) -> bool:
    return RolePulseLeader.objects.filter(pulse=pulse, person=person_id).exists()


def pulses_asking(person_id: UUID) -> QuerySet[RolePulse]:
    """All on whose roll somebody is."""
    return role_pulses().filter(_asks(person_id))


def pulses_to_answer(person_id: UUID, *, on: dt.date) -> QuerySet[RolePulse]:
    """Open ones that ask whoever acts, and that they have not answered."""
    answered = Func(F("pk"), function="insights_has_answered", output_field=BooleanField())
    found = RolePulse.objects.filter(_asks(person_id), closed_on=None, closes_on__gte=on)
    return found.alias(has_answered=answered).filter(has_answered=False).order_by("closes_on", "pk")


def figures_of(pulse: RolePulse) -> QuerySet[RolePulseFigure]:
    return RolePulseFigure.objects.filter(pulse=pulse)


def figures_of_all() -> QuerySet[RolePulseFigure]:
    """Of every round, the oldest first."""
    return RolePulseFigure.objects.select_related("pulse").order_by(
        "pulse__opened_on", "pulse", "grouped_by", "group", "scale"
    )


def _at_work(on: dt.date) -> Q:
    """Partners of a day, in partnerships of that day."""
    over = Q(partnership__end_date=None) | Q(partnership__end_date__gt=on)
    return in_force(on) & over


def _asks(person_id: UUID) -> Q:
    return Q(Exists(RolePulseLeader.objects.filter(pulse=OuterRef("pk"), person=person_id)))
