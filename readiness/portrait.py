"""What a Passport and its score page show of somebody's scores: charts, trend, strongest and weakest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readiness.models import Snapshot
from readiness.score import shown_score
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_label
from web.charts import Axis, Chart, Point, gauge, radar, trend


@dataclass(frozen=True)
class Portrait:
    """The newest score with the ones before it. `change`: points since the score before, if both exist."""

    snapshot: Snapshot
    profile: Chart
    gauge: Chart
    trend: Chart | None
    change: float | None
    change_since: str
    strongest: str
    weakest: str
    has_medians: bool


def portrait_of(snapshots: Sequence[Snapshot], medians: Mapping[str, float | None], *, name: str) -> Portrait:
    """The portrait of a person with at least one snapshot, oldest first. `name` heads the person's values."""
    newest = snapshots[-1]
    has_medians = any(value is not None for value in medians.values())
    before = snapshots[-2] if len(snapshots) > 1 else None
    known = sorted(
        (points, str(Dimension(dimension).label))
        for place, (dimension, points) in enumerate(zip(Dimension.values, newest.points, strict=True))
        if points is not None and newest.knows(place)
    )
    return Portrait(
        snapshot=newest,
        profile=radar(
            _("Readiness by dimension"),
            [
                Axis(str(dimension.label), as_shown(points), as_shown(medians.get(dimension.value)))
                for dimension, points in zip(Dimension, newest.points, strict=True)
            ],
            you=name,
            other=_("Cohort median") if has_medians else "",
            places=1,
        ),
        gauge=gauge(
            _("Leadership Readiness Score"),
            as_shown(newest.total),
            target=newest.weights.flag_below,
            target_label=_("Line"),
            places=1,
        ),
        trend=trend_of(snapshots),
        change=change_between(before.total if before else None, newest.total),
        change_since=before.quarter if before else "",
        strongest=f"{known[-1][1]}, {shown_score(known[-1][0]):.1f}" if known else "",
        weakest=f"{known[0][1]}, {shown_score(known[0][0]):.1f}" if len(known) > 1 else "",
        has_medians=has_medians,
    )


def trend_of(snapshots: Sequence[Snapshot]) -> Chart | None:
    """Totals by quarter; None before the second quarter."""
    if len(snapshots) < 2:
        return None
    return trend(
        _("Leadership Readiness Score by quarter"),
        [Point(quarter_label(each.quarter), as_shown(each.total)) for each in snapshots[-12:]],
        low=0,
        high=100,
        target=snapshots[-1].weights.flag_below,
        target_name=_("Line"),
        value_name=_("Score"),
    )


def change_between(before: float | None, after: float | None) -> float | None:
    """Points gained between two totals, as the two shown scores differ; None where either is missing."""
    first, second = as_shown(before), as_shown(after)
    return None if first is None or second is None else round(second - first, 1)


def as_shown(points: float | None) -> float | None:
    """Cut off to one decimal, as scores are shown everywhere."""
    return None if points is None else float(shown_score(points))
