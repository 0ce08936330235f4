"""The annual survey of this year and of the last, which ran here: asked by a roll, answered through the box.

So its pages show what no imported file gives: response rates, small teams over two waves together, and the
engagement of leaders beside that of the led.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from clinicleader.demo.live_wave import send_as
from clinicleader.demo.staff import Staff
from clinicleader.demo.waves import (
    RESPONDING,
    LeaderEffects,
    chance,
    chance_of_waves,
    draw_answers,
    published_at,
)
from people.member import Member
from surveys.arrays import BoolArray, FloatArray
from surveys.engagement_gap import ENGAGEMENT
from surveys.enums import WaveState
from surveys.models import Instrument, RollEntry, Wave
from surveys.queries import questionnaire_of
from surveys.questionnaire import Questionnaire
from surveys.services.closing import close_wave
from surveys.services.publishing import publish_wave
from surveys.services.waves import open_unasked, write_draft

KEY: Final = "annual_survey"
OPEN_FOR = dt.timedelta(days=21)
LEADERS_ARE_KEENER = 0.6  # share of their answers about engagement that are one step up
IN_BUSY_OFFICES = ("hr_admin", "auditor")  # personas who work in them
TURNED = {"burnout"}  # the more the worse


def closing_days(today: dt.date) -> list[dt.date]:
    """Two days in May, oldest first: the last one whose debriefs are due by now, and one the year before."""
    last = today.year if today >= dt.date(today.year, 8, 1) else today.year - 1
    return [dt.date(last - 1, 5, 16), dt.date(last, 5, 15)]


def ask_annually(staff: Staff, today: dt.date, seed: str) -> None:
    """Open both surveys and answer them. A close is told of in a later transaction than its own, so who makes
    an organisation closes and publishes them in the next two."""
    instrument = Instrument.objects.filter(key=KEY).latest("version")
    random = chance(f"{seed} annual survey")
    effects = LeaderEffects(staff, chance_of_waves(seed))
    for closes_on in closing_days(today):
        wave = write_draft(
            Wave(
                instrument=instrument,
                title=f"Culture and teamwork {closes_on.year}",
                opens_on=closes_on - OPEN_FOR,
                closes_on=closes_on,
            )
        )
        open_unasked(wave, on=wave.opens_on)
        _answer(wave, staff, effects, random)


def _answer(wave: Wave, staff: Staff, effects: LeaderEffects, random: np.random.Generator) -> None:
    people = {person.id: person for person in staff.people}
    here = _respondents(wave, staff, random)
    added = np.array([effects.of(people[entry.leader_id] if entry.leader_id else None) for entry in here])
    leads = np.array([bool(entry.leads) for entry in here], dtype=np.bool_)
    answers = _draw(added, leads, questionnaire_of(wave.instrument), random)
    for entry, given in zip(here, answers, strict=True):
        send_as(entry.person_id, wave, [None if np.isnan(one) else int(one) for one in given])


def _respondents(wave: Wave, staff: Staff, random: np.random.Generator) -> list[RollEntry]:
    """Most of the roll; in two offices one fewer than is told of a wave alone."""
    left = {staff.part(key).unit.id: wave.threshold - 1 for key in IN_BUSY_OFFICES}
    here = []
    for entry in RollEntry.objects.filter(wave=wave).order_by("person__external_id"):
        answers = random.random() < RESPONDING
        if entry.unit_id in left:
            answers = left[entry.unit_id] > 0
            left[entry.unit_id] -= 1
        if answers:
            here.append(entry)
    return here


def _draw(
    effects: FloatArray, leads: BoolArray, questionnaire: Questionnaire, random: np.random.Generator
) -> FloatArray:
    """(n,) effects of leaders and whether the respondent leads -> (n, J) answers, the more the better turned
    to what the question asks for."""
    answers = draw_answers(effects, questionnaire, random)
    for column, question in enumerate(questionnaire.questions):
        if question.group == ENGAGEMENT:
            keener = leads & (random.random(len(leads)) < LEADERS_ARE_KEENER)
            answers[:, column] = np.minimum(answers[:, column] + keener, question.high)
        if question.reversed or question.group in TURNED:
            answers[:, column] = question.low + question.high - answers[:, column]
    return answers


def close_annual(*, by: Member) -> None:
    """Close what is still open of them."""
    for wave in _annual_in(WaveState.OPEN):
        close_wave(wave, by=by)


def publish_annual(*, by: Member) -> None:
    """Publish what was closed of them, oldest first: the newer one pools with the older one."""
    for wave in _annual_in(WaveState.CLOSED):
        publish_wave(wave, by=by, at=published_at(wave.closes_on))


def _annual_in(state: WaveState) -> list[Wave]:
    return list(Wave.objects.filter(instrument__key=KEY, state=state).order_by("closes_on"))
