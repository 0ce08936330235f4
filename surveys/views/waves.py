"""Results of published waves: the list, the overview, a unit's report. Published cells only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.permissions import OVERVIEW_IS_FOR, can_see_overview
from surveys.certificates import certificate_sentences
from surveys.debrief_queries import calls_for_any, what_came_of_answers
from surveys.engagement_gap import asks_engagement
from surveys.enums import About
from surveys.evidence import STUDIES
from surveys.file_facts import wave_facts
from surveys.forms.overview import WithinForm
from surveys.gap_words import gap_rows, missing_gap_words
from surveys.models import PublishedWave, ReleaseCertificate, Wave
from surveys.overview import (
    CSV_HEAD,
    band_counts,
    interval_chart,
    overview_rows,
    score_histogram,
    slope_sentences,
)
from surveys.permissions import can_follow_debriefs, can_run_surveys
from surveys.queries import (
    asked_within,
    band_sizes,
    cells_within,
    first_pools,
    publication_days,
    published_waves,
    questionnaire_of,
    reports_about,
    reports_to_come,
    upper_gaps,
)
from surveys.response_rates import response_rate
from surveys.sheets import overview_sheet
from surveys.timing import manager_sees_from
from surveys.views.crumbs import crumbs
from surveys.wave_queries import waves_asking, waves_on_their_way
from surveys.wording import (
    PERCENT,
    agreement_words,
    between,
    exact_figures,
    mean_words,
    pooled_words,
    population_words,
    separation_words,
)
from web.files import FILE_KINDS, table_response
from web.numbers import decimal
from web.paging import SHORT, numbered_page
from web.pdf import pdf_response
from web.shell import Crumb


@member_view
def waves(request: MemberRequest) -> HttpResponse:
    """Published waves for those who see the organisation, those on their way for whoever runs them; for
    everybody what asks them and the reports that concern them."""
    oversees, runs = can_see_overview(request.member), can_run_surveys(request.member)
    on = timezone.localdate()
    coming = [] if oversees else list(reports_to_come(request.member, on=on)[:SHORT])
    published_on = publication_days(cell.wave_id for cell in coming) if coming else {}
    context = {
        "waves": list(published_waves()) if oversees else [],
        "page": numbered_page(request, reports_about(request.member, on=on)),
        "coming": [(cell, manager_sees_from(published_on[cell.wave_id])) for cell in coming],
        "led_to": list(what_came_of_answers(request.member, on=on)[:5]),
        "oversees": oversees,
        "may_import": runs,
        "asking": list(waves_asking(request.member, on=on)),
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
    page = numbered_page(request, cells_within(published.wave, form.unit), size=SHORT)
    asked = asked_within(published.wave)
    certificate = ReleaseCertificate.objects.filter(wave=wave_id).first()
    rows = overview_rows(page, slug=slug, threshold=published.threshold, asked=asked)
    context = (
        _gaps(published.wave, slug)
        | _pools(published.wave)
        | {
            "published": published,
            "wave": published.wave,
            "only": population_words(published.wave),
            "form": form,
            "page": page,
            "rows": rows,
            "rates": (rates := any(row.answered for row in rows)),
            "lines": [row.markup(rates=rates) for row in rows],
            "chart": interval_chart(page, rows, published),
            "rate": response_rate(published.n, asked[None], k=published.threshold),
            "histogram": score_histogram(
                published.histogram, published.histogram_edges, _("Scores of everybody")
            ),
            "interval": between(*published.interval),
            "index": mean_words(published.mean, published.bound),
            "percent": mean_words(published.percent, published.bound, 0, PERCENT),
            "icc": [decimal(published.icc1, 3), decimal(published.icc2, 3), decimal(published.agreement, 2)],
            "exact": exact_figures(
                ("n", published.n),
                (_("Mean"), None if published.bound else published.mean),
                (_("Standard deviation"), published.sd),
                ("ICC(1)", published.icc1),
                ("ICC(2)", published.icc2),
                (_("Agreement r_wg(j), median"), published.agreement),
            ),
            "separation": separation_words(published.icc1, published.icc2),
            "agreement": agreement_words(published.agreement),
            "bands": band_counts(band_sizes(wave_id)),
            "slopes": slope_sentences(published),
            "certificate": certificate,
            "certified": certificate_sentences(certificate) if certificate else [],
            "studies": STUDIES,
            "may_follow": can_follow_debriefs(request.member) and calls_for_any(published.wave),
            "about_leaders": published.wave.instrument.about == About.LEADER,
            "files": [
                (
                    kind.upper(),
                    f"{reverse(f'surveys:wave_{kind}', args=[slug, wave_id])}?{request.GET.urlencode()}",
                )
                for kind in FILE_KINDS
            ],
            "breadcrumbs": crumbs(request, Crumb(published.wave.title)),
        }
    )
    return render(request, "surveys/wave.html", context)


def _pools(wave: Wave) -> dict[str, object]:
    """The small teams whose result is told over several waves together."""
    found, more = first_pools(wave.pk, most=SHORT)
    return {
        "pools": [(pool, decimal(pool.mean), between(*pool.interval)) for pool in found],
        "pools_more": more,
        "pooled_label": pooled_words(found[0].waves) if found else "",
    }


def _gaps(wave: Wave, slug: str) -> dict[str, object]:
    """How leaders and the led differ, where engagement is asked for: of the uppermost units."""
    if not asks_engagement(questionnaire_of(wave.instrument)):
        return {"asks_engagement": False}
    found, count = upper_gaps(wave.pk, most=SHORT)
    rows, chart = gap_rows(found, slug=slug)
    return {
        "asks_engagement": True,
        "gaps": rows,
        "gaps_chart": chart,
        "gaps_all": count,
        "no_gap": missing_gap_words(wave),
    }


@member_view
def wave_file(request: MemberRequest, wave_id: UUID, kind: str) -> HttpResponse:
    """The overview's table as a file: the same rows, words and suppression as the screen, of all its
    pages."""
    published = _overview(request, wave_id)
    form = WithinForm(request.GET)
    asked = asked_within(published.wave)
    rows = overview_rows(
        cells_within(published.wave, form.unit),
        slug=request.organization.slug,
        threshold=published.threshold,
        asked=asked,
    )
    title = published.wave.title
    if kind == "pdf":
        rate = response_rate(published.n, asked[None], k=published.threshold)
        sheet = overview_sheet(
            published, rows, rate, organization=request.organization.name, on=timezone.localdate()
        )
        return pdf_response(f"{title}.pdf", sheet)
    about = wave_facts(
        published,
        organization=request.organization.name,
        part=form.unit.name if form.unit else _("the whole organisation"),
        on=timezone.localdate(),
    )
    return table_response(kind, title, CSV_HEAD, [row.cells() for row in rows], about)
