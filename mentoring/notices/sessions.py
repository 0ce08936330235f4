"""What the other side is told about sessions: when, and nothing of what about."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.models import Session
from people.notices import Notice, page_path

ICON = "calendar-event"


def planned(session: Session, *, by: str) -> Notice:
    return _notice(_("%(name)s planned a mentoring session for %(when)s."), session, by)


def moved(session: Session, *, by: str) -> Notice:
    return _notice(_("%(name)s moved your mentoring session to %(when)s."), session, by)


def cancelled(session: Session, *, by: str) -> Notice:
    return _notice(_("%(name)s cancelled the mentoring session of %(when)s."), session, by)


def _notice(title: str, session: Session, by: str) -> Notice:
    when = date_format(timezone.localtime(session.starts_at), "SHORT_DATETIME_FORMAT")
    path = page_path("mentoring:session", session.mentorship_id, session.pk)
    return Notice(title % {"name": by, "when": when}, path, ICON)
