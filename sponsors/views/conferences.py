"""A case conference on one page: question, evidence, diagnoses, prescription, review date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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

from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.enums import Domain
from sponsors.forms.conferences import ConclusionForm, EvidenceForm, InvitationForm
from sponsors.forms.diagnoses import AnswerToLeaderForm, QuestionForm
from sponsors.models import Conference, Diagnosis, DiagnosisQuestion
from sponsors.permissions import (
    CONFERENCE_IS_FOR,
    CONFERENCE_IS_OPENED_BY,
    EVIDENCE_COMES_FROM,
    can_answer_question,
    can_change_draft,
    can_diagnose,
    can_diagnose_something,
    can_hold_conference,
    can_note_evidence,
    can_take_evidence,
)
from sponsors.queries.conferences import (
    attendees_of,
    conference_shown_to,
    evidence_shown_to,
    guests_for,
)
from sponsors.queries.diagnoses import drafts_shown_to, told_in
from sponsors.seats import Seat
from sponsors.services.conferences import conclude_conference, note_evidence, open_conference
from sponsors.views.charts import find_clinic, trail
from web.forms import ids_of, status_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Found:
    """A conference that the member may read, and where they sit."""

    conference: Conference
    leader: Person
    seat: Seat


@member_view
def conference_new(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The sponsor calls the team together."""
    leader, seat = find_clinic(request, person_id)
    demand(can_hold_conference(seat), CONFERENCE_IS_OPENED_BY)
    guests = guests_for(leader.pk, on=timezone.localdate())
    form = InvitationForm(
        request.POST or None, guests=guests, initial={"guests": [str(each.person_id) for each in guests]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = open_conference(leader, form.invitation(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Called. Everybody is told, and so is the leader."))
            return redirect(to_page(request, made))
    context = {
        "leader": leader,
        "form": form,
        "guests": guests,
        "breadcrumbs": [*trail(request, leader), Crumb(_("A case conference"))],
    }
    return render(request, "sponsors/conference_form.html", context, status=status_of(form))


@member_view
def conference(request: MemberRequest, person_id: UUID, conference_id: UUID) -> HttpResponse:
    """All of it on one page."""
    return conference_page(request, find_conference(request, person_id, conference_id))


def find_conference(request: MemberRequest, person_id: UUID, conference_id: UUID) -> Found:
    """404 for whoever has no seat, or was not asked; 403 for whoever only sees that the clinic runs."""
    leader, seat = find_clinic(request, person_id)
    demand(seat.is_in_team, CONFERENCE_IS_FOR)
    found = conference_shown_to(seat, conference_id)
    if found is None:
        raise Http404
    return Found(found, leader, seat)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the leader, with the form of whoever can answer it."""

    question: DiagnosisQuestion
    form: forms.Form | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A released diagnosis with its thread, and what the reader can do with it."""

    diagnosis: Diagnosis
    acknowledged: bool
    corrected: bool
    may_correct: bool
    questions: list[Asked]
    form: forms.Form | None


def conference_page(
    request: MemberRequest, found: Found, *, refused: forms.Form | None = None, key: str = ""
) -> HttpResponse:
    """The page, also when one of its forms was refused: `key` names it."""
    seat, open_still = found.seat, not found.conference.is_concluded
    forms_here = Forms(refused, key)
    domains = domains_of(seat)
    drafts = drafts_shown_to(seat, found.conference)
    context = {
        "found": found,
        "leader": found.leader,
        "seat": seat,
        "conference": found.conference,
        "attendees": attendees_of(found.conference),
        "evidence": evidence_shown_to(seat, found.conference),
        "told": told_to(found, forms_here),
        "drafts": [(each, can_change_draft(seat, each)) for each in drafts],
        "home": reverse("today", args=[request.organization.slug]),
        "may_diagnose": can_diagnose_something(seat),
        "evidence_form": forms_here.get("evidence", EvidenceForm, domains=domains)
        if can_note_evidence(seat) and open_still
        else None,
        "may_take": can_take_evidence(seat) and open_still,
        "conclusion_form": forms_here.get("conclusion", ConclusionForm)
        if can_hold_conference(seat) and open_still
        else None,
        "refused": refused,
        "breadcrumbs": [*trail(request, found.leader), Crumb(title_of(found.conference))],
    }
    return render(request, "sponsors/conference.html", context, status=422 if refused else 200)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of the page: the refused one in its place, the others empty. Several ask for words."""

    refused: forms.Form | None
    key: str

    def get(self, key: str, form: type[forms.Form], **arguments: object) -> forms.Form:
        if key == self.key and self.refused is not None:
            return self.refused
        return form(auto_id=ids_of(key), **arguments)  # type: ignore[arg-type]  # what each form takes


def told_to(found: Found, forms_here: Forms) -> list[Shown]:
    """The diagnoses of the conference as the reader's seat shows them."""
    return [
        Shown(
            told.diagnosis,
            acknowledged=told.acknowledged,
            corrected=told.corrected,
            may_correct=can_diagnose(found.seat, told.diagnosis.domain) and not told.corrected,
            questions=[
                Asked(question, answer_form(found.seat, told.diagnosis, question, forms_here))
                for question in told.questions
            ],
            form=forms_here.get(told.diagnosis.pk.hex, QuestionForm) if found.seat.is_leader else None,
        )
        for told in told_in(found.conference, found.seat)
    ]


def answer_form(
    seat: Seat, diagnosis: Diagnosis, question: DiagnosisQuestion, forms_here: Forms
) -> forms.Form | None:
    if question.answered_at is not None or not can_answer_question(seat, diagnosis):
        return None
    return forms_here.get(question.pk.hex, AnswerToLeaderForm)


def domains_of(seat: Seat) -> Iterable[Domain]:
    """Of which somebody may say something."""
    return [domain for domain in Domain if can_diagnose(seat, domain)]


@require_POST
@member_view
def evidence(request: MemberRequest, person_id: UUID, conference_id: UUID) -> HttpResponse:
    """Bring something to the conference."""
    found = find_conference(request, person_id, conference_id)
    demand(can_note_evidence(found.seat), EVIDENCE_COMES_FROM)
    form = EvidenceForm(
        request.POST,
        auto_id=ids_of("evidence"),
        domains=domains_of(found.seat),
        home=reverse("today", args=[request.organization.slug]),
        host=request.get_host(),
    )
    if form.is_valid():
        try:
            note_evidence(found.conference, form.note(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted."))
            return redirect(to_page(request, found.conference))
    return conference_page(request, found, refused=form, key="evidence")


@require_POST
@member_view
def conclude(request: MemberRequest, person_id: UUID, conference_id: UUID) -> HttpResponse:
    """What the team recommends, and when it looks again."""
    found = find_conference(request, person_id, conference_id)
    demand(can_hold_conference(found.seat), CONFERENCE_IS_OPENED_BY)
    form = ConclusionForm(request.POST, auto_id=ids_of("conclusion"))
    if form.is_valid():
        try:
            conclude_conference(found.conference, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Concluded. The regimen comes next."))
            return redirect(to_page(request, found.conference))
    return conference_page(request, found, refused=form, key="conclusion")


def to_page(request: MemberRequest, conference: Conference) -> str:
    """Its address."""
    return reverse(
        "sponsors:conference", args=[request.organization.slug, conference.leader_id, conference.pk]
    )


def title_of(conference: Conference) -> str:
    return _("Case conference of %(day)s") % {"day": date_format(conference.held_on, "DATE_FORMAT")}
