"""The ballot box, tried with raw SQL as the application's role, and after the close as the tables' owner."""

from __future__ import annotations

import numpy as np
import psycopg2
import pytest
from django.db import DatabaseError, transaction

from people.models import Person
from surveys.ballot_box import (
    CLEARED,
    Cast,
    clear_traces,
    close_box,
    comments_of,
    has_answered,
    open_box,
    to_remind,
    turnout,
)
from surveys.ballots import insert_responses, sums_by_unit
from surveys.models import RollEntry, Wave
from surveys.queries import questionnaire_of
from tenancy.scope import Scope, tenant_scope, tenant_transaction
from tests.factories.people import make_person
from tests.factories.surveys import answer, make_live_wave, make_short_instrument, make_wave, spread_answers
from tests.surveys.reading import rows
from tests.world import World, build_world

GIVEN = [4, 5, 2]


def raters_of(world: World) -> list[Person]:
    return [make_person(world.organization, f"Rater {n}", world.unit) for n in range(12)]


@pytest.fixture
def raters(mercy: World, in_mercy: Scope) -> list[Person]:
    return raters_of(mercy)


@pytest.fixture
def wave(mercy: World, raters: list[Person]) -> Wave:
    """An open wave of the short instrument that asks twelve people of the unit."""
    return make_live_wave(make_short_instrument(mercy.organization), {mercy.unit: raters})


