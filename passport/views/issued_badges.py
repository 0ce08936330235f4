"""All badges of the organisation, for HR: who has which, revoking one, the key that signs them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passport.badge_addresses import keys_address
from passport.badge_queries import issued_badges
from passport.badge_services import renew_key, revoke_award
from passport.badges import Algorithm
from passport.enums import ReadOf
from passport.forms import RevokeForm
from passport.models import SigningKey
from passport.permissions import BADGES_ARE_KEPT_BY, can_keep_badges
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb


@require_safe
@member_view
def issued(request: MemberRequest) -> HttpResponse:
    """Badges with whom they were made out to, and the keys."""
    demand(can_keep_badges(request.member), BADGES_ARE_KEPT_BY)
    words = request.GET.get("q", "").strip()
    page = numbered_page(request, issued_badges(words))
    record_reads({each.stamp.person_id for each in page.rows}, ReadOf.LIST, by=request.member)
    context = {
        "page": page,
        "words": words,
        "keys": SigningKey.objects.order_by("-made_at", "pk"),
        "keys_address": keys_address(request.organization.slug),
        "breadcrumbs": [*trail(request), Crumb(_("All badges"))],
    }
    return render_page(request, "passport/badges_issued.html", context, partial="list")


@member_view
def revoke(request: MemberRequest, award_id: UUID) -> HttpResponse:
    """Take a badge back, with a reason."""
    demand(can_keep_badges(request.member), BADGES_ARE_KEPT_BY)
    award = get_object_or_404(issued_badges(), pk=award_id)
    form = RevokeForm(request.POST or None)
    slug = request.organization.slug
    if request.method == "POST" and form.is_valid():
        try:
            revoke_award(award, reason=form.cleaned_data["reason"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Revoked. Whoever checks the badge is told within minutes."))
            return redirect("passport:badges_issued", slug)
    back = Crumb(_("All badges"), reverse("passport:badges_issued", args=[slug]))
    context = {
        "award": award,
        "form": form,
        "breadcrumbs": [*trail(request), back, Crumb(_("Revoke"))],
    }
    return render(request, "passport/badge_revoke.html", context, status=status_of(form))


@require_POST
@member_view
def new_key(request: MemberRequest) -> HttpResponse:
    """Sign with a new key from now on."""
    renew_key(request.organization, Algorithm.RS256, by=request.member)
    messages.success(request, _("A new key signs from now on. Badges signed before still hold."))
    return redirect("passport:badges_issued", request.organization.slug)


def trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Passport"), reverse("passport:mine", args=[slug])),
        Crumb(_("Badges"), reverse("passport:badges", args=[slug])),
    ]
