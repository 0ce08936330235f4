"""The page of one partnership."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import Part
from partnerships.forms.partnerships import CharterForm, GoalForm, JoinForm, MatterForm, MeetingForm
from partnerships.models import Partner, Partnership
from partnerships.permissions import can_change_partners, can_keep_charter, can_read_charter
from partnerships.queries.checks import checks_of
from partnerships.queries.partnerships import (
    Load,
    changes_of,
    former_partners_of,
    goals_of,
    load_of,
    meetings_of,
    met_lately,
    partnership_with,
    responsibilities_of,
)
from partnerships.views.register import trail
from people.access import MemberRequest, member_view
from web.forms import ids_of
from web.paging import numbered_page
from web.shell import Crumb

MEETINGS_SHOWN = 10


@member_view
def partnership(request: MemberRequest, partnership_id: UUID) -> HttpResponse:
    """Who they are for everybody; what they agreed on for those whom it concerns."""
    return partnership_page(request, find_partnership(partnership_id))


def find_partnership(partnership_id: UUID) -> Partnership:
    found = partnership_with(partnership_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A partner, and how much they give to all their partnerships."""

    partner: Partner
    load: Load | None


def partnership_page(
    request: MemberRequest, found: Partnership, *, refused: forms.Form | None = None, step: str = ""
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one, and what is wrong on
    top: its card may be gone."""
    member, today = request.member, timezone.localdate()
    reads, running = can_read_charter(member, found), found.end_date is None
    load = load_of(found.partner_ids, on=today) if reads else {}
    slug = request.organization.slug
    context = {
        "partnership": found,
        "lines": [Line(each, load.get(each.person_id)) for each in found.current],
        "reads": reads,
        "keeps": running and can_keep_charter(member, found.partner_ids),
        "is_partner": member.person_id in found.partner_ids,
        "arranges": running and can_change_partners(member, found.partner_ids),
        "free_parts": [part for part in Part if part not in {each.part for each in found.current}],
        "breadcrumbs": [
            *trail(request),
            Crumb(found.unit.name, reverse("partnerships:unit", args=[slug, found.unit_id])),
            Crumb(str(found.kind)),
        ],
        **(_inside(request, found) if reads else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/partnership.html", context, status=422 if refused else 200)


def _inside(request: MemberRequest, found: Partnership) -> dict[str, object]:
    """What partners and whoever watches read."""
    today = timezone.localdate()
    return {
        "changes": changes_of(found),
        "former": former_partners_of(found, on=today),
        "responsibilities": responsibilities_of(found),
        "goals": goals_of(found),
        "meetings": numbered_page(request, meetings_of(found), size=MEETINGS_SHOWN),
        "checks": checks_of(found),
        "met": met_lately(found, on=today),
        "charter_form": CharterForm(
            auto_id=ids_of("charter"), initial={"charter": found.charter, "revision": found.revision}
        ),
        "matter_form": MatterForm(auto_id=ids_of("matter")),
        "goal_form": GoalForm(auto_id=ids_of("goal")),
        "meeting_form": MeetingForm(auto_id=ids_of("meeting")),
        "join_form": JoinForm(auto_id=ids_of("join")),
    }
