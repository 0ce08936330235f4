"""One candidate for one position: asked, answering, rated, no longer in the pool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from passport.enums import ReadOf
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from people.member import Member
from people.steps import Step, take_step
from sponsors.permissions import can_change_goals
from sponsors.queries.team import seat_at as regimen_seat_at
from succession.competence import Competence, competence_of
from succession.forms.candidacies import AssessForm, DeclineForm, EndForm
from succession.models import Candidacy, ReadinessAssessment
from succession.permissions import (
    CANDIDACY_IS_ANSWERED_BY,
    CANDIDACY_IS_ENDED_BY,
    READINESS_IS_ASSESSED_BY,
    can_answer,
    can_assess,
    can_end_candidacy,
    can_see_pool,
)
from succession.queries.pools import candidacy_visible_to, other_pools_of
from succession.seats import PoolSeat
from succession.services.candidacies import accept, assess, decline, end_candidacy
from succession.views.pools import trail
from web.forms import ids_of
from web.shell import Crumb

STEPS = {
    "accept": Step(forms.Form, accept, gettext_lazy("You are in the pool. Whoever proposed you is told.")),
    "decline": Step(DeclineForm, decline, gettext_lazy("Written down. Whoever proposed you is told.")),
    "end": Step(EndForm, end_candidacy, gettext_lazy("It has ended.")),
    "assess": Step(
        AssessForm, assess, gettext_lazy("Written down for twelve months. The candidate is told.")
    ),
}


@member_view
def candidacy(request: MemberRequest, candidacy_id: UUID) -> HttpResponse:
    """What is known of it, and the next step."""
    return candidacy_page(request, *find_candidacy(request, candidacy_id))


def find_candidacy(request: MemberRequest, candidacy_id: UUID) -> tuple[Candidacy, PoolSeat]:
    """One that the member may read, or 404."""
    found = candidacy_visible_to(request.member, candidacy_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def candidacy_page(
    request: MemberRequest, found: Candidacy, seat: PoolSeat, **refused: forms.Form
) -> HttpResponse:
    """The page, also when a form of it was refused."""
    member, person = request.member, found.person_id
    in_pool = can_see_pool(member, seat)
    position = found.pool.position
    page = reverse("succession:position", args=[request.organization.slug, position.pk])
    context: dict[str, Any] = {
        "candidacy": found,
        "is_own": person == member.person_id,
        "competence": competence_shown(found, by=member),
        "may_see_pool": in_pool,
        "others": list(other_pools_of(found)) if in_pool else [],
        "may_answer": found.is_asked and can_answer(member, person),
        "may_assess": found.is_member and can_assess(member, seat, person),
        "may_end": found.is_open and can_end_candidacy(member, seat, person),
        "decline_form": DeclineForm(auto_id=ids_of("decline")),
        "end_form": EndForm(auto_id=ids_of("end")),
        "assess_form": AssessForm(auto_id=ids_of("assess")),
        "plan": way_to_plan(request, found),
        "breadcrumbs": [
            *trail(request),
            *([Crumb(position.title, page)] if in_pool else []),
            Crumb(found.person.name if in_pool else position.title),
        ],
        **refused,
    }
    return render(request, "succession/candidacy.html", context, status=422 if refused else 200)


def way_to_plan(request: MemberRequest, found: Candidacy) -> str:
    """Where the next step of the newest rating is planned: a new action of the regimen for whoever may add
    one, the own regimen for the candidate; empty for all others, and without a next step."""
    ratings: list[ReadinessAssessment] = found.ratings  # type: ignore[attr-defined]  # prefetched
    if not ratings or not ratings[0].next_step:
        return ""
    slug, person = request.organization.slug, found.person_id
    seat = regimen_seat_at(request.member, person, on=timezone.localdate())
    if can_change_goals(seat):
        asked = urlencode({"title": ratings[0].next_step[:200]})
        return f"{reverse('sponsors:action_new', args=[slug, person])}?{asked}"
    return reverse("sponsors:regimen", args=[slug, person]) if seat.is_leader else ""


def competence_shown(found: Candidacy, *, by: Member) -> Competence | None:
    """Of who is in the pool; they said yes to that as well, and see that somebody looked."""
    if not found.is_member:
        return None
    record_reads([found.person_id], ReadOf.SUMMARY, by=by)
    return competence_of(found.person_id, on=timezone.localdate())


def may_take(name: str, request: MemberRequest, found: Candidacy, seat: PoolSeat) -> None:
    """403 for a step that is somebody else's."""
    if name == "assess":
        demand(can_assess(request.member, seat, found.person_id), READINESS_IS_ASSESSED_BY)
    elif name == "end":
        demand(can_end_candidacy(request.member, seat, found.person_id), CANDIDACY_IS_ENDED_BY)
    else:
        demand(can_answer(request.member, found.person_id), CANDIDACY_IS_ANSWERED_BY)


def step_of(name: str) -> Callable[..., HttpResponse]:
    """The view that takes one step."""

    @require_POST
    @member_view
    def view(request: MemberRequest, candidacy_id: UUID) -> HttpResponse:
        found, seat = find_candidacy(request, candidacy_id)
        may_take(name, request, found, seat)
        form = STEPS[name].form(request.POST, auto_id=ids_of(name))
        if take_step(STEPS[name], found, form, request) is None:
            found, seat = find_candidacy(request, candidacy_id)  # as it is now
            return candidacy_page(request, found, seat, **{f"{name}_form": form})
        return redirect("succession:candidacy", request.organization.slug, found.pk)

    return view
