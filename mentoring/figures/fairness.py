"""The fairness report in words, tables and charts. No queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.fairness import Group, mean_interval, mean_range, share_interval, share_range
from mentoring.satisfaction import HIGHEST, LOWEST
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.wording import between
from web.charts import Chart, Estimate, intervals
from web.numbers import decimal

ASPECTS: Final[dict[str, Promise]] = {
    "gender": gettext_lazy("Gender"),
    "ethnicity": gettext_lazy("Ethnicity"),
}
HEAD: Final[list[str | Promise]] = [
    gettext_lazy("Aspect"),
    gettext_lazy("Group"),
    gettext_lazy("Measure"),
    gettext_lazy("n"),
    gettext_lazy("Figure"),
    gettext_lazy("95 % interval"),
    gettext_lazy("Definition"),
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic in words, with the number it rests on and its interval; for a chart also as numbers."""

    n: str
    words: str
    interval: str
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def as_words(self) -> tuple[str, str, str]:
        return self.n, self.words, self.interval


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the three, with its definition as the page and the file give it. `bottom`, `top`: ends of its
    scale; `places`: decimals in a chart."""

    key: str
    label: str | Promise
    definition: str | Promise
    bottom: float
    top: float | None
    places: int


MEASURES: Final = (
    Measure(
        "chair_sponsor",
        gettext_lazy("With a chair sponsor"),
        gettext_lazy(
            "Share of the people with whom a mentorship by a chair sponsor has ever begun. "
            "95 % interval of Wilson."
        ),
        0,
        100,
        0,
    ),
    Measure(
        "satisfaction",
        gettext_lazy("Satisfaction as a mentee, 1 to 5"),
        gettext_lazy(
            "Mean over people of what each, as a mentee, answered to “All in all, I am satisfied with this "
            "mentorship” in the quarters that are closed. "
            "95 % t interval with the spread of the whole organisation."
        ),
        LOWEST,
        HIGHEST,
        2,
    ),
    Measure(
        "first_role",
        gettext_lazy("Years to the first titled role"),
        gettext_lazy(
            "Median time from entering a programme to the first appointment to a titled position after it, "
            "by Kaplan and Meier: who still waits is followed until today, who left until leaving. "
            "95 % interval of Brookmeyer and Crowley."
        ),
        0,
        None,
        1,
    ),
)


def figures_of(group: Group, *, spread: float) -> list[Figure]:
    """The figures of a group in the order of the measures. `spread`: standard deviation of satisfaction, in
    steps of its scale, over the whole organisation."""
    return [_sponsor_figure(group), _satisfaction_figure(group, spread), _role_figure(group)]


def _sponsor_figure(group: Group) -> Figure:
    low, high = share_interval(group.share, group.people)
    ends = share_range(group.share, group.people)
    if ends[0] == 0:
        words = _("%(share)d %% or fewer") % {"share": ends[1]}
    elif ends[1] == 100:
        words = _("%(share)d %% or more") % {"share": ends[0]}
    else:
        words = _("about %(share)d %%") % {"share": group.share}
    return Figure(_at_least(group.people), words, f"{between(low, high, 0)} %", group.share, low, high)


def _satisfaction_figure(group: Group, spread: float) -> Figure:
    if group.satisfaction is None or group.raters is None:
        words = _("not shown: fewer than %(k)d rated, here or in a group that could be worked out")
        return Figure("", words % {"k": THRESHOLD_FLOOR}, "")
    low, high = mean_interval(group.satisfaction, group.raters, spread)
    ends = mean_range(group.satisfaction)
    if ends[0] == LOWEST:
        words = _("%(mean)s or less") % {"mean": decimal(ends[1], 2)}
    elif ends[1] == HIGHEST:
        words = _("%(mean)s or more") % {"mean": decimal(ends[0], 2)}
    else:
        words = _("about %(mean)s") % {"mean": decimal(group.satisfaction, 2)}
    return Figure(_at_least(group.raters), words, between(low, high), group.satisfaction, low, high)


def _role_figure(group: Group) -> Figure:
    n = _at_least(group.people)
    if group.low is None:
        interval = _("not reached")
    elif group.high is None:
        interval = _("%(low)s or more") % {"low": decimal(group.low)}
    else:
        interval = between(group.low, group.high)
    if group.waiting:
        return Figure(n, _("not reached: by the estimate more than half still wait"), interval)
    if group.median is None:
        words = _("not shown: rests on fewer than %(k)d roles") % {"k": THRESHOLD_FLOOR}
        return Figure(n, words, "")
    return Figure(
        n,
        _("up to %(years)s") % {"years": decimal(group.median)},
        interval,
        group.median,
        group.low,
        group.high,
    )


def _at_least(number: int) -> str:
    return _("%(number)d or more") % {"number": number}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a group, with what it is a figure of."""

    aspect: str
    group: str
    measure: Measure
    figure: Figure

    @property
    def names(self) -> tuple[str, str, str]:
        return str(ASPECTS[self.aspect]), self.group, str(self.measure.label)


@dataclass(frozen=True)
class FairnessReport:
    """Of each aspect ("gender", "ethnicity") its groups. Page, file and API tell the same cells."""

    groups: Mapping[str, Sequence[Group]]
    spread: float  # standard deviation of satisfaction over the whole organisation

    def aspects(self) -> list[tuple[str, list[tuple[str, list[Figure]]], list[tuple[Measure, Chart]]]]:
        """(label, (group, its figures), (measure, its chart)); no groups where too few said anything."""
        return [
            (str(label), rows, _charts(rows) if rows else [])
            for key, label in ASPECTS.items()
            for rows in [[(group.names, figures_of(group, spread=self.spread)) for group in self._of(key)]]
        ]

    def cells(self) -> list[Cell]:
        """Every figure of every group."""
        return [
            Cell(aspect, group.names, measure, figure)
            for aspect in ASPECTS
            for group in self._of(aspect)
            for measure, figure in zip(MEASURES, figures_of(group, spread=self.spread), strict=True)
        ]

    def rows(self) -> list[list[str]]:
        """A row for each figure, under HEAD."""
        return [[*cell.names, *cell.figure.as_words, str(cell.measure.definition)] for cell in self.cells()]

    def _of(self, aspect: str) -> Sequence[Group]:
        return self.groups.get(aspect, ())


def _charts(rows: Sequence[tuple[str, Sequence[Figure]]]) -> list[tuple[Measure, Chart]]:
    """A chart for each measure of which a figure is told; the numbers are in the page's table."""
    return [
        (measure, _chart(measure, [(group, figures[place]) for group, figures in rows]))
        for place, measure in enumerate(MEASURES)
        if any(figures[place].value is not None for _group, figures in rows)
    ]


def _chart(measure: Measure, rows: Sequence[tuple[str, Figure]]) -> Chart:
    estimates = [Estimate(group, each.value, each.low, each.high) for group, each in rows]
    return intervals(
        str(measure.label),
        estimates,
        low=measure.bottom,
        high=measure.top,
        value_name=_("As told"),
        places=measure.places,
        table=False,
    )
