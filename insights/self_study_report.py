"""A self-study on paper: the gaps first, then every requirement with its evidence. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from insights.models import Standard
from insights.self_study import Answer, SelfStudy
from insights.self_study_files import CLAIMS_NOTHING
from web.pdf import Row, Sheet, Words


def study_sheet(study: SelfStudy, standard: Standard, *, organization: str, on: dt.date) -> Sheet:
    gaps: list[Row] = [[each.code, each.text] for each in study.gaps]
    past: list[Row] = [[each.code, each.text] for each in study.past]
    groups: list[tuple[str, list[Row]]] = [
        (_("Requirements without evidence"), gaps or [[_("None"), _("Something is held against each.")]]),
        *((f"{each.requirement.code} {each.requirement.text}", [*_rows(each)]) for each in study.answers),
        *([(_("No longer applies"), past)] if past else []),
    ]
    return Sheet(
        title=_("Self-study %(year)s") % {"year": study.year.label},
        above=str(standard),
        lead=str(CLAIMS_NOTHING),
        head=[_("Evidence"), _("What is counted"), _("Figure"), _("95 % interval"), _("Note")],
        groups=groups,
        widths=[3.2, 3.6, 2.6, 1.8, 3],
        notes=[
            str(CLAIMS_NOTHING),
            _("Nothing is told of fewer than five people. Intervals of shares are Wilson’s."),
            _("Figures of a day are as of %(day)s.") % {"day": _day(study.year.day(on))},
        ],
        organization=organization,
        made=_day(on),
        facts=[
            (_("Year"), f"{_day(study.year.first)} – {_day(study.year.last)}"),
            (_("Requirements"), str(len(study.answers))),
            (_("Without evidence"), str(len(study.gaps))),
        ],
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        landscape=True,
        pages=True,
    )


def _rows(answer: Answer) -> Iterator[Row]:
    if answer.is_gap:
        yield [Words(_("Gap"), tone="warn"), _("No evidence is named.")]
    for evidence in answer.evidence:
        source = str(evidence.source.label)
        if evidence.note:
            yield [source, evidence.note]
            source = ""
        if not evidence.figures:
            yield [source, _("Nothing was counted in this year.")]
        for each in evidence.figures:
            yield [source, each.label, each.value, each.interval, each.note]
            source = ""
    for document in answer.documents:
        kept = " · ".join(each for each in (document.place, document.link) if each)
        yield [_("Document"), f"{document.title}: {kept}"]


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
