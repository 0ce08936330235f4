"""Who missed a part of a programme, and who sees to it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.forms.programmes import FollowUpForm
from partnerships.models import PartnershipProgramme
from partnerships.permissions import PROGRAMME_IS_RUN_BY, can_run_programme
from partnerships.queries.exceptions import Gap, gaps_shown_to
from partnerships.views.participants import crumbs_of
from partnerships.views.programmes import find_programme, programme_trail
from people.access import MemberRequest, demand, member_view
from web.forms import ids_of
from web.shell import Crumb


@member_view
def programme_exceptions(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """All of them for whoever runs the programme; one's own for whoever sees to some."""
    return exceptions_page(request, find_programme(request, programme_id))


def exceptions_page(
    request: MemberRequest,
    programme: PartnershipProgramme,
    *,
    refused: forms.Form | None = None,
    step: str = "",
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one."""
    runs, shown = can_run_programme(request.member, programme), gaps_shown_to(request.member, programme)
    demand(shown is not None, PROGRAMME_IS_RUN_BY)
    gaps = shown or []
    context = {
        "programme": programme,
        "open": [each for each in gaps if not each.is_settled],
        "settled": [each for each in gaps if each.is_settled],
        "acts": programme.is_open,
        "left": [each for each in gaps if each.exception is None] if runs else [],
        "breadcrumbs": programme_trail(request, *crumbs_of(request, programme), Crumb(_("Exceptions"))),
        **({"follow_up_form": _follow_up(programme, gaps)} if runs and programme.is_open else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/exceptions.html", context, status=422 if refused else 200)


def _follow_up(programme: PartnershipProgramme, gaps: list[Gap]) -> FollowUpForm:
    return FollowUpForm(
        programme=programme, gaps=gaps, auto_id=ids_of("follow_up"), initial={"owner": programme.lead.email}
    )
