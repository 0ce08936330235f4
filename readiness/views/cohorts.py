"""The cohort dashboard, the people behind it and their file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.figures.satisfaction import LatestWords, latest_words
from mentoring.permissions import can_see_satisfaction
from mentoring.queries.satisfaction import satisfaction_index
from passport.enums import ReadOf
from passport.reads import record_reads
from people.access import MemberRequest, demand, member_view
from people.member import Member
from readiness.careers import careers_of
from readiness.cohorts import (
    CohortFilter,
    filtered_people,
    rows_of,
    summary_of,
    trend_of,
)
from readiness.dashboard import (
    HEAD,
    SUMMARY_HEAD,
    dimension_means,
    distribution,
    file_row,
    for_executives,
    mean_interval,
    rows_from,
    summary_rows,
    trend_figure,
)
from readiness.disclosure import may_show
from readiness.enums import CoachingState
from readiness.forms import RecalculateForm
from readiness.indicators import indicators_of
from readiness.models import CoachingTask
from readiness.permissions import (
    MEMBERS_ARE_FOR,
    can_request_scores,
)
from readiness.queries import closed_for, rule_in_short, tasks_overseen_by
from readiness.question import Asked, question_of
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_of
from web.files import file_links, table_response
from web.filters import chips
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb, Link
from web.sorting import Column, sorting

COLUMNS = [
    Column("Name", ("person__search_key", "pk"), key="name"),
    Column("Score", ("total", "pk"), key="score", numeric=True),
    *[Column(str(each.label), (each.value, "pk"), key=each.value, numeric=True) for each in Dimension],
    Column("Known", ("known_count", "pk"), key="known", numeric=True),
    Column("Change", numeric=True),
    Column("State", ("state", "pk"), key="state"),
]
PEOPLE = 15  # a page: each has seven figures; the file has all
QUEUE = 8  # coaching tasks beside the dashboard; the others are on their own page
NAMING = ("readiness:members", "readiness:stages", "readiness:comparison")  # pages about persons
QUEUED = (  # what is shown of each
    *("quarter", "state", "due_on", "snapshot__total"),
    *("person__given_name", "person__family_name", "owner__given_name", "owner__family_name"),
)


def asked(request: MemberRequest) -> Asked:
    return question_of(request.member, request.GET)


@member_view
def cohorts(request: MemberRequest) -> HttpResponse:
    """Scores of the people a director looks after, in the aggregate; for executives of everybody, each number
    over at least five people."""
    question = asked(request)
    summary = summary_of(question.scores)
    if not question.persons:
        summary = for_executives(summary)
    context = {
        **frame_of(request, question, current="readiness:cohorts"),
        "may_request": can_request_scores(request.member),
        "recalculate_form": RecalculateForm(today=question.on, initial={"quarter": question.chosen.quarter}),
        "weights": rule_in_short(quarter_of(timezone.localdate())),
        "summary": summary,
        "interval": mean_interval(summary.n, summary.mean, summary.sd),
        "distribution": distribution(summary) if any(summary.bins) else None,
        "dimensions": dimension_means(summary),
    }
    return render_page(request, "readiness/cohorts.html", context, partial="results")


@member_view
def members(request: MemberRequest) -> HttpResponse:
    """The people behind the dashboard's numbers, one by one: the same question, the same filter."""
    question = asked(request)
    demand(question.persons, MEMBERS_ARE_FOR)
    order = sorting(request, COLUMNS, default="name")
    rows = rows_of(question.scores, question.chosen.quarter).order_by(*order.order)
    page = numbered_page(request, rows, size=PEOPLE)
    record_reads([each.person_id for each in page], ReadOf.LIST, by=request.member)
    context = {
        **frame_of(request, question, current="readiness:members"),
        "columns": order.headers,
        "page": page,
        "rows": rows_from(page.rows),
    }
    return render_page(request, "readiness/members.html", context, partial="results")


@member_view
def cohorts_course(request: MemberRequest) -> HttpResponse:
    """How the same people came along: quarter by quarter, and since they entered; beside it how mentoring is
    found, over everybody: figures of parts could be taken away from each other.

    A part of the dashboard, which asks for it once it stands; without scripts a page of its own.
    """
    question = asked(request)
    context = {
        **frame_of(request, question, current="readiness:cohorts"),
        **course_of(question),
        "satisfaction": satisfaction_for(request.member, on=question.on),
    }
    return render_page(request, "readiness/cohorts_course.html", context, partial="results")


