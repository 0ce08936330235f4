"""What a unit's report says, put together once for the page, the files and the API."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from surveys.disclosure import breakdown_from
from surveys.engagement_gap import asks_engagement
from surveys.enums import About
from surveys.gap_words import gap_card
from surveys.group_statistics import POOLED_SD_BELOW
from surveys.models import PublishedIndex, PublishedPool, PublishedWave
from surveys.overview import known_mean, score_histogram
from surveys.permissions import (
    REPORT_IS_FOR,
    REPORT_IS_READ_BELOW_FIRST,
    can_read_comments,
    can_see_report,
)
from surveys.queries import (
    asked_within,
    cells_of,
    cells_over_time,
    comments_at,
    gap_of,
    instrument_items,
    items_of,
    pool_of,
    questionnaire_of,
    scales_of,
)
from surveys.report import (
    behaviour_chart,
    change_note,
    common_n,
    item_lines,
    outcome_lines,
    standing_chart,
    trend_chart,
)
from surveys.response_rates import response_rate
from surveys.shrinkage import Band
from surveys.timing import manager_sees_from
from surveys.wording import (
    BAND_TONES,
    BANDS_SHORT,
    PERCENT,
    agreement_words,
    band_sentence,
    between,
    ends,
    exact_figures,
    mean_words,
    pooled_words,
    population_words,
    withheld_words,
)
from web.numbers import decimal

STANDING_ICONS: Final = {Band.ABOVE: "arrow-up", Band.AROUND: "equal", Band.BELOW: "arrow-down"}


def find_report(member: Member, wave_id: UUID, unit_id: UUID) -> tuple[PublishedIndex, PublishedWave]:
    """A unit's cell with its wave's results for a member who may see them today; 404 before 403."""
    cell = get_object_or_404(cells_of(wave_id).select_related("wave__instrument"), unit_id=unit_id)
    published = get_object_or_404(PublishedWave.objects.select_related("wave__instrument"), wave=wave_id)
    seen = can_see_report(member, cell, published_on=published.published_on, on=timezone.localdate())
    own = cell.leader_id == member.person_id or cell.unit_id in member.led_units
    words: str | Promise = REPORT_IS_READ_BELOW_FIRST if own and cell.same_as_below else REPORT_IS_FOR
    if cell.leader_id in member.reports:
        words = _("Its leader reads this report first. You can read it from %(day)s.") % {
            "day": date_format(manager_sees_from(published.published_on), "DATE_FORMAT")
        }
    demand(seen, words)
    return cell, published


def report_content(cell: PublishedIndex, published: PublishedWave, *, reader: Member) -> dict[str, Any]:
    """Charts, lines and words of a cell, from published rows alone; of a withheld one the reason alone. The
    same for every reader, but for comments, which some read later."""
    fewest = breakdown_from(published.threshold)
    base: dict[str, Any] = {
        "cell": cell,
        "published": published,
        "only": population_words(cell.wave),
        "withheld": withheld_words(cell.state, published.threshold),
        "breakdown_from": fewest,
        "about_leaders": cell.wave.instrument.about == About.LEADER,
    }
    if not cell.is_published:
        return base | _pooled(pool_of(cell))
    scales, history = scales_of(cell), cells_over_time(cell)
    asked = list(instrument_items(cell.wave.instrument))
    questionnaire = questionnaire_of(cell.wave.instrument, asked)
    items = item_lines(asked, items_of(cell), fewest=fewest)
    earlier = [past for past in history if past.wave.closes_on < cell.wave.closes_on]
    comments = comments_at(cell)
    may_read = can_read_comments(reader, published_on=published.published_on, on=timezone.localdate())
    asked_here = asked_within(cell.wave)[cell.unit_id]
    return base | {
        "rate": response_rate(cell.n, asked_here, k=published.threshold),
        "index": mean_words(cell.mean, cell.bound),
        "interval": between(*cell.interval),
        "ends": ends(*cell.interval),
        "percent": mean_words(cell.percent, cell.bound, 0, PERCENT),
        "sd": decimal(cell.sd) if cell.sd is not None else "",
        "adjusted": decimal(cell.estimate) if cell.estimate is not None else "",
        "adjusted_interval": between(*cell.estimate_interval),
        "adjusted_ends": ends(*cell.estimate_interval),
        "weight": decimal(100 * cell.weight, 0) if cell.weight is not None else "",
        "band": band_sentence(cell.band, lowest=cell.lowest),
        "standing": "" if cell.band == Band.UNKNOWN else str(BANDS_SHORT[cell.band]),
        "standing_icon": STANDING_ICONS.get(Band(cell.band), ""),
        "standing_tone": BAND_TONES.get(Band(cell.band), ""),
        "exact": exact_figures(
            ("n", cell.n),
            (_("Mean"), known_mean(cell)),
            (_("Standard deviation"), cell.sd),
            (_("Standard error"), cell.se),
            (_("Agreement r_wg(j)"), cell.agreement),
            (_("Adjusted for small team"), cell.estimate),
        ),
        "agreement_value": decimal(cell.agreement, 2),
        "agreement": agreement_words(cell.agreement),
        "chart": standing_chart(cell, published),
        "change": change_note(cell, earlier),
        "trend": trend_chart([past for past in history if past.leader_id == cell.leader_id]),
        "histogram": score_histogram(cell.histogram, cell.histogram_edges, _("Scores")),
        "behaviours": behaviour_chart(questionnaire, scales, items, fewest=fewest),
        "outcomes": outcome_lines(questionnaire, scales, threshold=published.threshold),
        "items": items,
        "items_n": common_n(items),
        "items_intervals": any(item.ends[0] for item in items),
        "gap": gap_card(gap_of(cell), cell.wave) if asks_engagement(questionnaire) else None,
        "comments": comments if may_read else [],
        "comments_wait": bool(comments) and not may_read,
        "pooled_below": POOLED_SD_BELOW,
        "pooled": cell.n is not None and cell.n < POOLED_SD_BELOW,
    }


def _pooled(pool: PublishedPool | None) -> dict[str, Any]:
    """The result over several waves of a team whose own is withheld, in words."""
    if pool is None:
        return {"pool": None}
    return {
        "pool": pool,
        "pooled_label": pooled_words(pool.waves),
        "pooled_mean": decimal(pool.mean),
        "pooled_interval": between(*pool.interval),
    }
