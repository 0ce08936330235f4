"""A leader's chart: the one page from which everything of the clinic is one click away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, member_view
from people.member import Member
from people.models import Person
from sponsors.flags import flags_shown_to
from sponsors.permissions import (
    can_convene_team,
    can_hold_conference,
    can_keep_onboarding,
    can_keep_session,
    can_log_contact,
    can_plan_sessions,
    can_read_coaching,
    can_read_intake_lists,
    can_run_intake,
    can_see_onboarding,
)
from sponsors.queries.coaching import coaches_of, doses_of, next_session_of
from sponsors.queries.conferences import newest_conferences
from sponsors.queries.contacts import newest_contacts
from sponsors.queries.gates import open_gate_of
from sponsors.queries.intake import lists_of, newest_rounds_of, turnout_of
from sponsors.queries.obstacles import OBSTACLES, first_obstacles
from sponsors.queries.onboarding import last_onboarding_of
from sponsors.queries.profiles import names_of_immediate_leaders
from sponsors.queries.regimens import next_actions, number_in_force
from sponsors.queries.reviews import calls_of, review_rule_in_force, reviews_told
from sponsors.queries.sponsorships import asked_sponsorship_of, sponsor_of
from sponsors.queries.team import leader_with_clinic, team_of
from sponsors.seats import Seat
from tenancy.kept import first_kept, kept
from web.addresses import address
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Panel:
    """A template for children of the page's grid, and what it shows as `panel`. `is_empty`: nothing yet, but
    how it begins."""

    template: str
    shown: Any
    is_empty: bool = False


def regimen_panel(leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """What is to be done next, for the team."""
    if not seat.is_in_team:
        return None
    version, actions = number_in_force(leader.pk), kept(next_actions, seat)
    shown = {"version": version, "actions": actions, "today": on}
    return Panel("sponsors/chart_regimen.html", shown, is_empty=not (version or actions))


def reviews_panel(leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """When the next review is due, also for whoever only sees that the clinic runs."""
    reviews = kept(reviews_told, leader.pk)
    waiting = reviews[0] if reviews and not reviews[0].is_closed else None
    shown = {
        "review": waiting,
        "calls": kept(calls_of, waiting.pk) if waiting is not None else [],
        "held": sum(each.is_closed for each in reviews),
        "may_open": seat.reads_all_domains,
        "every": review_rule_in_force().every_days if waiting is None else None,
        "today": on,
    }
    return Panel("sponsors/chart_review.html", shown, is_empty=not reviews)


def conference_panel(leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """What the team looked at together; for whoever oversees days and counts, without the questions."""
    rows = kept(newest_conferences, seat)
    shown = {"conferences": rows, "may_call": can_hold_conference(seat), "today": on}
    return Panel("sponsors/chart_conferences.html", shown, is_empty=not rows)


def intake_panel(leader: Person, seat: Seat, on: dt.date) -> Panel:
    """That others are asked, until when and how many have answered; the two lists for whoever reads them."""
    running, closed = newest_rounds_of(leader.pk)
    shown = {
        "running": running,
        "turnout": turnout_of(running) if running else None,
        "closed": closed,
        "lists": lists_of(closed, seat) if closed else {},
        "may_read": can_read_intake_lists(seat),
        "may_run": can_run_intake(seat),
    }
    return Panel("sponsors/chart_intake.html", shown, is_empty=not (running or closed))


def obstacles_panel(leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """What stands in the way and is open; for whoever oversees what is overdue, by its kind."""
    rows = kept(first_obstacles, seat, on)
    if not rows and not seat.is_in_team:
        return None
    shown = {"obstacles": rows[:OBSTACLES], "has_more": len(rows) > OBSTACLES}
    return Panel("sponsors/chart_obstacles.html", shown, is_empty=not rows)


def contacts_panel(seat: Seat) -> Panel | None:
    """The last lines of the log that a seat may read."""
    if not can_log_contact(seat):
        return None
    rows = kept(newest_contacts, seat)
    return Panel("sponsors/chart_contacts.html", {"contacts": rows}, is_empty=not rows)


def coaching_panel(member: Member, leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """What is asked for and planned, and how far the dose is; for whoever oversees the flags they may see."""
    flags, may_read = flags_shown_to(member, leader.pk), can_read_coaching(seat)
    if not may_read and not flags:
        return None
    coming = first_kept(next_session_of, leader.pk, timezone.now()) if may_read else None
    coaches, doses = (coaches_of(leader.pk, on=on), doses_of(seat)) if may_read else ([], [])
    shown = {
        "flags": flags,
        "may_read": may_read,
        "next": coming,
        "opens_next": coming is not None and can_keep_session(member, coming),
        "coaches": coaches,
        "doses": doses,
        "may_plan": can_plan_sessions(seat),
    }
    return Panel("sponsors/chart_coaching.html", shown, is_empty=not (flags or coming or coaches or doses))


def onboarding_panel(leader: Person, seat: Seat, on: dt.date) -> Panel | None:
    """Which year it is, and the day of the next gate; for whoever keeps it how to begin one."""
    if not can_see_onboarding(seat, is_chair=False):
        return None
    found = last_onboarding_of(leader.pk)
    gate = open_gate_of(found.pk) if found is not None and found.is_running else None
    if found is None and not can_keep_onboarding(seat):
        return None
    shown = {"onboarding": found, "gate": gate, "today": on}
    return Panel("sponsors/chart_onboarding.html", shown, is_empty=found is None)


def panels_of(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Panel]:
    """A card of each part of the clinic, in the order of the page; none where a seat sees nothing of it."""
    made = [
        conference_panel(leader, seat, on),
        intake_panel(leader, seat, on),
        regimen_panel(leader, seat, on),
        reviews_panel(leader, seat, on),
        coaching_panel(member, leader, seat, on),
        onboarding_panel(leader, seat, on),
        obstacles_panel(leader, seat, on),
        contacts_panel(seat),
    ]
    return [panel for panel in made if panel is not None]


@member_view
def chart(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Who looks after a leader, and what is under way; to leaders without a sponsor how they choose one, and
    nothing that waits for one."""
    leader, seat = find_clinic(request, person_id)
    today, sponsorship = timezone.localdate(), sponsor_of(leader.pk)
    is_without = seat.is_leader and sponsorship is None
    panels = panels_of(request.member, leader, seat, today)
    context = {
        "leader": leader,
        "seat": seat,
        "sponsorship": sponsorship,
        "is_without": is_without,
        "asked": asked_sponsorship_of(leader.pk) if is_without else None,
        "managers": names_of_immediate_leaders(leader.pk, on=today),
        "team": [each for each in kept(team_of, leader.pk) if each.holds_on(today)],
        "panels": [each for each in panels if not (is_without and each.is_empty)],
        "may_convene": can_convene_team(seat),
        "breadcrumbs": [*trail(request, leader)[:-1], Crumb(leader.name)],
    }
    return render(request, "sponsors/chart.html", context)


def find_clinic(request: MemberRequest, person_id: UUID) -> tuple[Person, Seat]:
    """The leader and the member's seat in their clinic, or 404 for whoever has none."""
    found = leader_with_clinic(request.member, person_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def trail(request: MemberRequest, leader: Person) -> list[Crumb]:
    """The path to a page of a leader's clinic."""
    slug = request.organization.slug
    return [
        Crumb(_("Clinic"), address("sponsors:mine", slug)),
        Crumb(leader.name, address("sponsors:chart", slug, leader.pk)),
    ]
