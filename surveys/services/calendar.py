"""The calendar of surveys: its entries, the rule beside it, and the waves it prepares."""

from __future__ import annotations

import datetime as dt

from people.access import demand
from people.member import Member
from surveys import notices
from surveys.calendar_queries import launchable_version
from surveys.enums import Rhythm
from surveys.models import CalendarEntry, SurveyRule, Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import instruments_to_launch
from surveys.rolls import rule_in_force
from surveys.services.counting import count_drafts
from surveys.services.errors import TitleTakenError, refusing_taken_title
from surveys.services.running import tell_stewards
from surveys.services.waves import write_draft
from surveys.survey_calendar import next_opening
from tenancy.jobs.periods import quarter_label, quarter_of
from tenancy.scope import current_organization_id

USUAL = (
    ("leader_index", Rhythm.YEARLY, 10, 21),
    ("annual_survey", Rhythm.YEARLY, 4, 21),
    ("commitment_pulse", Rhythm.QUARTERLY, 2, 14),
)
# Drafts are there this long before their first day, so that somebody can look them over.
PREPARED_BEFORE = dt.timedelta(days=28)


def save_entry(entry: CalendarEntry, *, by: Member) -> CalendarEntry:
    """Write a new or changed entry. Waves it has prepared stay as they are."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    with refusing_taken_title("surveys_calendar_title"):
        entry.save()
    return entry


def start_usual_calendar(*, by: Member) -> None:
    """Fill an empty calendar with the usual year: the leader index and the survey of the workplace once, half
    a year apart, the commitment pulse each quarter. What is on a calendar already stays alone."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    if CalendarEntry.objects.exists():
        return
    for key, rhythm, month, days_open in USUAL:
        instrument = instruments_to_launch().filter(key=key).order_by("-version").first()
        if instrument is not None:
            CalendarEntry.objects.create(
                title=instrument.title, instrument=instrument, rhythm=rhythm, month=month, days_open=days_open
            )


def delete_entry(entry: CalendarEntry, *, by: Member) -> None:
    """Take an entry off the calendar; nothing that it prepared is deleted."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    entry.delete()


def save_rule(rule: SurveyRule, *, by: Member) -> None:
    """Say how many surveys a quarter anybody is asked in, how many debriefs come first, and whether
    succession may ask for a leader's index. Whom drafts would ask is counted anew."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    before = rule_in_force().surveys_per_quarter
    SurveyRule.objects.update_or_create(
        organization_id=current_organization_id(),
        defaults={
            "surveys_per_quarter": rule.surveys_per_quarter,
            "debrief_share": rule.debrief_share,
            "selection_use": rule.selection_use,
            "changed_by_id": by.person_id,
        },
    )
    if rule.surveys_per_quarter != before:
        count_drafts()


def prepare_due_waves(on: dt.date) -> dict[str, object]:
    """Make the drafts of the calendar whose first day is near, each once. Acts for nobody."""
    prepared = 0
    for entry in CalendarEntry.objects.select_for_update(of=("self",)).select_related("instrument"):
        opens_on = next_opening(entry.rhythm, entry.month, after=entry.reached(on))
        instrument = launchable_version(entry.instrument)
        if instrument is None or opens_on - on > PREPARED_BEFORE:
            continue
        wave = Wave(
            instrument=instrument,
            title=title_of(entry, opens_on),
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=entry.days_open - 1),
            threshold=entry.threshold,
            audience=entry.audience,
            unit_id=entry.unit_id,
            cohort_id=entry.cohort_id,
            planned=entry.opens_by_itself,
        )
        entry.made_until = opens_on
        entry.save(update_fields=["made_until"])
        prepared += _prepare(wave)
    return {"prepared": prepared}


def title_of(entry: CalendarEntry, opens_on: dt.date) -> str:
    """An entry's title with the year or the quarter of its wave."""
    if entry.rhythm == Rhythm.YEARLY:
        return f"{entry.title} {opens_on.year}"
    return f"{entry.title} {quarter_label(quarter_of(opens_on))}"


def _prepare(wave: Wave) -> bool:
    try:
        write_draft(wave)
    except TitleTakenError:  # somebody has made it by hand
        return False
    tell_stewards(notices.draft_prepared(wave))
    return True
