"""Preparing a wave and opening it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.access import demand
from people.member import Member
from people.notices import page_path
from surveys.ballot_box import open_box
from surveys.debrief_gate import missing_debriefs
from surveys.engagement_gap import asks_engagement
from surveys.enums import WaveState
from surveys.models import Wave
from surveys.overlaps import wave_that_asked_the_same
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import questionnaire_of
from surveys.rolls import (
    Preview,
    debriefs_of_last_wave,
    is_about_leader,
    preview_of,
    rule_in_force,
    write_roll,
)
from surveys.services.gap_blocks import write_gap_blocks
from surveys.services.publishing import WaveStateError
from surveys.timing import ASKED_AGAIN_AFTER
from tenancy.jobs import request_run

INVITE_JOB = "surveys.invite"


class TitleTakenError(ValueError):
    """Another wave of the organisation has this title."""


class CannotLaunchError(ValueError):
    """The wave cannot be opened as it is; the message says why, for the one who tried."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a draft cannot be opened, and the page where that can be changed."""

    words: str
    fix: str
    path: str


def save_draft(wave: Wave, *, by: Member) -> Wave:
    """Write a new or changed draft; its scale is its questionnaire's."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if not wave._state.adding:
        _locked_draft(wave)
    return write_draft(wave)


def write_draft(wave: Wave) -> Wave:
    """The same for the calendar, which acts for nobody."""
    questionnaire = questionnaire_of(wave.instrument)
    wave.scale_low = questionnaire.low * questionnaire.index_items
    wave.scale_high = questionnaire.high * questionnaire.index_items
    try:
        with transaction.atomic():
            wave.save()
    except IntegrityError as error:
        if "surveys_wave_title" in str(error):
            raise TitleTakenError from error
        raise
    return wave


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


def launch_wave(wave: Wave, *, by: Member, on: dt.date) -> int:
    """Open a draft on a day: write its roll and make its key. Returns how many are asked.

    Raises CannotLaunchError when it cannot be opened; then nothing is written.
    """
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    return open_wave(wave, on=on)


@transaction.atomic
def open_wave(wave: Wave, *, on: dt.date) -> int:
    """The same for the nightly job, which acts for nobody."""
    locked = _locked_draft(wave)
    _launch_alone()
    demand_launchable(locked, preview_of(locked, on=on), on=on)
    locked.opens_on, locked.planned = on, False
    locked.save(update_fields=["opens_on", "planned"])
    questionnaire = questionnaire_of(locked.instrument)
    asked = write_roll(locked, on=on, compares=asks_engagement(questionnaire))
    write_gap_blocks(locked, questionnaire)
    open_box(locked)
    request_run(INVITE_JOB, str(locked.pk), by=None)
    wave.refresh_from_db()
    return asked


def demand_launchable(wave: Wave, preview: Preview, *, on: dt.date) -> None:
    """CannotLaunchError with the first reason why a draft cannot be opened on a day."""
    reasons = obstacles(wave, preview, on=on)
    if reasons:
        raise CannotLaunchError(reasons[0].words)


def obstacles(wave: Wave, preview: Preview, *, on: dt.date) -> list[Obstacle]:
    """Why a draft cannot be opened on a day, for whoever prepares it."""
    found = (_dates(wave, on), _size(wave, preview), _asked_before(wave, on), _debriefs(wave, on))
    return [obstacle for obstacle in found if obstacle]


def _dates(wave: Wave, on: dt.date) -> Obstacle | None:
    if wave.closes_on > on:
        return None
    words = _("Its last day, %(last)s, leaves no time to answer.")
    last = date_format(wave.closes_on, "DATE_FORMAT")
    return Obstacle(words % {"last": last}, _("Choose a later one"), page_path("surveys:wave_edit", wave.pk))


def _size(wave: Wave, preview: Preview) -> Obstacle | None:
    if preview.asked >= wave.threshold:
        return None
    found = ngettext("It would ask %(asked)d person.", "It would ask %(asked)d people.", preview.asked) % {
        "asked": preview.asked
    }
    rule = _("Results of fewer than %(k)d people are never shown, so nobody would learn anything from it.")
    path = page_path("surveys:wave_edit", wave.pk)
    return Obstacle(f"{found} {rule % {'k': wave.threshold}}", _("Change whom it asks"), path)


def _asked_before(wave: Wave, on: dt.date) -> Obstacle | None:
    other = wave_that_asked_the_same(wave, on=on)
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
    return Obstacle(words % {"missing": missing, "wave": debriefs.wave}, _("See the debriefs"), path)


def _launch_alone() -> None:
    """One launch at a time in an organisation, so that the second of two drafts sees whom the first asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('surveys_launch'), tenancy_organization()::integer)"
        )


def _locked_draft(wave: Wave) -> Wave:
    locked = Wave.objects.select_for_update(of=("self",)).select_related("instrument", "unit").get(pk=wave.pk)
    if locked.state != WaveState.DRAFT or locked.imported:
        raise WaveStateError("Only a draft can be changed, opened or deleted.")
    return locked
