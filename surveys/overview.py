"""The organisation's page of one published wave: rows into charts and words. No queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.models import PublishedIndex, PublishedWave
from surveys.response_rates import ResponseRate, response_rate
from surveys.shrinkage import Band
from surveys.wording import (
    BAND_TONES,
    BANDS,
    BANDS_SHORT,
    PERCENT,
    between,
    group_label,
    mean_words,
    titled,
    withheld_words,
)
from web.addresses import address
from web.charts import Bin, Chart, Estimate, histogram, intervals
from web.charts.svg import escaped
from web.numbers import decimal
from web.pdf import Sheet

ROWS_ON_A_PAGE = 40
CSV_HEAD = (
    "Unit",
    "Code",
    "Leader",
    "n",
    "Answered",
    "Index",
    "95 % interval",
    "Percent of range",
    "Adjusted for small team",
    "Agreement r_wg(j)",
    "Compared with the organisation",
)


@dataclass(frozen=True)
class OverviewRow:
    """One unit as the table and the export show it."""

    unit: str
    code: str
    leader: str
    depth: int
    url: str
    n: str
    rate: str
    index: str
    interval: str
    percent: str
    adjusted: str
    agreement: str
    compared: str
    tone: str
    withheld: str

    def cells(self) -> Sequence[str]:
        """In the order of CSV_HEAD; a withheld row says why in place of its figures."""
        figures = [self.n, self.rate, self.index, self.interval, self.percent, self.adjusted, self.agreement]
        return [self.unit, self.code, self.leader, *figures, self.withheld or self.compared]

    @property
    def markup(self) -> SafeString:
        """The cells of its row on the page: fifty of them as a template took a tenth of the page's time."""
        unit, leader, compared = escaped(self.unit), escaped(self.leader), escaped(self.compared)
        head = (
            f'<th scope="row" class="depth-{self.depth}"><a href="{escaped(self.url)}">{unit}</a></th>'
            f'<td data-label="Leader">{leader}</td>'
        )
        if self.withheld:
            why = escaped(self.withheld)
            return SafeString(f'{head}<td colspan="7" data-label="Not shown" class="muted small">{why}</td>')
        css = f"tag {self.tone}" if self.tone else "small muted"
        return SafeString(
            f'{head}<td class="num" data-label="n">{int(self.n):,}</td>'
            f'<td data-label="Answered" class="small">{escaped(self.rate)}</td>'
            f'<td class="num" data-label="Index">{self.index}</td>'
            f'<td data-label="95 % interval" class="nowrap">{escaped(self.interval)}</td>'
            f'<td class="num" data-label="Adjusted">{self.adjusted}</td>'
            f'<td class="num" data-label="Agreement">{self.agreement}</td>'
            f'<td data-label="Compared with everybody"><span class="{css}">{compared}</span></td>'
        )


def overview_row(cell: PublishedIndex, *, slug: str, threshold: int, asked: int = 0) -> OverviewRow:
    """A cell in words. A withheld one has no figure at all."""
    shown = cell.is_published
    rate = response_rate(cell.n, asked, k=threshold) if shown else None
    return OverviewRow(
        unit=cell.unit.name,
        code=cell.unit.external_id,
        leader=cell.leader.name if cell.leader else "",
        depth=min(cell.depth, 5),
        url=address("surveys:report", slug, cell.wave_id, cell.unit_id),
        n=str(cell.n) if shown else "",
        rate=str(rate) if rate else "",
        index=mean_words(cell.mean, cell.bound) if shown else "",
        interval=between(*cell.interval) if shown else "",
        percent=mean_words(cell.percent, cell.bound, 0, PERCENT) if shown else "",
        adjusted=decimal(cell.estimate) if cell.estimate is not None else "",
        agreement=decimal(cell.agreement, 2) if cell.agreement is not None else "",
        compared=str(BANDS_SHORT[cell.band]) if shown else "",
        tone=BAND_TONES.get(Band(cell.band), ""),
        withheld=withheld_words(cell.state, threshold),
    )


def overview_rows(
    cells: Iterable[PublishedIndex], *, slug: str, threshold: int, asked: Mapping[UUID | None, int]
) -> list[OverviewRow]:
    """The rows of the screen, of every file and of the API."""
    return [
        overview_row(cell, slug=slug, threshold=threshold, asked=asked.get(cell.unit_id, 0)) for cell in cells
    ]


