"""One factory a model of surveys: no surprises, organisation always explicit."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from people.member import Member
from people.models import Person, Unit
from people.queries import member_for
from surveys.ballot_box import Cast, open_box
from surveys.ballots import insert_responses
from surveys.built_in import LEADER_INDEX, Wording
from surveys.enums import About, Behaviour, Dimension, InstrumentState, ItemPart, WaveState
from surveys.import_plan import ItemColumn, plan_new_instrument
from surveys.models import CalendarEntry, ConfidencePulse, Debrief, Instrument, RollEntry, SurveyImport, Wave
from surveys.queries import questionnaire_of
from surveys.questionnaire import Question
from surveys.services.answering import send_answers
from surveys.services.closing import close_wave
from surveys.services.debriefs import Agreed, Outcome, record_debrief
from surveys.services.gap_blocks import write_gap_blocks
from surveys.services.imports import Terms, name_columns, receive_file
from surveys.services.instruments import write_instrument, write_items
from surveys.services.publishing import publish_wave
from surveys.services.waves import launch_wave
from tenancy.models import Organization
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_line, make_person

CLOSED_ON = dt.date(2025, 10, 31)
_numbers = itertools.count(1)


def member_of(person: Person) -> Member:
    """The person as a member, as a request would load them. Inside the scope."""
    member = member_for(person.pk, on=dt.date(2026, 1, 1))
    assert member is not None
    return member


def make_instrument(
    organization: Organization, wordings: Sequence[Wording] = (), **fields: Any
) -> Instrument:
    """The leader index under a key of its own, or an instrument of the given items."""
    with tenant_scope(organization.pk):
        values = {"key": f"instrument-{next(_numbers)}", "title": "Climate survey", "minimum_answered": 10}
        return write_instrument(wordings=tuple(wordings) or LEADER_INDEX.wordings, **(values | fields))


def make_workplace_instrument(organization: Organization, **fields: Any) -> Instrument:
    """The short questions, about the workplace, in use."""
    draft = make_draft(organization, about=About.WORKPLACE, **fields)
    with tenant_scope(organization.pk):
        draft.state = InstrumentState.ACTIVE
        draft.save(update_fields=["state"])
    return draft


SHORT = tuple(
    Wording(Question(key, part, group, 1, 5), key.title())
    for key, part, group in [
        ("q1", ItemPart.INDEX, "leadership"),
        ("q2", ItemPart.INDEX, "leadership"),
        ("burnout", ItemPart.OUTCOME, "burnout"),
    ]
)

OTHER_QUESTIONS = (Wording(Question("other", ItemPart.INDEX, "other", 1, 5), "Asked by nobody else"),)


def make_short_instrument(organization: Organization) -> Instrument:
    """Two index items of one group and one outcome, all 1 to 5."""
    return make_instrument(organization, SHORT, minimum_answered=2)


ENGAGED = SHORT[:2] + tuple(
    Wording(Question(f"engagement-{number}", ItemPart.OUTCOME, "engagement", 1, 5), f"Engagement {number}")
    for number in (1, 2)
)


def make_engagement_instrument(organization: Organization) -> Instrument:
    """Two index items of one group and two of engagement, all 1 to 5."""
    return make_instrument(organization, ENGAGED, minimum_answered=2)


def make_behaviour_instrument(organization: Organization, behaviours: int, each: int) -> Instrument:
    """An index of so many behaviours with so many items each, all 1 to 5."""
    wordings = tuple(
        Wording(
            Question(f"b{number}q{item}", ItemPart.INDEX, f"behaviour-{number}", 1, 5), f"{number} {item}"
        )
        for number in range(behaviours)
        for item in range(each)
    )
    return make_instrument(organization, wordings, minimum_answered=behaviours * each)


def make_draft(organization: Organization, wordings: Sequence[Wording] = SHORT, **fields: Any) -> Instrument:
    """An instrument that is still being written: two index items of one group and one outcome."""
    with tenant_scope(organization.pk):
        values = {"key": f"draft-{next(_numbers)}", "title": "A draft", "minimum_answered": 2}
        draft = Instrument.objects.create(organization_id=organization.pk, **(values | fields))
        write_items(draft, wordings)
        return draft


def make_wave(instrument: Instrument, **fields: Any) -> Wave:
    with tenant_scope(instrument.organization_id):
        questionnaire = questionnaire_of(instrument)
        values = {
            "title": f"Wave {next(_numbers)}",
            "opens_on": CLOSED_ON - dt.timedelta(days=30),
            "closes_on": CLOSED_ON,
            "scale_low": questionnaire.low * questionnaire.index_items,
            "scale_high": questionnaire.high * questionnaire.index_items,
            "state": WaveState.OPEN,
            "imported": True,
        }
        return Wave.objects.create(
            organization_id=instrument.organization_id, instrument=instrument, **(values | fields)
        )


def make_live_wave(
    instrument: Instrument,
    roll: Mapping[Unit, Sequence[Person]],
    *,
    leader: Person | None = None,
    leaders: Collection[Person] | None = None,
    **fields: Any,
) -> Wave:
    """An open wave that runs here: these people are asked, their answers count in these units. Where
    `leaders` are named, their engagement is compared with everybody else's."""
    wave = make_wave(instrument, **({"imported": False, "state": WaveState.DRAFT} | fields))
    with tenant_scope(instrument.organization_id):
        RollEntry.objects.bulk_create(
            RollEntry(
                organization_id=instrument.organization_id,
                wave=wave,
                person=person,
                unit=unit,
                leader=leader,
                leads=None if leaders is None else person in leaders,
            )
            for unit, people in roll.items()
            for person in people
        )
        if leaders is not None:
            write_gap_blocks(wave, questionnaire_of(instrument))
        open_box(wave)
        wave.refresh_from_db()
    return wave


