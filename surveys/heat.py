"""The heat map of a wave: units by behaviours, each cell a figure, a band and the band in words. No queries.

Bands come from the posterior probability of lying above the centre of the lowest published cells, never from
an order of units. A unit that contains others is placed by its own mean against everybody's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from surveys.arrays import BoolArray, FloatArray, TextArray
from surveys.group_statistics import GroupStatistics
from surveys.leader_index import percent_of_range
from surveys.models import PublishedIndex
from surveys.quantiles import normal_probability, student_quantile
from surveys.shrinkage import BAND_PROBABILITY, Band, shrink
from surveys.wording import BANDS_SHORT, PERCENT, group_label, mean_words, withheld_words
from web.addresses import address
from web.numbers import decimal

BAND_CSS = {Band.ABOVE: "band-above", Band.AROUND: "band-around", Band.BELOW: "band-below"}


@dataclass(frozen=True)
class ScaleRow:
    """One behaviour of one unit as it was published."""

    unit_id: UUID
    group: str
    n: int
    mean: float
    scale_low: float
    scale_high: float
    low: float | None
    high: float | None
    bound: int = 0


@dataclass(frozen=True)
class HeatCell:
    """What stands in one cell; `css` repeats what `words` say."""

    figure: str
    words: str
    css: str

    def __str__(self) -> str:
        return f"{self.figure}, {self.words}" if self.figure else self.words


@dataclass(frozen=True)
class HeatRow:
    """One unit: its index and its behaviours, or why they are not shown."""

    unit: str
    code: str
    leader: str
    report_url: str
    deeper: str  # the id to look within, where there are units below
    n: str
    cells: Sequence[HeatCell]
    withheld: str

    def values(self) -> list[str]:
        """As a row of a file."""
        shown = [str(cell) for cell in self.cells] if self.cells else [self.withheld]
        return [self.unit, self.code, self.leader, self.n, *shown]


def heat_head(groups: Sequence[str]) -> list[str]:
    """The head over `HeatRow.values`."""
    return [_("Unit"), _("Code"), _("Leader"), "n", _("Index"), *(group_label(group) for group in groups)]


def standard_errors(n: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The standard error behind each 95 % t interval of n - 1 degrees of freedom; NaN where there is none."""
    freedom = np.where(n > 1, n - 1.0, np.nan)
    errors: FloatArray = (high - low) / 2 / student_quantile(freedom, 0.975)
    return errors


def placed(mean: FloatArray, se: FloatArray, *, centre: float, between_variance: float) -> TextArray:
    """The band of each mean against a centre, shrunken by the variance between the lowest cells.

    Posterior of a normal mean with prior Normal(centre, between_variance): weight tau2 / (se2 + tau2).
    """
    spread = se**2 + between_variance
    weight = np.divide(between_variance, spread, out=np.zeros_like(spread), where=spread > 0)
    deviation = np.sqrt(se**2 * weight)
    standing = np.where(np.isnan(mean + se), np.nan, 0.0)
    score = np.divide(weight * (mean - centre), deviation, out=standing, where=deviation > 0)
    above = normal_probability(score)
    bands: TextArray = np.select(
        [above > BAND_PROBABILITY, above < 1 - BAND_PROBABILITY, np.isfinite(above)],
        [Band.ABOVE.value, Band.BELOW.value, Band.AROUND.value],
        default=Band.UNKNOWN.value,
    )
    return bands


def behaviour_bands(
    rows: Sequence[ScaleRow], lowest: Collection[UUID], whole: Collection[UUID] = ()
) -> list[str]:
    """The band of each row among rows of the same behaviour; unknown with fewer than eight lowest cells.

    The lowest are compared with one another. A unit above them is compared with everybody together, the row
    of the `whole` unit: the plain mean of small teams would be no mark for hundreds of people."""
    bands = np.full(len(rows), Band.UNKNOWN.value, dtype="<U8")
    groups = np.array([row.group for row in rows])
    n, mean, low, high = (
        np.array([_number(getattr(row, name)) for row in rows], dtype=np.float64)
        for name in ("n", "mean", "low", "high")
    )
    se = standard_errors(n, low, high)
    base = np.array([row.unit_id in lowest for row in rows], dtype=np.bool_)
    everybody = np.array([row.unit_id in whole for row in rows], dtype=np.bool_)
    for group in set(groups.tolist()):
        here = groups == group
        together = mean[here & everybody]
        mark = float(together[0]) if together.size == 1 else float("nan")
        bands[here] = _bands_within(mean[here], se[here], base[here], mark)
    return [str(band) for band in bands]


def _bands_within(mean: FloatArray, se: FloatArray, base: BoolArray, mark: float) -> TextArray:
    count = int(base.sum())
    alike = np.full(count, np.nan)
    shrinkage = shrink(
        GroupStatistics(
            n=np.full(count, 10, dtype=np.int64),
            mean=mean[base],
            sd=alike,
            se=se[base],
            low=alike,
            high=alike,
            pooled=np.zeros(count, dtype=np.bool_),
            pooled_sd=float("nan"),
            confidence=0.95,
        )
    )
    if shrinkage is None:
        return np.full(len(mean), Band.UNKNOWN.value)
    bands = placed(mean, se, centre=mark, between_variance=shrinkage.between_variance)
    bands[base] = shrinkage.band
    return bands


def index_band(cell: PublishedIndex, *, everybody: float | None, between_variance: float | None) -> str:
    """The band of a unit's index: the published one, or for a unit with units below it against the mean of
    everybody. Everybody together is not compared with everybody."""
    if cell.lowest or everybody is None or between_variance is None or cell.depth == 0:
        return cell.band
    mean, se = np.array([_number(cell.mean)]), np.array([_number(cell.se)])
    return str(placed(mean, se, centre=everybody, between_variance=between_variance)[0])


def heat_row(
    cell: PublishedIndex,
    scales: Mapping[str, tuple[ScaleRow, str]],
    groups: Sequence[str],
    *,
    band: str,
    slug: str,
    threshold: int,
    deeper: bool,
) -> HeatRow:
    """A unit's row: `scales` are its published behaviours with their bands, by group."""
    shown = cell.is_published
    cells = [_cell(cell.percent, band, cell.bound)] if shown else []
    for group in groups if shown else ():
        found = scales.get(group)
        cells.append(_behaviour_cell(*found, everybody=cell.depth == 0) if found else _hidden())
    return HeatRow(
        unit=cell.unit.name,
        code=cell.unit.external_id,
        leader=cell.leader.name if cell.leader else "",
        report_url=address("surveys:report", slug, cell.wave_id, cell.unit_id),
        deeper=str(cell.unit_id) if deeper else "",
        n=decimal(cell.n, 0) if shown else "",
        cells=cells,
        withheld=withheld_words(cell.state, threshold),
    )


def _behaviour_cell(row: ScaleRow, band: str, *, everybody: bool) -> HeatCell:
    share = percent_of_range(np.array([row.mean]), items=1, low=int(row.scale_low), high=int(row.scale_high))
    return _cell(float(share[0]), Band.UNKNOWN if everybody else band, row.bound)


def _cell(percent: float | None, band: str, bound: int) -> HeatCell:
    return HeatCell(
        mean_words(percent, bound, 0, PERCENT),
        str(BANDS_SHORT[Band(band)]),
        BAND_CSS.get(Band(band), "band-unknown"),
    )


def _hidden() -> HeatCell:
    return HeatCell("", _("not shown"), "heat-none")


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
