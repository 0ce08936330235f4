"""What coach and leader are told of their sessions: when, and nothing of what about."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import CoachingSession

ICON = "message-circle-heart"


def planned(session: CoachingSession, *, by: str) -> Notice:
    return _notice(_("%(name)s planned a coaching session for %(when)s."), session, by)


def moved(session: CoachingSession, *, by: str) -> Notice:
    return _notice(_("%(name)s moved your coaching session to %(when)s."), session, by)


def cancelled(session: CoachingSession, *, by: str) -> Notice:
    return _notice(_("%(name)s cancelled the coaching session of %(when)s."), session, by)


def released(session: CoachingSession) -> Notice:
    """The coach has left the team."""
    title = _("The coaching session of %(when)s does not take place: %(name)s left the team.")
    return _notice(title, session, session.coach.name)


def lost(session: CoachingSession, *, left: str) -> Notice:
    """One of the two has left the organisation."""
    title = _("The coaching session of %(when)s does not take place: %(name)s is no longer here.")
    return _notice(title, session, left)


def _notice(title: str, session: CoachingSession, name: str) -> Notice:
    when = date_format(timezone.localtime(session.starts_at), "SHORT_DATETIME_FORMAT")
    path = page_path("sponsors:coaching_session", session.leader_id, session.pk)
    return Notice(title % {"name": name, "when": when}, path, ICON)
