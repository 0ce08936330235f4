"""Reverse mentoring: who mentors whom the other way round."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.forms.reverse import ReverseForm
from mentoring.permissions import ALUMNI_IS_ORGANISED_BY, can_organise_alumni
from mentoring.queries.reverse import reverse_visible_to
from mentoring.services.reverse import arrange_reverse, end_reverse
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def reverse_mentoring(request: MemberRequest) -> HttpResponse:
    """Who mentors whom the other way round; directors and HR admins arrange it."""
    may_arrange = can_organise_alumni(request.member)
    if request.method == "POST":
        demand(may_arrange, ALUMNI_IS_ORGANISED_BY)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and _arranged(request, form):
        messages.success(request, _("Arranged. Both are told."))
        return redirect("mentoring:reverse", request.organization.slug)
    context = {
        "page": numbered_page(request, reverse_visible_to(request.member), size=SHORT),
        "may_arrange": may_arrange,
        "form": form,
        "breadcrumbs": [Crumb(_("Reverse mentoring"))],
    }
    return render(request, "mentoring/reverse.html", context, status=status_of(form))


def _arranged(request: MemberRequest, form: ReverseForm) -> bool:
    try:
        arrange_reverse(**form.cleaned_data, by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@member_view
def reverse_end(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """End one."""
    end_reverse(get_object_or_404(reverse_visible_to(request.member), pk=pair_id), by=request.member)
    messages.success(request, _("Ended."))
    return redirect("mentoring:reverse", request.organization.slug)