@member_view
def cohorts_queue(request: MemberRequest) -> HttpResponse:
    """Who of the same people waits for a conversation. A part of the dashboard, as `cohorts_course` is."""
    question = asked(request)
    demand(question.persons, MEMBERS_ARE_FOR)
    tasks = coaching_of(question.chosen, question.member, on=question.on)
    waiting = tasks.only(*QUEUED).exclude(state=CoachingState.CLOSED).order_by("due_on", "pk")
    queue = list(waiting[:QUEUE])
    record_reads([each.person_id for each in queue], ReadOf.LIST, by=question.member)
    context = {
        **frame_of(request, question, current="readiness:cohorts"),
        "queue": queue,
        "closed": closed_for(tasks, question.chosen.quarter),
    }
    return render_page(request, "readiness/cohorts_queue.html", context, partial="results")


def frame_of(request: MemberRequest, question: Asked, *, current: str) -> dict[str, Any]:
    """What surrounds the answer on all pages: the filter, and the way to the others with it."""
    asked_for, slug = request.GET.copy(), request.organization.slug
    for kept_out in ("page", "sort"):
        asked_for.pop(kept_out, None)
    tabs = [
        Link(label, f"{reverse(name, args=[slug])}?{asked_for.urlencode()}", icon, name == current)
        for label, name, icon in (
            (_("Overview"), "readiness:cohorts", "chart-histogram"),
            (_("People"), "readiness:members", "users"),
            (_("Stages and risks"), "readiness:stages", "stairs-up"),
            (_("Compare"), "readiness:comparison", "arrows-diff"),
            (_("Key figures"), "readiness:key_figures", "report-analytics"),
        )
        if question.persons or name not in NAMING
    ]
    return {
        "form": question.form,
        "chips": chips(request, question.form),
        "chosen": question.chosen,
        "persons": question.persons,
        "tabs": tabs,
        "kept": f"{reverse('readiness:saved', args=[slug])}?{asked_for.urlencode()}"
        if question.persons
        else "",
        "files": file_links(request, "readiness:cohorts", ("csv", "xlsx", "pdf"), slug),
        "breadcrumbs": [Crumb(_("Cohorts"))],
    }


def coaching_of(chosen: CohortFilter, member: Member, *, on: dt.date) -> QuerySet[CoachingTask]:
    """The coaching tasks of the chosen people, of whatever quarter, at the stage they were scored for."""
    tasks = tasks_overseen_by(member, on=on).filter(filtered_people(chosen))
    return tasks if chosen.stage is None else tasks.filter(snapshot__stage=chosen.stage)


def course_of(question: Asked) -> dict[str, Any]:
    """Trend, retention and promotion velocity; for executives, too, each over at least five people."""
    chosen, member, persons, on = question.chosen, question.member, question.persons, question.on
    quarters = trend_of(chosen, member, persons=persons, on=on)
    if not persons:
        quarters = [each for each in quarters if may_show(each.n)]
    return {
        "trend": trend_figure(quarters),
        "indicators": indicators_of(careers_of(chosen, member, persons=persons, on=on), today=on),
    }


def satisfaction_for(member: Member, *, on: dt.date) -> LatestWords | None:
    """How mentees and mentors found their mentorships in the newest closed quarter, if one was rated."""
    return latest_words(satisfaction_index(on=on)) if can_see_satisfaction(member) else None


@member_view
def cohorts_csv(request: MemberRequest) -> HttpResponse:
    return cohorts_file(request, "csv")


@member_view
def cohorts_xlsx(request: MemberRequest) -> HttpResponse:
    return cohorts_file(request, "xlsx")


def cohorts_file(request: MemberRequest, kind: str) -> HttpResponse:
    """The list of people as a file: the same question, the same rules, all pages."""
    question = asked(request)
    title = f"readiness-{question.chosen.quarter}"
    if not question.persons:
        return table_response(
            kind, title, SUMMARY_HEAD, summary_rows(for_executives(summary_of(question.scores)))
        )
    order = sorting(request, COLUMNS, default="name")
    rows = list(rows_of(question.scores, question.chosen.quarter).order_by(*order.order))
    record_reads([row.person_id for row in rows], ReadOf.FILE, by=request.member)
    return table_response(kind, title, HEAD, map(file_row, rows_from(rows)))