def make_draft_wave(world: Any, instrument: Instrument | None = None, **fields: Any) -> Wave:
    """A draft of the short instrument for everybody of the organisation, from today for three weeks."""
    today = timezone.localdate()
    values = {"opens_on": today, "closes_on": today + dt.timedelta(days=20)} | fields
    return make_wave(
        instrument or make_short_instrument(world.organization),
        **({"imported": False, "state": WaveState.DRAFT} | values),
    )


def make_calendar_entry(world: Any, **fields: Any) -> CalendarEntry:
    """An annual survey of everybody in October, open for three weeks."""
    instrument = fields.pop("instrument", None) or make_short_instrument(world.organization)
    with tenant_scope(world.organization.pk):
        values = {"title": f"Annual survey {next(_numbers)}", "month": 10} | fields
        return CalendarEntry.objects.create(
            organization_id=world.organization.pk, instrument=instrument, **values
        )


def make_launched_wave(
    world: Any, instrument: Instrument | None = None, raters: int = 6, **fields: Any
) -> Wave:
    """An open wave that Stella launched today, with some more people who report to Mara."""
    for number in range(raters):
        make_line(make_person(world.organization, f"Rater {number}", world.unit), world.mara)
    wave = make_draft_wave(world, instrument, **fields)
    with tenant_scope(world.organization.pk):
        launch_wave(wave, by=member_of(world.stella), on=timezone.localdate())
    return wave


def answer(wave: Wave, person: Person, given: Sequence[int | None], remark: str = "") -> Cast:
    """What a person's own request does when they send their answers."""
    with tenant_scope(wave.organization_id, actor_id=person.pk):
        return send_answers(wave, given, remark)


def cast(wave: Wave, answers: Mapping[Unit, Sequence[Sequence[float]]]) -> None:
    """Put responses into an open wave: for each unit its rows of answers."""
    with tenant_scope(wave.organization_id):
        units = [unit.pk for unit, rows in answers.items() for _ in rows]
        given = np.array([row for rows in answers.values() for row in rows], dtype=np.float64)
        insert_responses(wave, units, given, questionnaire_of(wave.instrument).score(given))


def spread_answers(n: int, *, items: int = 12, seed: int = 1) -> list[list[float]]:
    """`n` believable rows of answers from 1 to 5: people differ, and agree with themselves."""
    rng = np.random.default_rng(seed)
    level = rng.normal(3.6, 0.8, (n, 1))
    drawn: list[list[float]] = np.clip(np.rint(level + rng.normal(0, 0.7, (n, items))), 1, 5).tolist()
    return drawn


