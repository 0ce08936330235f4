"""The page of an audit's thematic analysis: how far it is, and what is next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from partnerships.agreement import Agreement
from partnerships.enums import AnalysisState
from partnerships.forms.analyses import AnalysisForm, BeginAnalysisForm, EndForm, ReplaceForm, ThirdForm
from partnerships.models import AuditAnalysis, Code, Feedback, ProgrammeAudit
from partnerships.permissions import (
    ANALYSIS_IS_BY,
    PROGRAMME_IS_RUN_BY,
    can_run_programme,
    can_settle,
    is_coder,
)
from partnerships.queries.coding import (
    Outcome,
    analysis_of,
    audit_for,
    coder_in,
    coders_missing,
    coders_who_left,
    ended_analyses,
    former_coding_of,
    outcome_of,
    read_so_far,
    theme_quotes,
)
from partnerships.queries.findings import feedback_figures, to_tell_in_person
from partnerships.queries.programmes import sees_programme
from partnerships.services import analyses as services
from partnerships.services.findings import note_spoken, release_findings
from partnerships.services.leaving import OVER, end_analysis, replace_coder
from partnerships.theme_release import told_themes
from partnerships.views.register import trail
from people.access import MemberRequest, demand, member_view
from people.member import Member
from people.steps import Step, take_step
from surveys.models import PublishedComment
from web.forms import ids_of
from web.numbers import decimal
from web.shell import Crumb
from web.stations import Station


@dataclass(frozen=True, slots=True)
class AnalysisStep(Step):
    """A step of an analysis, or the one before it has begun."""

    form: type[AnalysisForm]


# Each posts to partnerships:analysis_<name>; its form is `<name>_form` on the page. "begin" is of the audit.
STEPS = {
    "begin": AnalysisStep(BeginAnalysisForm, services.begin_analysis, gettext_lazy("Both are asked.")),
    "start": AnalysisStep(
        AnalysisForm, services.begin_coding, gettext_lazy("The codebook stands. Both can code now.")
    ),
    "third": AnalysisStep(ThirdForm, services.name_third, gettext_lazy("The third reader is asked.")),
    "replace": AnalysisStep(ReplaceForm, replace_coder, gettext_lazy("Replaced. All of them are told.")),
    "end": AnalysisStep(
        EndForm, end_analysis, gettext_lazy("Ended. It stays in the history; you can begin another one.")
    ),
    "release": AnalysisStep(
        AnalysisForm, release_findings, gettext_lazy("Released. All who take part are told.")
    ),
}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """How far two coders agree on a code."""

    code: Code
    agreement: Agreement


AuditView = Callable[[MemberRequest, UUID, UUID], HttpResponse]


def coder_view(view: AuditView) -> AuditView:
    """A page to which notices lead coders. Who codes no more may still have one, and reads so."""

    @wraps(view)
    def seen(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
        if audit_for(request.member, programme_id, audit_id) is not None:
            return view(request, programme_id, audit_id)
        former = former_coding_of(request.member.person_id, programme_id, audit_id)
        if former is None:
            raise Http404
        context = {"coder": former, "breadcrumbs": audit_trail(request, former.analysis.audit)}
        return render(request, "partnerships/no_longer.html", context, status=HTTPStatus.GONE)

    return seen


@member_view
@coder_view
def analysis(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """For who takes part, who runs the programme and who codes."""
    return analysis_page(request, find_audit(request, programme_id, audit_id))


@require_POST
@member_view
def analysis_step(request: MemberRequest, programme_id: UUID, audit_id: UUID, name: str) -> HttpResponse:
    """Do what is next, or show the page again with what is wrong."""
    audit = find_audit(request, programme_id, audit_id)
    found = analysis_of(audit)
    runs = can_run_programme(request.member, audit.programme)
    coder = found is not None and is_coder(request.member, found)
    demand(runs or (name == "start" and coder), ANALYSIS_IS_BY if name == "start" else PROGRAMME_IS_RUN_BY)
    subject = audit if name == "begin" else found
    if subject is None:
        raise Http404
    form = _form(name, found, request.POST)
    if take_step(STEPS[name], subject, form, request) is None:
        return analysis_page(request, audit, refused=form, step=name)
    return _back(request, audit)


@require_POST
@member_view
def feedback_spoken(
    request: MemberRequest, programme_id: UUID, audit_id: UUID, item_id: UUID
) -> HttpResponse:
    """Somebody was told in person."""
    audit = find_audit(request, programme_id, audit_id)
    demand(can_run_programme(request.member, audit.programme), PROGRAMME_IS_RUN_BY)
    feedback = get_object_or_404(Feedback, pk=item_id, analysis__audit=audit)
    try:
        note_spoken(feedback, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted."))
    return _back(request, audit)


def find_audit(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> ProgrammeAudit:
    found = audit_for(request.member, programme_id, audit_id)
    if found is None:
        raise Http404
    return found


def find_analysis(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> AuditAnalysis:
    found = analysis_of(find_audit(request, programme_id, audit_id))
    if found is None:
        raise Http404
    return found


def analysis_page(
    request: MemberRequest, audit: ProgrammeAudit, *, refused: forms.Form | None = None, step: str = ""
) -> HttpResponse:
    found, member = analysis_of(audit), request.member
    runs = can_run_programme(member, audit.programme) and audit.programme.is_open
    missing = coders_missing(found, on=timezone.localdate()) if found and runs else []
    gone = {"part": missing[0].part, "why": _("Left the organisation")} if missing else {}
    context = {
        "audit": audit,
        "analysis": found,
        "runs": runs,
        "coder": coder_in(found, member.person_id) if found else None,
        "inside": sees_programme(member, audit.programme_id),
        "left": coders_who_left(found) if found and runs else [],
        "may_end": found is not None and runs and found.state not in OVER,
        "missing": missing,
        "settles": found is not None and can_settle(member, found),
        "comments": PublishedComment.objects.filter(wave=audit.wave_id).count(),
        "stations": stations(found),
        "ended": ended_analyses(audit),
        **{f"{name}_form": _form(name, found, initial=gone) for name in STEPS},
        "breadcrumbs": audit_trail(request, audit, Crumb(_("What was written"))),
        **(_inside(found, member, runs=runs) if found else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/analysis.html", context, status=422 if refused else 200)


def _form(
    name: str,
    found: AuditAnalysis | None,
    posted: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
) -> forms.Form:
    """`initial`: of whom it is known that they are gone."""
    return STEPS[name].form(
        posted, auto_id=ids_of(name), analysis=found, initial=initial if name == "replace" else None
    )


def _inside(found: AuditAnalysis, member: Member, *, runs: bool) -> dict[str, object]:
    """What the state of the analysis adds, for whom it concerns."""
    settles = can_settle(member, found)
    if found.state == AnalysisState.CODING and is_coder(member, found):
        own = coder_in(found, member.person_id)
        assert own is not None  # noqa: S101 - asked in the line above
        return {"read": read_so_far(found).get(own.pk, 0)}
    if found.state == AnalysisState.SETTLING and (settles or runs):
        return _settling(found, by_code=settles)
    if found.is_released and runs:
        return {
            "feedback": feedback_figures(found),
            "in_person": to_tell_in_person(found, on=timezone.localdate()),
            "agreement": agreement_words(agreement_told(found)),
        }
    return {}


def _settling(found: AuditAnalysis, *, by_code: bool) -> dict[str, object]:
    outcome = outcome_of(found)
    told = told_themes(theme_quotes(found, outcome.consensus), fewest=found.audit.wave.threshold)
    return {
        "agreement": agreement_words(outcome.overall),
        # By code only for those who coded: of a rare code it would tell how few gave it.
        "lines": code_lines(outcome) if by_code else [],
        "differ": len(outcome.differ),
        "open": len(outcome.consensus.open),
        "settled": len(outcome.differ) - len(outcome.consensus.open),
        "named": len(told.named),
        "others": bool(told.others),
        "ungrouped": sum(code.theme_id is None for code in outcome.codes),
    }


def code_lines(outcome: Outcome) -> list[tuple[Code, dict[str, Any]]]:
    return [(code, agreement_words(outcome.by_code[code.pk])) for code in outcome.codes]


def agreement_told(found: AuditAnalysis) -> Agreement:
    """As it was released."""
    return Agreement(
        found.decisions or 0,
        found.observed,
        found.expected,
        found.kappa,
        found.kappa_low,
        found.kappa_high,
    )


def agreement_words(found: Agreement) -> dict[str, Any]:
    """Kappa as a page writes it."""
    interval = f"{decimal(found.low, 2)} to {decimal(found.high, 2)}" if found.low is not None else ""
    return {
        "kappa": decimal(found.kappa, 2) if found.kappa is not None else "",
        "interval": interval,
        "strength": str(found.strength or ""),
        "observed": percent(found.observed),
        "expected": percent(found.expected),
        "n": decimal(found.n, 0),
        "one_sided": found.one_sided,
    }


def percent(share: float | None) -> str:
    return f"{decimal(100 * share, 0)}\N{NO-BREAK SPACE}%" if share is not None else decimal(None)


def stations(found: AuditAnalysis | None) -> list[Station]:
    """From the codebook to the moment when all have read it."""
    reached = list(AnalysisState).index(AnalysisState(found.state)) if found else 0
    notes = {
        AnalysisState.PREPARING: (_("Codebook"), _("Two people read, and write it together.")),
        AnalysisState.CODING: (_("Coding"), _("Each alone: neither sees the other’s codes.")),
        AnalysisState.SETTLING: (_("Agreement"), _("How far they agree; the rest is settled.")),
        AnalysisState.RELEASED: (_("Findings"), _("Themes, told to all who take part.")),
    }
    if reached == len(notes) - 1:
        reached += 1  # what is told is done
    states = ["done"] * reached + ["now"] + ["next"] * len(notes)
    return [Station(label, note, state) for (label, note), state in zip(notes.values(), states, strict=False)]


def audit_trail(request: MemberRequest, audit: ProgrammeAudit, *more: Crumb) -> list[Crumb]:
    """The path to a page of an audit; a coder from outside has no page of the programme."""
    slug, programme = request.organization.slug, audit.programme
    inside = sees_programme(request.member, programme.pk)
    url = reverse("partnerships:programme", args=[slug, programme.pk]) if inside else ""
    return [*trail(request), Crumb(programme.title, url), *more]


def analysis_crumb(request: MemberRequest, audit: ProgrammeAudit) -> Crumb:
    url = reverse("partnerships:analysis", args=[request.organization.slug, audit.programme_id, audit.pk])
    return Crumb(_("What was written"), url)


def _back(request: MemberRequest, audit: ProgrammeAudit) -> HttpResponse:
    return redirect("partnerships:analysis", request.organization.slug, audit.programme_id, audit.pk)
