"""Coding: one comment after the other; then settling where two coders differ."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.enums import AnalysisState, CoderPart
from partnerships.forms.analyses import DROP, KEEP, CodesForm
from partnerships.models import AuditAnalysis, Code, Coder
from partnerships.permissions import ANALYSIS_IS_BY, DIFFERENCES_ARE_SETTLED_BY, can_settle, is_coder
from partnerships.queries.coding import coder_in, codes_to_give, comments_of, outcome_of, readings_of
from partnerships.services.analyses import finish_coding, give_opinion, read_comment
from partnerships.views.analyses import analysis_crumb, audit_trail, coder_view, find_analysis
from people.access import MemberRequest, demand, member_view
from surveys.models import PublishedComment
from web.csv import csv_response
from web.forms import status_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Numbered:
    """A comment, its number in this analysis, and whether its coder has read it."""

    number: int
    quote: PublishedComment
    read: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A comment and a code that one of the two gave, and who says what by now."""

    quote: PublishedComment
    code: Code
    given_by: Coder
    own: bool | None
    said: list[tuple[Coder, bool]]
    is_open: bool

    @property
    def field(self) -> str:
        return f"{self.quote.pk}/{self.code.pk}"


@member_view
@coder_view
def coding(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """The next comment without codes, or the one that is asked for; before the coding begins all of them to
    read."""
    found, own = _own(request, programme_id, audit_id)
    given = readings_of(own)
    rows = [Numbered(place, each, each.pk in given) for place, each in enumerate(comments_of(found), start=1)]
    now = _asked_for(request, rows)
    offered = list(codes_to_give(programme_id))
    may_code = found.state == AnalysisState.CODING and own.finished_at is None
    posted = request.POST if request.method == "POST" else None  # nothing ticked is an answer
    form = CodesForm(posted, offered=offered, given=given.get(now.quote.pk, ()))
    if form.is_valid():
        try:
            read_comment(found, now.quote, form.cleaned_data["codes"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(_address(request, found, _after(now, rows)))
    context = {
        "analysis": found,
        "rows": rows,
        "now": now,
        "form": form if may_code else None,
        "own": own,
        "names": [each.name for each in offered if each.pk in given.get(now.quote.pk, ())],
        "read": sum(row.read for row in rows),
        "before": rows[now.number - 2] if now.number > 1 else None,
        "after": rows[now.number] if now.number < len(rows) else None,
        "breadcrumbs": _trail(request, found, _("Coding")),
    }
    return render(request, "partnerships/coding.html", context, status=status_of(form))


@require_POST
@member_view
def coding_finish(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """Hand it in."""
    found, _coder = _own(request, programme_id, audit_id)
    try:
        after = finish_coding(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_address(request, found, None))
    both = after.state == AnalysisState.SETTLING
    messages.success(
        request, _("Both have finished: see how far you agree.") if both else _("Handed in. Thank you.")
    )
    return redirect("partnerships:analysis", request.organization.slug, programme_id, audit_id)


@member_view
def coding_csv(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """One's own codes of each comment, as a table."""
    found, own = _own(request, programme_id, audit_id)
    given = readings_of(own)
    names = {code.pk: code.name for code in Code.objects.filter(programme=programme_id)}
    used = sorted(names, key=lambda code: names[code])
    rows = [
        [place, each.text, each.pk in given, *(int(code in given.get(each.pk, ())) for code in used)]
        for place, each in enumerate(comments_of(found), start=1)
    ]
    head = [_("Number"), _("Comment"), _("Read"), *(names[code] for code in used)]
    return csv_response("coding.csv", head, rows)


@member_view
@coder_view
def settling(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """Where the two differ, until both say the same or a third decides."""
    found = find_analysis(request, programme_id, audit_id)
    demand(can_settle(request.member, found), DIFFERENCES_ARE_SETTLED_BY)
    if found.state not in (AnalysisState.SETTLING, AnalysisState.RELEASED):
        return redirect("partnerships:analysis", request.organization.slug, programme_id, audit_id)
    if request.method == "POST":
        return _take_opinions(request, found)
    rows = _differences(found, request.member.person_id)
    context = {
        "analysis": found,
        "rows": [row for row in rows if row.is_open],
        "settled": [row for row in rows if not row.is_open],
        "keep": KEEP,
        "drop": DROP,
        "breadcrumbs": _trail(request, found, _("Differences")),
    }
    return render(request, "partnerships/settling.html", context)


def _take_opinions(request: MemberRequest, found: AuditAnalysis) -> HttpResponse:
    """What was chosen for each difference of the page."""
    taken = 0
    try:
        for row in _differences(found, request.member.person_id):
            chosen = request.POST.get(row.field)
            if chosen in (KEEP, DROP) and (chosen == KEEP) is not row.own:
                give_opinion(found, row.quote.pk, row.code.pk, has_code=chosen == KEEP, by=request.member)
                taken += 1
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted: %(count)d.") % {"count": taken})
    programme_id, audit_id = found.audit.programme_id, found.audit_id
    return redirect("partnerships:settling", request.organization.slug, programme_id, audit_id)


def _differences(found: AuditAnalysis, reader_id: UUID) -> list[Difference]:
    """In the order of the comments."""
    outcome = outcome_of(found)
    coders = {CoderPart(each.part): each for each in found.coders_by_part}
    own = coder_in(found, reader_id)
    part = CoderPart(own.part) if own else None
    codes = {code.pk: code for code in outcome.codes}
    quotes = {each.pk: (place, each) for place, each in enumerate(comments_of(found))}
    rows = []
    for decision, given_by in sorted(
        outcome.differ.items(), key=lambda one: (quotes[one[0][0]][0], codes[one[0][1]].name)
    ):
        said = outcome.opinions.get(decision, {})
        rows.append(
            Difference(
                quotes[decision[0]][1],
                codes[decision[1]],
                coders[given_by],
                said.get(part) if part else None,
                [(coders[each], holds) for each, holds in sorted(said.items())],
                decision in outcome.consensus.open,
            )
        )
    return rows


def _own(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> tuple[AuditAnalysis, Coder]:
    """Of one of the two who code."""
    found = find_analysis(request, programme_id, audit_id)
    demand(is_coder(request.member, found), ANALYSIS_IS_BY)
    own = coder_in(found, request.member.person_id)
    assert own is not None  # noqa: S101 - demanded above
    return found, own


def _asked_for(request: MemberRequest, rows: list[Numbered]) -> Numbered:
    asked = request.GET.get("comment", "")
    if asked:
        if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= len(rows):
            raise Http404
        return rows[int(asked) - 1]
    return next((row for row in rows if not row.read), rows[0])


def _after(now: Numbered, rows: list[Numbered]) -> int | None:
    """The next comment without codes, from here on and then from the start; None when all are read."""
    order = rows[now.number :] + rows[: now.number - 1]
    return next((row.number for row in order if not row.read), None)


def _address(request: MemberRequest, found: AuditAnalysis, number: int | None) -> str:
    slug, programme_id = request.organization.slug, found.audit.programme_id
    url = reverse("partnerships:coding", args=[slug, programme_id, found.audit_id])
    return f"{url}?{urlencode({'comment': number})}" if number else url


def _trail(request: MemberRequest, found: AuditAnalysis, last: str) -> list[Crumb]:
    return audit_trail(request, found.audit, analysis_crumb(request, found.audit), Crumb(last))
