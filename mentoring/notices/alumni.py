"""What people are told about alumni hours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mentoring.models import AlumniHour
from people.notices import Notice, page_path


def invitation(hour: AlumniHour) -> Notice:
    title = _("You are invited to an alumni hour: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "school")


def moved(hour: AlumniHour) -> Notice:
    title = _("An alumni hour has another time or place: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "calendar-event")


def cancelled(hour: AlumniHour) -> Notice:
    title = _("An alumni hour is cancelled: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "calendar-x")


def speaker(hour: AlumniHour) -> Notice:
    title = _("You speak at an alumni hour: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "microphone")
