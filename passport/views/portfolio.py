"""The research portfolio: who may see a Passport sees it; its holder brings in, corrects and takes out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from passport.bibliography import LARGEST
from passport.enums import ReadOf
from passport.models import Publication
from passport.portfolio import Brought, add_publication, bring_in, publications_of, take_out
from passport.portfolio_forms import BibliographyForm, PublicationForm
from passport.reads import record_reads
from passport.views.passports import crumbs, find_holding
from people.access import MemberRequest, member_view
from web.bodies import takes_files
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own portfolio, with a place to bring a list in."""
    return show(request, request.member.person_id, BibliographyForm())


@member_view
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Somebody's portfolio, for those who look after them. The holder sees who looked."""
    return show(request, person_id, BibliographyForm())


@takes_files(up_to=lambda: LARGEST)
@require_POST
@member_view
def bring(request: MemberRequest) -> HttpResponse:
    """Bring in a list, wholly or not at all."""
    form = BibliographyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            brought = bring_in(form.references, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told(brought))
            return redirect("passport:portfolio", request.organization.slug)
    return show(request, request.member.person_id, form)


@member_view
def new(request: MemberRequest) -> HttpResponse:
    """Add one publication by hand."""
    return typed(request, Publication(person_id=request.member.person_id))


@member_view
def edit(request: MemberRequest, publication_id: UUID) -> HttpResponse:
    """Correct one of the own publications."""
    found = publications_of(request.member.person_id).filter(pk=publication_id).first()
    if found is None:
        raise Http404
    return typed(request, found)


@require_POST
@member_view
def remove(request: MemberRequest, publication_id: UUID) -> HttpResponse:
    """Take one out."""
    if not take_out(publication_id, by=request.member):
        raise Http404
    messages.success(request, _("Taken out."))
    return redirect("passport:portfolio", request.organization.slug)


def show(request: MemberRequest, person_id: UUID, form: BibliographyForm) -> HttpResponse:
    holding = find_holding(request, person_id, timezone.localdate())
    record_reads([person_id], ReadOf.PASSPORT, by=request.member)
    page = numbered_page(request, publications_of(person_id))
    context = {
        "holding": holding,
        "own": person_id == request.member.person_id,
        "page": page,
        "form": form,
        "breadcrumbs": crumbs(request, holding, Crumb(_("Research portfolio"))),
    }
    return render(request, "passport/portfolio.html", context, status=status_of(form))


def typed(request: MemberRequest, publication: Publication) -> HttpResponse:
    """The form of one publication, and saving it."""
    slug = request.organization.slug
    form = PublicationForm(request.POST or None, instance=publication)
    if request.method == "POST" and form.is_valid():
        try:
            add_publication(form.instance, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("passport:portfolio", slug)
    context = {
        "form": form,
        "is_new": publication._state.adding,
        "breadcrumbs": [
            Crumb(_("Passport"), reverse("passport:mine", args=[slug])),
            Crumb(_("Research portfolio"), reverse("passport:portfolio", args=[slug])),
            Crumb(_("A publication")),
        ],
    }
    return render(request, "passport/publication.html", context, status=status_of(form))


def told(brought: Brought) -> str:
    """What became of a list, in words."""
    parts = [
        ngettext("%(n)d publication added", "%(n)d publications added", brought.added) % {"n": brought.added}
    ]
    if brought.completed:
        parts.append(_("%(n)d completed") % {"n": brought.completed})
    if brought.known:
        parts.append(_("%(n)d there already") % {"n": brought.known})
    return ", ".join(parts) + "."
