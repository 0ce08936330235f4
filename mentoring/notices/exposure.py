"""What mentors and directors are told about the exposure log."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from tenancy.jobs.periods import quarter_label


def log_wanted(quarter: str) -> Notice:
    title = _("Log one exposure for %(quarter)s: one press is enough.") % {"quarter": quarter_label(quarter)}
    return Notice(title, page_path("mentoring:exposure"), "eye")


def logs_missing(quarter: str) -> Notice:
    title = _("Exposure logs of %(quarter)s are missing.") % {"quarter": quarter_label(quarter)}
    return Notice(title, page_path("mentoring:reviews"), "eye-question")
