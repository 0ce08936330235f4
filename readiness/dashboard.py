"""What a cohort dashboard shows of the numbers it was given: figures, tables, the rows of the file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.enums import CareerStage
from readiness.cohorts import BIN_EDGES, QuarterMean, Summary
from readiness.disclosure import may_show, may_show_parts
from readiness.models import Snapshot
from readiness.portrait import as_shown, change_between
from surveys.enums import Dimension
from surveys.quantiles import student_quantile
from tenancy.jobs.periods import quarter_label
from web.charts import Chart, Estimate, Table, intervals
from web.charts.heat import tint
from web.figures import PlotlyFigure
from web.numbers import MISSING, decimal


@dataclass(frozen=True, slots=True)
class Interval:
    mean: float
    low: float
    high: float

    @property
    def text(self) -> str:
        return f"{decimal(self.low)} to {decimal(self.high)}"


def mean_interval(n: int, mean: float | None, sd: float | None) -> Interval | None:
    """A mean with its 95 % t interval, kept inside 0 to 100; None for fewer than two values."""
    if n < 2 or mean is None or sd is None:
        return None
    half = float(student_quantile(n - 1, 0.975)) * sd / math.sqrt(n)
    return Interval(mean, max(mean - half, 0.0), min(mean + half, 100.0))


@dataclass(frozen=True, slots=True)
class Cell:
    """One dimension of one person, tinted."""

    label: str
    points: float | None
    css: str
    known: bool

    @property
    def short(self) -> str:
        """The first word of the label, for a narrow screen."""
        return self.label.split()[0]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A person of the cohort on the dashboard and in its file."""

    snapshot: Snapshot
    cells: list[Cell]
    change: float | None

    @property
    def stage(self) -> str:
        """The stage scored for. Who is in none is measured by the first one, and not called by it: a nurse
        manager is no resident."""
        stage, career = self.snapshot.stage, self.snapshot.person.career_stage
        return stage.name if stage and career != CareerStage.NONE else ""

    @property
    def place(self) -> str:
        """Stage, specialty and unit; a specialty that is the name of the unit is said once."""
        person = self.snapshot.person
        words = [self.stage, person.specialty, person.unit.name]
        return " · ".join(dict.fromkeys(filter(None, words)))

    @property
    def change_in_words(self) -> str:
        """With its sign; a dash where there is no quarter before."""
        if self.change is None:
            return MISSING
        sign = "+" if self.change > 0 else "−" if self.change < 0 else ""
        return f"{sign}{decimal(abs(self.change))}" if sign else "0"


def rows_from(snapshots: Sequence[Snapshot]) -> list[ScoreRow]:
    """Rows of `cohorts.rows_of`: five tinted cells each and the change since the quarter before."""
    labels = [str(label) for label in Dimension.labels]
    return [
        ScoreRow(
            snapshot,
            [
                Cell(labels[place], points, tint(points, 0, 100), snapshot.knows(place))
                for place, points in enumerate(snapshot.points)
            ],
            change_between(snapshot.before, snapshot.total),  # type: ignore[attr-defined]  # annotated
        )
        for snapshot in snapshots
    ]


def distribution(summary: Summary) -> PlotlyFigure | None:
    """How many people have a total in each band of ten points."""
    if not summary.n:
        return None
    labels = [f"{edge}–{edge + 10 if edge == BIN_EDGES[-1] else edge + 9}" for edge in BIN_EDGES]
    return PlotlyFigure(
        id="distribution",
        label=_("Number of people by score"),
        data=[
            {
                "type": "bar",
                "x": labels,
                "y": list(summary.bins),
                "tone": "brand",
                "hovertemplate": "%{x}: %{y}<extra></extra>",
            }
        ],
        layout={
            "bargap": 0.08,
            "xaxis": {"title": {"text": _("Score")}},
            "yaxis": {"title": {"text": _("People")}},
        },
        table=Table(
            _("Number of people by score"),
            [_("Score"), _("People")],
            [[label, decimal(count, 0)] for label, count in zip(labels, summary.bins, strict=True)],
        ),
    )


