"""Answering a survey: signed in, or by the link in an invitation. Both ways lead to the same page and box."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from people.access import MemberRequest, member_view
from surveys.ballot_box import Cast, has_answered
from surveys.ballot_links import entry_behind, read_token
from surveys.enums import About, WaveState
from surveys.forms.answering import AnswerForm, form_of
from surveys.kept_answers import forget, keep, kept
from surveys.models import RollEntry, Wave
from surveys.papers import paper_of
from surveys.permissions import ANSWERS_ARE_FOR
from surveys.promise import promise
from surveys.queries import live_waves, roll_entry_of
from surveys.services.answering import send_answers
from tenancy.scope import tenant_transaction
from web.forms import status_of
from web.shell import Crumb

MEMBERS_PAGE = "surveys/answer.html"
LINKS_PAGE = "surveys/answer_by_link.html"


@sensitive_post_parameters()
@member_view
def answer(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """A member's own questionnaire of a wave in which they are asked."""
    wave = get_object_or_404(live_waves().exclude(state=WaveState.DRAFT), pk=wave_id)
    entry = roll_entry_of(request.member.person_id, wave)
    if entry is None:
        raise PermissionDenied(ANSWERS_ARE_FOR)
    return _questionnaire(request, entry, MEMBERS_PAGE)


@non_atomic_requests  # its transaction begins once it is known for which organisation
@never_cache
@sensitive_post_parameters()
def answer_by_link(request: HttpRequest, organization_slug: str, token: str) -> HttpResponse:
    """The same for whoever has the link that was sent to somebody on the roll."""
    link = read_token(token)
    if link is not None:
        with tenant_transaction(link.organization_id, actor_id=link.person_id):
            entry = entry_behind(link, organization_slug)
            if entry is not None:
                with timezone.override(entry.organization.time_zone):
                    if entry.person.has_left(timezone.localdate()):
                        return _said(request, entry.wave, LINKS_PAGE, "left")
                    return _questionnaire(request, entry, LINKS_PAGE)
    return render(request, "surveys/answer_closed.html", status=HTTPStatus.NOT_FOUND)


@sensitive_variables("form")
def _questionnaire(request: HttpRequest, entry: RollEntry, template: str) -> HttpResponse:
    """Inside a scope whose actor the entry of the roll is about."""
    wave = entry.wave
    if not _takes_answers(wave, timezone.localdate()):
        return _said(request, wave, template, Cast.CLOSED)
    if request.method != "POST":
        return _opened(request, entry, template)
    if "forget" in request.POST:
        response = redirect(request.path)
        forget(response, request, entry)
        return response
    form = form_of(paper_of(wave), request.POST)
    if "save" in request.POST:
        response = redirect(f"{request.path}?saved")
        keep(response, request, entry, form.chosen())
        return response
    if not form.is_valid():
        return _page(request, entry, template, form, status=status_of(form))
    return _send(request, entry, template, form)


@sensitive_variables("saved")
def _opened(request: HttpRequest, entry: RollEntry, template: str) -> HttpResponse:
    """The questions, with what this device kept of the answers."""
    if has_answered(entry.wave):
        return _said(request, entry.wave, template, "answered")
    saved = kept(request, entry)
    form = form_of(paper_of(entry.wave), saved=saved)
    return _page(request, entry, template, form, taken_up=bool(saved))


def _takes_answers(wave: Wave, on: dt.date) -> bool:
    return wave.state == WaveState.OPEN and on <= wave.closes_on


@sensitive_variables("form")
def _send(request: HttpRequest, entry: RollEntry, template: str, form: AnswerForm) -> HttpResponse:
    became = send_answers(entry.wave, form.answers, form.cleaned_data["comment"])
    response = _said(request, entry.wave, template, became)
    if became == Cast.COUNTED:
        forget(response, request, entry)
    return response


def _page(
    request: HttpRequest,
    entry: RollEntry,
    template: str,
    form: AnswerForm,
    *,
    taken_up: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    wave = entry.wave
    instrument = paper_of(wave).instrument
    context = {
        "case": "open",
        "wave": wave,
        "unit_id": entry.unit_id,
        "leader": entry.leader if instrument.about == About.LEADER else None,
        "instrument": instrument,
        "about_leader": instrument.about == About.LEADER,
        "form": form,
        "promise": promise(wave),
        "minutes": max(1, round(len(form.items) / 6)),
        "taken_up": taken_up,
        "saved": "saved" in request.GET,
        "breadcrumbs": [Crumb(wave.title)],
    }
    return render(request, template, context, status=status)


def _said(request: HttpRequest, wave: Wave, template: str, case: str) -> HttpResponse:
    """A page without questions: counted, answered before, closed."""
    refused = request.method == "POST" and case != Cast.COUNTED
    context = {
        "case": case,
        "refused": refused,
        "wave": wave,
        "about_leader": paper_of(wave).instrument.about == About.LEADER,
        "breadcrumbs": [Crumb(wave.title)],
        "bare": True,  # nothing is left to do here, and this page comes as often as ballots do
    }
    return render(request, template, context, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)
