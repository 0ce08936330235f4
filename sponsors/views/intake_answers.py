"""Saying what one sees in a leader, or declining to. Whoever is asked sees the question, never the file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from sponsors.enums import Relation
from sponsors.forms.intake import AnswerForm, DeclineForm
from sponsors.models import IntakeRequest
from sponsors.queries.competencies import framework_for
from sponsors.queries.intake import request_put_to
from sponsors.rater_groups import FEWEST
from sponsors.services.intake import answer_request, decline_request
from web.forms import status_of
from web.shell import Crumb


@sensitive_post_parameters()
@member_view
def intake_answer(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """The promise, the three lists, one form."""
    asked = find_request(request, request_id)
    form = answer_form(request, asked)
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(
                asked, form.remarks(), named=form.cleaned_data.get("named", False), by=request.member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. It is in the box, and nobody opens it before the end."))
            return redirect("sponsors:mine", request.organization.slug)
    return answer_page(request, asked, form, DeclineForm())


@require_POST
@member_view
def intake_decline(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """Rather not."""
    asked = find_request(request, request_id)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            decline_request(asked, reason=form.cleaned_data["reason"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Declined. The sponsor is told."))
            return redirect("sponsors:mine", request.organization.slug)
    return answer_page(request, asked, answer_form(request, asked, empty=True), form)


def find_request(request: MemberRequest, request_id: UUID) -> IntakeRequest:
    """One put to the member, or 404."""
    found = request_put_to(request.member.person_id, request_id)
    if found is None:
        raise Http404
    return found


def answer_form(request: MemberRequest, asked: IntakeRequest, *, empty: bool = False) -> AnswerForm:
    competencies = framework_for(asked.round.leader.unit)
    sent = None if empty else request.POST or None
    return AnswerForm(sent, request=asked, competencies=competencies)


def answer_page(
    request: MemberRequest, asked: IntakeRequest, form: AnswerForm, decline_form: DeclineForm
) -> HttpResponse:
    context = {
        "asked": asked,
        "leader": asked.round.leader,
        "about_oneself": asked.relation == Relation.SELF,
        "is_manager": asked.relation == Relation.MANAGER,
        "open": asked.is_open,
        "form": form,
        "decline_form": decline_form,
        "fewest": FEWEST,
        "breadcrumbs": [
            Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug])),
            Crumb(_("What I see in %(name)s") % {"name": asked.round.leader.name}),
        ],
    }
    wrong = form if form.errors else decline_form
    return render(request, "sponsors/intake_answer.html", context, status=status_of(wrong))
