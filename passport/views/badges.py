"""The page of somebody's own badges, and the files they carry away."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from passport.badge_check_file import offline_page
from passport.badge_publishing import proof_of
from passport.badge_queries import awards_of, stamps_with_badges
from passport.badge_services import issue_badges, record_of
from passport.badges import claims_unverified, without_claims
from passport.models import Award, Stamp
from passport.permissions import can_keep_badges
from people.access import MemberRequest, member_view
from tenancy.models import Organization
from web.downloads import download
from web.shell import Crumb

TOKEN, DOCUMENT, BUNDLE = "jwt", "json", "zip"
TYPES = {TOKEN: "application/vc+jwt", DOCUMENT: "application/ld+json", BUNDLE: "application/zip"}


@dataclass(frozen=True, slots=True)
class Line:
    """A stamp with its badge, if one was made."""

    stamp: Stamp
    award: Award | None

    @property
    def in_force(self) -> bool:
        return self.award is not None and self.award.in_force


@require_safe
@member_view
def badges(request: MemberRequest) -> HttpResponse:
    """The member's stamps with their badges."""
    lines = [
        Line(stamp, next(iter(stamp.awards.all()), None))
        for stamp in stamps_with_badges(request.member.person_id)
    ]
    context = {
        "lines": lines,
        "without": sum(line.award is None for line in lines),
        "in_force": sum(line.in_force for line in lines),
        "may_keep": can_keep_badges(request.member),
        "breadcrumbs": [
            Crumb(_("Passport"), reverse("passport:mine", args=[request.organization.slug])),
            Crumb(_("Badges")),
        ],
    }
    return render(request, "passport/badges.html", context)


@require_POST
@member_view
def make(request: MemberRequest, stamp_id: UUID | None = None) -> HttpResponse:
    """Have badges made, for one stamp or for all."""
    try:
        made = issue_badges(request.organization, stamp_id, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if (
            stamp_id is not None
            and not made
            and not awards_of(request.member.person_id).filter(stamp=stamp_id)
        ):
            raise Http404
        words = ngettext("%(count)d badge made.", "%(count)d badges made.", len(made))
        messages.success(request, words % {"count": len(made)} if made else _("It was made already."))
    return redirect("passport:badges", request.organization.slug)


@require_safe
@member_view
def badge_file(request: MemberRequest, award_id: UUID, kind: str) -> HttpResponse:
    """One of the member's badges as a file."""
    award = awards_of(request.member.person_id).select_related("stamp__milestone").filter(pk=award_id).first()
    if award is None:
        raise Http404
    return file_of(request.organization, award.token, kind, f"{award.stamp.milestone.title} badge")


@require_safe
@member_view
def record_file(request: MemberRequest, kind: str) -> HttpResponse:
    """All of the member's badges in force as one record."""
    token = record_of(request.organization, request.member.person_id)
    if token is None:
        raise Http404
    return file_of(
        request.organization, token, kind, f"Leadership Passport {timezone.localdate().isoformat()}"
    )


def file_of(organization: Organization, token: str, kind: str, name: str) -> HttpResponse:
    """The token, which proves itself; what it says, to be read; or all that it takes to check it offline."""
    if kind not in TYPES:
        raise Http404
    if kind == TOKEN:
        return download(f"{name}.jwt", token, TYPES[TOKEN])
    if kind == BUNDLE:
        return download(f"{name}.zip", bundle_of(organization, token), TYPES[BUNDLE])
    said = json.dumps(without_claims(claims_unverified(token)), ensure_ascii=False, indent=2)
    return download(f"{name}.json", said, TYPES[DOCUMENT])


def bundle_of(organization: Organization, token: str) -> bytes:
    """The badge with its proof and the page that checks it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in proof_of(organization, token).items():
            archive.writestr(name, text)
        archive.writestr("check-badge.html", offline_page())
    return packed.getvalue()
