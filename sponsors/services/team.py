"""Convening a leader's team, and letting specialists go again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import Domain
from sponsors.models import TeamSeat
from sponsors.notices import team as notices
from sponsors.permissions import TEAM_IS_CONVENED_BY, can_convene_team
from sponsors.queries.team import seat_at, seats_of_leavers
from sponsors.services.coaching import cancel_sessions_with, take_place


@dataclass(frozen=True, slots=True)
class Call:
    """A specialist as the sponsor wants them. `until`: the first day without them, None for open."""

    specialist: Person
    domain: Domain
    need: str
    since: dt.date
    until: dt.date | None = None


@transaction.atomic
def convene_specialist(leader: Person, call: Call, *, by: Member) -> TeamSeat:
    """Give somebody a domain of the leader's development to look after; a coach needs a place free. Leader
    and specialist are told."""
    demand(can_convene_team(seat_at(by, leader.pk, on=timezone.localdate())), TEAM_IS_CONVENED_BY)
    if call.specialist.pk == leader.pk:
        raise ValidationError({"specialist": _("Nobody is a specialist of their own team.")})
    if call.until is not None and call.until <= call.since:
        raise ValidationError({"until": _("The end comes after the beginning.")})
    if not call.need.strip():
        raise ValidationError({"need": _("Say what the leader needs them for.")})
    if call.domain == Domain.COACHING:
        take_place(call.specialist, call.since, call.until)
    try:
        with transaction.atomic():
            made = TeamSeat.objects.create(
                leader=leader,
                specialist=call.specialist,
                domain=call.domain,
                need=call.need.strip(),
                start_date=call.since,
                end_date=call.until,
                convened_by_id=by.person_id,
            )
    except IntegrityError as error:
        if "sponsors_seat_once_at_a_time" not in str(error):
            raise
        message = _("%(name)s looks after %(domain)s for %(leader)s in that time already.")
        names = {"name": call.specialist.name, "domain": call.domain.label, "leader": leader.name}
        raise ValidationError({"specialist": message % names}) from error
    notify([call.specialist.pk], notices.convened(made))
    notify([leader.pk], notices.team_grew(made))
    return made


@transaction.atomic
def release_specialist(seat: TeamSeat, *, by: Member) -> TeamSeat | None:
    """From today without them. A seat that has not begun is taken back as if it had never been: None."""
    today = timezone.localdate()
    locked = (
        TeamSeat.objects.select_for_update(of=("self",))
        .select_related("leader", "specialist")
        .get(pk=seat.pk)
    )
    demand(can_convene_team(seat_at(by, locked.leader_id, on=today)), TEAM_IS_CONVENED_BY)
    if locked.end_date is not None and locked.end_date <= today:
        raise ValidationError(_("%(name)s left the team already.") % {"name": locked.specialist.name})
    notify({locked.specialist_id, locked.leader_id}, notices.released(locked))
    if locked.domain == Domain.COACHING:
        cancel_sessions_with(locked.specialist_id, locked.leader_id)
    return _end(locked, today)


@transaction.atomic
def release_leavers(*, on: dt.date) -> int:
    """End the seats of specialists, and in the teams of leaders, who are not here any more. Those who stay
    are told, the sponsor too: it is theirs to convene somebody else. Gives how many."""
    over = list(seats_of_leavers(on=on).select_for_update(of=("self",)))
    for seat in over:
        if not seat.leader.has_left(on):
            sponsor = seat.sponsor_now  # type: ignore[attr-defined]  # annotated
            notify({seat.leader_id, sponsor} - {None}, notices.released(seat))
        _end(seat, on)
    return len(over)


def _end(seat: TeamSeat, on: dt.date) -> TeamSeat | None:
    if seat.start_date >= on:
        seat.delete()
        return None
    seat.end_date = on
    seat.save(update_fields=["end_date"])
    return seat
