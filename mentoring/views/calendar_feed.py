"""The secret address a calendar reads, and the page where somebody makes and revokes their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mentoring.queries.calendar_feed import feed_behind, feed_of, feed_token, sessions_for_calendar
from mentoring.services.calendar_feed import make_feed, revoke_feed
from mentoring.session_calendar import CONTENT_TYPE, calendar_of, entries_from_above, entry_of
from mentoring.views.mentorships import mentoring_crumb
from people.access import MemberRequest, member_view
from people.access_queries import still_has_access
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from web.addresses import full_address
from web.shell import Crumb


@never_cache
@require_safe
def feed(request: HttpRequest, organization_slug: str, token: str) -> HttpResponse:
    """Somebody's sessions, without names, for whoever has the address; 404 once it is revoked, or its person
    may not enter any more."""
    organization = Organization.objects.filter(slug=organization_slug).first()
    if organization is None:
        raise Http404
    with tenant_scope(organization.pk, reason="calendar feed"), timezone.override(organization.time_zone):
        found = feed_behind(token)
        if found is None or found.person.has_left(timezone.localdate()):
            raise Http404
        if not still_has_access(found.person_id):
            raise Http404
        page = reverse("mentoring:mine", args=[organization.slug])
        own = [entry_of(each, page) for each in sessions_for_calendar(found.person_id)]
        content = calendar_of([*own, *entries_from_above(found.person_id, organization.slug)])
    return HttpResponse(content, content_type=CONTENT_TYPE)


@member_view
def calendar(request: MemberRequest) -> HttpResponse:
    """How one's own calendar shows the sessions."""
    found, address = feed_of(request.member.person_id), ""
    if found is not None:
        path = reverse("calendars:feed", args=[request.organization.slug, feed_token(found)])
        address = full_address(path)
    trail = [mentoring_crumb(request), Crumb(_("My calendar"))]
    context = {"feed": found, "address": address, "breadcrumbs": trail}
    return render(request, "mentoring/calendar.html", context)


@require_POST
@member_view
def calendar_make(request: MemberRequest) -> HttpResponse:
    """A new secret address."""
    make_feed(by=request.member)
    messages.success(request, _("Made. Copy the address into your calendar."))
    return redirect("mentoring:calendar", request.organization.slug)


@require_POST
@member_view
def calendar_revoke(request: MemberRequest) -> HttpResponse:
    """No address any more."""
    revoke_feed(by=request.member)
    messages.success(request, _("Revoked. The address answers no more."))
    return redirect("mentoring:calendar", request.organization.slug)
