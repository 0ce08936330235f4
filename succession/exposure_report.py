"""The exposure report on paper: what is missing, how it moved, and position by position. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from succession.enums import Flag
from succession.exposure import SEVERE, Cover
from succession.models import ExposureMonth
from web.pdf import Row, Sheet


def report_sheet(
    lines: Sequence[tuple[Cover, Sequence[Flag]]],
    months: Sequence[ExposureMonth],
    *,
    organization: str,
    made_on: dt.date,
) -> Sheet:
    """Positions with something missing, the severe first; those with nothing are counted."""
    missing = [(cover, flags) for cover, flags in lines if flags]
    severe = sum(not SEVERE.isdisjoint(flags) for _cover, flags in lines)
    counts = [(flag, sum(flag in flags for _cover, flags in lines)) for flag in Flag]
    moved = (
        _("%(then)d of %(of)d a year ago or since figures are kept")
        % {"then": months[0].exposed, "of": months[0].positions}
        if months
        else _("no figures of earlier months yet")
    )
    return Sheet(
        title=_("Exposure"),
        above=_("Succession"),
        lead=_("What would be missing if a position fell vacant."),
        head=[_("Position"), _("Unit"), _("Held by"), _("Term ends"), _("Ready now"), _("What is missing")],
        groups=[("", [_row(cover, flags) for cover, flags in missing])],
        widths=[4, 3, 3, 2, 1.2, 5],
        notes=[
            _("Counted are candidates who said yes, with a rating younger than twelve months."),
            " · ".join(f"{flag.label}: {count}" for flag, count in counts if count),
        ],
        organization=organization,
        made=day(made_on),
        facts=[
            (_("Positions"), str(len(lines))),
            (_("Something urgent missing"), str(severe)),
            (_("Earlier"), moved),
        ],
        numeric=[4],
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        landscape=True,
        pages=True,
    )


def _row(cover: Cover, flags: Sequence[Flag]) -> Row:
    return [
        *(cover.title, cover.unit, cover.incumbent or _("nobody")),
        day(cover.term_ends) if cover.term_ends else "–",
        str(cover.ready),
        ", ".join(str(flag.label) for flag in flags),
    ]


def day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