def overview_sheet(published: PublishedWave, rows: Sequence[OverviewRow], rate: ResponseRate | None) -> Sheet:
    """The upper units on one page: as many whole levels of the tree as have room."""
    shown = upper_levels(rows, most=ROWS_ON_A_PAGE)
    everybody = _("Everybody: index %(index)s (95 %% interval %(interval)s), n = %(n)s.") % {
        "index": mean_words(published.mean, published.bound),
        "interval": between(*published.interval),
        "n": decimal(published.n, 0),
    }
    answered = _("Answered: %(rate)s.") % {"rate": rate} if rate else ""
    left_out = _("%(count)d units below these are in the other files.") % {"count": len(rows) - len(shown)}
    return Sheet(
        title=titled(published.wave),
        above=published.wave.instrument.title,
        lead=f"{everybody} {answered}".strip(),
        head=CSV_HEAD,
        groups=[
            ("", [[*row.cells()[:3], row.withheld] if row.withheld else list(row.cells()) for row in shown])
        ],
        widths=[3.4, 1.4, 2, 0.8, 2, 1, 1.8, 1.2, 1.5, 1.4, 2.2],
        notes=[
            _("In the order of the organisation: there is no ranking."),
            _("Every mean is of %(k)d people or more.") % {"k": published.threshold},
            *([left_out] if len(rows) > len(shown) else []),
        ],
        language=(get_language() or "en").partition("-")[0],
        landscape=True,
    )


def upper_levels(rows: Sequence[OverviewRow], *, most: int) -> list[OverviewRow]:
    """The rows of the uppermost levels of the tree that are `most` at most, in their order; where even the
    first level is more, its first ones."""
    kept: list[OverviewRow] = []
    for depth in sorted({row.depth for row in rows}):
        upper = [row for row in rows if row.depth <= depth]
        if len(upper) > most:
            return kept or upper[:most]
        kept = upper
    return kept


def known_mean(cell: PublishedIndex) -> float | None:
    """A mean that a chart may draw as a point."""
    return None if cell.bound else cell.mean


def interval_chart(
    cells: Iterable[PublishedIndex], rows: Iterable[OverviewRow], published: PublishedWave
) -> Chart:
    """Published units with their intervals, in the order of the unit tree: no ranking."""
    estimates = [
        Estimate(row.unit, known_mean(cell), *cell.interval, cell.estimate, cell.n, row.url)
        for cell, row in zip(cells, rows, strict=True)
        if cell.is_published
    ]
    return intervals(
        _("Index by unit, in the order of the organisation"),
        estimates,
        low=published.wave.scale_low,
        high=published.wave.scale_high,
        reference=published.centre if published.mean is None or published.bound else published.mean,
        reference_name=_("Everybody"),
        table=False,  # the page shows the same rows as a table, with the units that are withheld
    )


def score_histogram(counts: Sequence[int] | None, edges: Sequence[float] | None, label: str) -> Chart | None:
    """How scores are spread, in the columns that are stored; None without any.

    A column holds its lower edge, the last one also its upper.
    """
    if not counts or not edges:
        return None
    whole = all(float(edge).is_integer() for edge in edges)
    bins = []
    for number, people in enumerate(counts):
        low, high = edges[number], edges[number + 1]
        if whole and number + 1 < len(counts):
            high -= 1
        places = 0 if whole else 1
        bins.append(Bin(f"{low:.{places}f}–{high:.{places}f}", people))
    return histogram(label, bins, of=_("Points"))


@dataclass(frozen=True)
class BandCount:
    label: str
    count: int
    tone: str


def band_counts(counts: Mapping[str, int]) -> list[BandCount]:
    """How many units stand in each of the three bands; empty where nothing could be compared."""
    bands = (Band.ABOVE, Band.AROUND, Band.BELOW)
    if not any(counts.get(band, 0) for band in bands):
        return []
    return [BandCount(str(BANDS[band]), counts.get(band, 0), BAND_TONES[band]) for band in bands]


def slope_sentences(published: PublishedWave) -> list[str]:
    """Each outcome's own slope on the index in this organisation, in one sentence."""
    return [
        _("%(outcome)s: %(slope)s a point of the index (95 %% interval %(interval)s), across %(n)d units.")
        % {
            "outcome": group_label(slope["group"]),
            "slope": decimal(slope["slope"], 3),
            "interval": between(slope["low"], slope["high"], 3),
            "n": slope["n"],
        }
        for slope in published.slopes
    ]
