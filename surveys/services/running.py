"""An open wave: longer, and what the nightly job does with all of them."""

from __future__ import annotations

import datetime as dt

from people.access import demand
from people.enums import Role
from people.member import Member
from people.notices import Notice, notify
from people.role_queries import holders_of
from surveys import notices
from surveys.enums import WaveState
from surveys.models import Wave
from surveys.models.calendar import LONGEST_DAYS_OPEN
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.reminder_days import due_reminder
from surveys.services.closing import end_wave
from surveys.services.errors import WaveStateError
from surveys.services.waves import CannotLaunchError, open_wave
from surveys.wave_queries import PUBLISH_JOB
from tenancy.jobs import request_run

OPEN_JOB = "surveys.open_planned"
CLOSE_JOB = "surveys.close_overdue"
REMIND_JOB = "surveys.remind"


def extend_wave(wave: Wave, closes_on: dt.date, *, by: Member) -> None:
    """Give people more time. Later only, and not without end."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    locked = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    if locked.state != WaveState.OPEN or locked.imported:
        raise WaveStateError("Only an open wave can be extended.")
    if not locked.closes_on < closes_on < locked.opens_on + dt.timedelta(days=LONGEST_DAYS_OPEN):
        raise WaveStateError("A wave can only become longer, and has a longest.")
    locked.closes_on = wave.closes_on = closes_on
    locked.save(update_fields=["closes_on"])


def request_publication(wave: Wave, *, by: Member) -> None:
    """Ask for a closed wave to be checked and published by a job, in the name of whoever asks."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if wave.state != WaveState.CLOSED:
        raise WaveStateError("Only a closed wave can be published, and only once.")
    request_run(PUBLISH_JOB, str(wave.pk), by=by.person_id)


def request_what_is_due(on: dt.date) -> dict[str, object]:
    """Ask for every opening, close and reminder that is due on a day, each by a run of its own; asking again
    on the same day asks for nothing new."""
    waves = Wave.objects.filter(imported=False)
    opening = waves.filter(state=WaveState.DRAFT, planned=True, opens_on__lte=on)
    closing = waves.filter(state=WaveState.OPEN, closes_on__lt=on)
    for wave in opening:
        request_run(OPEN_JOB, f"{wave.pk} {on}", by=None)
    for wave in closing:
        request_run(CLOSE_JOB, f"{wave.pk} {wave.closes_on}", by=None)
    for wave in waves.filter(state=WaveState.OPEN, closes_on__gte=on):
        if reminder := due_reminder(wave.opens_on, wave.closes_on, on):
            request_run(REMIND_JOB, f"{wave.pk} {reminder}", by=None)
    return {}


def open_planned_wave(wave: Wave, *, on: dt.date) -> dict[str, object]:
    """Open a draft that was to open by itself, or say why it cannot be, once."""
    if wave.state != WaveState.DRAFT or not wave.planned:
        return {"state": wave.state}
    try:
        open_wave(wave, on=on)
    except CannotLaunchError as reason:
        Wave.objects.filter(pk=wave.pk).update(planned=False)
        tell_stewards(notices.could_not_open(wave, str(reason)))
        return {"state": WaveState.DRAFT, "refused": str(reason)}
    tell_stewards(notices.opened_by_itself(wave))
    return {"state": WaveState.OPEN}


def close_overdue_wave(wave: Wave, *, on: dt.date) -> dict[str, object]:
    """Close an open wave whose last day is past, unless it was extended meanwhile."""
    if wave.state == WaveState.OPEN and wave.closes_on < on:
        end_wave(wave)
        tell_stewards(notices.closed_by_itself(wave))
    return {"state": wave.state}


def tell_stewards(notice: Notice) -> None:
    """Tell those who run surveys."""
    notify([*holders_of(Role.SURVEY_STEWARD), *holders_of(Role.HR_ADMIN)], notice)
