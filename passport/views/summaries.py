"""Promotion summaries: made on demand, carried away as files, revoked by the holder, checked by anybody."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passport.enums import ReadOf
from passport.models import PromotionSummary
from passport.reads import record_reads
from passport.summaries.files import HEAD, as_data, rows_of
from passport.summaries.issuing import (
    comparison_today,
    issue_summary,
    revoke_summary,
    summaries_of,
    summary_behind,
    typed_code,
)
from passport.summaries.items import items_in
from passport.summaries.paper import address_of, sheet_of
from passport.views.passports import crumbs, find_holding
from people.access import MemberRequest, member_view
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from web.addresses import full_address
from web.downloads import json_download
from web.files import table_response
from web.paging import numbered_page
from web.pdf import pdf_response
from web.shell import Crumb

PAPER, DATA, TABLE = "pdf", "json", "csv"
LONGEST_CODE: Final = 64


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own summaries, and making one."""
    return summaries_page(request, request.member.person_id)


@member_view
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Those of somebody whose Passport the member may see. The holder sees who looked."""
    return summaries_page(request, person_id)


def summaries_page(request: MemberRequest, person_id: UUID) -> HttpResponse:
    holding = find_holding(request, person_id, timezone.localdate())
    if holding.holder is None:
        raise Http404
    own, slug = person_id == request.member.person_id, request.organization.slug
    if request.method == "POST":
        try:
            made = issue_summary(person_id, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return redirect("passport:summary_file", slug, made.pk, PAPER)
    record_reads([person_id], ReadOf.SUMMARY, by=request.member)
    context = {
        "holding": holding,
        "own": own,
        "page": numbered_page(request, summaries_of(person_id)),
        "check": full_address(reverse("summaries:page", args=[slug])),
        "breadcrumbs": crumbs(request, holding, Crumb(_("Promotion summary"))),
    }
    return render(request, "passport/summaries.html", context)


@require_safe
@member_view
def file(request: MemberRequest, summary_id: UUID, kind: str) -> HttpResponse:
    """A summary as it was made: on paper, or as data."""
    summary = PromotionSummary.objects.filter(pk=summary_id).first()
    if summary is None or kind not in (PAPER, DATA, TABLE):
        raise Http404
    find_holding(request, summary.person_id, timezone.localdate())
    record_reads([summary.person_id], ReadOf.SUMMARY, by=request.member)
    title = f"promotion-summary-{slugify(summary.content['name'])}-{timezone.localdate(summary.made_at)}"
    if kind == PAPER:
        address = address_of(summary, request.organization.slug)
        return pdf_response(
            f"{title}.pdf", sheet_of(summary, organization=request.organization.name, address=address)
        )
    if kind == DATA:
        return json_download(title, as_data(summary))
    return table_response("csv", title, HEAD, rows_of(summary))


@require_POST
@member_view
def revoke(request: MemberRequest, summary_id: UUID) -> HttpResponse:
    """The holder takes a paper back: its code says so from now on."""
    if not revoke_summary(summary_id, by=request.member):
        raise Http404
    messages.success(request, _("Revoked. Whoever checks its code is told."))
    return redirect("passport:summaries", request.organization.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Type the code of a paper. It is sent in the body: in an address it would be logged."""
    code = typed_code(request.POST.get("code", ""))
    if request.method == "POST" and code.isalnum() and len(code) <= LONGEST_CODE:
        return redirect("summaries:check", organization_slug, code)
    return answer(request, organization_slug, "", is_asked=request.method == "POST")


@never_cache
@require_safe
def check(request: HttpRequest, organization_slug: str, code: str) -> HttpResponse:
    """Whether a paper is genuine, and what has changed since: for whoever holds it and its code."""
    return answer(request, organization_slug, code, is_asked=True)


def answer(request: HttpRequest, organization_slug: str, code: str, *, is_asked: bool) -> HttpResponse:
    organization = Organization.objects.filter(slug=organization_slug).first()
    if organization is None:
        raise Http404
    context: dict[str, object] = {"organization": organization, "is_asked": is_asked}
    with tenant_scope(organization.pk, reason="promotion summary"), timezone.override(organization.time_zone):
        summary = summary_behind(code)
        if summary is not None:
            context |= {"summary": summary, "items": items_in(summary.content)}
            if summary.revoked_at is None:
                context["compared"] = comparison_today(summary)
        status = 404 if is_asked and summary is None else 200
        shown = render(request, "passport/summary_check.html", context, status=status)
    shown.headers["X-Robots-Tag"] = "noindex, nofollow"
    shown.headers["Referrer-Policy"] = "no-referrer"
    return shown
