"""Coaching of a leader: the sessions with the dose of the regimen, and one session for the two who meet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.session_calendar import CONTENT_TYPE, calendar_of
from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.flags import Flag, flags_shown_to, own_flag
from sponsors.forms.coaching import NoteForm, RecordForm, SessionForm, values_of
from sponsors.models import Action, CoachingSession
from sponsors.permissions import (
    COACHING_IS_FOR,
    SESSIONS_ARE_PLANNED_BY,
    can_plan_sessions,
    can_read_coaching,
)
from sponsors.queries.coaching import (
    coaches_of,
    coaching_actions_of,
    doses_of,
    note_of,
    session_of_the_two,
    sessions_of,
)
from sponsors.queries.team import leader_with_clinic, seat_at
from sponsors.seats import Seat
from sponsors.services.coaching import (
    cancel_session,
    change_session,
    plan_session,
    record_session,
    write_note,
)
from sponsors.session_calendar import entry_of
from sponsors.views.charts import find_clinic, trail
from web.downloads import download
from web.forms import status_of
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def sessions(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """When they met and will meet, and how far the dose is. What is said is on the page of the two."""
    leader, seat = find_clinic(request, person_id)
    demand(can_read_coaching(seat), COACHING_IS_FOR)
    context = {
        "leader": leader,
        "seat": seat,
        "coaches": coaches_of(leader.pk, on=timezone.localdate()),
        "doses": doses_of(seat),
        "flags": flags_shown_to(request.member, leader.pk),
        "may_plan": can_plan_sessions(seat),
        "page": keyset_page(request, sessions_of(leader.pk), order=("-starts_at", "pk")),
        "breadcrumbs": [*trail(request, leader), Crumb(_("Coaching"))],
    }
    return render_page(request, "sponsors/coaching.html", context, partial="list")


@member_view
def session_new(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Plan a session: with a seat in the clinic, or for a flag that one coaches for."""
    leader, seat, flag = find_coached(request, person_id)
    coaches = coaches_of(leader.pk, on=timezone.localdate()) if flag is None and seat.is_leader else []
    is_alone = seat.is_leader and not coaches
    form = SessionForm(request.POST or None, coaches=coaches, actions=actions_for(seat))
    if request.method == "POST" and form.is_valid() and not is_alone:
        me = Person.objects.get(pk=request.member.person_id)
        try:
            made = plan_session(
                leader,
                form.meeting(),
                coach=form.chosen_coach() if coaches else me,
                flag_id=flag.id if flag else None,
                by=request.member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsors:coaching_session", request.organization.slug, leader.pk, made.pk)
    context = {
        "leader": leader,
        "seat": seat,
        "flag": flag,
        "form": form,
        "is_alone": is_alone,
        "coach": coaches[0] if len(coaches) == 1 else None,
        "breadcrumbs": [*coaching_trail(request, leader, seat), Crumb(_("Plan a session"))],
    }
    return render(request, "sponsors/coaching_new.html", context, status=status_of(form))


def find_coached(request: MemberRequest, person_id: UUID) -> tuple[Person, Seat, Flag | None]:
    """The leader, the member's seat, and the flag of the address if the member coaches for it. 404 for
    whoever has neither, 403 for whoever has a seat and plans no sessions."""
    today = timezone.localdate()
    try:
        wanted = UUID(request.GET.get("flag", ""))
    except ValueError:
        wanted = None
    flag = own_flag(request.member, person_id, wanted)
    found = leader_with_clinic(request.member, person_id, on=today)
    if flag is not None and found is None:
        leader = Person.objects.select_related("unit").get(pk=person_id)
        return leader, seat_at(request.member, person_id, on=today), flag
    if found is None:
        raise Http404
    leader, seat = found
    demand(flag is not None or can_plan_sessions(seat), SESSIONS_ARE_PLANNED_BY)
    return leader, seat, flag


def actions_for(seat: Seat) -> list[Action]:
    """Coaching of the regimen that is not over, for whoever has a seat to read it."""
    if not can_plan_sessions(seat):
        return []
    return [each for each in coaching_actions_of(seat.leader_id) if not each.is_over]


@member_view
def session(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """One session, for the two."""
    return session_page(request, find_session(request, person_id, session_id))


def session_page(
    request: MemberRequest, found: CoachingSession, *, note_form: NoteForm | None = None
) -> HttpResponse:
    words = note_of(request.member.person_id, found)
    seat = seat_at(request.member, found.leader_id, on=timezone.localdate())
    context = {
        "session": found,
        "is_leader": seat.is_leader,
        "shows_action": found.action is not None and can_read_coaching(seat),
        "note_form": note_form or NoteForm(initial={"words": words}),
        "breadcrumbs": [*coaching_trail(request, found.leader, seat), Crumb(day_of(found))],
    }
    return render(request, "sponsors/coaching_session.html", context, status=422 if note_form else 200)


@member_view
def session_edit(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """Move it, or change its agenda."""
    found = find_session(request, person_id, session_id)
    seat = seat_at(request.member, found.leader_id, on=timezone.localdate())
    form = SessionForm(request.POST or None, initial=values_of(found), actions=actions_for(seat))
    if request.method == "POST" and form.is_valid():
        try:
            change_session(found, form.meeting(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsors:coaching_session", request.organization.slug, person_id, found.pk)
    page = reverse("sponsors:coaching_session", args=[request.organization.slug, person_id, found.pk])
    context = {
        "session": found,
        "form": form,
        "breadcrumbs": [
            *coaching_trail(request, found.leader, seat),
            Crumb(day_of(found), page),
            Crumb(_("Change")),
        ],
    }
    return render(request, "sponsors/coaching_edit.html", context, status=status_of(form))


@require_POST
@member_view
def session_cancel(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """It does not take place."""
    found = find_session(request, person_id, session_id)
    try:
        cancel_session(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Cancelled. The other one is told, and calendars strike it out."))
    return redirect("sponsors:coaching_session", request.organization.slug, person_id, found.pk)


@require_POST
@member_view
def session_record(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """Held or missed."""
    found, form = find_session(request, person_id, session_id), RecordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether it was held or missed."))
    else:
        try:
            record_session(found, form.cleaned_data["state"], by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Written down."))
    return redirect("sponsors:coaching_session", request.organization.slug, person_id, found.pk)


@require_POST
@member_view
def session_note(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """Keep one's own words, for oneself."""
    found, form = find_session(request, person_id, session_id), NoteForm(request.POST)
    if not form.is_valid():
        return session_page(request, found, note_form=form)
    write_note(found, form.cleaned_data["words"], by=request.member)
    messages.success(request, _("Kept, for you alone."))
    return redirect("sponsors:coaching_session", request.organization.slug, person_id, found.pk)


@member_view
def session_ics(request: MemberRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """The session as a file for one's own calendar."""
    found = find_session(request, person_id, session_id)
    content = calendar_of([entry_of(found, request.organization.slug)])
    return download("coaching-session.ics", content, CONTENT_TYPE)


def find_session(request: MemberRequest, person_id: UUID, session_id: UUID) -> CoachingSession:
    """A session of which the member is one of the two, or 404: for the team it is a line of the list."""
    found = session_of_the_two(request.member.person_id, person_id, session_id)
    if found is None:
        raise Http404
    return found


def coaching_trail(request: MemberRequest, leader: Person, seat: Seat) -> list[Crumb]:
    """The path to a page of coaching; without links for whoever coaches and has no seat."""
    if not can_read_coaching(seat):
        return [Crumb(_("Coaching of %(name)s") % {"name": leader.name})]
    page = reverse("sponsors:coaching", args=[request.organization.slug, leader.pk])
    return [*trail(request, leader), Crumb(_("Coaching"), page)]


def day_of(session: CoachingSession) -> str:
    return date_format(timezone.localtime(session.starts_at), "SHORT_DATE_FORMAT")
