"""A partnership check: the answer, the waiting, and what all said, side by side and over time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.comparison import Round, rows_of
from partnerships.enums import Scale
from partnerships.forms.checks import AnswerForm
from partnerships.models import CheckAnswer, CheckPlace, PartnershipCheck
from partnerships.models.checks import HIGHEST, LOWEST
from partnerships.permissions import CHECK_IS_ANSWERED_BY, CHECK_IS_FOR, can_read_check, is_on_roll
from partnerships.queries.checks import answers_of, check_in, revealed_checks
from partnerships.services import checks as services
from partnerships.views.partnerships import find_partnership
from partnerships.views.register import trail
from people.access import MemberRequest, demand, member_view
from web.charts import Chart, Shift, shifts
from web.forms import status_of
from web.shell import Crumb


@member_view
def check(request: MemberRequest, partnership_id: UUID, check_id: UUID) -> HttpResponse:
    """Answer it; then wait for the others, or read it with them."""
    found = find_check(partnership_id, check_id)
    demand(can_read_check(request.member, found), CHECK_IS_FOR)
    own = next((each for each in found.places_by_name if each.person_id == request.member.person_id), None)
    may_answer = found.is_open and own is not None and own.answered_at is None
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        demand(own is not None, CHECK_IS_ANSWERED_BY)
        if form.is_valid():
            try:
                after = services.answer_check(found, form.said(), by=request.member)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                said = _("All have answered: read it together.") if after.is_revealed else _("Answered.")
                messages.success(request, said)
                return _back(request, found)
    slug = request.organization.slug
    context = {
        "check": found,
        "partnership": found.partnership,
        "own": own,
        "form": form if may_answer or form.errors else None,
        "waiting": [each for each in found.places_by_name if each.answered_at is None],
        **(_answers(found, request.member.person_id) if found.is_revealed else {}),
        "breadcrumbs": [
            *trail(request),
            Crumb(
                found.partnership.unit.name,
                reverse("partnerships:partnership", args=[slug, found.partnership_id]),
            ),
            Crumb(_("Check")),
        ],
    }
    return render(request, "partnerships/check.html", context, status=status_of(form))


@require_POST
@member_view
def check_share(request: MemberRequest, partnership_id: UUID, check_id: UUID) -> HttpResponse:
    """Agree that others read it, or take that back."""
    found = find_check(partnership_id, check_id)
    demand(is_on_roll(request.member, found), CHECK_IS_ANSWERED_BY)
    agreed = "agreed" in request.POST
    try:
        services.agree_to_share(found, agreed=agreed, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        agreeing = _("You agree. HR admins and executives read it when all of you do.")
        messages.success(request, agreeing if agreed else _("Taken back: from now on nobody else reads it."))
    return _back(request, found)


@require_POST
@member_view
def check_call_off(request: MemberRequest, partnership_id: UUID, check_id: UUID) -> HttpResponse:
    """It comes to nothing."""
    found = find_check(partnership_id, check_id)
    demand(is_on_roll(request.member, found), CHECK_IS_ANSWERED_BY)
    try:
        services.call_off_check(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Called off. What was answered is shown to nobody."))
    return _back(request, found)


def find_check(partnership_id: UUID, check_id: UUID) -> PartnershipCheck:
    found = check_in(find_partnership(partnership_id), check_id)
    if found is None:
        raise Http404
    return found


def _back(request: MemberRequest, found: PartnershipCheck) -> HttpResponse:
    return redirect("partnerships:check", request.organization.slug, found.partnership_id, found.pk)


def _answers(found: PartnershipCheck, reader_id: UUID) -> dict[str, object]:
    """All answers of the check beside those before it."""
    before = revealed_checks(found, to=reader_id)
    answers = answers_of(before)
    rounds = [
        round_of(each, answers[each.pk])
        for each in before
        if len(answers.get(each.pk, ())) == len(each.places_by_name)
    ]
    own = [(place, answers[found.pk][place.person_id]) for place in found.places_by_name]
    return {
        "rows": rows_of(rounds),
        "days": [each.on for each in rounds],
        "words": [(str(scale.label), words_of(scale, own)) for scale in Scale],
        "chart": change_chart(rounds) if len(rounds) > 1 else None,
    }


def round_of(check: PartnershipCheck, answers: dict[UUID, CheckAnswer]) -> Round:
    """A check as plain values, by the partners' names."""
    return Round(
        check.opened_on,
        {
            scale: {
                place.person.name: answers[place.person_id].score(scale) for place in check.places_by_name
            }
            for scale in Scale
        },
    )


def words_of(scale: Scale, own: list[tuple[CheckPlace, CheckAnswer]]) -> list[tuple[str, str]]:
    """Who wrote what to a scale."""
    return [(place.person.name, answer.word(scale)) for place, answer in own if answer.word(scale)]


def change_chart(rounds: list[Round]) -> Chart:
    """From the check before to this one: the mean of the partners, each scale a line."""
    before, last = rounds[-2], rounds[-1]
    return shifts(
        _("Change since the check before"),
        [Shift(str(scale.label), before.mean(scale), last.mean(scale)) for scale in Scale],
        low=LOWEST,
        high=HIGHEST,
        names=(_short(before), _short(last), ""),
    )


def _short(moment: Round) -> str:
    return date_format(moment.on, "SHORT_DATE_FORMAT")
