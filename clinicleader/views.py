"""Pages that belong to the whole site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinicleader.shell import workplaces_of
from clinicleader.today import items_due
from people.access import MemberRequest, member_view
from people.access_queries import organizations_open_to
from tenancy.models import User


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the one organisation a user belongs to, or to a choice of them."""
    user = request.user
    organizations = organizations_open_to(user) if isinstance(user, User) else []
    if len(organizations) == 1:
        return redirect("today", organizations[0].slug)
    return render(request, "clinicleader/home.html", {"organizations": organizations})


@member_view
def today(request: MemberRequest) -> HttpResponse:
    """What is due for me."""
    on = timezone.localdate()
    items = items_due(request.member, request.organization.slug, on)
    lead = ngettext("One thing is due for you.", "%(count)s things are due for you.", len(items))
    context = {
        "items": items,
        "today": on,
        "places": workplaces_of(request),
        "lead": lead % {"count": len(items)} if items else _("Nothing is due for you."),
    }
    return render(request, "clinicleader/today.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """For load balancers and the launcher: the process answers and the database is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
