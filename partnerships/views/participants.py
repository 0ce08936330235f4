"""Who takes part in a programme: all of them at a glance, and one with coaching."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_update
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.forms.programmes import CoachForm, CoachingForm, ProfileForm
from partnerships.models import PartnershipProgramme, ProgrammeParticipant
from partnerships.permissions import (
    PROGRAMME_IS_RUN_BY,
    can_keep_profile,
    can_run_programme,
)
from partnerships.queries.attendance import counted_phases, lines_of, marks_of
from partnerships.queries.phases import coaching_of
from partnerships.queries.profiles import (
    partners_of,
    profile_of,
    profiles_shown_to,
    profiles_visible_to,
)
from partnerships.queries.programmes import participant_shown_to
from partnerships.views.programmes import find_programme, programme_trail
from passport.evidence_files import evidence_response
from passport.quarantine import with_held
from people.access import MemberRequest, demand, member_view
from web.forms import ids_of
from web.shell import Crumb


@member_view
def people(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """Who was at what, and who has been coached; for whoever runs the programme."""
    found = find_programme(request, programme_id)
    demand(can_run_programme(request.member, found), PROGRAMME_IS_RUN_BY)
    counted = [each for each in counted_phases(found) if not each.is_open]
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
    found = participant_shown_to(request.member, programme, item_id)
    if found is None:
        raise Http404
    runs = can_run_programme(request.member, programme)
    context = {
        "programme": programme,
        "participant": found,
        "is_own": can_keep_profile(request.member, found),
        **(_profile(found, programme) if can_keep_profile(request.member, found) else {}),
        "runs": runs and programme.is_open,
        "logs": programme.is_open,
        "phases": marks_of(found),
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


def _profile(own: ProgrammeParticipant, programme: PartnershipProgramme) -> dict[str, object]:
    """What profiling told oneself, and what partners show."""
    kept = profile_of(own)
    initial = {"instrument": kept.instrument, "made_on": kept.made_on, "words": kept.words} if kept else {}
    return {
        "profile": kept and with_held([kept])[0],
        "partners": partners_of(own, programme),
        "shown": with_held(profiles_shown_to(own)),
        "profile_form": ProfileForm(programme=programme, auto_id=ids_of("profile"), initial=initial),
    }


# Where somebody makes a browser show it all the same, it can do nothing.
@csp_update({"sandbox": []})  # type: ignore[arg-type]  # typed for views without arguments
@member_view
def profile_file(request: MemberRequest, programme_id: UUID, item_id: UUID) -> HttpResponse:
    """A participant's, as a download: for themselves, and for partners they show it to."""
    found = profiles_visible_to(request.member).filter(participant__programme=programme_id).exclude(file="")
    profile = found.filter(participant=item_id).first()
    if profile is None:
        raise Http404
    return evidence_response(profile.file, profile.file_name)


def crumbs_of(request: MemberRequest, programme: PartnershipProgramme) -> list[Crumb]:
    slug = request.organization.slug
    return [Crumb(programme.title, reverse("partnerships:programme", args=[slug, programme.pk]))]
