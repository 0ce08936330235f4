"""Preparing a wave and opening it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.access import demand
from people.member import Member
from people.notices import page_path
from surveys.ballot_box import open_box
from surveys.debrief_gate import missing_debriefs
from surveys.draft_counts import count_now
from surveys.engagement_gap import asks_engagement
from surveys.enums import WaveState
from surveys.models import DraftCount, Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import questionnaire_of
from surveys.rolls import debriefs_of_last_wave, is_about_leader, rule_in_force, write_roll
from surveys.services.counting import COUNT_JOB, is_another_population, keep_count
from surveys.services.errors import WaveStateError, refusing_taken_title
from surveys.services.gap_blocks import write_gap_blocks
from surveys.timing import ASKED_AGAIN_AFTER
from tenancy.jobs import request_run
from tenancy.turns import one_at_a_time

INVITE_JOB = "surveys.invite"


class CannotLaunchError(ValueError):
    """The wave cannot be opened as it is; the message says why, for the one who tried."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a draft cannot be opened, and the page where that can be changed."""

    words: str
    fix: str
    path: str
    ruled: bool = False  # by the organisation's own rule, beside the calendar


def save_draft(wave: Wave, *, by: Member) -> Wave:
    """Write a new or changed draft, and count whom it would ask; its scale is its questionnaire's."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if not wave._state.adding:
        _locked_draft(wave)
    return write_draft(wave)


def write_draft(wave: Wave) -> Wave:
    """The same for the calendar, which acts for nobody."""
    questionnaire = questionnaire_of(wave.instrument)
    wave.scale_low = questionnaire.low * questionnaire.index_items
    wave.scale_high = questionnaire.high * questionnaire.index_items
    with refusing_taken_title("surveys_wave_title"):
        wave.save()
    keep_count(wave)
    return wave


def count_again(wave: Wave, *, by: Member) -> DraftCount:
    """Count whom a draft would ask as things are now."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    return keep_count(_locked_draft(wave))


def delete_draft(wave: Wave, *, by: Member) -> None:
    """Remove a wave nobody has been asked in."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    _locked_draft(wave).delete()


def plan_opening(wave: Wave, *, planned: bool, by: Member) -> None:
    """Have a draft open by itself on its first day, or no longer."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    locked = _locked_draft(wave)
    locked.planned = wave.planned = planned
    locked.save(update_fields=["planned"])


def launch_wave(wave: Wave, *, by: Member, on: dt.date, shown: int | None = None) -> int:
    """Open a draft on a day: write its roll and make its key. Returns how many are asked.

    Raises CannotLaunchError when it cannot be opened, or would ask others than the `shown` number of people
    that somebody agreed to. Then it stays a draft, and nothing is written but a new count for its page.
    """
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    try:
        return open_wave(wave, on=on, shown=shown)
    except CannotLaunchError:
        keep_count(wave)
        raise


@transaction.atomic
def open_wave(wave: Wave, *, on: dt.date, shown: int | None = None) -> int:
    """The same for the nightly job, which acts for nobody and was shown nothing. Counts under lock, whatever
    was counted before: writing a roll to find that it may not be takes ten times as long."""
    locked = _locked_draft(wave)
    one_at_a_time("surveys launch")  # so that the second of two drafts sees whom the first asks
    count = count_now(locked, on=on)
    demand_launchable(locked, count.asked, count.asked_before, on=on, shown=shown)
    locked.opens_on, locked.planned = on, False
    locked.save(update_fields=["opens_on", "planned"])
    asked = open_unasked(locked, on=on)
    request_run(INVITE_JOB, str(locked.pk), by=None)
    request_run(COUNT_JOB, f"after {locked.pk}", by=None)  # other drafts may not ask these people again
    wave.refresh_from_db()
    return asked