def trend_figure(quarters: Sequence[QuarterMean]) -> PlotlyFigure | None:
    """Means by quarter with their intervals; None before there are two."""
    points = [(each, mean_interval(each.n, each.mean, each.sd)) for each in quarters if each.mean is not None]
    if len(points) < 2:
        return None
    labels = [quarter_label(each.quarter) for each, _interval in points]
    means = [as_shown(each.mean) for each, _interval in points]
    return PlotlyFigure(
        id="trend",
        label=_("Mean score by quarter"),
        data=[
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": labels,
                "y": means,
                "tone": "brand",
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(band.high - band.mean, 2) if band else 0 for _each, band in points],
                    "arrayminus": [round(band.mean - band.low, 2) if band else 0 for _each, band in points],
                },
                "hovertemplate": "%{x}: %{y:.1f}<extra></extra>",
            }
        ],
        layout={"yaxis": {"range": [0, 100], "title": {"text": _("Mean score")}}},
        table=Table(
            _("Mean score by quarter"),
            [_("Quarter"), _("Mean"), _("95 % interval"), _("n")],
            [
                [
                    quarter_label(each.quarter),
                    decimal(as_shown(each.mean)),
                    band.text if band else "–",
                    decimal(each.n, 0),
                ]
                for each, band in points
            ],
        ),
    )


def dimension_means(summary: Summary) -> Chart:
    """Mean points of each dimension over those who are known in it, with its interval and n."""
    rows = [
        Estimate(
            str(dimension.label),
            as_shown(mean),
            interval.low if interval else None,
            interval.high if interval else None,
            n=n,
        )
        for dimension, mean, n, interval in by_dimension(summary)
    ]
    return intervals(_("Mean points by dimension"), rows, low=0, high=100)


def by_dimension(summary: Summary) -> Iterator[tuple[Dimension, float | None, int, Interval | None]]:
    """Each dimension with mean, n and the mean's interval."""
    figures = zip(Dimension, summary.dimension_means, summary.dimension_n, summary.dimension_sds, strict=True)
    return ((each, mean, n, mean_interval(n, mean, sd)) for each, mean, n, sd in figures)


def for_executives(summary: Summary) -> Summary:
    """The summary of the whole organisation without any number about a small group."""
    if not may_show(summary.people):
        empty = (0,) * len(BIN_EDGES)
        return Summary(0, 0, None, None, 0, 0, (0,) * 5, (None,) * 5, (None,) * 5, empty)
    show_total = may_show(summary.n)
    shown = [may_show(n) for n in summary.dimension_n]
    parts = (summary.flagged, summary.insufficient, summary.people - summary.flagged - summary.insufficient)
    show_bins = show_total and may_show_parts(summary.bins)
    return Summary(
        people=summary.people,
        n=summary.n if show_total else 0,
        mean=summary.mean if show_total else None,
        sd=summary.sd if show_total else None,
        flagged=summary.flagged if may_show_parts(parts) else 0,
        insufficient=summary.insufficient if may_show_parts(parts) else 0,
        dimension_n=tuple(n if ok else 0 for n, ok in zip(summary.dimension_n, shown, strict=True)),
        dimension_means=tuple(
            mean if ok else None for mean, ok in zip(summary.dimension_means, shown, strict=True)
        ),
        dimension_sds=tuple(sd if ok else None for sd, ok in zip(summary.dimension_sds, shown, strict=True)),
        bins=summary.bins if show_bins else (0,) * len(BIN_EDGES),
    )


HEAD = [
    "Name",
    "Stage",
    "Specialty",
    "Unit",
    "Score",
    *[str(d.label) for d in Dimension],
    "Known",
    "Change",
    "State",
]


def file_row(row: ScoreRow) -> list[object]:
    """A person's line in the file: what the screen shows, nothing more."""
    snapshot = row.snapshot
    return [
        snapshot.person.name,
        row.stage,
        snapshot.person.specialty,
        snapshot.person.unit.name,
        as_shown(snapshot.total),
        *[as_shown(cell.points) for cell in row.cells],
        snapshot.known_count,
        row.change,
        snapshot.get_state_display(),
    ]


SUMMARY_HEAD = ["", "Mean", "n", "95 % from", "95 % to"]


def summary_rows(summary: Summary) -> list[list[object]]:
    """The file of somebody who sees no persons: means with n and their 95 % intervals."""
    total = mean_interval(summary.n, summary.mean, summary.sd)
    whole: list[object] = [
        _("Leadership Readiness Score"),
        as_shown(summary.mean),
        summary.n,
        *ends_of(total),
    ]
    dimensions: list[list[object]] = [
        [str(dimension.label), as_shown(mean), n, *ends_of(interval)]
        for dimension, mean, n, interval in by_dimension(summary)
    ]
    return [whole, *dimensions]


def ends_of(interval: Interval | None) -> tuple[float | None, float | None]:
    """As a file has them."""
    return (as_shown(interval.low), as_shown(interval.high)) if interval else (None, None)
