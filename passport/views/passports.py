"""The Passport itself, who looked at it, and opening one."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from passport.enums import ReadOf, StampState
from passport.glance import Answer, glance_at
from passport.helpers import helpers_of
from passport.journey import Journey, Progress, journey_of
from passport.panels import panels_for
from passport.permissions import can_see_reads, can_submit_evidence
from passport.portfolio import publications_of
from passport.queries import Holding, holding_visible_to, reads_of, walk_of
from passport.reads import record_reads
from passport.services import open_passport
from passport.zone import zone_line
from people.access import MemberRequest, member_view
from people.enums import CareerStage
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb
from web.stations import Station

NOT_SAID: Final = Answer("–", "", "#next")


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own Passport."""
    return show(request, request.member.person_id)


@member_view
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Somebody's Passport, for those who look after them. The holder sees who looked."""
    return show(request, person_id)


def show(request: MemberRequest, person_id: UUID) -> HttpResponse:
    on = timezone.localdate()
    holding = find_holding(request, person_id, on)
    record_reads([person_id], ReadOf.PASSPORT, by=request.member)
    own = person_id == request.member.person_id
    if holding.holder is None:
        context = {"holding": holding, "own": own, "breadcrumbs": crumbs(request, holding)}
        return render(request, "passport/closed.html", context)
    walk = walk_of(person_id, on=on)
    journey = journey_of(holding.person.career_stage, walk.stages, walk.milestones, walk.stamps)
    slug, stage = request.organization.slug, stage_name(holding, journey)
    panels = panels_for(request.member, holding, slug, on)
    helpers = helpers_of(request.member, holding, slug, on)
    doing = next((panel.doing for panel in panels if panel.doing is not None), NOT_SAID)
    context = {
        "holding": holding,
        "own": own,
        "glance": glance_at(journey, helpers, doing, own=own, stage=stage, slug=slug, person_id=person_id),
        "helpers": helpers,
        "zone": zone_of(request, holding),
        "career_stage": stage,
        "journey": journey,
        "steps": steps_of(journey, holding.person.career_stage),
        "steps_note": steps_note(journey),
        "stamps": [stamp for stamp in walk.stamps if stamp.state == StampState.VERIFIED],
        "waiting": sum(stamp.state == StampState.SUBMITTED for stamp in walk.stamps),
        "next_lines": journey.next_lines(),
        "may_submit": can_submit_evidence(request.member, holding.subject),
        "panels": panels,
        "publications": publications_of(person_id)[:3],
        "reads": reads_of(person_id)[:5] if can_see_reads(request.member, holding.subject) else None,
        "breadcrumbs": crumbs(request, holding),
    }
    return render(request, "passport/passport.html", context)


@require_POST
@member_view
def open_own(request: MemberRequest) -> HttpResponse:
    """Issue the member's own Passport."""
    open_passport(by=request.member)
    return redirect("passport:mine", request.organization.slug)


@member_view
def reads(request: MemberRequest) -> HttpResponse:
    """Everybody who looked at the member's own Passport."""
    page = keyset_page(request, reads_of(request.member.person_id), order=("-at", "pk"))
    trail = [Crumb(_("Passport"), reverse("passport:mine", args=[request.organization.slug]))]
    context = {"page": page, "breadcrumbs": [*trail, Crumb(_("Who looked"))]}
    return render_page(request, "passport/reads.html", context, partial="list")


def find_holding(request: MemberRequest, person_id: UUID, on: dt.date) -> Holding:
    """The Passport asked for, or 404 when it is not the member's to see."""
    holding = holding_visible_to(request.member, person_id, on=on)
    if holding is None:
        raise Http404
    return holding


def crumbs(request: MemberRequest, holding: Holding, *more: Crumb) -> list[Crumb]:
    """The path to a page of somebody's Passport."""
    slug, person = request.organization.slug, holding.person
    title = _("Passport of %(name)s") % {"name": person.name}
    if person.pk == request.member.person_id:
        top = [Crumb(_("Passport"), reverse("passport:mine", args=[slug]))]
    else:
        top = [Crumb(title, reverse("passport:person", args=[slug, person.pk]))]
    return [*top, *more]


def zone_of(request: MemberRequest, holding: Holding) -> str:
    holder, person = holding.holder, holding.person
    if holder is None:
        return ""
    return zone_line(
        organization=request.organization.slug,
        family_name=person.family_name,
        given_name=person.given_name,
        number=holder.number,
        stage=person.career_stage,
        issued_on=holder.issued_on,
    )


def stage_name(holding: Holding, journey: Journey) -> str:
    """The organisation's word for the stage somebody is in; beyond the map, the product's own."""
    career_stage = CareerStage(holding.person.career_stage)
    names = [each.stage.name for each in journey.stages if each.stage.key == career_stage]
    return names[0] if names else "" if career_stage == CareerStage.NONE else str(career_stage.label)


def steps_of(journey: Journey, career_stage: str) -> list[Station]:
    """The map for <c-steps>: from the start to the chair, with the stages between."""
    stages = [
        Station(
            each.stage.name,
            _("%(focus)s · %(earned)d of %(required)d milestones")
            % {"focus": each.stage.focus, "earned": each.earned_count, "required": len(each.required)},
            each.progress.value,
            f"#stage-{each.stage.key}",
        )
        for each in journey.stages
    ]
    start = Station(_("Intern"), _("Where it begins"), Progress.DONE.value)
    chair = Station(_("Department chair"), _("Where it may lead"), Progress.NEXT.value)
    return [start, *stages, chair]


def steps_note(journey: Journey) -> str:
    now = journey.now
    if now is None:
        return ""
    if now.left_count == 0:
        return _("All required milestones of this stage are earned")
    left = ngettext(
        "%(left)d required milestone left in this stage",
        "%(left)d required milestones left in this stage",
        now.left_count,
    )
    return left % {"left": now.left_count}
