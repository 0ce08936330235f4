"""The leaders I look after, with what each of them waits for, one click away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.access import MemberRequest, member_view
from sponsors.plan.reviews import SOON
from sponsors.queries.caseload import Case, caseload_of
from sponsors.queries.gates import Wait, gates_that_wait
from sponsors.regimen_words import CAUTIONS
from web.addresses import address
from web.shell import Crumb, Link

MOST: Final = 50  # gates to decide on one page, the most urgent first
GATES: Final[dict[str, Promise]] = {
    Wait.DECIDE: gettext_lazy("Decide the gate"),
    Wait.RECOMMEND: gettext_lazy("Recommend at the gate"),
    Wait.CONFIRM: gettext_lazy("Look at what is shown"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A case with its obligations, each a link."""

    case: Case
    cautions: list[str]
    is_overdue: bool
    obligations: list[Link]


@member_view
def caseload(request: MemberRequest) -> HttpResponse:
    """As sponsor and as immediate leader, by name."""
    today, slug = timezone.localdate(), request.organization.slug
    waiting = gates_that_wait(request.member, on=today)
    gates = [gate for gate in waiting if gate.wait == Wait.DECIDE][:MOST]
    rows = [row_of(case, slug, today) for case in caseload_of(request.member, on=today, gates=waiting)]
    context = {
        "rows": rows,
        "overdue": sum(row.is_overdue for row in rows),
        "obligations": sum(len(row.obligations) for row in rows) + len(gates),
        "gates": gates,
        "breadcrumbs": [Crumb(_("Clinic"), address("sponsors:mine", slug)), Crumb(_("My leaders"))],
    }
    return render(request, "sponsors/caseload.html", context)


def row_of(case: Case, slug: str, on: dt.date) -> Row:
    return Row(
        case,
        cautions=[str(CAUTIONS[each]) for each in case.cautions(on=on)],
        is_overdue=case.review is not None and case.review.due_on < on,
        obligations=obligations_of(case, slug, on),
    )


def obligations_of(case: Case, slug: str, on: dt.date) -> list[Link]:
    """What the leader waits for, the most pressing first."""
    plan = address("sponsors:regimen", slug, case.leader.pk)
    found = []
    if case.review is not None:
        page = address("sponsors:review", slug, case.leader.pk, case.review.pk)
        if case.waits_for_signature():
            found.append(Link(_("Read and sign the review"), page, "writing-sign"))
        elif case.review.due_on <= on + SOON and not case.review.is_signed_by_one:
            found.append(Link(_("Hold the review"), page, "calendar-heart"))
    if case.gate is not None:
        gate = address("sponsors:onboarding", slug, case.leader.pk)
        found.append(Link(str(GATES[case.gate.wait]), gate, "door"))
    if case.proposals:
        words = ngettext("Answer a proposal", "Answer %(count)d proposals", case.proposals)
        found.append(Link(words % {"count": case.proposals}, plan, "message"))
    if late := case.late_actions(on=on):
        words = ngettext("See to a late action", "See to %(count)d late actions", late)
        found.append(Link(words % {"count": late}, plan, "target-arrow"))
    if not case.version:
        found.append(Link(_("Write the plan"), plan, "clipboard-heart"))
    return found
