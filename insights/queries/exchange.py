"""Questions about the exchange with other organisations."""

from __future__ import annotations

from itertools import compress

from django.db.models import QuerySet

from insights.critical_mass import share, who_leads
from insights.enums import GroupedBy, Measure
from insights.exchange import FEWEST, INDEX, SharedFigure, figures_in, share_figure
from insights.models import ExchangePartner, ExchangeRule, ReceivedLetter, RolePulse, SentLetter
from insights.queries.leadership import quarters_kept
from insights.role_results import mean_of
from readiness.disclosure import may_show_parts, shown_parts
from succession.enums import Flag
from succession.models import ExposureMonth
from surveys.enums import About
from surveys.models import PublishedIndex


def rule_of_exchange() -> ExchangeRule | None:
    return ExchangeRule.objects.select_related("changed_by").first()


def partners() -> QuerySet[ExchangePartner]:
    return ExchangePartner.objects.select_related("added_by").order_by("name")


def sent_letters() -> QuerySet[SentLetter]:
    return SentLetter.objects.select_related("made_by").order_by("-made_at")


def newest_letters() -> list[tuple[ReceivedLetter, list[SharedFigure]]]:
    """Of each partner the newest by its own day, by the partners' names. One query."""
    found = ReceivedLetter.objects.select_related("partner").order_by("partner", "-issued_on", "-pk")
    newest = sorted(found.distinct("partner"), key=lambda each: each.partner.name)
    return [(each, figures_in(each.figures)) for each in newest]


def own_figures() -> list[SharedFigure]:
    """What the organisation would tell today: as its own pages have it, where it is of enough people."""
    return [*_leading(), *_positions(), *_index(), *_role()]


def _leading() -> list[SharedFigure]:
    quarters = quarters_kept()
    if not quarters:
        return []
    period = max(quarters)
    rows = who_leads(quarters[period])
    # Parts of one whole: what is left out of it is no small group either.
    holders = shown_parts([row.of_positions.part for row in rows])
    leads = [may_show_parts([row.leads.part, row.leads.whole - row.leads.part]) for row in rows]
    shares = [
        *((Measure.LEADS, row.profession, row.leads) for row in compress(rows, leads)),
        *((Measure.POSITIONS, row.profession, row.of_positions) for row in compress(rows, holders)),
    ]
    told = [share_figure(measure, group.value, period, each) for measure, group, each in shares]
    return [each for each in told if each is not None]


def _positions() -> list[SharedFigure]:
    newest = ExposureMonth.objects.order_by("-month").first()
    if newest is None:
        return []
    pooled = newest.positions - newest.counts.get(Flag.NO_POOL, 0)
    ready = pooled - newest.counts.get(Flag.NO_READY, 0)
    period = f"{newest.month:%Y-%m}"
    told = [
        share_figure(measure, "", period, share(part, newest.positions))
        for measure, part in ((Measure.POOLED, pooled), (Measure.READY, max(ready, 0)))
    ]
    return [each for each in told if each is not None]


def _index() -> list[SharedFigure]:
    """Of the uppermost unit of the newest survey about leaders, on the usual scale."""
    cells = PublishedIndex.objects.select_related("wave").filter(
        wave__instrument__about=About.LEADER, depth=0, n__gte=FEWEST, low__isnull=False
    )
    cell = cells.order_by("-wave__closes_on", "pk").first()
    if cell is None or (cell.wave.scale_low, cell.wave.scale_high) != INDEX:
        return []
    low, high = cell.interval
    if cell.n is None or cell.mean is None or low is None or high is None:
        return []
    return [SharedFigure(Measure.INDEX, "", cell.wave.closes_on.isoformat(), cell.n, cell.mean, low, high)]


def _role() -> list[SharedFigure]:
    pulse = RolePulse.objects.filter(figures__isnull=False).order_by("-opened_on").first()
    if pulse is None:
        return []
    told = []
    for figure in pulse.figures.filter(grouped_by=GroupedBy.ALL, n__gte=FEWEST).order_by("scale"):
        mean = mean_of(figure)
        day = pulse.closes_on.isoformat()
        told.append(SharedFigure(Measure.ROLE, figure.scale, day, mean.n, mean.mean, mean.low, mean.high))
    return told
