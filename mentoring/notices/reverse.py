"""What the two are told about reverse mentoring."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mentoring.models import ReverseMentoring
from people.notices import Notice, page_path


def arranged(pair: ReverseMentoring) -> Notice:
    title = _("Reverse mentoring: %(junior)s mentors %(senior)s") % {
        "junior": pair.junior.name,
        "senior": pair.senior.name,
    }
    return Notice(title, page_path("mentoring:reverse"), "arrows-exchange")
