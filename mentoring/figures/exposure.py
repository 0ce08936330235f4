"""The report of uniform exposure in figures, charts and rows. No queries."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind
from mentoring.exposure.report import KINDS, TIERS, ToldSummary, chair_words
from people.models import Person
from web.charts import Bar, Bin, Chart, bars, histogram
from web.numbers import decimal


def stats_of(told: ToldSummary) -> list[tuple[str, str, str]]:
    """Label, figure and what it is of; a dash for what may not be told."""
    stats = [
        (_("Without any look"), told.none, told.people, _("of %(people)s")),
        (
            _("Chair level within six months"),
            told.in_time,
            told.due,
            _("of %(people)s who had it or entered longer ago"),
        ),
    ]
    return [
        (_("In the programme"), decimal(told.people, 0), ""),
        *(
            (label, decimal(count, 0), words % {"people": decimal(of, 0)})
            for label, count, of, words in stats
        ),
    ]


def charts_of(told: ToldSummary) -> list[tuple[str, Chart]]:
    """Titles and charts: who was reached by what, and how often; none that tells of a few."""
    reached = [_reached(kind, count, told.people) for kind, count in told.reached.items()]
    charts = [
        (_("Mentees with at least one, by kind"), bars(_("Share of mentees"), reached, top=100, unit="%"))
    ]
    if told.looks is not None:
        labels = [_("none"), "1", "2", "3", _("4 or more")]
        bins = [
            Bin(label, count, label == labels[0]) for label, count in zip(labels, told.looks, strict=True)
        ]
        looks = histogram(_("Mentees by number of looks"), bins, of=_("Looks"))
        charts.append((_("Looks for each mentee"), looks))
    return charts


def _reached(kind: str, count: int | None, people: int) -> Bar:
    label = str(ExposureKind(kind).label)
    if count is None:
        return Bar(label, None, _("not shown: fewer than five"))
    note = _("%(count)s of %(people)s") % {"count": decimal(count, 0), "people": decimal(people, 0)}
    return Bar(label, 100 * count / people, note)


def report_row(person: Person, on: dt.date) -> list[object]:
    """As on the page, so in the file."""
    counts = [getattr(person, f"{name}_count") for name in (*KINDS, *TIERS)]
    total: int = person.total  # type: ignore[attr-defined]  # annotated
    entered: dt.date = person.entered  # type: ignore[attr-defined]  # annotated
    first: dt.date | None = person.first_chair  # type: ignore[attr-defined]  # annotated
    return [person.name, total, *counts, chair_words(entered, first, on=on)]