def publish(wave: Wave, *, by: Person, at: dt.datetime | None = None) -> None:
    """Close and publish, by default ten days after the last day for answers."""
    then = dt.datetime.combine(wave.closes_on + dt.timedelta(days=10), dt.time(9), dt.UTC)
    with tenant_transaction(wave.organization_id):
        member = member_of(by)
        close_wave(wave, by=member)
    with tenant_transaction(wave.organization_id):
        publish_wave(wave, by=member, at=at or then)


def make_pulse(person: Person, quarter: str = "2025Q4", level: int = 4) -> ConfidencePulse:
    with tenant_scope(person.organization_id):
        return ConfidencePulse.objects.create(
            organization_id=person.organization_id,
            person=person,
            quarter=quarter,
            answers=[level] * 10,
            **dict.fromkeys(Dimension.values, (level - 1) * 25.0),
        )


def make_published_wave(
    world: Any, n: int = 20, *, published_at: dt.datetime | None = None, **fields: Any
) -> Wave:
    """A wave of the short instrument in which `n` people of the world's unit answered, published."""
    wave = make_wave(make_short_instrument(world.organization), **fields)
    cast(wave, {world.unit: spread_answers(n, items=3)})
    publish(wave, by=world.stella, at=published_at)
    return wave


def days_ago(days: int) -> dt.datetime:
    """This time of day, some days ago."""
    return timezone.now() - dt.timedelta(days=days)


def make_debrief(world: Any, *, published_days_ago: int = 10, **fields: Any) -> Debrief:
    """The open debrief about the world's unit, of a wave that was published so many days ago."""
    at = days_ago(published_days_ago)
    dates = {"opens_on": at.date() - dt.timedelta(days=40), "closes_on": at.date() - dt.timedelta(days=20)}
    wave = make_published_wave(world, published_at=at, **(dates | fields))
    with tenant_scope(world.organization.pk):
        return Debrief.objects.select_related("wave", "unit", "leader").get(wave=wave, unit=world.unit)


def hold_debrief(debrief: Debrief, manager: Person) -> None:
    """The leader writes down what was agreed with the immediate leader."""
    on = timezone.localdate()
    agreed = [Agreed("A huddle of ten minutes every Tuesday", on + dt.timedelta(days=30))]
    with tenant_scope(debrief.organization_id):
        leader = member_for(debrief.leader_id, on=on)
        assert leader is not None
        outcome = Outcome(manager, on, [Behaviour.INFORM], agreed)
        record_debrief(debrief, outcome, by=leader, on=on)
        debrief.refresh_from_db()


SMALL_FILE = b"name,unit,q1,q2,burnout\n" + b"".join(
    b"Person %d,W1,%d,%d,%d\n" % (n, 1 + n % 5, 1 + (n + 1) % 5, 1 + n % 3) for n in range(12)
)
SMALL_PLAN = [
    ItemColumn("q1", ItemPart.INDEX, "leadership", 1, 5),
    ItemColumn("q2", ItemPart.INDEX, "leadership", 1, 5),
    ItemColumn("burnout", ItemPart.OUTCOME, "burnout", 1, 5),
]


def make_import(
    person: Person,
    content: bytes = SMALL_FILE,
    *,
    units_under: Unit | None = None,
    instrument: Instrument | None = None,
    mapped: bool = True,
) -> SurveyImport:
    """A file that a survey steward brought, its columns named unless `mapped` is false."""
    with tenant_scope(person.organization_id):
        member = member_of(person)
        terms = Terms(
            f"Survey {next(_numbers)}",
            CLOSED_ON - dt.timedelta(days=30),
            CLOSED_ON,
            5,
            instrument,
            units_under,
        )
        survey_import = receive_file(io.BytesIO(content), "answers.csv", terms, by=member)
        if mapped:
            name_columns(survey_import, plan_new_instrument("Imported", "unit", SMALL_PLAN), by=member)
            survey_import.refresh_from_db()
        return survey_import
