"""Who takes part in a programme: all of them at a glance, and one with coaching."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.forms.programmes import CoachForm, CoachingForm
from partnerships.models import PartnershipProgramme, ProgrammeParticipant, ProgrammePhase
from partnerships.permissions import PROGRAMME_IS_RUN_BY, can_log_coaching, can_run_programme
from partnerships.queries.phases import Record, coaching_of, phases_of, records_of
from partnerships.views.programmes import find_programme, programme_trail
from people.access import MemberRequest, demand, member_view
from web.forms import ids_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody with a mark for each phase at which presence counts: there, missed, not expected (None)."""

    participant: ProgrammeParticipant
    record: Record
    marks: list[tuple[ProgrammePhase, bool | None]]


@member_view
def people(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """Who was at what, and who has been coached; for whoever runs the programme."""
    found = find_programme(request, programme_id)
    demand(can_run_programme(request.member, found), PROGRAMME_IS_RUN_BY)
    counted = [each for each in phases_of(found) if each.counts_presence and not each.is_open]
    lines = lines_of(found, counted)
    staying = [line for line in lines if line.participant.left_on is None]
    context = {
        "programme": found,
        "phases": counted,
        "lines": lines,
        "coached": sum(line.record.sessions > 0 for line in staying),
        "staying": len(staying),
        "breadcrumbs": programme_trail(request, *crumbs_of(request, found), Crumb(_("People"))),
    }
    return render(request, "partnerships/programme_table.html", context)


def lines_of(programme: PartnershipProgramme, counted: list[ProgrammePhase]) -> list[Line]:
    records = records_of(programme)
    found = [(each, records.get(each.pk, Record())) for each in programme.participants_by_name]
    return [
        Line(each, record, [(phase, record.presence.get(phase.pk)) for phase in counted])
        for each, record in found
    ]


@member_view
def participant(request: MemberRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """One's own part, or anybody's for whoever runs the programme."""
    return participant_page(request, find_programme(request, programme_id), item_id)


def participant_page(
    request: MemberRequest,
    programme: PartnershipProgramme,
    item_id: UUID,
    *,
    refused: forms.Form | None = None,
    step: str = "",
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one."""
    found = next((each for each in programme.participants_by_name if each.pk == item_id), None)
    if found is None or not can_log_coaching(request.member, programme, found):
        raise Http404
    runs = can_run_programme(request.member, programme)
    phases = [each for each in phases_of(programme) if each.counts_presence]
    presence = records_of(programme).get(found.pk, Record()).presence
    context = {
        "programme": programme,
        "participant": found,
        "is_own": found.person_id == request.member.person_id,
        "runs": runs and programme.is_open,
        "logs": programme.is_open,
        "phases": [(each, presence.get(each.pk)) for each in phases],
        "sessions": coaching_of(found),
        "coach_form": CoachForm(
            programme=programme,
            auto_id=ids_of("coach"),
            initial={"coach": found.coach.email if found.coach else ""},
        ),
        "coaching_form": CoachingForm(programme=programme, auto_id=ids_of("coaching")),
        "breadcrumbs": programme_trail(request, *crumbs_of(request, programme), Crumb(found.person.name)),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/participant.html", context, status=422 if refused else 200)


def crumbs_of(request: MemberRequest, programme: PartnershipProgramme) -> list[Crumb]:
    slug = request.organization.slug
    return [Crumb(programme.title, reverse("partnerships:programme", args=[slug, programme.pk]))]
