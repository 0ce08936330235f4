"""Partnership programmes: the list, a new one, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import ArtefactKind
from partnerships.forms.programmes import (
    ArtefactForm,
    AuditForm,
    AwayDayForm,
    BeginForm,
    BringPartnershipForm,
    BringSponsorForm,
    OutcomeForm,
)
from partnerships.models import PartnershipProgramme, ProgrammeArtefact
from partnerships.permissions import (
    PROGRAMMES_ARE_BEGUN_BY,
    can_begin_programme,
    can_run_programme,
    can_write_artefact,
)
from partnerships.queries.audits import asked_of, audit_instrument, audits_told
from partnerships.queries.exceptions import gaps_of
from partnerships.queries.phases import artefacts_of, outcomes_told, year_of
from partnerships.queries.programmes import programme_for, programmes_visible_to
from partnerships.services.programmes import begin_programme
from partnerships.views.register import trail
from people.access import MemberRequest, demand, member_view
from surveys.permissions import can_run_surveys
from web.forms import ids_of, status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
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


@dataclass(frozen=True, slots=True)
class Artefact:
    """What an away day leaves behind, if anything yet, and the form to write it."""

    kind: ArtefactKind
    written: ProgrammeArtefact | None
    form: ArtefactForm


def find_programme(request: MemberRequest, programme_id: UUID) -> PartnershipProgramme:
    found = programme_for(request.member, programme_id)
    if found is None:
        raise Http404
    return found


def programme_page(
    request: MemberRequest, found: PartnershipProgramme, *, refused: forms.Form | None = None, step: str = ""
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one."""
    member, runs = request.member, can_run_programme(request.member, found)
    phases = year_of(found)
    bringing = step == "bring" or "bring" in request.GET or brings_first(found)
    audits = [(each, asked_of(found, each.wave)) for each in audits_told(found)]
    context = {
        "phases": phases,
        "coming": next((each for each in phases if each.is_open), None),
        "artefacts": _artefacts(found, refused),
        "writes": found.is_open and can_write_artefact(member, found),
        "own": next(
            (each for each in found.participants_by_name if each.person_id == member.person_id), None
        ),
        "programme": found,
        "people": numbered_page(request, found.participants_by_name, size=SHORT),
        "runs": runs and found.is_open,
        "oversees": runs,
        "left_open": [each for each in gaps_of(found, phases) if not each.is_settled] if runs else [],
        "outcomes": outcomes_told(found),
        "today": timezone.localdate(),
        "audits": audits,
        "may_run_surveys": can_run_surveys(request.member),
        "breadcrumbs": programme_trail(request, Crumb(found.title)),
        **(_forms(found, bringing=bringing) if runs and found.is_open else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/programme.html", context, status=422 if refused else 200)


def _artefacts(found: PartnershipProgramme, refused: forms.Form | None) -> list[Artefact]:
    """Each with a form; with the refused one where that was of its kind."""
    written = artefacts_of(found)
    return [
        Artefact(kind, written.get(kind), _artefact_form(found, kind, written, refused))
        for kind in ArtefactKind
    ]


def _artefact_form(
    found: PartnershipProgramme,
    kind: ArtefactKind,
    written: dict[str, ProgrammeArtefact],
    refused: forms.Form | None,
) -> ArtefactForm:
    if isinstance(refused, ArtefactForm) and refused.data.get("kind") == kind:
        return refused
    known = written.get(kind) or ProgrammeArtefact(words="", revision=0)
    initial = {"kind": kind, "words": known.words, "revision": known.revision}
    return ArtefactForm(programme=found, auto_id=ids_of(kind), initial=initial)


def brings_first(found: PartnershipProgramme) -> bool:
    """Whether to bring a partnership in is what is next: sponsors alone are there."""
    return all(each.is_sponsor for each in found.participants_by_name)


def _forms(found: PartnershipProgramme, *, bringing: bool) -> dict[str, object]:
    """What whoever runs it may do on its page. `bringing`: with hundreds of partnerships to choose from."""
    bring = {"bring_form": BringPartnershipForm(programme=found, auto_id=ids_of("bring"))} if bringing else {}
    return {
        **bring,
        "instrument": audit_instrument(),
        "sponsor_form": BringSponsorForm(programme=found, auto_id=ids_of("sponsor")),
        "outcome_form": OutcomeForm(programme=found, auto_id=ids_of("outcome")),
        "away_day_form": AwayDayForm(programme=found, auto_id=ids_of("away_day")),
        "audit_form": AuditForm(programme=found, auto_id=ids_of("audit")),
    }


def programme_trail(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    """The path to a page of programmes."""
    url = reverse("partnerships:programmes", args=[request.organization.slug])
    return [*trail(request), Crumb(_("Programmes"), url), *more]
