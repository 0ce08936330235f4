"""One matching: its progress, its figures, its pairs, who was left out, publishing, and its export."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentoring.enums import RunState, Tier
from mentoring.figures.runs import comparison_of, headlines_of, rule_facts, weighs_alike
from mentoring.forms.studio import PairFilterForm
from mentoring.models import MatchRun
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.runs import (
    FINISHED,
    UNDER_WAY,
    left_out_causes,
    left_out_of,
    pair_counts,
    pairs_to_show,
    run_visible_to,
    runs_to_compare,
)
from mentoring.run_charts import change_charts, load_chart, score_chart
from mentoring.run_export import export_of
from mentoring.run_progress import progress_of_run
from mentoring.services.publishing import Publication, publish_run
from mentoring.views.studio import studio_crumb
from mentoring.wording_of_pairs import CAUSES, NEXT_STEPS, kept_apart_words
from people.access import MemberRequest, demand, member_view
from web.filters import chips
from web.htmx import render_poll
from web.paging import SHORT, keyset_page, numbered_page
from web.shell import Crumb, Link


def find_run(request: MemberRequest, run_id: UUID) -> MatchRun:
    """A matching of a cohort one directs; 403 for whoever directs none, 404 for another one's."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    found = run_visible_to(request.member, run_id)
    if found is None:
        raise Http404
    return found


@member_view
def run(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """The figures of a matching beside the running state and another matching; before that, its progress."""
    found = find_run(request, run_id)
    context = _frame(request, found, "run")
    if found.state in UNDER_WAY:
        return render(request, "mentoring/run.html", context | _progress(found))
    if found.state in FINISHED:
        others = list(runs_to_compare(found))
        other = next((each for each in others if str(each.pk) == request.GET.get("with")), None)
        context |= {
            "others": others,
            "other": other,
            "weighs_alike": other is None or weighs_alike(found, other),
            "headlines": headlines_of(found),
            "changes": change_charts(found, other),
            "comparison": comparison_of(found, other),
            "scores": score_chart(found),
            "loads": load_chart(found),
            "rule": rule_facts(found),
            "bar": f"{100 * found.rule['bar']:.0f}",
        }
    return render(request, "mentoring/run.html", context)


@member_view
def run_progress(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """How far it is, for polling."""
    found = find_run(request, run_id)
    context = {"run": found, **_progress(found)}
    finished = found.state not in UNDER_WAY or context["progress"].state == "parked"
    return render_poll(request, "mentoring/run_progress.html", context, finished=finished)


def _progress(found: MatchRun) -> dict[str, Any]:
    progress, told = progress_of_run(found)
    return {"progress": progress, "told": told}


@member_view
def run_pairs(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """The pairs, the lowest scores first, to be looked at one by one and published."""
    found = _finished(request, run_id)
    form = PairFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    pairs = pairs_to_show(found, tier=chosen.get("tier", ""), only=chosen.get("only", ""))
    context = _frame(request, found, "run_pairs") | {
        "form": form,
        "chips": chips(request, form),
        "page": keyset_page(request, pairs, order=("score", "pk"), size=SHORT),
    }
    return render(request, "mentoring/run_pairs.html", context)


@member_view
def run_left_out(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """Who got nobody in a tier, why, and what can be done."""
    found = _finished(request, run_id)
    causes = [
        (Tier(tier).label, CAUSES.get(cause, cause), NEXT_STEPS.get(cause, ""), number)
        for tier, cause, number in left_out_causes(found)
    ]
    page = numbered_page(request, left_out_of(found), total=sum(number for *_words, number in causes))
    context = _frame(request, found, "run_left_out") | {
        "causes": causes,
        "page": page,
        "rows": [
            (each, CAUSES.get(each.cause, each.cause), kept_apart_words(each.kept_apart)) for each in page
        ],
    }
    return render(request, "mentoring/run_left_out.html", context)


@require_POST
@member_view
def run_publish(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """Publish all pairs, or those that are ticked."""
    found = find_run(request, run_id)
    chosen = None if "all" in request.POST else _ticked(request)
    try:
        done = publish_run(found, chosen=chosen, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _say(request, done)
    return redirect("mentoring:run_pairs", request.organization.slug, found.pk)


def _ticked(request: MemberRequest) -> list[UUID]:
    """What is ticked; what is no pair's number is not."""
    found = []
    for text in request.POST.getlist("pair"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _say(request: MemberRequest, done: Publication) -> None:
    if done.offered or done.kept:
        told = ngettext("%(n)d mentor was asked.", "%(n)d pairs were offered to their mentors.", done.offered)
        words = [told % {"n": done.offered}]
        if done.kept:
            words.append(ngettext("%(n)d pair goes on.", "%(n)d pairs go on.", done.kept) % {"n": done.kept})
        if done.replaced:
            ended = ngettext(
                "%(n)d mentorship goes on until the new one begins.",
                "%(n)d mentorships go on until the new ones begin.",
                done.replaced,
            )
            words.append(ended % {"n": done.replaced})
        messages.success(request, " ".join(words))
    if done.withheld:
        held = ngettext(
            "%(n)d pair was held back: something changed since the matching. It says what.",
            "%(n)d pairs were held back: something changed since the matching. Each says what.",
            done.withheld,
        )
        messages.warning(request, held % {"n": done.withheld})


@member_view
def run_export(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """All that the matching depended on and what came out, by keys: `manage.py recompute_match` checks it."""
    found = _finished(request, run_id)
    response = JsonResponse(export_of(found), json_dumps_params={"indent": 1, "sort_keys": True})
    day = timezone.localdate(found.requested_at)
    response["Content-Disposition"] = f'attachment; filename="matching-{day:%Y-%m-%d}.json"'
    return response


def _finished(request: MemberRequest, run_id: UUID) -> MatchRun:
    found = find_run(request, run_id)
    if found.state not in FINISHED:
        raise Http404
    return found


def _frame(request: MemberRequest, found: MatchRun, current: str) -> dict[str, Any]:
    """What all pages of a matching show: its name, tabs with numbers, and what can be done."""
    slug = request.organization.slug
    context: dict[str, Any] = {
        "run": found,
        "tiers": [Tier(tier).label for tier in found.tiers],
        "breadcrumbs": [studio_crumb(request), Crumb(found.cohort.name)],
    }
    if found.state not in FINISHED:
        return context
    counts = pair_counts(found)
    left_out = sum(of_tier["mentees"] - of_tier["covered"] for of_tier in found.figures["tiers"].values())
    tabs = {
        "run": (_("Figures"), ""),
        "run_pairs": (_("Pairs"), counts.pairs),
        "run_left_out": (_("Left out"), left_out),
    }
    return context | {
        "counts": counts,
        "may_publish": found.state in {RunState.DONE, RunState.PUBLISHED} and counts.proposed,
        "tabs": [
            Link(
                label,
                reverse(f"mentoring:{name}", args=[slug, found.pk]),
                current=name == current,
                count=number,
            )
            for name, (label, number) in tabs.items()
        ],
    }
