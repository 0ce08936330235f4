"""What leaders and specialists are told of the team. No needs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import TeamSeat

ICON = "users"


def convened(seat: TeamSeat) -> Notice:
    title = _("You are called into the team of %(leader)s: %(domain)s.")
    return Notice(
        title % {"leader": seat.leader.name, "domain": seat.get_domain_display()}, _chart(seat), ICON
    )


def team_grew(seat: TeamSeat) -> Notice:
    title = _("%(name)s joins your team: %(domain)s.")
    return Notice(
        title % {"name": seat.specialist.name, "domain": seat.get_domain_display()}, _chart(seat), ICON
    )


def released(seat: TeamSeat) -> Notice:
    title = _("%(name)s leaves the team of %(leader)s.")
    names = {"name": seat.specialist.name, "leader": seat.leader.name}
    return Notice(title % names, page_path("sponsors:mine"), ICON)


def _chart(seat: TeamSeat) -> str:
    return page_path("sponsors:chart", seat.leader_id)
