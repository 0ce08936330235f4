"""The page behind the link that stops a wave's reminders."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from surveys.reminder_links import entry_of
from surveys.services.asking import stop_reminders
from surveys.wave_queries import reminders_of
from tenancy.models import Organization
from tenancy.scope import tenant_scope


# Mail programs post here by themselves (RFC 8058) and have no cookie; the signed link is what allows it.
@csrf_exempt
@never_cache
def stop(request: HttpRequest, organization_slug: str, token: str) -> HttpResponse:
    """One button. Opening the link changes nothing: mail scanners open every link."""
    organization = Organization.objects.filter(slug=organization_slug).first()
    entry_id = entry_of(token)
    if organization is None or entry_id is None:
        return _page(request, "unknown")
    with tenant_scope(organization.pk, reason="reminders"):
        found = reminders_of(entry_id)
        if found is None:
            return _page(request, "unknown")
        if request.method == "POST" and found.is_open:
            stop_reminders(entry_id)
            return _page(request, "stopped", title=found.title)
    case = ("offer" if found.wanted else "stopped") if found.is_open else "over"
    return _page(request, case, title=found.title)


def _page(request: HttpRequest, case: str, title: str = "") -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if case == "unknown" else HTTPStatus.OK
    return render(request, "surveys/reminders.html", {"case": case, "title": title}, status=status)
