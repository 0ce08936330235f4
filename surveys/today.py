"""What surveys asks of somebody today."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.today import DueItem, Source, one_by_one
from surveys.debrief_queries import actions_waiting_for_word, debriefs_of, what_came_of_answers
from surveys.enums import DebriefState, WaveState
from surveys.models import Debrief, DebriefAction, PublishedWave, Wave
from surveys.permissions import can_run_surveys
from surveys.pulse_calendar import OpenQuarter, open_quarters
from surveys.queries import asked_for_pulse, published_waves
from surveys.wave_queries import waves_asking, waves_on_their_way
from tenancy.jobs.periods import quarter_label

RECENT = dt.timedelta(days=30)


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Surveys to answer or publish, pulses, debriefs to be held, and what the own answers led to lately."""
    person, since = member.person_id, on - RECENT
    found = [
        one_by_one(lambda: unanswered(member, on=on), lambda each: to_answer(each, slug)),
        *pulses_due(member, slug, on),
        one_by_one(lambda: open_debriefs(member, on=on), lambda each: to_debrief(each, slug, on), most=20),
        one_by_one(
            lambda: actions_waiting_for_word(person, on=on), lambda each: to_report(each, slug), most=20
        ),
        Source(lambda: held_lately(member, on=on), lambda held: what_it_led_to(held, slug)),
    ]
    if can_run_surveys(member):
        found.append(one_by_one(closed_waves, lambda each: to_publish(each, slug)))
    if member.has(Role.EXECUTIVE, Role.HR_ADMIN):
        found.append(one_by_one(lambda: new_results(since), lambda each: new_result(each, slug), most=5))
    return found


def unanswered(member: Member, *, on: dt.date) -> QuerySet[Wave]:
    return waves_asking(member, on=on).filter(answered=False)  # type: ignore[misc]  # annotated


def open_debriefs(member: Member, *, on: dt.date) -> QuerySet[Debrief]:
    return debriefs_of(member, on=on).filter(state=DebriefState.OPEN)


def held_lately(member: Member, *, on: dt.date) -> QuerySet[Debrief]:
    """By others, about units that the member answers for."""
    held = what_came_of_answers(member, on=on).filter(held_on__gt=on - RECENT)
    return held.exclude(leader=member.person_id)


def closed_waves() -> QuerySet[Wave]:
    return waves_on_their_way().filter(state=WaveState.CLOSED)


def new_results(since: dt.date) -> QuerySet[PublishedWave]:
    return published_waves().filter(published_at__date__gt=since).order_by("-published_at", "pk")


def to_answer(wave: Wave, slug: str) -> DueItem:
    return DueItem(
        title=_("Answer: %(wave)s") % {"wave": wave.title},
        detail=_("In confidence; taking part is your choice."),
        url=reverse("surveys:answer", args=[slug, wave.pk]),
        icon="message-question",
        due=wave.closes_on,
    )


def to_publish(wave: Wave, slug: str) -> DueItem:
    """For those who run surveys: closed, and nobody has published it."""
    return DueItem(
        title=_("Check and publish: %(wave)s") % {"wave": wave.title},
        detail=_("It is closed. People wait to hear what came of it."),
        url=reverse("surveys:wave_run", args=[slug, wave.pk]),
        icon="shield-check",
    )


def to_debrief(debrief: Debrief, slug: str, on: dt.date) -> DueItem:
    return DueItem(
        title=_("Debrief of %(unit)s") % {"unit": debrief.unit.name},
        detail=_("Overdue: talk about the report of “%(wave)s”.") % {"wave": debrief.wave.title}
        if debrief.is_overdue(on)
        else _("Talk about the report of “%(wave)s”.") % {"wave": debrief.wave.title},
        url=reverse("surveys:debrief", args=[slug, debrief.pk]),
        icon="messages",
        due=debrief.due_on,
    )


def to_report(action: DebriefAction, slug: str) -> DueItem:
    return DueItem(
        title=_("Is it done? %(action)s") % {"action": action.text},
        detail=_("Agreed for %(unit)s. The people there read what became of it.")
        % {"unit": action.debrief.unit.name},
        url=reverse("surveys:debrief", args=[slug, action.debrief_id]),
        icon="list-check",
        due=action.due_on,
    )


def new_result(published: PublishedWave, slug: str) -> DueItem:
    """For executives and HR admins: published for the whole organisation within the last month."""
    return DueItem(
        title=_("New result: %(wave)s") % {"wave": published.wave.title},
        detail=_("See what it says of the organisation and its units."),
        url=reverse("surveys:wave", args=[slug, published.wave_id]),
        icon="chart-dots",
    )


def what_it_led_to(held: QuerySet[Debrief], slug: str) -> list[DueItem]:
    """What the member's own answers led to, once for each unit."""
    units = {debrief.unit_id: debrief.unit for debrief in held[:5]}
    return [
        DueItem(
            title=_("What your last answers led to in %(unit)s") % {"unit": unit.name},
            detail=_("Read what was agreed."),
            url=reverse("surveys:led_to", args=[slug, unit.pk]),
            icon="route",
        )
        for unit in units.values()
    ]


def pulses_due(member: Member, slug: str, on: dt.date) -> list[Source]:
    """The confidence pulses of open quarters that a programme member has not answered yet."""
    return [
        Source(
            partial(asked_for_pulse, member.person_id, each.quarter, on=on), partial(_pulse_due, each, slug)
        )
        for each in open_quarters(on)
    ]


def _pulse_due(quarter: OpenQuarter, slug: str, _asked: object) -> list[DueItem]:
    return [
        DueItem(
            title=_("Confidence pulse %(quarter)s") % {"quarter": quarter_label(quarter.quarter)},
            detail=_("Ten questions, two minutes"),
            url=reverse("surveys:pulse", args=[slug, quarter.quarter]),
            icon="heart-rate-monitor",
            due=quarter.last_day,
        )
    ]
