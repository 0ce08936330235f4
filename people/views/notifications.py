"""What a person was told."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from people.queries import notifications_of
from people.services.notifications import mark_notifications_read
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def notifications(request: MemberRequest) -> HttpResponse:
    """The list behind the bell, newest first."""
    page = keyset_page(request, notifications_of(request.member), order=("-created_at", "-pk"))
    context = {"page": page, "breadcrumbs": [Crumb(str(_("Notifications")))]}
    return render_page(request, "people/notifications.html", context, partial="list")


@require_POST
@member_view
def notifications_read(request: MemberRequest) -> HttpResponse:
    """Mark all as read."""
    mark_notifications_read(by=request.member)
    return redirect("people:notifications", request.organization.slug)