def open_unasked(wave: Wave, *, on: dt.date) -> int:
    """Freeze whom a draft asks on a day and open its box, without a look at what hinders a launch and without
    a word to anybody: the launch does both. Organisations that are made up begin their waves so. Returns how
    many are asked."""
    questionnaire = questionnaire_of(wave.instrument)
    asked = write_roll(wave, on=on, compares=asks_engagement(questionnaire))
    write_gap_blocks(wave, questionnaire)
    open_box(wave)
    DraftCount.objects.filter(wave=wave).delete()
    wave.refresh_from_db()
    return asked


def demand_launchable(wave: Wave, asked: int, before: Wave | None, *, on: dt.date, shown: int | None) -> None:
    """CannotLaunchError with the first reason why a draft that asks so many cannot be opened on a day."""
    reasons = obstacles(wave, asked, before, on=on)
    if reasons:
        raise CannotLaunchError(reasons[0].words)
    if shown is not None and is_another_population(shown, asked):
        words = ngettext(
            "It would ask %(asked)d person now, and not %(shown)d as its page said. Look at the new count.",
            "It would ask %(asked)d people now, and not %(shown)d as its page said. Look at the new count.",
            asked,
        )
        raise CannotLaunchError(words % {"asked": asked, "shown": shown})


def obstacles(wave: Wave, asked: int, before: Wave | None, *, on: dt.date) -> list[Obstacle]:
    """Why a draft that asks so many cannot be opened on a day, for whoever prepares it; `before`: the wave
    that has just asked some of them the same."""
    found = (_dates(wave, on), _size(wave, asked), _asked_before(wave, before), _debriefs(wave, on))
    return [obstacle for obstacle in found if obstacle]


def _dates(wave: Wave, on: dt.date) -> Obstacle | None:
    if wave.closes_on > on:
        return None
    words = _("Its last day, %(last)s, leaves no time to answer.")
    last = date_format(wave.closes_on, "DATE_FORMAT")
    return Obstacle(words % {"last": last}, _("Choose a later one"), page_path("surveys:wave_edit", wave.pk))


def _size(wave: Wave, asked: int) -> Obstacle | None:
    if asked >= wave.threshold:
        return None
    found = ngettext("It would ask %(asked)d person.", "It would ask %(asked)d people.", asked) % {
        "asked": asked
    }
    rule = _("Results of fewer than %(k)d people are never shown, so nobody would learn anything from it.")
    path = page_path("surveys:wave_edit", wave.pk)
    return Obstacle(f"{found} {rule % {'k': wave.threshold}}", _("Change whom it asks"), path)


def _asked_before(wave: Wave, other: Wave | None) -> Obstacle | None:
    if other is None:
        return None
    words = _(
        "“%(wave)s” asks some of the same people the same questions. From two results so near each other "
        "single answers could be worked out: ask others, or wait until it has been closed for %(days)d days."
    )
    path = page_path("surveys:wave_edit", wave.pk)
    return Obstacle(
        words % {"wave": other.title, "days": ASKED_AGAIN_AFTER.days}, _("Change whom it asks"), path
    )


def _debriefs(wave: Wave, on: dt.date) -> Obstacle | None:
    debriefs = debriefs_of_last_wave(on=on) if is_about_leader(wave.instrument) else None
    missing = missing_debriefs(debriefs, rule_in_force().debrief_share)
    if debriefs is None or not missing:
        return None
    words = ngettext(
        "%(missing)d more debrief of “%(wave)s” must be closed first, so that people hear what came of it.",
        "%(missing)d more debriefs of “%(wave)s” must be closed first, so that people hear what came of it.",
        missing,
    )
    path = page_path("surveys:wave_debriefs", debriefs.wave_id)
    return Obstacle(
        words % {"missing": missing, "wave": debriefs.wave}, _("See the debriefs"), path, ruled=True
    )


def _locked_draft(wave: Wave) -> Wave:
    locked = Wave.objects.select_for_update(of=("self",)).select_related("instrument", "unit").get(pk=wave.pk)
    if locked.state != WaveState.DRAFT or locked.imported:
        raise WaveStateError("Only a draft can be changed, opened or deleted.")
    return locked
