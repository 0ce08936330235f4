"""The organisation's page of one published wave: rows into charts and words. No queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.models import PublishedIndex, PublishedWave
from surveys.response_rates import ResponseRate, response_rate
from surveys.shrinkage import Band
from surveys.wording import (
    BAND_TONES,
    BANDS_SHORT,
    PERCENT,
    between,
    ends,
    file_cell,
    group_label,
    mean_words,
    withheld_words,
)
from web.addresses import address
from web.charts import Bin, Chart, Estimate, histogram, intervals
from web.charts.svg import escaped
from web.numbers import MISSING, decimal
from web.pdf import Mark

CSV_HEAD = (
    "Unit",
    "Code",
    "Leader",
    "n",
    "Answered, about %",
    "Response",
    "Index",
    "95 % interval, low",
    "95 % interval, high",
    "Percent of range",
    "Adjusted for small team",
    "Agreement r_wg(j)",
    "Compared with the organisation",
    "Not shown because",
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
    answered: ResponseRate | None
    index: str
    interval: str
    ends: tuple[str, str]
    percent: str
    adjusted: str
    agreement: str
    compared: str
    tone: str
    withheld: str
    mark: Mark  # of charts

    @property
    def rate(self) -> str:
        return str(self.answered) if self.answered else ""

    def cells(self) -> Sequence[object]:
        """In the order of CSV_HEAD: figures are numbers, the reason of a withheld row has its own column."""
        figures = [self.index, *self.ends, self.percent, self.adjusted, self.agreement]
        rate = [self.answered.cell, self.answered.label] if self.answered else ["", ""]
        return [
            *(self.unit, self.code, self.leader, file_cell(self.n), *rate),
            *(*map(file_cell, figures), self.compared, self.withheld),
        ]

    def markup(self, *, rates: bool) -> SafeString:
        """The cells of its row on the page: fifty of them as a template took a tenth of the page's time.
        `rates`: with the column of response rates."""
        unit, leader, compared = escaped(self.unit), escaped(self.leader), escaped(self.compared)
        head = (
            f'<th scope="row" class="depth-{self.depth}"><a href="{escaped(self.url)}">{unit}</a></th>'
            f'<td data-label="Leader">{leader}</td>'
        )
        if self.withheld:
            why = escaped(self.withheld)
            return SafeString(
                f'{head}<td colspan="{6 + rates}" data-label="Not shown" class="muted small">{why}</td>'
            )
        rate = escaped(self.rate or MISSING)
        answered = f'<td data-label="Answered" class="small">{rate}</td>' if rates else ""
        css = f"tag {self.tone}" if self.tone else "small muted"
        return SafeString(
            f'{head}<td class="num" data-label="n">{self.n}</td>'
            f"{answered}"
            f'<td class="num" data-label="Index">{self.index}</td>'
            f'<td data-label="95 % interval" class="nowrap">{escaped(self.interval)}</td>'
            f'<td class="num" data-label="Adjusted">{self.adjusted or MISSING}</td>'
            f'<td class="num" data-label="Agreement">{self.agreement or MISSING}</td>'
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
        n=decimal(cell.n, 0) if shown else "",
        answered=rate,
        index=mean_words(cell.mean, cell.bound) if shown else "",
        interval=between(*cell.interval) if shown else "",
        ends=ends(*cell.interval) if shown else ("", ""),
        percent=mean_words(cell.percent, cell.bound, 0, PERCENT) if shown else "",
        adjusted=decimal(cell.estimate) if cell.estimate is not None else "",
        agreement=decimal(cell.agreement, 2) if cell.agreement is not None else "",
        compared=str(BANDS_SHORT[cell.band]) if shown else "",
        tone=BAND_TONES.get(Band(cell.band), ""),
        withheld=withheld_words(cell.state, threshold),
        mark=Mark(known_mean(cell), *cell.interval, cell.estimate),
    )


def overview_rows(
    cells: Iterable[PublishedIndex], *, slug: str, threshold: int, asked: Mapping[UUID | None, int]
) -> list[OverviewRow]:
    """The rows of the screen, of every file and of the API."""
    return [
        overview_row(cell, slug=slug, threshold=threshold, asked=asked.get(cell.unit_id, 0)) for cell in cells
    ]


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
    return [BandCount(str(BANDS_SHORT[band]), counts.get(band, 0), BAND_TONES[band]) for band in bands]


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
