"""Where the people of a dashboard are on their way: stages, missing logs, who may be left behind."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from readiness.dashboard import ScoreRow, rows_from
from readiness.enums import ScoreState
from readiness.permissions import MEMBERS_ARE_FOR
from readiness.stages import FALL, StageCount, at_risk, funnel_of, missing_logs
from readiness.views.cohorts import asked, frame_of
from web.charts import Bar, Chart, bars
from web.htmx import render_page
from web.numbers import decimal
from web.paging import numbered_page

PEOPLE = 15  # a page of each list


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody on the list, and why they are on it."""

    row: ScoreRow
    reasons: list[str]


@member_view
def stages(request: MemberRequest) -> HttpResponse:
    """The same question and filter as the dashboard's."""
    question = asked(request)
    demand(question.persons, MEMBERS_ARE_FOR)
    quarter = question.chosen.quarter
    funnel = funnel_of(question.scores)
    risks = numbered_page(request, at_risk(question.scores, quarter), size=PEOPLE, keys_first=True)
    record_reads([each.person_id for each in risks], ReadOf.LIST, by=request.member)
    logs = missing_logs(question.scores, quarter)
    context = {
        **frame_of(request, question, current="readiness:stages"),
        "people": sum(each.people for each in funnel),
        "chart": chart_of(funnel) if funnel else None,
        "page": risks,
        "rows": [AtRisk(row, reasons_of(row)) for row in rows_from(risks.rows)],
        "logs": list(logs[:PEOPLE]),
        "missing": logs.count(),
        "fall": decimal(FALL, 0),
    }
    return render_page(request, "readiness/stages.html", context, partial="results")


def chart_of(funnel: list[StageCount]) -> Chart:
    """How many are in each stage, and how many of them have earned all that is due."""
    rows = [
        Bar(
            each.name or _("In no stage"),
            each.people,
            note=_("%(complete)d have all that is due") % {"complete": each.complete},
        )
        for each in funnel
    ]
    return bars(_("People by stage"), rows)


def reasons_of(row: ScoreRow) -> list[str]:
    """Why somebody may be left behind, in words."""
    found = []
    if row.snapshot.state == ScoreState.FLAGGED:
        found.append(_("below the line"))
    if row.snapshot.state == ScoreState.INSUFFICIENT_EVIDENCE:
        found.append(_("too little evidence"))
    if row.change is not None and row.change <= -FALL:
        found.append(_("%(points)s points fewer than the quarter before") % {"points": decimal(-row.change)})
    return found
