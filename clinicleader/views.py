"""Pages that belong to the whole site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinicleader.today import items_due
from people.access import MemberRequest, member_view
from tenancy.models import Membership, User


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the one organisation a user belongs to, or to a choice of them."""
    user = request.user
    memberships = list(
        Membership.objects.filter(user=user if isinstance(user, User) else None)
        .select_related("organization")
        .order_by("organization__name")
    )
    if len(memberships) == 1:
        return redirect("today", memberships[0].organization.slug)
    return render(request, "clinicleader/home.html", {"memberships": memberships})


@member_view
def today(request: MemberRequest) -> HttpResponse:
    """What is due for me."""
    on = timezone.localdate()
    items = items_due(request.member, request.organization.slug, on)
    lead = ngettext("One thing is due for you.", "%(count)s things are due for you.", len(items))
    context = {
        "items": items,
        "today": on,
        "lead": lead % {"count": len(items)} if items else _("Nothing is due for you."),
    }
    return render(request, "clinicleader/today.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """For load balancers and the launcher: the process answers and the database is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
