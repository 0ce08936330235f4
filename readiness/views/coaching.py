"""The coaching queue: who talks with whom, until when, and how it ended."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.enums import ReadOf
from passport.permissions import Subject
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from readiness.enums import CloseReason, CoachingState
from readiness.forms import AssignForm, CloseForm
from readiness.models import CoachingTask
from readiness.permissions import (
    COACHING_IS_ASSIGNED_BY,
    MEMBERS_ARE_FOR,
    can_assign_coaching,
    can_close_coaching,
    can_see_cohort_members,
)
from readiness.queries import held_sessions_for, likely_coaches, task_visible_to, tasks_overseen_by
from readiness.services import assign_coaching, close_coaching
from sponsors.queries.coaching import sessions_for_flag
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb

PREPARATION = dt.timedelta(days=14)  # that a coach has at least, unless somebody says otherwise


@member_view
def coaching(request: MemberRequest) -> HttpResponse:
    """Tasks that wait for a coach or for an end, the most urgent first."""
    demand(can_see_cohort_members(request.member), MEMBERS_ARE_FOR)
    tasks = tasks_overseen_by(request.member, on=timezone.localdate()).exclude(state=CoachingState.CLOSED)
    page = keyset_page(request, tasks, order=("due_on", "pk"))
    record_reads([task.person_id for task in page], ReadOf.LIST, by=request.member)
    slug = request.organization.slug
    trail = [Crumb(_("Cohorts"), reverse("readiness:cohorts", args=[slug])), Crumb(_("Coaching"))]
    context = {"page": page, "breadcrumbs": trail}
    return render_page(request, "readiness/coaching.html", context, partial="list")


@member_view
def task(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """One task, with the forms for what can be done about it."""
    found, subject = find_task(request, task_id)
    return task_page(request, found, subject)


@require_POST
@member_view
def assign(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Name a coach and a date."""
    found, subject = find_task(request, task_id)
    demand(can_assign_coaching(request.member, subject), COACHING_IS_ASSIGNED_BY)
    form = AssignForm(request.POST)
    if form.is_valid():
        try:
            assign_coaching(found, **form.cleaned_data, subject=subject, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Assigned. It is on the coach's Today page."))
            return redirect("readiness:task", request.organization.slug, task_id)
    return task_page(request, found, subject, assign_form=form)


@require_POST
@member_view
def close(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Say how it ended."""
    found, subject = find_task(request, task_id)
    form = CloseForm(request.POST, held=held_sessions_for(found))
    if form.is_valid():
        try:
            close_coaching(
                found,
                reason=CloseReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                session=form.evidence(),
                subject=subject,
                by=request.member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Closed."))
            return redirect("readiness:task", request.organization.slug, task_id)
    return task_page(request, found, subject, close_form=form)


def find_task(request: MemberRequest, task_id: UUID) -> tuple[CoachingTask, Subject]:
    """The task asked for, or 404 when it is neither the member's to oversee nor to do."""
    found = task_visible_to(request.member, task_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def task_page(
    request: MemberRequest, found: CoachingTask, subject: Subject, **forms: AssignForm | CloseForm
) -> HttpResponse:
    """The page with the score, of which the person is told, also when a refused form comes back."""
    record_reads([found.person_id], ReadOf.COACHING, by=request.member)
    slug, on = request.organization.slug, timezone.localdate()
    is_open = found.state != CoachingState.CLOSED
    first = {"owner": found.owner.email if found.owner else "", "due_on": max(found.due_on, on + PREPARATION)}
    crumbs = [Crumb(_("Coaching of %(name)s") % {"name": found.person.name})]
    if can_see_cohort_members(request.member):
        crumbs.insert(0, Crumb(_("Coaching"), reverse("readiness:coaching", args=[slug])))
    may_assign = is_open and can_assign_coaching(request.member, subject)
    context = {
        "task": found,
        "may_assign": may_assign,
        "coaches": likely_coaches(subject, on=on) if may_assign else [],
        "may_close": is_open and can_close_coaching(request.member, subject, found.owner_id),
        "assign_form": AssignForm(initial=first),
        "sessions": sessions_for_flag(found.pk),
        "may_plan": is_open and found.owner_id == request.member.person_id,
        "close_form": CloseForm(held=held_sessions_for(found)),
        "breadcrumbs": crumbs,
        **forms,
    }
    return render(request, "readiness/task.html", context, status=422 if forms else 200)
