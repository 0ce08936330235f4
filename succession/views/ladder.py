"""A rung of the ladder, marked done on the page of its position."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from succession.models import LadderTask
from succession.services.ladder import take_rung


@require_POST
@member_view
def ladder_done(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """What moved meanwhile is said there."""
    found = get_object_or_404(LadderTask.objects.select_related("appointment"), pk=task_id)
    try:
        take_rung(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Marked as done."))
    return redirect("succession:position", request.organization.slug, found.appointment.position_id)
