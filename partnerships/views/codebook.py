"""The codebook of a programme: its codes, how they read before, and the themes they are grouped under."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.forms.analyses import ChangeCodeForm, CodeForm, GroupForm, ThemeForm
from partnerships.models import Code, PartnershipProgramme, Theme
from partnerships.permissions import CODEBOOK_IS_KEPT_BY, can_keep_codebook
from partnerships.queries.coding import (
    analyses_coded_in,
    codebook_of,
    codebook_stands,
    codes_for,
    codes_in,
    programme_with_codebook_for,
)
from partnerships.queries.programmes import sees_programme
from partnerships.services import codebook as services
from partnerships.views.register import trail
from people.access import MemberRequest, demand, member_view
from web.csv import csv_response
from web.forms import ids_of, status_of
from web.shell import Crumb


@member_view
def codebook(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """For those who code and whoever runs the programme."""
    return _page(request, _find(request, programme_id))


@require_POST
@member_view
def code_new(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    found = _find(request, programme_id)
    form = CodeForm(request.POST, auto_id=ids_of("code"))
    if form.is_valid():
        try:
            services.add_code(found, form.wording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, found)
    return _page(request, found, code_form=form)


@require_POST
@member_view
def theme_new(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    found = _find(request, programme_id)
    form = ThemeForm(request.POST, auto_id=ids_of("theme"))
    if form.is_valid():
        try:
            services.add_theme(found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, found)
    return _page(request, found, theme_form=form)


@member_view
def code(request: MemberRequest, programme_id: UUID, code_id: UUID) -> HttpResponse:
    """Change a code, and read how it was."""
    found = _find(request, programme_id)
    kept = get_object_or_404(codes_in(found), pk=code_id)
    now = {"name": kept.name, "definition": kept.definition, "example": kept.example}
    form = ChangeCodeForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_code(kept, form.wording(), form.cleaned_data["why"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, found)
    context = {
        "programme": found,
        "code": kept,
        "form": form,
        "group_form": GroupForm(programme=found, initial={"theme": kept.theme_id}),
        "stands": codebook_stands(found),
        "breadcrumbs": _trail(request, found, Crumb(kept.name)),
    }
    return render(request, "partnerships/code.html", context, status=status_of(form))


@require_POST
@member_view
def code_group(request: MemberRequest, programme_id: UUID, code_id: UUID) -> HttpResponse:
    """Put it under a theme."""
    found = _find(request, programme_id)
    kept = get_object_or_404(Code, pk=code_id, programme=found)
    form = GroupForm(request.POST, programme=found)
    if not form.is_valid():
        raise Http404
    services.group_code(kept, form.cleaned_data["theme"], by=request.member)
    return _back(request, found)


@require_POST
@member_view
def code_retire(request: MemberRequest, programme_id: UUID, code_id: UUID) -> HttpResponse:
    """Give it no more, or again."""
    found = _find(request, programme_id)
    kept = get_object_or_404(Code, pk=code_id, programme=found)
    form = forms.Form(request.POST)
    try:
        services.retire_code(kept, by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, refused=form)
    return _back(request, found)


@member_view
def theme(request: MemberRequest, programme_id: UUID, theme_id: UUID) -> HttpResponse:
    """Change a theme's words."""
    found = _find(request, programme_id)
    kept = get_object_or_404(Theme, pk=theme_id, programme=found)
    form = ThemeForm(request.POST or None, initial={"name": kept.name, "definition": kept.definition})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_theme(kept, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, found)
    context = {
        "programme": found,
        "theme": kept,
        "form": form,
        "breadcrumbs": _trail(request, found, Crumb(kept.name)),
    }
    return render(request, "partnerships/theme.html", context, status=status_of(form))


@member_view
def codebook_csv(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """Every version of every code."""
    found = _find(request, programme_id)
    head = [_("Code"), _("Version"), _("Definition"), _("Example"), _("Why"), _("Written on"), _("Theme")]
    head.append(_("Retired on"))
    rows = [
        [
            version.name,
            version.version,
            version.definition,
            version.example,
            version.why,
            version.written_on.isoformat(),
            each.theme.name if each.theme else "",
            each.retired_on.isoformat() if each.retired_on else "",
        ]
        for each in codes_in(found)
        for version in each.versions.all()
    ]
    return csv_response("codebook.csv", head, rows)


def _find(request: MemberRequest, programme_id: UUID) -> PartnershipProgramme:
    """404 before 403."""
    found = programme_with_codebook_for(request.member, programme_id)
    if found is None:
        raise Http404
    codes = codes_for(request.member, found)
    demand(can_keep_codebook(request.member, found, codes=codes), CODEBOOK_IS_KEPT_BY)
    return found


def _page(
    request: MemberRequest,
    found: PartnershipProgramme,
    *,
    code_form: forms.Form | None = None,
    theme_form: forms.Form | None = None,
    refused: forms.Form | None = None,
) -> HttpResponse:
    refused = refused or code_form or theme_form
    context = {
        "programme": found,
        "book": codebook_of(found),
        "stands": codebook_stands(found),
        "coded": analyses_coded_in(found, request.member.person_id),
        "code_form": code_form or CodeForm(auto_id=ids_of("code")),
        "theme_form": theme_form or ThemeForm(auto_id=ids_of("theme")),
        "refused": refused,
        "breadcrumbs": _trail(request, found),
    }
    return render(request, "partnerships/codebook.html", context, status=422 if refused else 200)


def _trail(request: MemberRequest, found: PartnershipProgramme, *more: Crumb) -> list[Crumb]:
    slug = request.organization.slug
    inside = sees_programme(request.member, found.pk)
    programme = reverse("partnerships:programme", args=[slug, found.pk]) if inside else ""
    book = reverse("partnerships:codebook", args=[slug, found.pk]) if more else ""
    return [*trail(request), Crumb(found.title, programme), Crumb(_("Codebook"), book), *more]


def _back(request: MemberRequest, found: PartnershipProgramme) -> HttpResponse:
    return redirect("partnerships:codebook", request.organization.slug, found.pk)
