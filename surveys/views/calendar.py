"""The year's calendar of surveys, what it holds, and the rule beside it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from surveys.calendar_queries import calendar_entries, quarters_of
from surveys.forms.calendar import EntryForm, RuleForm
from surveys.models import CalendarEntry, SurveyRule
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import instruments_to_launch
from surveys.rolls import rule_in_force
from surveys.services.calendar import delete_entry, save_entry, save_rule, start_usual_calendar
from surveys.services.errors import TitleTakenError
from surveys.views.crumbs import crumbs
from web.forms import status_of
from web.shell import Crumb

YEARS_AHEAD = 1


@member_view
def calendar(request: MemberRequest) -> HttpResponse:
    """A year of surveys; the years of the past show what ran."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return _calendar(request, RuleForm(rule=rule_in_force()))


@require_POST
@member_view
def rule(request: MemberRequest) -> HttpResponse:
    """Change the rule."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    form = RuleForm(request.POST, rule=rule_in_force())
    if not form.is_valid():
        return _calendar(request, form)
    save_rule(SurveyRule(**form.cleaned_data), by=request.member)
    messages.success(request, _("The rule is changed. It holds for every survey that opens from now on."))
    return redirect("surveys:calendar", request.organization.slug)


def _calendar(request: MemberRequest, form: RuleForm) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today.year)
    entries = list(calendar_entries())
    in_use = set(instruments_to_launch().values_list("key", flat=True))
    context = {
        "year": year,
        "before": year - 1,
        "after": year + 1 if year < today.year + YEARS_AHEAD else None,
        "quarters": quarters_of(year, entries, on=today),
        "entries": [(entry, entry.instrument.key in in_use) for entry in entries],
        "form": form,
        "rule": rule_in_force(),
        "breadcrumbs": crumbs(request, Crumb(_("Calendar"))),
    }
    return render(request, "surveys/calendar.html", context, status=status_of(form))


def _year(text: str, running: int) -> int:
    """The year in an address; the running one for anything that is none."""
    year = int(text) if len(text) == 4 and text.isdecimal() else running
    return year if 2000 <= year <= running + YEARS_AHEAD else running


@require_POST
@member_view
def usual(request: MemberRequest) -> HttpResponse:
    """Fill an empty calendar with the usual year."""
    start_usual_calendar(by=request.member)
    return redirect("surveys:calendar", request.organization.slug)


@member_view
def entry_new(request: MemberRequest) -> HttpResponse:
    """Put a survey on the calendar."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return _edit(request, CalendarEntry(month=timezone.localdate().month), _("New survey of the calendar"))


@member_view
def entry_edit(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """Change a survey of the calendar."""
    row = _entry(request, entry_id)
    return _edit(request, row, row.title)


@require_POST
@member_view
def entry_delete(request: MemberRequest, entry_id: UUID) -> HttpResponse:
    """Take a survey off the calendar."""
    row = _entry(request, entry_id)
    delete_entry(row, by=request.member)
    messages.success(request, _("“%(title)s” is off the calendar.") % {"title": row.title})
    return redirect("surveys:calendar", request.organization.slug)


def _entry(request: MemberRequest, entry_id: UUID) -> CalendarEntry:
    found = get_object_or_404(calendar_entries(), pk=entry_id)
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return found


def _edit(request: MemberRequest, row: CalendarEntry, title: str) -> HttpResponse:
    slug = request.organization.slug
    form = EntryForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_entry(form.fill(row), by=request.member)
        except TitleTakenError:
            form.add_error("title", form.TITLE_TAKEN)
        else:
            return redirect("surveys:calendar", slug)
    back = reverse("surveys:calendar", args=[slug])
    context = {
        "form": form,
        "title": title,
        "entry": None if row._state.adding else row,
        "back": back,
        "breadcrumbs": crumbs(request, Crumb(_("Calendar"), back), Crumb(title)),
    }
    return render(request, "surveys/calendar_entry.html", context, status=status_of(form))
