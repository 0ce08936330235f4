"""Voting for the slate."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from people.access import MemberRequest, demand, member_view
from succession.approval_box import has_voted
from succession.permissions import BALLOT_IS_FOR, can_vote
from succession.services.slate_ballots import vote
from succession.views.selections import crumb_of, find_own, paper_of, trail
from web.shell import Crumb


@never_cache
@sensitive_post_parameters()
@sensitive_variables("approved")
@member_view
def ballot(request: MemberRequest, selection_id: UUID) -> HttpResponse:
    """The paper, and afterwards the receipt: it is shown once, and nobody can look it up."""
    found, seat = find_own(request, selection_id)
    demand(can_vote(seat), BALLOT_IS_FOR)
    paper = paper_of(found, request.member.person_id)
    context = {
        "selection": found,
        "paper": paper,
        "breadcrumbs": [*trail(request), crumb_of(request, found), Crumb(_("Ballot"))],
    }
    if request.method == "POST":
        known = {str(each.pk): each.pk for each in paper}
        approved = [known[each] for each in dict.fromkeys(request.POST.getlist("approved")) if each in known]
        try:
            context["receipt"] = vote(found, approved, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("succession:selection", request.organization.slug, selection_id)
    elif not found.is_voting or has_voted(found):
        return redirect("succession:selection", request.organization.slug, selection_id)
    return render(request, "succession/slate_ballot.html", context)
