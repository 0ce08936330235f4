"""Results of published waves: the list, the overview, a unit's report. Published cells only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.models import Unit
from people.permissions import OVERVIEW_IS_FOR, UNIT_REPORT_IS_FOR, can_expect_report, can_see_overview
from surveys.debrief_queries import debriefs_of, units_answered_for, what_came_of
from surveys.disclosure import BREAKDOWN_FROM
from surveys.evidence import STUDIES
from surveys.forms.overview import WithinForm
from surveys.group_statistics import POOLED_SD_BELOW
from surveys.models import PublishedIndex, PublishedWave
from surveys.overview import (
    CSV_HEAD,
    band_counts,
    interval_chart,
    overview_row,
    score_histogram,
    slope_sentences,
)
from surveys.permissions import REPORT_IS_FOR, can_follow_debriefs, can_run_surveys, can_see_report
from surveys.queries import (
    asked_within,
    band_sizes,
    cells_of,
    cells_over_time,
    cells_within,
    instrument_items,
    items_of,
    latest_cell_of,
    published_waves,
    questionnaire_of,
    reports_about,
    scales_of,
)
from surveys.report import (
    behaviour_chart,
    change_note,
    item_lines,
    outcome_lines,
    standing_chart,
    trend_chart,
)
from surveys.response_rates import response_rate
from surveys.timing import manager_sees_from
from surveys.wave_queries import waves_asking, waves_on_their_way
from surveys.wording import (
    agreement_words,
    band_sentence,
    between,
    exact_figures,
    separation_words,
    withheld_words,
)
from web.csv import csv_response
from web.numbers import decimal
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def waves(request: MemberRequest) -> HttpResponse:
    """Published waves for those who see the organisation, those on their way for whoever runs them; for
    everybody what asks them and the reports that concern them."""
    oversees, runs = can_see_overview(request.member), can_run_surveys(request.member)
    on = timezone.localdate()
    answered = units_answered_for(request.member, on=on)
    context = {
        "waves": list(published_waves()) if oversees else [],
        "page": numbered_page(request, reports_about(request.member, on=on)),
        "led_to": list(what_came_of(answered).prefetch_related(None)[:5]),
        "oversees": oversees,
        "may_import": runs,
        "asking": list(waves_asking(request.member)),
        "running": list(waves_on_their_way()) if runs else [],
        "runs": runs,
        "breadcrumbs": [Crumb(_("Surveys"))],
    }
    return render(request, "surveys/waves.html", context)


def _overview(request: MemberRequest, wave_id: UUID) -> PublishedWave:
    """A published wave for those who may see everybody's results; 404 before 403."""
    published = get_object_or_404(published_waves(), wave_id=wave_id)
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    return published


