"""What mentees look for and mentors offer, as a chart. No queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.enums import TagKind
from mentoring.queries.taxonomy import UsedTag
from web.charts import Bar, Chart, bars

MOST: Final = 6


def wanted_chart(used: Mapping[TagKind, Sequence[UsedTag]]) -> Chart | None:
    """The tags that most people look for, each with how many offer it; those that nobody offers stand out."""
    wanted = [each for tags in used.values() for each in tags if each.looking and each.tag.retired_on is None]
    if not wanted:
        return None
    wanted.sort(key=lambda each: (-each.looking, each.tag.name.casefold()))
    rows = [
        Bar(each.tag.name, each.looking, note=_offered(each.offering), tone="warn" if each.is_lacking else "")
        for each in wanted[:MOST]
    ]
    return bars(_("People who look for it"), rows)


def _offered(number: int) -> str:
    if not number:
        return _("nobody offers it")
    return ngettext("%(n)d mentor offers it", "%(n)d mentors offer it", number) % {"n": number}
