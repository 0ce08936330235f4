"""Partnership programmes: the list, a new one, and the page of one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.forms.programmes import AuditForm, BeginForm, BringPartnershipForm, BringSponsorForm
from partnerships.models import PartnershipProgramme
from partnerships.permissions import (
    PROGRAMMES_ARE_BEGUN_BY,
    can_begin_programme,
    can_run_programme,
)
from partnerships.queries.audits import asked_of, audit_instrument, audits_of
from partnerships.queries.programmes import programme_for, programmes_visible_to
from partnerships.services.programmes import begin_programme
from partnerships.views.register import trail
from people.access import MemberRequest, demand, member_view
from surveys.permissions import can_run_surveys
from web.forms import status_of
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def programmes(request: MemberRequest) -> HttpResponse:
    """Those that one takes part in or runs; all for whoever watches partnerships."""
    context = {
        "page": numbered_page(request, programmes_visible_to(request.member)),
        "may_begin": can_begin_programme(request.member),
        "breadcrumbs": [*trail(request), Crumb(_("Programmes"))],
    }
    return render_page(request, "partnerships/programmes.html", context, partial="list")


@member_view
def programme_new(request: MemberRequest) -> HttpResponse:
    """Begin a programme."""
    demand(can_begin_programme(request.member), PROGRAMMES_ARE_BEGUN_BY)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_programme(form.outline(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Begun. Bring in its partnerships next."))
            return redirect("partnerships:programme", request.organization.slug, made.pk)
    context = {"form": form, "breadcrumbs": programme_trail(request, Crumb(_("New")))}
    return render(request, "partnerships/programme_new.html", context, status=status_of(form))


@member_view
def programme(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """The page of one, for those who take part and whoever runs it."""
    return programme_page(request, find_programme(request, programme_id))


def find_programme(request: MemberRequest, programme_id: UUID) -> PartnershipProgramme:
    found = programme_for(request.member, programme_id)
    if found is None:
        raise Http404
    return found


def programme_page(
    request: MemberRequest, found: PartnershipProgramme, *, refused: forms.Form | None = None, step: str = ""
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one."""
    runs = can_run_programme(request.member, found)
    context = {
        "programme": found,
        "runs": runs and found.is_open,
        "audits": [(each, asked_of(found, each.wave)) for each in audits_of(found)],
        "may_run_surveys": can_run_surveys(request.member),
        "breadcrumbs": programme_trail(request, Crumb(found.title)),
        **(_forms(found) if runs and found.is_open else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/programme.html", context, status=422 if refused else 200)


def _forms(found: PartnershipProgramme) -> dict[str, object]:
    """What whoever runs it may do on its page."""
    return {
        "instrument": audit_instrument(),
        "bring_form": BringPartnershipForm(programme=found, auto_id="id_bring_%s"),
        "sponsor_form": BringSponsorForm(programme=found, auto_id="id_sponsor_%s"),
        "audit_form": AuditForm(programme=found, auto_id="id_audit_%s"),
    }


def programme_trail(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    """The path to a page of programmes."""
    url = reverse("partnerships:programmes", args=[request.organization.slug])
    return [*trail(request), Crumb(_("Programmes"), url), *more]
