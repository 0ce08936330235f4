"""What partners and HR are told. Names and what is next; no charter and no words of a meeting."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import Partner, PartnerChange, Partnership
from people.notices import Notice, page_path

ICON = "users-group"


def registered(partnership: Partnership) -> Notice:
    title = _("You are a partner in leading %(unit)s: read what it is for.")
    return Notice(title % {"unit": partnership.unit.name}, path_of(partnership), ICON)


def joined(partner: Partner) -> Notice:
    title = _("%(name)s joins the partnership of %(unit)s.")
    return Notice(title % _names(partner), path_of(partner.partnership), ICON)


def released(partner: Partner) -> Notice:
    title = _("%(name)s leaves the partnership of %(unit)s.")
    return Notice(title % _names(partner), path_of(partner.partnership), ICON)


def ended(partnership: Partnership) -> Notice:
    title = _("The partnership of %(unit)s is over.")
    return Notice(title % {"unit": partnership.unit.name}, path_of(partnership), ICON)


def half_changed(change: PartnerChange) -> Notice:
    """For the remaining partners and HR."""
    title = _("%(name)s %(what)s: how does the partnership of %(unit)s go on?")
    what = change.get_cause_display()
    return Notice(title % {**_names(change.partner), "what": what}, path_of(change.partner.partnership), ICON)


def _names(partner: Partner) -> dict[str, str]:
    return {"name": partner.person.name, "unit": partner.partnership.unit.name}


def path_of(partnership: Partnership) -> str:
    return page_path("partnerships:partnership", partnership.pk)
