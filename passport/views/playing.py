"""Running through a pod: its page, the scene one is in, and the end. Each move is a form of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.cases import Debrief, MoveError, Scene, debrief, scene
from passport.cases.scene import Plane, Spot
from passport.enums import PodState, ReadOf
from passport.models import Pod, PodAttempt
from passport.permissions import (
    PODS_ARE_DONE_BY,
    PODS_ARE_MARKED_BY,
    can_facilitate,
    can_keep_pods,
    can_submit_evidence,
)
from passport.pod_forms import ConfidenceForm, MarkForm, MoveForm
from passport.pod_queries import attempt_visible_to, running_attempt, subject_of_work
from passport.pod_services import begin_attempt, case_of, finish_attempt, mark_attempt, play_move
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from surveys.enums import Dimension
from web.charts import Chart, Names, Place, frontier
from web.shell import Crumb

OURS = frozenset({"csrfmiddlewaretoken", "turn"})  # fields of the form that are no part of the move


@member_view
def pod(request: MemberRequest, pod_id: UUID) -> HttpResponse:
    """The lesson and the videos; how confident one is; begin."""
    found = get_object_or_404(Pod.objects.select_related("milestone"), pk=pod_id)
    if found.state == PodState.DRAFT and not can_keep_pods(request.member):
        raise Http404
    form = ConfidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attempt = begin_attempt(found, confidence=form.answers, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("passport:pod_attempt", request.organization.slug, attempt.pk)
    case = case_of(found.content)
    context = {
        "pod": found,
        "case": case,
        "running": running_attempt(request.member.person_id, found),
        "form": form,
        "breadcrumbs": [_pods(request), Crumb(found.title)],
    }
    return render(request, "passport/pod.html", context, status=422 if form.errors else 200)


@member_view
def attempt(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """Where an attempt is: the scene of a running one, or what a finished one came to."""
    return attempt_page(request, find_attempt(request, attempt_id))


@require_POST
@member_view
def move(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """Make a move. What was typed is on the page again where the case does not allow it."""
    found = find_attempt(request, attempt_id)
    typed = {name: str(value) for name, value in request.POST.items() if name not in OURS}
    turn = request.POST.get("turn", "")
    try:
        play_move(found, typed, turn=int(turn) if turn.isdecimal() else -1, by=request.member)
    except MoveError as error:
        return attempt_page(request, found, move_form=refused(found, typed, error.field, error.message))
    except ValidationError as error:
        now = find_attempt(request, attempt_id)
        return attempt_page(request, now, move_form=refused(now, typed, "", " ".join(error.messages)))
    return redirect("passport:pod_attempt", request.organization.slug, attempt_id)


def refused(found: PodAttempt, typed: dict[str, str], name: str, words: str) -> MoveForm:
    """The form of the present scene with what was typed, and why it was not made."""
    form = MoveForm(scene(case_of(found.pod.content), found.state), typed)
    form.refuse(name, words)
    return form


@require_POST
@member_view
def finish(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """Say how confident one is now, and hand the attempt to a facilitator."""
    found, form = find_attempt(request, attempt_id), ConfidenceForm(request.POST)
    demand(can_submit_evidence(request.member, subject_of_work(found)), PODS_ARE_DONE_BY)
    if form.is_valid():
        try:
            finish_attempt(found, confidence=form.answers, subject=subject_of_work(found), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Finished. Whoever looks after you marks it."))
            return redirect("passport:pod_attempt", request.organization.slug, attempt_id)
    return attempt_page(request, found, confidence_form=form)


@require_POST
@member_view
def mark(request: MemberRequest, attempt_id: UUID) -> HttpResponse:
    """Mark an attempt by the rubric of its case."""
    found = find_attempt(request, attempt_id)
    demand(can_facilitate(request.member, subject_of_work(found)), PODS_ARE_MARKED_BY)
    form = MarkForm(case_of(found.pod.content), request.POST)
    if form.is_valid():
        try:
            mark_attempt(found, form.marks, subject=subject_of_work(found), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Marked; the person is told."))
            return redirect("passport:pods_of", request.organization.slug, found.person_id)
    return attempt_page(request, found, mark_form=form)


def find_attempt(request: MemberRequest, attempt_id: UUID) -> PodAttempt:
    """The attempt asked for, or 404 when its Passport is not the member's to see."""
    found = attempt_visible_to(request.member, attempt_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def attempt_page(request: MemberRequest, found: PodAttempt, **more: object) -> HttpResponse:
    """The page of an attempt, which its person is told about; 422 where something was refused."""
    record_reads([found.person_id], ReadOf.EVIDENCE, by=request.member)
    case, subject = case_of(found.pod.content), subject_of_work(found)
    now_shown, told = scene(case, found.state), debrief(case, found.state)
    context = {
        "attempt": found,
        "own": found.person_id == request.member.person_id,
        "case": case,
        "scene": now_shown,
        "sums": [asdict(each) for each in now_shown.sums],
        "turn": len(found.moves),
        "time_ends": time_ends(found, now_shown.seconds),
        "came_of_it": came_of_it(told, now_shown),
        "debrief": told if now_shown.is_over else None,
        "plane": plane_chart(told.plane) if told.plane else None,
        "move_form": MoveForm(now_shown),
        "closed": [each for each in now_shown.choices if not each.is_open],
        "confidence": confidence_of(found),
        "confidence_form": ConfidenceForm(),
        "mark_form": MarkForm(case),
        "marks": marks_of(found),
        "may_mark": can_facilitate(request.member, subject) and found.finished_at and not found.marked_at,
        "breadcrumbs": [_pods(request), Crumb(found.pod.title)],
        **more,
    }
    return render(request, "passport/pod_attempt.html", context, status=422 if more else 200)


def came_of_it(told: Debrief, shown: Scene) -> str:
    """What the last move brought, unless the scene itself says it."""
    after = told.taken[-1].after if told.taken else ""
    return "" if after in shown.text else after


def plane_chart(plane: Plane) -> Chart:
    """What was possible for both sides of a negotiation, drawn."""

    def place(spot: Spot) -> Place:
        return Place(spot.label, spot.across, spot.up)

    across, up = plane.axes
    return frontier(
        plane.caption,
        best=[place(spot) for spot in plane.frontier],
        way=[place(spot) for spot in plane.steps],
        end=place(plane.end),
        without=place(plane.without),
        names=Names(across, up, "Packages that nothing betters for both", "Their first offer, then yours"),
        low=0,
        high=100,
    )


def time_ends(found: PodAttempt, seconds: int | None) -> dt.datetime | None:
    """When the time of the scene is over. It is shown, and ends nothing: what was typed stays."""
    return found.moved_at + dt.timedelta(seconds=seconds) if seconds else None


def confidence_of(found: PodAttempt) -> list[tuple[str, int, int | None]]:
    """Each dimension with the answer before and after."""
    nothing: list[int | None] = [None] * len(Dimension)
    after = found.confidence_after or nothing
    return [
        (str(each.label), before, now)
        for each, before, now in zip(Dimension, found.confidence_before, after, strict=True)
    ]


def marks_of(found: PodAttempt) -> list[tuple[str, int, str, str]]:
    """Each criterion marked: its title, the level, the level's anchor and the facilitator's words."""
    given = {each.criterion: each for each in found.marks.all()}
    return [
        (each.title, given[each.key].level, each.levels[given[each.key].level - 1], given[each.key].words)
        for each in case_of(found.pod.content).rubric
        if each.key in given
    ]


def _pods(request: MemberRequest) -> Crumb:
    return Crumb(_("Skill pods"), reverse("passport:pods", args=[request.organization.slug]))
