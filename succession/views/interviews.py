"""Interviews of the staff: the list of whoever interviews, and the two answers to each."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from succession.forms.selections import OfferForm
from succession.models import RollMember
from succession.permissions import INTERVIEWS_ARE_HELD_BY, can_interview
from succession.queries.selections import coverage_of, interviews_of, place_on_panel
from succession.services.interviews import ask_another_time, confirm_held, decline_interview, offer
from succession.views.selections import crumb_of, find_own, trail
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb

STEPS = {
    "held": (confirm_held, gettext_lazy("Written down: it took place.")),
    "other": (ask_another_time, gettext_lazy("Another time is offered to you.")),
    "decline": (decline_interview, gettext_lazy("Written down. It counts as offered.")),
}


@member_view
def interviews(request: MemberRequest, selection_id: UUID) -> HttpResponse:
    """Whom I interview, and times to offer."""
    found, seat = find_own(request, selection_id)
    demand(can_interview(seat), INTERVIEWS_ARE_HELD_BY)
    place = place_on_panel(found, request.member.person_id)
    assert place is not None  # noqa: S101 - demanded above
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offered = offer(found, slots=form.slots(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Offered to %(count)d. They are told.") % {"count": len(offered)})
            return redirect("succession:interviews", request.organization.slug, selection_id)
    context = {
        "selection": found,
        "form": form,
        "page": numbered_page(request, interviews_of(place)),
        "coverage": coverage_of(found),
        "now": timezone.now(),
        "breadcrumbs": [*trail(request), crumb_of(request, found), Crumb(_("Interviews"))],
    }
    return render(request, "succession/interviews.html", context, status=status_of(form))


def step_of(step: str) -> Callable[..., HttpResponse]:
    """The view that takes one answer."""

    @require_POST
    @member_view
    def view(request: MemberRequest, selection_id: UUID, entry_id: UUID) -> HttpResponse:
        found, _seat = find_own(request, selection_id)
        entries = RollMember.objects.select_related("selection", "interviewer")
        entry = get_object_or_404(entries, pk=entry_id, selection=found)
        act, said = STEPS[step]
        try:
            act(entry, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, str(said))
        own = entry.person_id == request.member.person_id
        page = "succession:selection" if own else "succession:interviews"
        return redirect(page, request.organization.slug, selection_id)

    return view
