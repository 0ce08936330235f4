"""What people are told about an onboarding. Names and what is next; no decision and no words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import Gate, GateItem, Onboarding

ICON = "door"


def begun(onboarding: Onboarding) -> Notice:
    return _about(onboarding, _("Your onboarding has begun: see what the first year asks for."))


def begun_for_others(onboarding: Onboarding) -> Notice:
    return _about(onboarding, _("The onboarding of %(name)s has begun.") % _name(onboarding))


def stopped(onboarding: Onboarding) -> Notice:
    return _about(onboarding, _("The onboarding of %(name)s was stopped.") % _name(onboarding))


def chair_named(onboarding: Onboarding) -> Notice:
    return _about(onboarding, _("You decide on the gates of %(name)s.") % _name(onboarding))


def shown(onboarding: Onboarding, item: GateItem) -> Notice:
    title = _("%(name)s shows “%(item)s”: look at it, and confirm it.")
    return _about(onboarding, title % {**_name(onboarding), "item": item.title})


def confirmed(onboarding: Onboarding, item: GateItem) -> Notice:
    return _about(onboarding, _("“%(item)s” is confirmed.") % {"item": item.title})


def returned(onboarding: Onboarding, item: GateItem) -> Notice:
    return _about(onboarding, _("“%(item)s” came back: read why, and show it again.") % {"item": item.title})


def recommended(gate: Gate, *, by: str) -> Notice:
    title = _("%(by)s recommended at the gate of %(name)s.")
    return _about(gate.onboarding, title % {"by": by, **_name(gate.onboarding)})


def to_decide(gate: Gate) -> Notice:
    title = _("The gate of %(name)s waits for your decision.")
    return _about(gate.onboarding, title % _name(gate.onboarding))


def decided(gate: Gate) -> Notice:
    return _about(gate.onboarding, _("Your gate is decided: read what, and why."))


def decided_for_others(gate: Gate) -> Notice:
    return _about(gate.onboarding, _("The gate of %(name)s is decided.") % _name(gate.onboarding))


def near(gate: Gate) -> Notice:
    title = _("The gate of %(name)s is on %(day)s: see what it waits for.")
    return _about(gate.onboarding, title % {**_name(gate.onboarding), "day": _day(gate)})


def overdue(gate: Gate) -> Notice:
    title = _("The gate of %(name)s was due %(day)s, and is not decided.")
    return _about(gate.onboarding, title % {**_name(gate.onboarding), "day": _day(gate)})


def _name(onboarding: Onboarding) -> dict[str, str]:
    return {"name": onboarding.leader.name}


def _day(gate: Gate) -> str:
    return date_format(gate.due_on, "DATE_FORMAT")


def _about(onboarding: Onboarding, title: str) -> Notice:
    return Notice(title, page_path("sponsors:onboarding", onboarding.leader_id), ICON)
