"""A matching drawn: what it changes in each tier, how scores spread, how many mentees mentors have."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from mentoring.figures.runs import Figures, covered_words, figures_by_tier
from mentoring.matching.scoring import UNITS
from mentoring.models import MatchRun
from web.charts import Bin, Chart, Shift, heat_map, histogram, shifts

Figure = Callable[[Figures | None], tuple[float | None, str]]  # of one tier: to be drawn, and in words

MOST_LOAD = 4  # mentees of a mentor in a column of its own; more stand together


def change_charts(run: MatchRun, other: MatchRun | None) -> list[tuple[str, Chart]]:
    """From today to this matching, tier by tier: who has a mentor, how well pairs fit, and the worst-off one.
    Another matching stands beside it as a stroke."""
    return [
        (
            _("Mentees with a mentor"),
            _shift_chart(_("Mentees with a mentor, in percent"), run, other, _coverage),
        ),
        (_("Mean score"), _shift_chart(_("Mean score, points of 100"), run, other, _points("mean"))),
        (_("Worst-off"), _shift_chart(_("Lowest score, points of 100"), run, other, _points("worst"))),
    ]


def _shift_chart(label: str, run: MatchRun, other: MatchRun | None, figure: Figure) -> Chart:
    others: dict[str, Figures] = other.figures["tiers"] if other else {}
    rows = []
    for tier, this in figures_by_tier(run).items():
        now, then, beside = figure(this["before"]), figure(this), figure(others.get(tier))
        words = (now[1], then[1], beside[1])
        rows.append(Shift(str(tier.label), now[0], then[0], beside[0], words))
    names = (_("today"), _("this matching"), _("the other one"))
    return shifts(label, rows, low=0, high=100, names=names, compared=other is not None)


def _coverage(of: Figures | None) -> tuple[float | None, str]:
    share = 100 * of["covered"] / of["mentees"] if of and of["mentees"] else None
    return share, covered_words(of)


def _points(name: str) -> Figure:
    """A score of the pairs that there are."""

    def figure(of: Figures | None) -> tuple[float | None, str]:
        value = 100 * of[name] / UNITS if of and of["covered"] else None
        return value, "–" if value is None else f"{value:.1f}"

    return figure


def score_chart(run: MatchRun) -> Chart:
    """How many pairs score how much, all tiers together; the tenths above the bar are marked."""
    tenths = [sum(of["tenths"][place] for of in run.figures["tiers"].values()) for place in range(10)]
    bins = [
        Bin(f"{10 * place}–{10 * place + 10}", number, marked=place * 1_000 >= run.bar)
        for place, number in enumerate(tenths)
    ]
    return histogram(_("Scores of the pairs"), bins, noun=_("pairs"), of=_("Points"))


def load_chart(run: MatchRun) -> Chart:
    """How many mentors have how many mentees, a row for each tier."""
    loads = {tier: dict(figures["loads"]) for tier, figures in figures_by_tier(run).items()}
    most = max((load for counted in loads.values() for load in counted), default=0)
    columns = range(min(most, MOST_LOAD) + 1)
    rows = [
        (
            str(tier.label),
            [sum(n for load, n in counted.items() if min(load, MOST_LOAD) == column) for column in columns],
        )
        for tier, counted in loads.items()
    ]
    highest = max((count for _tier, counts in rows for count in counts), default=0)
    names = [f"{MOST_LOAD}+" if load == MOST_LOAD else str(load) for load in columns]
    return heat_map(_("Mentors by number of mentees"), names, rows, high=highest or 1, level=True)
