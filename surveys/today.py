"""What surveys asks of somebody today."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.today import DueItem
from surveys.debrief_queries import actions_of_leader, debriefs_of, units_answered_for, what_came_of
from surveys.enums import DebriefState, WaveState
from surveys.permissions import can_run_surveys
from surveys.pulse_calendar import open_quarters
from surveys.queries import is_programme_member, published_waves, pulses_of
from surveys.wave_queries import waves_asking, waves_on_their_way
from tenancy.jobs.periods import quarter_label

RECENT = dt.timedelta(days=30)


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Surveys to answer or publish, pulses, debriefs to be held, and what the own answers led to lately."""
    return [
        *surveys_to_answer(member, slug, on),
        *surveys_to_publish(member, slug),
        *pulses_due(member, slug, on),
        *debriefs_due(member, slug, on),
        *actions_due(member, slug, on),
        *new_results(member, slug, on),
        *led_to(member, slug, on),
    ]


def surveys_to_answer(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The open surveys that ask a member who has not answered. One query."""
    return [
        DueItem(
            title=_("Answer: %(wave)s") % {"wave": wave.title},
            detail=_("In confidence; taking part is your choice."),
            url=reverse("surveys:answer", args=[slug, wave.pk]),
            icon="message-question",
            due=wave.closes_on,
        )
        for wave in waves_asking(member, on=on)
        if not wave.answered  # type: ignore[attr-defined]  # annotated
    ]


def surveys_to_publish(member: Member, slug: str) -> list[DueItem]:
    """For those who run surveys the closed ones that nobody has published. One query."""
    if not can_run_surveys(member):
        return []
    return [
        DueItem(
            title=_("Check and publish: %(wave)s") % {"wave": wave.title},
            detail=_("It is closed. People wait to hear what came of it."),
            url=reverse("surveys:wave_run", args=[slug, wave.pk]),
            icon="shield-check",
        )
        for wave in waves_on_their_way().filter(state=WaveState.CLOSED)
    ]


def debriefs_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The open debriefs that a member takes part in, overdue ones too. One query."""
    return [
        DueItem(
            title=_("Debrief of %(unit)s") % {"unit": debrief.unit.name},
            detail=_("Overdue: talk about the report of “%(wave)s”.") % {"wave": debrief.wave.title}
            if debrief.is_overdue(on)
            else _("Talk about the report of “%(wave)s”.") % {"wave": debrief.wave.title},
            url=reverse("surveys:debrief", args=[slug, debrief.pk]),
            icon="messages",
            due=debrief.due_on,
        )
        for debrief in debriefs_of(member, on=on).filter(state=DebriefState.OPEN)[:20]
    ]


def actions_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """What a leader agreed to whose day has come. One query."""
    return [
        DueItem(
            title=_("Is it done? %(action)s") % {"action": action.text},
            detail=_("Agreed for %(unit)s. The people there read what became of it.")
            % {"unit": action.debrief.unit.name},
            url=reverse("surveys:debrief", args=[slug, action.debrief_id]),
            icon="list-check",
            due=action.due_on,
        )
        for action in actions_of_leader(member.person_id)
        if action.waits_for_word(on)
    ][:20]


def new_results(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """For executives and HR admins what was published for the whole organisation within the last month. One
    query."""
    if not member.has(Role.EXECUTIVE, Role.HR_ADMIN):
        return []
    new = published_waves().filter(published_at__date__gt=on - RECENT).order_by("-published_at", "pk")
    return [
        DueItem(
            title=_("New result: %(wave)s") % {"wave": published.wave.title},
            detail=_("See what it says of the organisation and its units."),
            url=reverse("surveys:wave", args=[slug, published.wave_id]),
            icon="chart-dots",
        )
        for published in new[:5]
    ]


def led_to(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """What the member's own answers led to within the last month. Three queries."""
    held = what_came_of(units_answered_for(member, on=on)).filter(held_on__gt=on - RECENT)
    units = {debrief.unit_id: debrief for debrief in held.prefetch_related(None)[:5]}
    return [
        DueItem(
            title=_("What your last answers led to in %(unit)s") % {"unit": debrief.unit.name},
            detail=_("Read what was agreed."),
            url=reverse("surveys:led_to", args=[slug, unit_id]),
            icon="route",
        )
        for unit_id, debrief in units.items()
        if debrief.leader_id != member.person_id
    ]


def pulses_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The confidence pulses of open quarters that a programme member has not answered yet. Two queries."""
    if not is_programme_member(member.person_id, on=on):
        return []
    quarters = open_quarters(on)
    answered = set(
        pulses_of(member.person_id)
        .filter(quarter__in=[quarter.quarter for quarter in quarters])
        .values_list("quarter", flat=True)
    )
    return [
        DueItem(
            title=_("Confidence pulse %(quarter)s") % {"quarter": quarter_label(quarter.quarter)},
            detail=_("Ten questions, two minutes"),
            url=reverse("surveys:pulse", args=[slug, quarter.quarter]),
            icon="heart-rate-monitor",
            due=quarter.last_day,
        )
        for quarter in quarters
        if quarter.quarter not in answered
    ]
