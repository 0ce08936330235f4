"""One pair of a matching: why the two fit, what the score is made of, and another mentor instead."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.enums import ProposalState, RunState
from mentoring.forms.studio import OverrideForm
from mentoring.models import Proposal
from mentoring.pair_terms import terms_of
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.runs import pair_visible_to
from mentoring.services.pairs import override_pair
from mentoring.views.studio import studio_crumb
from mentoring.wording_of_pairs import points
from people.access import MemberRequest, demand, member_view
from people.queries import names_of
from web.shell import Crumb


@member_view
def pair(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """A pair with its arithmetic and its next best mentors."""
    return pair_page(request, find_pair(request, pair_id))


@require_POST
@member_view
def pair_replace(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """Propose one of the others instead, with a reason."""
    found = find_pair(request, pair_id)
    form = OverrideForm(request.POST, mentors=_choices(found))
    if not form.is_valid():
        return pair_page(request, found, form)
    try:
        made = override_pair(
            found,
            mentor_id=UUID(form.cleaned_data["mentor"]),
            reason=form.cleaned_data["reason"],
            by=request.member,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return pair_page(request, found, form)
    messages.success(request, _("Replaced in this matching. The reason stands with the pair."))
    return redirect("mentoring:pair", request.organization.slug, made.pk)


def find_pair(request: MemberRequest, pair_id: UUID) -> Proposal:
    """A pair of a cohort one directs; 403 for whoever directs none, 404 for another one's."""
    demand(can_run_matching(request.member), MATCHING_IS_RUN_BY)
    found = pair_visible_to(request.member, pair_id)
    if found is None:
        raise Http404
    return found


def pair_page(request: MemberRequest, found: Proposal, form: OverrideForm | None = None) -> HttpResponse:
    run = found.run
    names = names_of(UUID(each["mentor"]) for each in found.alternatives)
    open_runs = {RunState.DONE, RunState.PUBLISHED}
    back = reverse("mentoring:run_pairs", args=[request.organization.slug, run.pk])
    context = {
        "pair": found,
        "terms": terms_of(found),
        "total": points(found.score),
        "alternatives": [
            {
                **each,
                "name": names.get(UUID(each["mentor"]), _("Somebody who is gone")),
                "points": points(each["score"]),
            }
            for each in found.alternatives
        ],
        "may_replace": run.state in open_runs
        and found.state == ProposalState.PROPOSED
        and any(each["open"] for each in found.alternatives),
        "form": form or OverrideForm(mentors=_choices(found, names)),
        "breadcrumbs": [studio_crumb(request), Crumb(run.cohort.name, back), Crumb(found.mentee.name)],
    }
    return render(request, "mentoring/pair.html", context, status=422 if form else 200)


def _choices(found: Proposal, names: dict[UUID, str] | None = None) -> list[tuple[str, str]]:
    names = names_of(UUID(each["mentor"]) for each in found.alternatives) if names is None else names
    return [
        (each["mentor"], f"{names[UUID(each['mentor'])]}, {points(each['score'])}")
        for each in found.alternatives
        if each["open"] and UUID(each["mentor"]) in names
    ]
