"""Two annual waves of the leader index, answered by a model and published by the publisher.

Model: an item's answer is a general level, plus the leader's effect, plus the respondent's own leniency, plus
chance, rounded to the scale. The standard deviations below give an ICC(1) between .1 and .2.
"""

from __future__ import annotations

import datetime as dt
import zlib
from statistics import NormalDist

import numpy as np

from clinicleader.demo.staff import Person, Staff, Unit
from people.member import Member
from surveys.arrays import FloatArray
from surveys.ballots import insert_responses
from surveys.enums import WaveState
from surveys.models import Instrument, Wave
from surveys.queries import questionnaire_of
from surveys.questionnaire import Questionnaire
from surveys.services.closing import close_wave
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.publishing import publish_wave

LEVEL = 3.75
LEADERS_SD = 0.25
RESPONDENTS_SD = 0.62
CHANCE_SD = 0.75
RESPONDING = 0.76
SKIPPED = 0.012  # of single items
GIVING_UP = 0.02  # of respondents, half-way

# The tour's unit leader is well thought of, the chair is not yet.
PARTS = {"leader": 0.4, "chair": -0.2}


def chance(seed: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(seed.encode()))


def chance_of_waves(seed: str) -> np.random.Generator:
    """The first thing drawn of it is what each leader adds: every survey of an organisation has the same."""
    return chance(f"{seed} waves 2")


def closing_days(today: dt.date) -> list[dt.date]:
    """The closing days of the last two annual waves, in October, oldest first."""
    last = today.year if today >= dt.date(today.year, 11, 1) else today.year - 1
    return [dt.date(last - 1, 10, 17), dt.date(last, 10, 16)]


def run_waves(staff: Staff, today: dt.date, seed: str, *, by: Member) -> list[Wave]:
    """Ask everybody about the immediate leader, close, and publish."""
    ensure_built_in_instruments()
    instrument = Instrument.objects.filter(key="leader_index").latest("version")
    questionnaire = questionnaire_of(instrument)
    random = chance_of_waves(seed)
    effects = LeaderEffects(staff, random)
    waves = []
    for closes_on in closing_days(today):
        asked = respondents(staff, closes_on, random)
        leaders = np.array([effects.of(staff.leader_on(unit, closes_on)) for _, unit in asked])
        answers = draw_answers(leaders, questionnaire, random)
        wave = open_wave(instrument, questionnaire, closes_on)
        insert_responses(wave, [unit.id for _, unit in asked], answers, questionnaire.score(answers))
        close_wave(wave, by=by)
        publish_wave(wave, by=by, at=published_at(closes_on))
        waves.append(wave)
    return waves


def published_at(closes_on: dt.date) -> dt.datetime:
    """Ten days after the last day for answers, in the morning."""
    return dt.datetime.combine(closes_on + dt.timedelta(days=10), dt.time(8), dt.UTC)


def open_wave(instrument: Instrument, questionnaire: Questionnaire, closes_on: dt.date) -> Wave:
    return Wave.objects.create(
        instrument=instrument,
        title=f"Leader index {closes_on.year}",
        opens_on=closes_on - dt.timedelta(days=21),
        closes_on=closes_on,
        scale_low=questionnaire.index_items * questionnaire.low,
        scale_high=questionnaire.index_items * questionnaire.high,
        state=WaveState.OPEN,
        imported=True,
    )


def respondents(staff: Staff, day: dt.date, random: np.random.Generator) -> list[tuple[Person, Unit]]:
    """Who answers, and about which unit's leader; a leader answers about the leader above."""
    asked = []
    for person in staff.working(day):
        unit: Unit | None = person.unit
        while unit is not None:
            leader = staff.leader_on(unit, day)
            if leader is not None and leader is not person:
                break
            unit = unit.parent
        if unit is not None and random.random() < RESPONDING:
            asked.append((person, unit))
    return asked


class LeaderEffects:
    """What each leader adds to the answers: the quantiles of a normal distribution in random order, so that
    the spread is as meant also among few leaders. An effect stays with its leader from wave to wave."""

    def __init__(self, staff: Staff, random: np.random.Generator) -> None:
        leaders = list(dict.fromkeys(one.person for one in staff.appointments if one.position.leads_unit))
        normal = NormalDist(0, LEADERS_SD)
        drawn = [normal.inv_cdf((place + 0.5) / len(leaders)) for place in range(len(leaders))]
        self.known: dict[Person, float] = dict(zip(leaders, random.permutation(drawn).tolist(), strict=True))

    def of(self, leader: Person | None) -> float:
        """Nothing of an immediate leader who leads no unit."""
        if leader is None:
            return 0.0
        return PARTS.get(leader.part, self.known.get(leader, 0.0))


def draw_answers(
    effects: FloatArray, questionnaire: Questionnaire, random: np.random.Generator
) -> FloatArray:
    """(n,) effects of the respondents' leaders -> (n, J) answers, NaN where skipped."""
    size, items = len(effects), len(questionnaire.questions)
    own = random.normal(0, RESPONDENTS_SD, (size, 1))
    drawn = LEVEL + effects[:, None] + own + random.normal(0, CHANCE_SD, (size, items))
    low = np.array([question.low for question in questionnaire.questions])
    high = np.array([question.high for question in questionnaire.questions])
    answers = np.clip(np.rint(drawn), low, high)
    answers[random.random((size, items)) < SKIPPED] = np.nan
    answers[np.ix_(random.random(size) < GIVING_UP, np.arange(items) >= items // 2)] = np.nan
    return answers
