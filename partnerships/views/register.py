"""Who partners with whom: the register, a unit's partnerships, and a new one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.forms.partnerships import RegisterFilter, RegisterForm
from partnerships.permissions import (
    PARTNERSHIPS_ARE_REGISTERED_BY,
    can_register_partnership,
    can_register_somewhere,
    watches_partnerships,
)
from partnerships.queries.coding import coded_by
from partnerships.queries.partnerships import (
    name_partners,
    own_partnerships,
    partnerships_in,
    registered_partnerships,
)
from partnerships.queries.programmes import sees_a_programme
from partnerships.services.partnerships import register_partnership
from people.access import MemberRequest, demand, member_view
from people.models import Unit
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def register(request: MemberRequest) -> HttpResponse:
    """Everybody may read who partners with whom; how they do is for whoever watches, with filters."""
    today, watches = timezone.localdate(), watches_partnerships(request.member)
    form = RegisterFilter(request.GET if watches else {})
    rows = registered_partnerships(on=today, **form.asked()).order_by("unit__name", "start_date", "pk")
    page = numbered_page(request, rows.prefetch_related(None), size=SHORT)
    own = own_partnerships(request.member.person_id, on=today)
    name_partners([*page, *own], on=today)
    context = {
        "form": form,
        "chips": chips(request, form),
        "watches": watches,
        "may_register": can_register_somewhere(request.member),
        "has_programmes": watches or sees_a_programme(request.member),
        "coded": coded_by(request.member.person_id),
        "own": own,
        "page": page,
        "breadcrumbs": [Crumb(_("Partnerships"))],
    }
    return render_page(request, "partnerships/register.html", context, partial="list", status=status_of(form))


@member_view
def unit(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """The partnerships of one unit, of now and of before."""
    found, today = get_object_or_404(Unit, pk=unit_id), timezone.localdate()
    rows = list(partnerships_in(found, on=today))
    context = {
        "unit": found,
        "now": [each for each in rows if each.end_date is None],
        "before": [each for each in rows if each.end_date is not None],
        "may_register": can_register_partnership(request.member, found.pk),
        "breadcrumbs": [*trail(request), Crumb(found.name)],
    }
    return render(request, "partnerships/unit.html", context)


@member_view
def new(request: MemberRequest) -> HttpResponse:
    """Register a partnership."""
    demand(can_register_somewhere(request.member), PARTNERSHIPS_ARE_REGISTERED_BY)
    form = RegisterForm(request.POST or None, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = register_partnership(form.founding(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Registered. The partners are told."))
            return redirect("partnerships:partnership", request.organization.slug, made.pk)
    context = {"form": form, "breadcrumbs": [*trail(request), Crumb(_("New"))]}
    return render(request, "partnerships/new.html", context, status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    """The path to a page of partnerships."""
    return [Crumb(_("Partnerships"), reverse("partnerships:register", args=[request.organization.slug]))]
