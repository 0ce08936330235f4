"""The page on which a holder gives out private links, and the page behind one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from passport.enums import StampState
from passport.forms import LinkForm
from passport.journey import journey_of
from passport.links import USUAL_DAYS, links_of, make_link, open_link, revoke_link, secret_of_link
from passport.models import PassportHolder, PassportLink
from passport.portfolio import publications_of
from passport.queries import walk_of
from people.access import MemberRequest, member_view
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from web.addresses import full_address
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Row:
    """A link with its address, empty once it answers no more."""

    link: PassportLink
    address: str


@member_view
def links(request: MemberRequest) -> HttpResponse:
    """To whom somebody gave a link, until when, and how often it was opened."""
    today, slug = timezone.localdate(), request.organization.slug
    usual = {"last_day": today + dt.timedelta(days=USUAL_DAYS)}
    form = LinkForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            make_link(**form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Made. Copy the address and send it yourself."))
            return redirect("passport:links", slug)
    page = numbered_page(request, links_of(request.member.person_id))
    context = {
        "form": form,
        "rows": [Row(each, address_of(each, slug) if each.answers_on(today) else "") for each in page.rows],
        "page": page,
        "today": today,
        "breadcrumbs": [
            Crumb(_("Passport"), reverse("passport:mine", args=[slug])),
            Crumb(_("Private links")),
        ],
    }
    return render(request, "passport/links.html", context, status=status_of(form))


@require_POST
@member_view
def link_revoke(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """The address answers no more."""
    if not revoke_link(link_id, by=request.member):
        raise Http404
    messages.success(request, _("Revoked. The address answers no more."))
    return redirect("passport:links", request.organization.slug)


def address_of(link: PassportLink, slug: str) -> str:
    return full_address(reverse("passports:shared", args=[slug, secret_of_link(link)]))


@never_cache
@require_safe
def shared(request: HttpRequest, organization_slug: str, secret: str) -> HttpResponse:
    """What is attested of a Passport, for whoever has the address, and the research portfolio where its
    holder says so. Evidence, claims, scores and words about the holder are not in it."""
    organization = Organization.objects.filter(slug=organization_slug).first()
    if organization is None:
        raise Http404
    with tenant_scope(organization.pk, reason="private link"), timezone.override(organization.time_zone):
        today = timezone.localdate()
        link = open_link(secret, on=today)
        holder = link and PassportHolder.objects.filter(person=link.person_id).first()
        if link is None or holder is None:
            raise Http404
        walk = walk_of(link.person_id, on=today)
        journey = journey_of(link.person.career_stage, walk.stages, walk.milestones, walk.stamps)
        context = {
            "organization": organization,
            "link": link,
            "holder": holder,
            "person": link.person,
            "journey": journey,
            "publications": publications_of(link.person_id) if link.shows_publications else None,
            "stamps": sum(each.state == StampState.VERIFIED for each in walk.stamps),
        }
        answer = render(request, "passport/shared.html", context)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
