"""Packs for committees: put together, watched while they are drawn, carried away."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from passport.enums import ReadOf
from passport.models import CommitteePack, PackEntry
from passport.pack_forms import PackForm
from passport.permissions import PACKS_ARE_MADE_BY, can_make_packs
from passport.reads import record_reads
from passport.summaries.files import HEAD, as_data, rows_of
from passport.summaries.packs import KEPT, MOST, packs_of, people_for_packs, request_pack
from people.access import MemberRequest, demand, member_view
from people.cohort_filter import CohortFilter
from people.job_runs import Progress, progress_of, recent_runs
from people.programme_queries import cohorts_visible_to, in_force_through
from tenancy.jobs import told_progress
from tenancy.pieces import open_pieces
from web.downloads import download, json_download
from web.files import table_response
from web.forms import status_of
from web.htmx import render_poll
from web.paging import numbered_page
from web.shell import Crumb

PAPER, DATA, TABLE = "pdf", "json", "csv"
DRAWN: Final = Progress("done", 1, 0, 1)


@member_view
def index(request: MemberRequest) -> HttpResponse:
    """The member's packs, and putting one together. `?cohort=` fills in who is in a cohort."""
    demand(can_make_packs(request.member), PACKS_ARE_MADE_BY)
    on = timezone.localdate()
    people = people_for_packs(request.member, on=on)
    cohorts = CohortFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    initial: dict[str, Any] = {}
    if cohorts.cohort_id is not None:
        chosen = people.filter(
            in_force_through("cohort_memberships", on), cohort_memberships__cohort=cohorts.cohort_id
        )
        numbers = chosen.order_by("family_name", "given_name", "pk").values_list("external_id", flat=True)
        initial = {"numbers": "\n".join(numbers[:MOST])}
    form = PackForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = request_pack(form.cleaned_data["title"], form.cleaned_data["numbers"], by=request.member)
        return redirect("passport:pack", request.organization.slug, made.pk)
    context = {
        "form": form,
        "cohorts": cohorts,
        "page": numbered_page(request, packs_of(request.member)),
        "kept": KEPT.days,
        "breadcrumbs": [Crumb(_("Committee packs"))],
    }
    return render(request, "passport/packs.html", context, status=status_of(form))


@require_safe
@member_view
def pack(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    """A pack: how far it is, who is in it, and its files."""
    found = find_pack(request, pack_id)
    people = entries_of(found)
    record_reads([each.person_id for each in people if each.summary_id], ReadOf.SUMMARY, by=request.member)
    context = {
        **progress_context(found),
        "page": numbered_page(request, people),
        "kept_until": found.drawn_at and found.drawn_at + KEPT,
        "breadcrumbs": [
            Crumb(_("Committee packs"), reverse("passport:packs", args=[request.organization.slug])),
            Crumb(found.title),
        ],
    }
    return render(request, "passport/pack.html", context)


@require_safe
@member_view
def progress(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    """How far it is, for polling."""
    context = progress_context(find_pack(request, pack_id))
    return render_poll(
        request, "passport/pack_progress.html", context, finished=context["progress"].state != "waiting"
    )


@require_safe
@member_view
def file(request: MemberRequest, pack_id: UUID, kind: str) -> HttpResponse:
    """All summaries of a pack in one file."""
    found = find_pack(request, pack_id)
    if not found.is_kept or kind not in (PAPER, DATA, TABLE):
        raise Http404
    entries = list(entries_of(found).filter(summary__isnull=False))
    record_reads([each.person_id for each in entries], ReadOf.SUMMARY, by=request.member)
    title = f"committee-pack-{slugify(found.title)}"
    if kind == PAPER:
        with open_pieces(found.pieces) as paper:
            return download(f"{title}.pdf", paper.read(), "application/pdf")
    summaries = [each.summary for each in entries if each.summary]
    if kind == DATA:
        return json_download(title, [as_data(each) for each in summaries])
    rows = (
        [each.content["name"], each.content["passport"], *row] for each in summaries for row in rows_of(each)
    )
    return table_response("csv", title, ["Name", "Passport", *HEAD], rows)


def find_pack(request: MemberRequest, pack_id: UUID) -> CommitteePack:
    """The member's own pack, or 404; 403 once they make none any more."""
    demand(can_make_packs(request.member), PACKS_ARE_MADE_BY)
    return get_object_or_404(packs_of(request.member), pk=pack_id)


def entries_of(found: CommitteePack) -> Any:
    entries = PackEntry.objects.filter(pack=found).select_related("person__unit", "summary")
    return entries.order_by("place")


def progress_context(found: CommitteePack) -> dict[str, Any]:
    run = recent_runs().filter(pk=found.run_id).first() if found.run_id else None
    return {
        "pack": found,
        "progress": DRAWN if found.drawn_at or run is None else progress_of(run),
        "told": told_progress(found.run_id),
    }
