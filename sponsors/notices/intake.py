"""What people are told of an intake: never what was said, why somebody declined, or that they answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import IntakeRequest, IntakeRound

ICON = "messages"


def asked(request: IntakeRequest, intake: IntakeRound) -> Notice:
    title = _("What do you see in %(name)s? Their sponsor asks you.") % {"name": intake.leader.name}
    return Notice(title, page_path("sponsors:intake_answer", request.pk), ICON)


def opened(request: IntakeRequest) -> Notice:
    """For the leader, who says how they see themselves."""
    title = _("Your sponsor asks others what they see in you. What do you see?")
    return Notice(title, page_path("sponsors:intake_answer", request.pk), ICON)


def reminder(request: IntakeRequest) -> Notice:
    title = _("A few days are left to say what you see in %(name)s.") % {"name": request.round.leader.name}
    return Notice(title, page_path("sponsors:intake_answer", request.pk), ICON)


def declined(request: IntakeRequest) -> Notice:
    names = {"name": request.person.name, "leader": request.round.leader.name}
    title = _("%(name)s declined to say something about %(leader)s.") % names
    return Notice(title, page_path("sponsors:intake", request.round.leader_id), ICON)


def closed(intake: IntakeRound) -> Notice:
    title = _("What others see in %(name)s can be read.") % {"name": intake.leader.name}
    return Notice(title, page_path("sponsors:intake", intake.leader_id), ICON)
