"""Beginning a regimen with a template."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from sponsors.permissions import REGIMEN_IS_CHANGED_BY, can_change_goals
from sponsors.regimen_templates import TEMPLATES, template_of
from sponsors.services.templates import begin_with_template
from sponsors.views.regimens import find_regimen, regimen_trail
from web.shell import Crumb


@member_view
def templates(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """What there is to begin with."""
    leader, seat = find_regimen(request, person_id)
    demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
    context = {
        "leader": leader,
        "templates": TEMPLATES,
        "breadcrumbs": [*regimen_trail(request, leader), Crumb(_("Templates"))],
    }
    return render(request, "sponsors/templates.html", context)


@require_POST
@member_view
def template_begin(request: MemberRequest, person_id: UUID, key: str) -> HttpResponse:
    """The plan begins with one of them."""
    leader, seat = find_regimen(request, person_id)
    demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
    template = template_of(key)
    if template is None:
        raise Http404
    try:
        begin_with_template(leader, template, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("That is a start. Now make it %(name)s’s.") % {"name": leader.given_name})
    return redirect("sponsors:regimen", request.organization.slug, leader.pk)
