"""What people are told of obstacles. Names and what is next; not what the obstacle is."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.enums import ObstacleState
from sponsors.models import Obstacle

ICON = "barrier-block"


def asked(obstacle: Obstacle, *, by: str) -> Notice:
    """For the owner."""
    title = _("%(by)s asks you to remove an obstacle of %(name)s until %(day)s.")
    day = date_format(obstacle.due_on, "DATE_FORMAT")
    return _about(obstacle, title % {"by": by, "name": obstacle.leader.name, "day": day})


def raised(obstacle: Obstacle, *, by: str) -> Notice:
    """For the leader, where somebody else saw it."""
    title = _("%(by)s raised an obstacle of yours; %(owner)s is asked to remove it.")
    return _about(obstacle, title % {"by": by, "owner": obstacle.owner.name})


def closed(obstacle: Obstacle) -> Notice:
    title = _("An obstacle of %(name)s is accepted as it is.")
    if obstacle.state == ObstacleState.REMOVED:
        title = _("An obstacle of %(name)s is removed.")
    return _about(obstacle, title % {"name": obstacle.leader.name})


def reopened(obstacle: Obstacle, *, by: str) -> Notice:
    title = _("%(by)s opened an obstacle of %(name)s again.")
    return _about(obstacle, title % {"by": by, "name": obstacle.leader.name})


def _about(obstacle: Obstacle, title: str) -> Notice:
    return Notice(title, page_path("sponsors:obstacle", obstacle.pk), ICON)
