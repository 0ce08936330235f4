"""What people are told of insights."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from insights.models import RolePulse
from people.notices import Notice, page_path

ICON = "heartbeat"


def role_pulse_opened(pulse: RolePulse) -> Notice:
    title = _("Seven sentences about leading: answer the role pulse until %(day)s.")
    words = title % {"day": date_format(pulse.closes_on, "DATE_FORMAT")}
    return Notice(words, page_path("insights:role_pulse_answer", pulse.pk), ICON)


def role_pulse_closed(pulse: RolePulse) -> Notice:
    words = _("The role pulse is closed: see how it is for everybody who leads.")
    return Notice(words, page_path("insights:role_pulse", pulse.pk), ICON)
