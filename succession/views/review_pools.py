"""One pool in a talent review: its scorecard then and now, what is decided, and who does what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.enums import ReadOf
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from succession.competence import Competence, competences_of
from succession.enums import Flag
from succession.exposure import SEVERE
from succession.forms.reviews import ActionForm, DecisionForm
from succession.models import PoolAction, PoolSnapshot
from succession.permissions import POOL_IS_DISCUSSED_BY, can_run_review
from succession.queries.reviews import Standing, earlier_snapshots, pools_standing_in, snapshots, standings
from succession.review_changes import changes_since, moves_between
from succession.services.reviews import decide, give_action, take_back_action
from succession.views.reviews import reviews_trail
from web.forms import ids_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in the pool, with what was known of them when the review opened; competence while it is."""

    standing: Standing
    competence: Competence | None


def find_snapshot(request: MemberRequest, snapshot_id: UUID) -> PoolSnapshot:
    """404 for whoever may not open the review; 403 for whoever stands in the pool."""
    found = snapshots().filter(pk=snapshot_id).first()
    if found is None or not can_run_review(request.member, found.review.facilitator_id):
        raise Http404
    demand(found.pool_id not in pools_standing_in(request.member.person_id), POOL_IS_DISCUSSED_BY)
    return found


@member_view
def review_pool(request: MemberRequest, snapshot_id: UUID) -> HttpResponse:
    return pool_page(request, find_snapshot(request, snapshot_id))


def pool_page(request: MemberRequest, found: PoolSnapshot, **refused: forms.Form) -> HttpResponse:
    """The page, also when a form of it was refused."""
    review = found.review
    earlier = earlier_snapshots(review, [found.pool_id]).get(found.pool_id)
    now = standings([found.pool_id], at=found.taken_at, months=found.valid_months)[found.pool_id]
    before = (
        standings([found.pool_id], at=earlier.taken_at, months=earlier.valid_months)[found.pool_id]
        if earlier
        else []
    )
    names = {each.person.pk: each.person.name for each in [*before, *now]}
    moves = moves_between(bands_of(before), bands_of(now))
    flags = [Flag(flag) for flag in found.flags]
    decision = found.decided[0] if found.decided else None  # type: ignore[attr-defined]  # prefetched
    context: dict[str, Any] = {
        "review": review,
        "snapshot": found,
        "earlier": earlier,
        "changes": changes_since(earlier, found),
        "moves": [
            (label, [names[person] for person in people])
            for label, people in (
                (_("Joined"), moves.joined),
                (_("Left"), moves.left),
                (_("Nearer"), moves.nearer),
                (_("Further away"), moves.further),
            )
            if people
        ]
        if earlier
        else [],
        "severe": [flag for flag in flags if flag in SEVERE],
        "mild": [flag for flag in flags if flag not in SEVERE],
        "candidates": candidates_of(request, found, now),
        "decision": decision,
        "decision_form": DecisionForm(
            auto_id=ids_of("decision"),
            initial={"words": decision.words, "reason": decision.reason} if decision else None,
        ),
        "action_form": ActionForm(auto_id=ids_of("action")),
        **neighbours(request, found),
        "breadcrumbs": [*reviews_trail(request, review), Crumb(found.title)],
        **refused,
    }
    return render(request, "succession/review_pool.html", context, status=422 if refused else 200)


def bands_of(people: list[Standing]) -> dict[UUID, str | None]:
    return {each.person.pk: each.band for each in people}


def candidates_of(request: MemberRequest, found: PoolSnapshot, now: list[Standing]) -> list[Candidate]:
    """While the review is open with their competence as of today; they see that somebody looked. What is
    closed keeps to its day."""
    people = [each.person.pk for each in now] if found.review.is_open else []
    record_reads(people, ReadOf.SUMMARY, by=request.member)
    known = competences_of(people, on=timezone.localdate()) if people else {}
    return [Candidate(each, known.get(each.person.pk)) for each in now]


def neighbours(request: MemberRequest, found: PoolSnapshot) -> dict[str, PoolSnapshot | None]:
    """The pools before and after on the agenda that the reader may discuss."""
    own = pools_standing_in(request.member.person_id)
    others = PoolSnapshot.objects.filter(review=found.review_id).exclude(pool__in=own)
    return {
        "previous": others.filter(place__lt=found.place).order_by("-place").first(),
        "next": others.filter(place__gt=found.place).order_by("place").first(),
    }


@require_POST
@member_view
def review_decide(request: MemberRequest, snapshot_id: UUID) -> HttpResponse:
    """Write down what is decided; the next pool is one click away."""
    found = find_snapshot(request, snapshot_id)
    form = DecisionForm(request.POST, auto_id=ids_of("decision"))
    if form.is_valid():
        try:
            decide(found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("succession:review_pool", request.organization.slug, found.pk)
    return pool_page(request, find_snapshot(request, snapshot_id), decision_form=form)


@require_POST
@member_view
def action_new(request: MemberRequest, snapshot_id: UUID) -> HttpResponse:
    """Give somebody something to do."""
    found = find_snapshot(request, snapshot_id)
    form = ActionForm(request.POST, auto_id=ids_of("action"))
    if form.is_valid():
        try:
            made = give_action(found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is told.") % {"name": made.owner.name})
            return redirect("succession:review_pool", request.organization.slug, found.pk)
    return pool_page(request, find_snapshot(request, snapshot_id), action_form=form)


@require_POST
@member_view
def action_take_back(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """What was given by mistake."""
    action = get_object_or_404(PoolAction.objects.select_related("snapshot__review"), pk=action_id)
    found = find_snapshot(request, action.snapshot_id)
    try:
        take_back_action(action, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back."))
    return redirect("succession:review_pool", request.organization.slug, found.pk)
