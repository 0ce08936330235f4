"""A leader whom a selection appointed leads with a partner. Imported when the app is ready."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import Part
from partnerships.queries.partnerships import partnerships_in
from partnerships.services.partners import Newcomer, seat_partner
from partnerships.services.partnerships import Founding, register_partnership
from people.appointed import leader_chosen
from people.enums import Profession
from people.member import Member
from people.models import Appointment, Person

HALF: Final = 50  # percent of working time, until the two agree on another share


@receiver(leader_chosen, sender=Appointment, dispatch_uid="partnerships.partner_chosen")
def partner(appointment: Appointment, partner: Person | None, by: Member, **_unused: Any) -> None:
    """They take the free part of the partnership that leads the unit; where none runs, one begins with the
    partner who was named. ValidationError where the two cannot be partners."""
    chosen, unit = appointment.person, appointment.position.unit
    running = list(partnerships_in(unit, on=timezone.localdate()))
    for each in running:
        if part_of(chosen) in each.missing:
            seat_partner(each, Newcomer(part_of(chosen), chosen, HALF), since=appointment.start_date)
            return
    if partner is None:
        return
    if running:
        raise ValidationError({"partner": _("A partnership leads this unit already: change it on its page.")})
    if part_of(chosen) == part_of(partner):
        raise ValidationError({"partner": _("A physician leads with somebody of another profession.")})
    newcomers = [Newcomer(part_of(each), each, HALF) for each in (chosen, partner)]
    charter = _("Leads %(unit)s together.") % {"unit": unit.name}
    try:
        register_partnership(Founding(unit, newcomers, charter, appointment.start_date), by=by)
    except ValidationError as error:
        raise ValidationError({"partner": error.messages}) from error


def part_of(person: Person) -> Part:
    return Part.PHYSICIAN if person.profession == Profession.PHYSICIAN else Part.ADMINISTRATOR
