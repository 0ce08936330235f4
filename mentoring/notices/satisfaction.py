"""What the two sides are told about the ratings of their mentorship."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from tenancy.jobs.periods import quarter_label


def rating_wanted(quarter: str) -> Notice:
    title = _("How was your mentorship in %(quarter)s? Three questions.") % {
        "quarter": quarter_label(quarter)
    }
    return Notice(title, page_path("mentoring:satisfaction"), "mood-smile")
