"""Whether reviews are held: by unit for whoever answers for it, what is late by name, and the rule."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from sponsors.forms.reviews import ReviewRuleForm
from sponsors.models import Review
from sponsors.permissions import (
    ACCOUNTABILITY_IS_FOR,
    REVIEW_RULE_IS_KEPT_BY,
    can_keep_review_rule,
    can_see_accountability,
    can_see_late_reviews,
)
from sponsors.plan.accountability import FEWEST_LEADERS
from sponsors.queries.accountability import Line, accountability
from sponsors.queries.reviews import review_rule_in_force, reviews_that_escalate
from sponsors.services.review_calls import change_review_rule
from web.files import file_links, table_response
from web.forms import status_of
from web.numbers import MISSING, decimal
from web.paging import SHORT, keyset_page, numbered_page
from web.shell import Crumb


@member_view
def accountability_page(request: MemberRequest) -> HttpResponse:
    """Figures by unit, small ones told together; below them by name what is late for more than two weeks."""
    demand(can_see_accountability(request.member), ACCOUNTABILITY_IS_FOR)
    today, slug = timezone.localdate(), request.organization.slug
    told = accountability(request.member, on=today)
    units = numbered_page(request, told.lines, size=SHORT)
    by_name = can_see_late_reviews(request.member)
    late = reviews_that_escalate(request.member, on=today) if by_name else Review.objects.none()
    context = {
        "whole": row_of(told.whole) if told.whole else None,
        "units": units,
        "rows": [row_of(line) for line in units],
        "as_of": told.as_of,
        "fewest": FEWEST_LEADERS,
        "by_name": by_name,
        "page": keyset_page(request, late, order=("due_on", "pk"), size=SHORT),
        "rule": review_rule_in_force(),
        "may_rule": can_keep_review_rule(request.member),
        "files": file_links(request, "sponsors:accountability", ["csv"], slug),
        "breadcrumbs": [*trail(request), Crumb(_("Accountability"))],
    }
    return render(request, "sponsors/accountability.html", context)


@member_view
def accountability_csv(request: MemberRequest) -> HttpResponse:
    """The same rows as the page."""
    demand(can_see_accountability(request.member), ACCOUNTABILITY_IS_FOR)
    told = accountability(request.member, on=timezone.localdate())
    head = [
        *(_("Unit"), _("Told together with"), _("Leaders"), _("Reviews due")),
        *(_("In time"), _("Late"), _("Overdue"), _("Share in time, %"), _("95 % interval, %")),
    ]
    rows = (list(row_of(line).values()) for line in [*told.lines, *([told.whole] if told.whole else [])])
    return table_response("csv", _("reviews-by-unit"), head, rows)


def row_of(line: Line) -> dict[str, object]:
    """What a line tells, as page and file say it."""
    share = line.share
    return {
        "unit": line.unit or _("All together"),
        "others": ", ".join(line.others),
        "leaders": line.tally.leaders,
        "due": line.tally.due,
        "in_time": line.tally.in_time,
        "late": line.tally.late,
        "overdue": line.tally.overdue,
        "percent": MISSING if share.share is None else decimal(share.share * 100, 0),
        "interval": MISSING
        if share.low is None or share.high is None
        else f"{decimal(share.low * 100, 0)}–{decimal(share.high * 100, 0)}",
    }


@member_view
def review_rule(request: MemberRequest) -> HttpResponse:
    """How often regimens are reviewed here."""
    demand(can_keep_review_rule(request.member), REVIEW_RULE_IS_KEPT_BY)
    rule = review_rule_in_force()
    form = ReviewRuleForm(request.POST or None, initial={"every_days": rule.every_days})
    if request.method == "POST" and form.is_valid():
        try:
            change_review_rule(form.cleaned_data["every_days"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. The days of open reviews moved with it."))
            return redirect("sponsors:accountability", request.organization.slug)
    page = reverse("sponsors:accountability", args=[request.organization.slug])
    context = {
        "form": form,
        "rule": rule,
        "breadcrumbs": [*trail(request), Crumb(_("Accountability"), page), Crumb(_("How often"))],
    }
    return render(request, "sponsors/review_rule.html", context, status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug]))]
