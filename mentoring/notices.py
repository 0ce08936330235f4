"""What people are told about the mentoring they take part in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mentoring.models import AlumniHour, ReverseMentoring
from people.notices import Notice, page_path
from tenancy.jobs.periods import quarter_label


def exposure_wanted(quarter: str) -> Notice:
    title = _("Log one exposure for %(quarter)s: one press is enough.") % {"quarter": quarter_label(quarter)}
    return Notice(title, page_path("mentoring:exposure"), "eye")


def exposure_missing(quarter: str) -> Notice:
    title = _("Exposure logs of %(quarter)s are missing.") % {"quarter": quarter_label(quarter)}
    return Notice(title, page_path("mentoring:reviews"), "eye-question")


def rating_wanted(quarter: str) -> Notice:
    title = _("How was your mentorship in %(quarter)s? Three questions.") % {
        "quarter": quarter_label(quarter)
    }
    return Notice(title, page_path("mentoring:satisfaction"), "mood-smile")


def alumni_invitation(hour: AlumniHour) -> Notice:
    title = _("You are invited to an alumni hour: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "school")


def alumni_moved(hour: AlumniHour) -> Notice:
    title = _("An alumni hour has another time or place: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "calendar-event")


def alumni_cancelled(hour: AlumniHour) -> Notice:
    title = _("An alumni hour is cancelled: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "calendar-x")


def alumni_speaker(hour: AlumniHour) -> Notice:
    title = _("You speak at an alumni hour: %(title)s") % {"title": hour.title}
    return Notice(title, page_path("mentoring:alumni_hour", hour.pk), "microphone")


def reverse_arranged(pair: ReverseMentoring) -> Notice:
    title = _("Reverse mentoring: %(junior)s mentors %(senior)s") % {
        "junior": pair.junior.name,
        "senior": pair.senior.name,
    }
    return Notice(title, page_path("mentoring:reverse"), "arrows-exchange")
