"""Writing a diagnosis and releasing it; the leader's acknowledgement and questions, and the answers."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from sponsors.forms.diagnoses import AnswerToLeaderForm, DiagnosisForm, QuestionForm
from sponsors.models import Diagnosis, DiagnosisDraft
from sponsors.permissions import (
    DIAGNOSIS_IS_READ_BY,
    DIAGNOSIS_IS_WRITTEN_BY,
    DRAFT_IS_ITS_AUTHORS,
    QUESTION_IS_ANSWERED_BY,
    can_answer_question,
    can_change_draft,
    can_diagnose_something,
)
from sponsors.queries.diagnoses import diagnoses_of, drafts_shown_to
from sponsors.services import diagnoses as services
from sponsors.views.charts import trail
from sponsors.views.conferences import (
    Found,
    conference_page,
    domains_of,
    find_conference,
    title_of,
    to_page,
)
from web.forms import ids_of, status_of
from web.shell import Crumb


@member_view
def diagnosis_new(request: MemberRequest, person_id: UUID, conference_id: UUID) -> HttpResponse:
    """A first draft; `?corrects=` names the released diagnosis that it corrects."""
    found = find_conference(request, person_id, conference_id)
    demand(can_diagnose_something(found.seat), DIAGNOSIS_IS_WRITTEN_BY)
    corrected = corrected_by(request, found)
    initial = {"domain": corrected.domain, "kind": corrected.kind} if corrected else {}
    form = DiagnosisForm(request.POST or None, domains=domains_of(found.seat), initial=initial)

    def draft() -> object:
        finding = form.finding(corrects=corrected.pk if corrected else None)
        return services.draft_diagnosis(found.conference, finding, by=request.member)

    return form_page(request, found, form, act=draft, corrected=corrected)


def corrected_by(request: MemberRequest, found: Found) -> Diagnosis | None:
    """What is to be corrected, or None; 404 where it is not the member's to read."""
    asked = request.GET.get("corrects")
    if asked is None:
        return None
    known = {str(each.pk): each for each in diagnoses_of(found.conference, found.seat)}
    if asked not in known:
        raise Http404
    return known[asked]


@member_view
def draft_edit(request: MemberRequest, person_id: UUID, conference_id: UUID, draft_id: UUID) -> HttpResponse:
    """Another wording of the own draft."""
    found, draft = find_draft(request, person_id, conference_id, draft_id)
    form = DiagnosisForm(
        request.POST or None, domains=domains_of(found.seat), initial=DiagnosisForm.values_of(draft)
    )

    def change() -> object:
        return services.change_draft(draft, form.finding(corrects=draft.corrects_id), by=request.member)

    return form_page(request, found, form, act=change, corrected=draft.corrects)


def find_draft(
    request: MemberRequest, person_id: UUID, conference_id: UUID, draft_id: UUID
) -> tuple[Found, DiagnosisDraft]:
    """The own draft: 404 for whoever does not read it, 403 for the sponsor, who reads it."""
    found = find_conference(request, person_id, conference_id)
    drafts = {each.pk: each for each in drafts_shown_to(found.seat, found.conference)}
    if draft_id not in drafts:
        raise Http404
    demand(can_change_draft(found.seat, drafts[draft_id]), DRAFT_IS_ITS_AUTHORS)
    return found, drafts[draft_id]


def form_page(
    request: MemberRequest,
    found: Found,
    form: DiagnosisForm,
    *,
    act: Callable[[], object],
    corrected: Diagnosis | None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept as a draft: you and the sponsor read it until you release it."))
            return redirect(to_page(request, found.conference))
    context = {
        "leader": found.leader,
        "conference": found.conference,
        "form": form,
        "corrected": corrected,
        "breadcrumbs": [
            *trail(request, found.leader),
            Crumb(title_of(found.conference), to_page(request, found.conference)),
            Crumb(_("A diagnosis")),
        ],
    }
    return render(request, "sponsors/diagnosis_form.html", context, status=status_of(form))


@require_POST
@member_view
def draft_release(
    request: MemberRequest, person_id: UUID, conference_id: UUID, draft_id: UUID
) -> HttpResponse:
    """The leader reads it from now on."""
    found, draft = find_draft(request, person_id, conference_id, draft_id)
    try:
        services.release_diagnosis(draft, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Released: %(name)s is told and reads it.") % {"name": found.leader.name})
    return redirect(to_page(request, found.conference))


@require_POST
@member_view
def draft_discard(
    request: MemberRequest, person_id: UUID, conference_id: UUID, draft_id: UUID
) -> HttpResponse:
    """The draft is gone, as if it had never been."""
    found, draft = find_draft(request, person_id, conference_id, draft_id)
    try:
        services.discard_draft(draft, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Discarded."))
    return redirect(to_page(request, found.conference))


@require_POST
@member_view
def acknowledge(
    request: MemberRequest, person_id: UUID, conference_id: UUID, diagnosis_id: UUID
) -> HttpResponse:
    """The leader has read it."""
    found, diagnosis = find_diagnosis(request, person_id, conference_id, diagnosis_id)
    services.acknowledge_diagnosis(diagnosis, by=request.member)
    messages.success(request, _("Thank you. Ask whatever is not clear."))
    return redirect(to_page(request, found.conference))


@require_POST
@member_view
def ask(request: MemberRequest, person_id: UUID, conference_id: UUID, diagnosis_id: UUID) -> HttpResponse:
    """The leader asks about a diagnosis."""
    found, diagnosis = find_diagnosis(request, person_id, conference_id, diagnosis_id)
    demand(found.seat.is_leader, DIAGNOSIS_IS_READ_BY)
    form = QuestionForm(request.POST, auto_id=ids_of(diagnosis.pk.hex))
    if form.is_valid():
        try:
            services.ask_about(diagnosis, form.cleaned_data["words"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. Author and sponsor are told; the answer comes here."))
            return redirect(to_page(request, found.conference))
    return conference_page(request, found, refused=form, key=diagnosis.pk.hex)


@require_POST
@member_view
def answer(
    request: MemberRequest, person_id: UUID, conference_id: UUID, diagnosis_id: UUID, question_id: UUID
) -> HttpResponse:
    """The author or the sponsor answers."""
    found, diagnosis = find_diagnosis(request, person_id, conference_id, diagnosis_id)
    asked = {each.pk: each for each in diagnosis.questions.all()}
    if question_id not in asked:
        raise Http404
    demand(can_answer_question(found.seat, diagnosis), QUESTION_IS_ANSWERED_BY)
    form = AnswerToLeaderForm(request.POST, auto_id=ids_of(question_id.hex))
    if form.is_valid():
        try:
            services.answer_question(asked[question_id], form.cleaned_data["answer"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Answered. The leader is told."))
            return redirect(to_page(request, found.conference))
    return conference_page(request, found, refused=form, key=question_id.hex)


def find_diagnosis(
    request: MemberRequest, person_id: UUID, conference_id: UUID, diagnosis_id: UUID
) -> tuple[Found, Diagnosis]:
    """A released diagnosis that the member reads, or 404."""
    found = find_conference(request, person_id, conference_id)
    diagnosis = diagnoses_of(found.conference, found.seat).filter(pk=diagnosis_id).first()
    if diagnosis is None:
        raise Http404
    return found, diagnosis