@member_view
def wave(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """The organisation's results of one wave, in the order of the unit tree."""
    published = _overview(request, wave_id)
    slug = request.organization.slug
    form = WithinForm(request.GET)
    page = numbered_page(request, cells_within(published.wave, form.unit))
    asked = asked_within(published.wave)
    rows = [
        overview_row(cell, slug=slug, threshold=published.threshold, asked=asked[cell.unit_id])
        for cell in page
    ]
    context = {
        "published": published,
        "wave": published.wave,
        "form": form,
        "page": page,
        "rows": rows,
        "chart": interval_chart(page, rows, published),
        "rate": response_rate(published.n, asked[None], k=published.threshold),
        "histogram": score_histogram(published.histogram, published.wave, _("Scores of everybody")),
        "interval": between(*published.interval),
        "index": decimal(published.mean),
        "percent": decimal(published.percent, 0),
        "icc": [decimal(published.icc1, 3), decimal(published.icc2, 3), decimal(published.agreement, 2)],
        "exact": exact_figures(
            ("n", published.n),
            (_("Mean"), published.mean),
            (_("Standard deviation"), published.sd),
            ("ICC(1)", published.icc1),
            ("ICC(2)", published.icc2),
            (_("Agreement r_wg(j), median"), published.agreement),
        ),
        "separation": separation_words(published.icc1, published.icc2),
        "agreement": agreement_words(published.agreement),
        "bands": band_counts(band_sizes(wave_id)),
        "slopes": slope_sentences(published),
        "studies": STUDIES,
        "may_follow": can_follow_debriefs(request.member),
        "csv_url": f"{reverse('surveys:wave_csv', args=[slug, wave_id])}?{request.GET.urlencode()}",
        "breadcrumbs": [
            Crumb(_("Surveys"), reverse("surveys:waves", args=[slug])),
            Crumb(published.wave.title),
        ],
    }
    return render(request, "surveys/wave.html", context)


@member_view
def wave_csv(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """The overview's table as a file: the same rows, words and suppression as the screen, all pages."""
    published = _overview(request, wave_id)
    form = WithinForm(request.GET)
    slug, asked = request.organization.slug, asked_within(published.wave)
    rows = (
        overview_row(cell, slug=slug, threshold=published.threshold, asked=asked[cell.unit_id]).cells()
        for cell in cells_within(published.wave, form.unit)
    )
    return csv_response(f"{published.wave.title}.csv", CSV_HEAD, rows)


@member_view
def report(request: MemberRequest, wave_id: UUID, unit_id: UUID) -> HttpResponse:
    """One unit's result: for its leader, the leader's manager and those who see the overview."""
    cell = get_object_or_404(cells_of(wave_id).select_related("wave__instrument"), unit_id=unit_id)
    published, on = get_object_or_404(PublishedWave, wave=wave_id), timezone.localdate()
    seen = can_see_report(request.member, cell, published_on=published.published_on, on=on)
    demand(seen, REPORT_IS_FOR)
    slug = request.organization.slug
    oversees = can_see_overview(request.member)
    crumbs = [Crumb(_("Surveys"), reverse("surveys:waves", args=[slug]))]
    if oversees:
        crumbs.append(Crumb(cell.wave.title, reverse("surveys:wave", args=[slug, wave_id])))
    context = _report(cell, published) | {
        "about_me": cell.leader_id == request.member.person_id,
        "manager_from": manager_sees_from(published.published_on),
        "rate": response_rate(cell.n, asked_within(cell.wave)[unit_id], k=published.threshold),
        "debrief": debriefs_of(request.member, on=on).filter(wave=wave_id, unit=unit_id).first(),
        "on": on,
        "studies": STUDIES,
        "slopes": slope_sentences(published),
        "breadcrumbs": [*crumbs, Crumb(cell.unit.name)],
    }
    return render(request, "surveys/report.html", context)


@member_view
def unit_latest(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """To a unit's newest report that the member may see. The unit's own page links here."""
    unit = get_object_or_404(Unit, pk=unit_id)
    slug = request.organization.slug
    cell = latest_cell_of(unit, request.member, on=timezone.localdate())
    if cell is not None:
        return redirect("surveys:report", slug, cell.wave_id, unit.pk)
    demand(can_expect_report(request.member, unit.pk), UNIT_REPORT_IS_FOR)
    context = {
        "unit": unit,
        "may_import": can_run_surveys(request.member),
        "breadcrumbs": [Crumb(_("Surveys"), reverse("surveys:waves", args=[slug])), Crumb(unit.name)],
    }
    return render(request, "surveys/unit_latest.html", context)


def _report(cell: PublishedIndex, published: PublishedWave) -> dict[str, object]:
    fewest = max(BREAKDOWN_FROM, published.threshold)
    base: dict[str, object] = {
        "cell": cell,
        "published": published,
        "withheld": withheld_words(cell.state, published.threshold),
        "breakdown_from": fewest,
    }
    if not cell.is_published:
        return base
    scales, history = scales_of(cell), cells_over_time(cell)
    asked = list(instrument_items(cell.wave.instrument))
    questionnaire = questionnaire_of(cell.wave.instrument, asked)
    items = item_lines(asked, items_of(cell), fewest=fewest, k=published.threshold)
    earlier = [past for past in history if past.wave.closes_on < cell.wave.closes_on]
    return base | {
        "index": decimal(cell.mean),
        "interval": between(*cell.interval),
        "percent": decimal(cell.percent, 0),
        "sd": decimal(cell.sd),
        "adjusted": decimal(cell.estimate) if cell.estimate is not None else "",
        "adjusted_interval": between(*cell.estimate_interval),
        "weight": decimal(100 * cell.weight, 0) if cell.weight is not None else "",
        "band": band_sentence(cell.band, lowest=cell.lowest),
        "exact": exact_figures(
            ("n", cell.n),
            (_("Mean"), cell.mean),
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
        "histogram": score_histogram(cell.histogram, cell.wave, _("Scores")),
        "behaviours": behaviour_chart(questionnaire, scales, items, fewest=fewest),
        "outcomes": outcome_lines(questionnaire, scales, fewest=published.threshold),
        "items": items,
        "pooled_below": POOLED_SD_BELOW,
        "pooled": cell.n is not None and cell.n < POOLED_SD_BELOW,
    }
