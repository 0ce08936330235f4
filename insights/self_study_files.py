"""A self-study as a file: a table with a row for each figure, and JSON for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.evidence_figures import Figure
from insights.models import Standard
from insights.self_study import Answer, SelfStudy

# C13: no claim is shipped.
CLAIMS_NOTHING: Final[Promise] = gettext_lazy(
    "The mapping of evidence to requirements is the organisation’s own. It claims nothing on behalf of the "
    "body that set the standard."
)
HEAD: Final = (
    *("Number", "Requirement", "Kind", "Evidence", "Note", "Figure"),
    *("Told", "Count", "n", "Low", "High", "Remark"),
)


def study_rows(study: SelfStudy) -> list[Sequence[object]]:
    """In the order of the standard; a gap has a row of its own."""
    return [
        (answer.requirement.code, answer.requirement.text, *rest)
        for answer in study.answers
        for rest in _rows_of(answer)
    ]


def _rows_of(answer: Answer) -> Iterator[Sequence[object]]:
    if answer.is_gap:
        yield (_("gap"), *[""] * 9)
    for evidence in answer.evidence:
        named = (_("figure"), str(evidence.source.label), evidence.note)
        if not evidence.figures:
            yield (*named, "", _("nothing counted in the year"), *[None] * 4, "")
        for each in evidence.figures:
            yield (*named, each.label, each.value, each.count, each.n, each.low, each.high, each.note)
    for document in answer.documents:
        kept = document.link or document.place
        yield (_("document"), document.title, document.place, "", kept, *[None] * 4, "")


def study_content(study: SelfStudy, standard: Standard, *, organization: str, on: dt.date) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "organization": organization,
        "standard": standard.name,
        "edition": standard.edition,
        "year": {"first": study.year.first.isoformat(), "last": study.year.last.isoformat()},
        "as_of": study.year.day(on).isoformat(),
        "statement": str(CLAIMS_NOTHING),
        "requirements": [_answer_content(each) for each in study.answers],
        "no_longer_applies": [each.code for each in study.past],
    }


def _answer_content(answer: Answer) -> dict[str, Any]:
    return {
        "number": answer.requirement.code,
        "text": answer.requirement.text,
        "is_gap": answer.is_gap,
        "evidence": [
            {
                "source": str(each.source),
                "note": each.note,
                "figures": [_figure_content(figure) for figure in each.figures],
            }
            for each in answer.evidence
        ],
        "documents": [
            {"title": each.title, "link": each.link, "place": each.place} for each in answer.documents
        ],
    }


def _figure_content(figure: Figure) -> dict[str, Any]:
    names = ("label", "value", "count", "n", "low", "high", "note")
    return {name: getattr(figure, name) for name in names}
