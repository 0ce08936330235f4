"""What stands in leaders' way by kind and by unit, and by name what is overdue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from sponsors.models import Obstacle
from sponsors.permissions import (
    OBSTACLE_REPORT_IS_FOR,
    can_see_late_obstacles,
    can_see_obstacle_report,
)
from sponsors.plan.accountability import FEWEST_LEADERS
from sponsors.queries.obstacle_report import Line, obstacle_report
from sponsors.queries.obstacles import overdue_obstacles
from web.files import file_links, table_response
from web.paging import SHORT, keyset_page, numbered_page
from web.shell import Crumb


@member_view
def report(request: MemberRequest) -> HttpResponse:
    """Figures, small ones told together; below them who waits, without what is said."""
    demand(can_see_obstacle_report(request.member), OBSTACLE_REPORT_IS_FOR)
    today, slug = timezone.localdate(), request.organization.slug
    by_name = can_see_late_obstacles(request.member)
    late = overdue_obstacles(request.member, on=today) if by_name else Obstacle.objects.none()
    told = obstacle_report(request.member, on=today)
    context = {
        "report": told,
        "units": numbered_page(request, told.by_unit, size=SHORT),
        "fewest": FEWEST_LEADERS,
        "by_name": by_name,
        "page": keyset_page(request, late, order=("due_on", "pk"), size=SHORT),
        "files": file_links(request, "sponsors:obstacle_report", ["csv"], slug),
        "breadcrumbs": [
            Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])),
            Crumb(_("What stands in the way")),
        ],
    }
    return render(request, "sponsors/obstacle_report.html", context)


@member_view
def report_csv(request: MemberRequest) -> HttpResponse:
    """The same figures as the page."""
    demand(can_see_obstacle_report(request.member), OBSTACLE_REPORT_IS_FOR)
    told = obstacle_report(request.member, on=timezone.localdate())
    head = [
        *(_("By"), _("Name"), _("Told together"), _("Leaders")),
        *(_("Open"), _("Overdue"), _("Removed"), _("Accepted as it is")),
    ]
    rows = [
        *(row_of(_("Kind"), line) for line in told.by_kind),
        *(row_of(_("Unit"), line) for line in told.by_unit),
    ]
    return table_response("csv", _("obstacles"), head, rows)


def row_of(by: str, line: Line) -> list[object]:
    tally = line.tally
    figures = [tally.leaders, tally.open, tally.overdue, tally.removed, tally.accepted]
    return [by, line.name, ", ".join(line.others), *figures]
