"""Leave to hold a position beyond its limit: what there is, asking for it, giving it, refusing it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import TermException
from succession.enums import ExceptionState
from succession.forms.exceptions import ExceptionFilter, ExceptionForm, RefusalForm
from succession.permissions import (
    EXCEPTIONS_ARE_ASKED_BY,
    EXCEPTIONS_ARE_DECIDED_BY,
    SUCCESSION_IS_WATCHED_BY,
    can_ask_exception,
    can_decide_exception,
    watches_succession,
)
from succession.queries.exceptions import exceptions
from succession.services.exceptions import approve_exception, ask_exception, refuse_exception
from succession.views.pools import trail
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Line:
    """One of them on the page."""

    exception: TermException
    state: ExceptionState
    may_decide: bool

    @property
    def waits(self) -> bool:
        return self.state == ExceptionState.WAITING

    @property
    def runs(self) -> bool:
        return self.state == ExceptionState.RUNNING


@member_view
def exception_list(request: MemberRequest) -> HttpResponse:
    """Waiting, running, refused and expired, with who asked, who decided, why and until when."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    form = ExceptionFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = numbered_page(request, exceptions(on=timezone.localdate(), state=state))
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "lines": [line_of(request, each) for each in page],
        "may_ask": can_ask_exception(request.member),
        "breadcrumbs": [*trail(request), Crumb(_("Exceptions"))],
    }
    return render_page(request, "succession/exceptions.html", context, partial="list", status=status_of(form))


def line_of(request: MemberRequest, exception: TermException) -> Line:
    state = ExceptionState(exception.state)  # type: ignore[attr-defined]  # annotated
    asked_by, person = exception.asked_by_id, exception.person_id
    may = can_decide_exception(request.member, asked_by=asked_by, person_id=person)
    return Line(exception, state, may and state == ExceptionState.WAITING)


@member_view
def exception_new(request: MemberRequest) -> HttpResponse:
    """Ask for one."""
    demand(can_ask_exception(request.member), EXCEPTIONS_ARE_ASKED_BY)
    form = ExceptionForm(request.POST or None, initial={"position": request.GET.get("position", "")})
    if request.method == "POST" and form.is_valid():
        try:
            ask_exception(form.plea(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked for. Executives are told."))
            return redirect("succession:exceptions", request.organization.slug)
    context = {"form": form, "breadcrumbs": [*exceptions_trail(request), Crumb(_("Ask for one"))]}
    return render(request, "succession/exception_new.html", context, status=status_of(form))


@require_POST
@member_view
def exception_approve(request: MemberRequest, exception_id: UUID) -> HttpResponse:
    """Give it; what moved meanwhile is said on the list."""
    demand(watches_succession(request.member), EXCEPTIONS_ARE_DECIDED_BY)
    found = get_object_or_404(TermException, pk=exception_id)
    try:
        approve_exception(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Approved. HR is told."))
    return redirect("succession:exceptions", request.organization.slug)


@member_view
def exception_refuse(request: MemberRequest, exception_id: UUID) -> HttpResponse:
    """Say no, and why. What was decided meanwhile is said on the list."""
    found = get_object_or_404(TermException.objects.select_related("position", "person"), pk=exception_id)
    may = can_decide_exception(request.member, asked_by=found.asked_by_id, person_id=found.person_id)
    demand(may, EXCEPTIONS_ARE_DECIDED_BY)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_exception(found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Refused. HR is told."))
        return redirect("succession:exceptions", request.organization.slug)
    context = {
        "form": form,
        "exception": found,
        "breadcrumbs": [*exceptions_trail(request), Crumb(_("Refuse"))],
    }
    return render(request, "succession/exception_refuse.html", context, status=status_of(form))


def exceptions_trail(request: MemberRequest) -> list[Crumb]:
    page = reverse("succession:exceptions", args=[request.organization.slug])
    return [*trail(request), Crumb(_("Exceptions"), page)]
