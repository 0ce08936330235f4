"""What talent reviews gave somebody to do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from succession.models import PoolAction
from succession.queries.reviews import actions_of
from succession.services.reviews import finish_action
from succession.views.pools import trail
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def review_actions(request: MemberRequest) -> HttpResponse:
    """One's own, what waits first."""
    context = {
        "page": numbered_page(request, actions_of(request.member.person_id), size=SHORT),
        "breadcrumbs": [*trail(request), Crumb(_("Actions"))],
    }
    return render(request, "succession/review_actions.html", context)


@require_POST
@member_view
def action_done(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """It is done. Somebody else's action does not exist."""
    found = get_object_or_404(PoolAction, pk=action_id, owner=request.member.person_id)
    try:
        finish_action(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Marked as done."))
    return redirect("succession:review_actions", request.organization.slug)
