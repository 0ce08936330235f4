"""The dashboard on paper, for a dean: what is on it may be handed on, so every figure is of five people or
more, whoever prints it. No queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mentoring.enums import Tier
from people.enums import Profession
from readiness.cohorts import BIN_EDGES, QuarterMean, Summary
from readiness.dashboard import for_executives, mean_interval
from readiness.disclosure import may_show
from readiness.estimates import Spread, measures
from readiness.key_figures import DEFINITIONS, OTHERS_ARE, KeyFigure
from readiness.question import Asked
from tenancy.jobs.periods import quarter_label
from web.numbers import decimal
from web.pdf import Axis, Mark, Row, Sheet

ALL_TICKS = (0, 25, 50, 75, 100)


def pack_sheets(
    question: Asked,
    summary: Summary,
    spreads: Sequence[Spread],
    quarters: Sequence[QuarterMean],
    figures: Sequence[KeyFigure],
    *,
    organization: str,
) -> list[Sheet]:
    """Scores on the first sheet; the key figures with their definitions on the second."""
    scores = Sheet(
        title=_("Leadership readiness"),
        above=quarter_label(question.chosen.quarter),
        lead=whom(question),
        head=[_("What"), _("n"), _("Mean"), _("95 % interval"), _("0 to 100")],
        groups=[
            (_("Score and dimensions"), list(_means(spreads))),
            (_("Mean score by quarter"), list(_trend(quarters))),
            (_("People by score"), list(_distribution(summary))),
        ],
        widths=[4, 1, 1, 2, 4],
        notes=[
            _("The score is the weighted mean of five dimensions, 0 to 100, from attested evidence."),
            _("A dimension counts for those of whom attested evidence is known. Intervals are t intervals."),
            _("Nothing here is of fewer than 5 people."),
        ],
        axis=Axis(0, 100, ALL_TICKS, [str(tick) for tick in ALL_TICKS], (_("Mean"), _("Interval"), "", "")),
        numeric=[1, 2],
        plotted=4,
        organization=organization,
        made=date_format(question.on, "DATE_FORMAT"),
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        pages=True,
    )
    key_figures = replace(
        scores,
        title=_("Key figures"),
        head=[_("Figure"), _("Whom"), _("n"), _("Value"), _("95 % interval")],
        groups=[("", [_figure(line) for line in figures])],
        widths=[4, 3, 1, 1.4, 1.6],
        notes=[
            *dict.fromkeys(str(DEFINITIONS[line.measure]) for line in figures),
            *([str(OTHERS_ARE)] if any(line.compared for line in figures) else []),
        ],
        numeric=[2, 3],
        plotted=None,
    )
    return [scores, key_figures]


def whom(question: Asked) -> str:
    """Whom the filter chooses, in words."""
    form, chosen = question.form, question.chosen
    words = [
        dict(form.facets.cohorts).get(chosen.cohort, "") if chosen.cohort else "",
        chosen.specialty,
        dict(form.facets.stages).get(chosen.stage, "") if chosen.stage else "",
        chosen.site.name if chosen.site else "",
        str(Profession(chosen.profession).label) if chosen.profession else "",
        str(Tier(chosen.tier).label) if chosen.tier else "",
    ]
    return " · ".join(filter(None, words)) or _("Everybody whom the dashboard covers.")


def _means(spreads: Sequence[Spread]) -> Iterator[Row]:
    for label, spread in zip(measures(), spreads, strict=True):
        told = spread.told
        if told is None:
            yield [label, _("not shown: fewer than 5 people")]
        else:
            mark = Mark(told.mean, told.low, told.high)
            yield [label, decimal(spread.n, 0), decimal(told.mean), told.text, mark]


def _trend(quarters: Sequence[QuarterMean]) -> Iterator[Row]:
    for each in quarters:
        told = mean_interval(each.n, each.mean, each.sd) if may_show(each.n) else None
        if told is None:
            yield [quarter_label(each.quarter), _("not shown: fewer than 5 people")]
        else:
            mark = Mark(told.mean, told.low, told.high)
            yield [quarter_label(each.quarter), decimal(each.n, 0), decimal(told.mean), told.text, mark]


def _distribution(summary: Summary) -> Iterator[Row]:
    bins = for_executives(summary).bins
    if not any(bins):
        yield [_("All bands"), _("not shown: a band holds fewer than 5 people")]
        return
    for edge, count in zip(BIN_EDGES, bins, strict=True):
        last = edge + 10 if edge == BIN_EDGES[-1] else edge + 9
        share = _("%(share)s %% of those with a total") % {"share": decimal(100 * count / summary.n, 0)}
        yield [f"{edge}–{last}", decimal(count, 0), share]


def _figure(line: KeyFigure) -> Row:
    label = str(line.measure.label)
    if not line.value:
        return [label, line.about, line.note]
    return [label, line.about, line.n, line.value, line.interval]
