"""Sessions of a mentorship: the list with planning, and one with its agenda and notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.enums import NoteFor
from mentoring.forms.sessions import NoteForm, SessionForm, values_of
from mentoring.models import Mentorship, Session
from mentoring.permissions import SESSION_IS_KEPT_BY, can_keep_sessions
from mentoring.queries.sessions import notes_shown_to, sessions_of
from mentoring.services.sessions import cancel_session, change_session, plan_session, write_note
from mentoring.session_calendar import CONTENT_TYPE, calendar_of, entry_of
from mentoring.views.mentorships import crumbs, find_mentorship
from people.access import MemberRequest, demand, member_view
from web.downloads import download
from web.forms import status_of
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def sessions(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """All meetings; either side plans the next one here."""
    found = find_mentorship(request, mentorship_id)
    form = SessionForm(request.POST or None)
    if request.method == "POST":
        demand(can_keep_sessions(request.member, found), SESSION_IS_KEPT_BY)
        if form.is_valid():
            try:
                made = plan_session(found, form.meeting(), by=request.member)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("mentoring:session", request.organization.slug, found.pk, made.pk)
    page = keyset_page(request, sessions_of(found.pk), order=("-starts_at", "pk"))
    context = {
        "mentorship": found,
        "page": page,
        "form": form,
        "now": timezone.now(),
        "may_plan": found.is_running and can_keep_sessions(request.member, found),
        "breadcrumbs": crumbs(request, found, Crumb(_("Sessions"))),
    }
    return render_page(request, "mentoring/sessions.html", context, partial="list", status=status_of(form))


@member_view
def session(request: MemberRequest, mentorship_id: UUID, session_id: UUID) -> HttpResponse:
    """One meeting, with the notes that the member may read."""
    return session_page(request, *find_session(request, mentorship_id, session_id))


def session_page(
    request: MemberRequest, found: Mentorship, meeting: Session, **refused: forms.Form
) -> HttpResponse:
    keeps = can_keep_sessions(request.member, found)
    notes = notes_shown_to(request.member.person_id, meeting, found)
    own = {note.readers: note.text for note in notes if note.author_id == request.member.person_id}
    context: dict[str, Any] = {
        "mentorship": found,
        "session": meeting,
        "keeps": keeps,
        "may_change": keeps and found.is_running and meeting.cancelled_at is None,
        "notes": notes,
        "note_forms": note_forms(own) if keeps else [],
        "is_ahead": meeting.starts_at > timezone.now(),
        "breadcrumbs": crumbs(request, found, *session_crumbs(request, found, meeting)),
        **refused,
    }
    return render(request, "mentoring/session.html", context, status=422 if refused else 200)


def note_forms(own: dict[NoteFor, str]) -> list[NoteForm]:
    """One for each circle of readers, with what is there."""
    return [
        NoteForm(initial={"readers": readers, "words": own.get(readers, "")}, prefix=readers.value)
        for readers in NoteFor
    ]


@member_view
def session_edit(request: MemberRequest, mentorship_id: UUID, session_id: UUID) -> HttpResponse:
    """Move it, or change its agenda."""
    found, meeting = find_session(request, mentorship_id, session_id)
    demand(can_keep_sessions(request.member, found), SESSION_IS_KEPT_BY)
    form = SessionForm(request.POST or None, initial=values_of(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            change_session(meeting, form.meeting(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("mentoring:session", request.organization.slug, found.pk, meeting.pk)
    trail = session_crumbs(request, found, meeting)
    context = {
        "mentorship": found,
        "session": meeting,
        "form": form,
        "breadcrumbs": crumbs(request, found, *trail, Crumb(_("Change"))),
    }
    return render(request, "mentoring/session_edit.html", context, status=status_of(form))


@require_POST
@member_view
def session_cancel(request: MemberRequest, mentorship_id: UUID, session_id: UUID) -> HttpResponse:
    """It does not take place."""
    found, meeting = find_session(request, mentorship_id, session_id)
    try:
        cancel_session(meeting, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Cancelled. The other side is told, and calendars strike it out."))
    return redirect("mentoring:session", request.organization.slug, found.pk, meeting.pk)


@require_POST
@member_view
def session_note(request: MemberRequest, mentorship_id: UUID, session_id: UUID, readers: str) -> HttpResponse:
    """Keep one's own note for one circle of readers."""
    found, meeting = find_session(request, mentorship_id, session_id)
    if readers not in NoteFor.values:
        raise Http404
    demand(can_keep_sessions(request.member, found), SESSION_IS_KEPT_BY)
    form = NoteForm({"readers": readers, "words": request.POST.get("words", "")})
    if not form.is_valid():
        return session_page(request, found, meeting, refused_note=form)
    write_note(meeting, form.cleaned_data["words"], readers=NoteFor(readers), by=request.member)
    messages.success(request, _("Your note is kept."))
    return redirect("mentoring:session", request.organization.slug, found.pk, meeting.pk)


@member_view
def session_ics(request: MemberRequest, mentorship_id: UUID, session_id: UUID) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    found, meeting = find_session(request, mentorship_id, session_id)
    page = reverse("mentoring:session", args=[request.organization.slug, found.pk, meeting.pk])
    return download("mentoring-session.ics", calendar_of([entry_of(meeting, page)]), CONTENT_TYPE)


def find_session(request: MemberRequest, mentorship_id: UUID, session_id: UUID) -> tuple[Mentorship, Session]:
    """A session of a mentorship that the member may see, or 404."""
    found = find_mentorship(request, mentorship_id)
    meeting = sessions_of(found.pk).filter(pk=session_id).first()
    if meeting is None:
        raise Http404
    return found, meeting


def session_crumbs(request: MemberRequest, found: Mentorship, meeting: Session) -> list[Crumb]:
    slug = request.organization.slug
    when = date_format(timezone.localtime(meeting.starts_at), "SHORT_DATE_FORMAT")
    return [
        Crumb(_("Sessions"), reverse("mentoring:sessions", args=[slug, found.pk])),
        Crumb(when, reverse("mentoring:session", args=[slug, found.pk, meeting.pk])),
    ]