@pytest.mark.parametrize("table", CLEARED)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM {}",
        "SELECT ctid, xmin FROM {}",
        "DELETE FROM {}",
        "UPDATE {} SET id = id",
        "TRUNCATE {}",
        "COPY {} TO STDOUT",
        "TABLE {}",
    ],
)
def test_the_application_sees_nothing_behind_the_box(wave: Wave, table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(statement.format(table))


@pytest.mark.parametrize(
    "call",
    [
        "surveys_nullifier(1, '{wave}', '{person}')",
        "surveys_mix(1, '{wave}', 1)",
        "surveys_demand_answers(1, '{wave}', '{{1}}')",
        "surveys_lock_number('{wave}', 0)",
    ],
)
def test_the_inner_functions_are_closed_to_the_application(
    wave: Wave, raters: list[Person], call: str
) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(f"SELECT {call.format(wave=wave.pk, person=raters[0].pk)}")


def test_nobody_stuffs_the_box_with_responses(wave: Wave, mercy: World) -> None:
    given = spread_answers(6, items=3)
    questionnaire = questionnaire_of(wave.instrument)
    answers = np.array(given)
    with pytest.raises(DatabaseError, match="through the ballot box"), transaction.atomic():
        insert_responses(wave, [mercy.unit.pk] * 6, answers, questionnaire.score(answers))


def test_an_answer_counts_once(committed_mercy: World) -> None:
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        first, second = raters_of(mercy)[:2]
        wave = make_live_wave(make_short_instrument(mercy.organization), {mercy.unit: [first, second]})
        assert answer(wave, first, GIVEN) == Cast.COUNTED
        assert answer(wave, first, [1, 1, 1]) == Cast.AGAIN
        assert answer(wave, second, GIVEN) == Cast.COUNTED
        close_box(wave)
    with tenant_transaction(mercy.organization.pk):
        sums, _left_out = sums_by_unit(wave, [mercy.unit.pk], questionnaire_of(wave.instrument))
    assert sums.index.n.tolist() == [2]
    assert sums.index.total.tolist() == [18.0]


def test_the_box_knows_who_has_answered_only_while_it_is_open(
    wave: Wave, raters: list[Person], mercy: World
) -> None:
    answer(wave, raters[0], GIVEN)
    for person, answered in ((raters[0], True), (raters[1], False)):
        with tenant_scope(wave.organization_id, actor_id=person.pk):
            assert has_answered(wave) is answered
    assert set(to_remind(wave)) == {person.pk for person in raters[1:]}
    RollEntry.objects.filter(person=raters[1]).update(wants_reminders=False)
    assert set(to_remind(wave)) == {person.pk for person in raters[2:]}
    close_box(wave)
    with tenant_scope(wave.organization_id, actor_id=raters[0].pk):
        assert not has_answered(wave)
    assert to_remind(wave) == []


def test_turnout_is_told_in_tens(wave: Wave, raters: list[Person]) -> None:
    told = []
    for person in raters:
        answer(wave, person, GIVEN)
        told.append(turnout(wave))
    assert told == [0] * 9 + [10] * 3


@pytest.mark.parametrize(
    "given",
    [[6, 5, 2], [4, 0, 2], [4, 5], [4, 5, 2, 1], [], [-1, 5, 2]],
    ids=["too high", "too low", "too few", "too many", "none", "negative"],
)
def test_answers_that_do_not_fit_are_refused_by_the_box(
    wave: Wave, raters: list[Person], given: list[int]
) -> None:
    with (
        tenant_scope(wave.organization_id, actor_id=raters[0].pk),
        pytest.raises(DatabaseError, match="do not fit"),
        transaction.atomic(),
    ):
        rows("SELECT surveys_cast_ballot(%s, %s::smallint[], 9, '{9,2}', '')", wave.pk, given)
    with tenant_scope(wave.organization_id, actor_id=raters[0].pk):
        assert not has_answered(wave)


def test_only_people_on_the_roll_answer_and_only_for_themselves(wave: Wave, mercy: World) -> None:
    assert answer(wave, mercy.colin, GIVEN) == Cast.NOT_ASKED
    nobody = rows("SELECT surveys_cast_ballot(%s, '{4,5,2}', 9, '{9,2}', '')", wave.pk)
    assert nobody == [(Cast.NOT_ASKED,)]
    assert turnout(wave) == 0


def test_nothing_comes_in_before_the_launch_or_after_the_close(
    wave: Wave, raters: list[Person], mercy: World
) -> None:
    close_box(wave)
    assert answer(wave, raters[0], GIVEN) == Cast.CLOSED
    with pytest.raises(DatabaseError, match="is not open"), transaction.atomic():
        close_box(wave)
    with pytest.raises(DatabaseError, match="is not draft"), transaction.atomic():
        open_box(wave)
    draft = make_wave(wave.instrument, imported=False, state="draft")
    assert answer(draft, raters[0], GIVEN) == Cast.CLOSED


def test_the_roll_is_frozen_from_the_launch(wave: Wave, mercy: World) -> None:
    late = RollEntry(organization_id=wave.organization_id, wave=wave, person=mercy.colin, unit=mercy.unit)
    with pytest.raises(DatabaseError, match="only while the wave is draft"), transaction.atomic():
        late.save(force_insert=True)
    for statement in ("DELETE FROM surveys_rollentry", "UPDATE surveys_rollentry SET unit_id = unit_id"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows(statement)


def test_another_organisation_reaches_no_box(wave: Wave, raters: list[Person]) -> None:
    riverside = build_world("riverside")
    with tenant_scope(riverside.organization.pk, actor_id=raters[0].pk):
        assert to_remind(wave) == []
        assert turnout(wave) == 0
        for call in (close_box, open_box, comments_of):
            with pytest.raises(DatabaseError), transaction.atomic():
                call(wave)


def test_comments_come_out_after_the_close_without_their_ballots(committed_mercy: World) -> None:
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        raters = raters_of(mercy)
        wave = make_live_wave(make_short_instrument(mercy.organization), {mercy.unit: raters})
        for number, person in enumerate(raters):
            answer(wave, person, GIVEN, f"  Word {number} ")
        with pytest.raises(DatabaseError, match="only between closing"), transaction.atomic():
            comments_of(wave)
        close_box(wave)
    with tenant_transaction(mercy.organization.pk):
        told = comments_of(wave)
    assert {text for _unit, text in told} == {f"Word {number}" for number in range(12)}
    assert {unit for unit, _text in told} == {mercy.unit.pk}


def test_nobody_can_keep_ballots_out_of_the_close(committed_mercy: World, owner_url: str) -> None:
    """Whoever holds the lock of those who mix keeps ballots waiting, and no longer than until the close."""
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        raters = raters_of(mercy)
        wave = make_live_wave(make_short_instrument(mercy.organization), {mercy.unit: raters})
    with psycopg2.connect(owner_url) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(public.surveys_lock_number(%s, 1))", [str(wave.pk)])
        with tenant_transaction(mercy.organization.pk):
            for person in raters:
                answer(wave, person, GIVEN)
            assert turnout(wave) == 0
            close_box(wave)
    with tenant_transaction(mercy.organization.pk):
        sums, _left_out = sums_by_unit(wave, [mercy.unit.pk], questionnaire_of(wave.instrument))
    assert sums.index.n.tolist() == [12]


def test_the_planner_keeps_no_sample_of_what_the_box_holds(wave: Wave) -> None:
    kept = rows(
        "SELECT attrelid::regclass::text, attname FROM pg_attribute "
        "WHERE attrelid = ANY (%s::regclass[]) AND attname = ANY (%s) AND attstattarget IS DISTINCT FROM 0",
        list(CLEARED),
        ["key", "nullifier", "answers", "score", "scale_scores", "text", "leads", "n", "total"],
    )
    assert kept == []


def test_clearing_runs_outside_a_transaction_alone(wave: Wave) -> None:
    with pytest.raises(DatabaseError, match="cannot run inside a transaction"), transaction.atomic():
        clear_traces()
