"""What leaders, sponsors and managers are told. Names and what is next; no reasons and no words of others."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import Sponsorship

ICON = "stethoscope"


def asked(sponsorship: Sponsorship) -> Notice:
    title = _("%(name)s asks you to be their primary sponsor.")
    return Notice(title % {"name": sponsorship.leader.name}, path_of(sponsorship), ICON)


def accepted(sponsorship: Sponsorship) -> Notice:
    title = _("%(name)s is your primary sponsor from today.")
    return Notice(title % {"name": sponsorship.sponsor.name}, path_of(sponsorship), ICON)


def declined(sponsorship: Sponsorship) -> Notice:
    title = _("%(name)s cannot be your sponsor now: ask somebody else.")
    return Notice(title % {"name": sponsorship.sponsor.name}, page_path("sponsors:sponsors"), ICON)


def withdrawn(sponsorship: Sponsorship) -> Notice:
    title = _("%(name)s took back the request to sponsor them.")
    return Notice(title % {"name": sponsorship.leader.name}, page_path("sponsors:mine"), ICON)


def handed_over(before: Sponsorship, after: Sponsorship) -> Notice:
    """For the former sponsor, who knows what the next one should."""
    title = _("%(sponsor)s sponsors %(leader)s from today: write the hand-over.")
    names = {"sponsor": after.sponsor.name, "leader": after.leader.name}
    return Notice(title % names, path_of(before), ICON)


def handover_written(after: Sponsorship) -> Notice:
    title = _("The hand-over for %(name)s is written.")
    return Notice(title % {"name": after.leader.name}, path_of(after), ICON)


def sponsor_of_report(sponsorship: Sponsorship) -> Notice:
    """For the immediate leader, who reviews the plan together with the sponsor."""
    title = _("%(sponsor)s is the primary sponsor of %(leader)s: you will review their plan together.")
    names = {"sponsor": sponsorship.sponsor.name, "leader": sponsorship.leader.name}
    return Notice(title % names, path_of(sponsorship), ICON)


def ended(sponsorship: Sponsorship) -> Notice:
    title = _("%(sponsor)s is no longer the primary sponsor of %(leader)s.")
    names = {"sponsor": sponsorship.sponsor.name, "leader": sponsorship.leader.name}
    return Notice(title % names, path_of(sponsorship), ICON)


def path_of(sponsorship: Sponsorship) -> str:
    return page_path("sponsors:sponsorship", sponsorship.pk)
