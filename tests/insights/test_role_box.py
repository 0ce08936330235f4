"""The box of a role pulse: what goes in once, what comes out once, and what nobody learns."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from insights.enums import GroupedBy, Scale, Structure
from insights.models import RolePulse, RolePulseFigure, RolePulseLeader
from insights.role_box import CLEARED, Became, close_box, has_answered, open_box
from insights.role_items import ITEMS
from people.enums import Profession
from people.models import Person
from readiness.disclosure import shown_parts
from tenancy.scope import Scope, tenant_scope
from tests.factories.insights import DAY, SAID, close_role_pulse, make_leaders, make_role_pulse, say
from tests.world import World, build_world

Cell = tuple[Profession, Structure]
DOCTOR, NURSE, MANAGER = Profession.PHYSICIAN, Profession.NURSE, Profession.ADMINISTRATOR


def rows(statement: str, *arguments: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)  # type: ignore[arg-type]  # what a test asks
        return list(cursor.fetchall())


def told(pulse: RolePulse) -> dict[str, set[str]]:
    """The groups of each kind that were told."""
    found: dict[str, set[str]] = {}
    for each in RolePulseFigure.objects.filter(pulse=pulse):
        found.setdefault(each.grouped_by, set()).add(each.group)
    return found


def ran(world: World, cells: Mapping[Cell, int]) -> RolePulse:
    """A pulse that so many leaders of each profession and structure answered, closed."""
    people = iter(make_leaders(world, sum(cells.values())))
    roll = {next(people): cell for cell, number in cells.items() for _ in range(number)}
    pulse = make_role_pulse(world, roll)
    for person in roll:
        assert say(pulse, person) == Became.COUNTED
    return close_role_pulse(pulse)


class TestAnswering:
    def test_once(self, mercy: World, in_mercy: Scope) -> None:
        pulse = make_role_pulse(mercy, [mercy.mara, mercy.ada])
        assert (say(pulse, mercy.mara), say(pulse, mercy.mara)) == (Became.COUNTED, Became.AGAIN)
        answered = []
        for person in (mercy.mara, mercy.ada):
            with tenant_scope(mercy.organization.pk, actor_id=person.pk):
                answered.append(has_answered(pulse))
        assert answered == [True, False]

    def test_by_who_is_on_the_roll_and_still_here(self, mercy: World, in_mercy: Scope) -> None:
        pulse = make_role_pulse(mercy, [mercy.mara])
        assert say(pulse, mercy.colin) == Became.NOT_ASKED
        Person.objects.filter(pk=mercy.mara.pk).update(end_date=timezone.localdate() - DAY)
        assert say(pulse, mercy.mara) == Became.LEFT

    @pytest.mark.parametrize(
        "said", [(), (1,) * 6, (1,) * 8, (0, *SAID[1:]), (6, *SAID[1:]), (None, *SAID[1:])]
    )
    def test_seven_answers_from_one_to_five(self, mercy: World, in_mercy: Scope, said: Sequence[int]) -> None:
        pulse = make_role_pulse(mercy, [mercy.mara])
        assert say(pulse, mercy.mara, said) == Became.UNFIT
        assert say(pulse, mercy.mara) == Became.COUNTED  # nothing was used up

    def test_until_the_last_day(self, mercy: World, in_mercy: Scope) -> None:
        pulse, today = make_role_pulse(mercy, [mercy.mara, mercy.ada], opened=3), timezone.localdate()
        RolePulse.objects.update(closes_on=today)
        assert say(pulse, mercy.mara) == Became.COUNTED
        RolePulse.objects.update(closes_on=today - DAY)
        assert say(pulse, mercy.ada) == Became.CLOSED

    def test_the_roll_is_frozen_when_it_opens(self, mercy: World, in_mercy: Scope) -> None:
        pulse = make_role_pulse(mercy, [mercy.mara])
        late = RolePulseLeader(pulse=pulse, person=mercy.ada, profession=DOCTOR, structure=Structure.SINGLE)
        with pytest.raises(IntegrityError, match="roll already"), transaction.atomic():
            late.save(force_insert=True)
        for statement in (
            "UPDATE insights_rolepulseleader SET structure = 'dyad'",
            "DELETE FROM insights_rolepulseleader",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement)


class TestSecrecy:
    @pytest.mark.parametrize("table", CLEARED)
    def test_the_box_is_shut_to_the_application(self, mercy: World, in_mercy: Scope, table: str) -> None:
        make_role_pulse(mercy, [mercy.mara])
        for statement in (f"SELECT * FROM {table}", f"DELETE FROM {table}"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement)

    @pytest.mark.parametrize(
        "call",
        [
            "insights_role_nullifier(gen_random_uuid())",
            "insights_count_role_answers(1, gen_random_uuid(), 1)",
            "insights_write_role_figures(1, gen_random_uuid(), 'all', ARRAY[''])",
        ],
    )
    def test_what_is_behind_it_cannot_be_called(self, mercy: World, in_mercy: Scope, call: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(f"SELECT {call}")

    def test_nothing_is_learnt_before_its_end(self, mercy: World, in_mercy: Scope) -> None:
        leaders = make_leaders(mercy, 12)
        pulse = make_role_pulse(mercy, leaders)
        for person in leaders:
            say(pulse, person)
        assert not RolePulseFigure.objects.exists()
        with pytest.raises(DataError, match="not over"), transaction.atomic():
            close_box(pulse)

    def test_the_close_is_the_only_one_to_say_that_it_is_closed(self, mercy: World, in_mercy: Scope) -> None:
        make_role_pulse(mercy, [mercy.mara])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            RolePulse.objects.update(closed_on=timezone.localdate() + 20 * DAY)

    def test_figures_are_written_by_the_close_alone_and_once(self, mercy: World, in_mercy: Scope) -> None:
        pulse = ran(mercy, {(DOCTOR, Structure.DYAD): 6})
        for change in (
            "UPDATE insights_rolepulsefigure SET mean = 5",
            "DELETE FROM insights_rolepulsefigure",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(change)
        with pytest.raises(DataError, match="not over"), transaction.atomic():
            close_box(pulse)
        with pytest.raises(DataError, match="not open"), transaction.atomic():
            open_box(pulse)

    def test_after_the_close_nobody_can_tell_who_answered(self, mercy: World, in_mercy: Scope) -> None:
        pulse = ran(mercy, {(DOCTOR, Structure.DYAD): 6})
        person = RolePulseLeader.objects.filter(pulse=pulse)[0].person
        assert say(pulse, person) == Became.CLOSED
        with tenant_scope(mercy.organization.pk, actor_id=person.pk):
            assert not has_answered(pulse)


@pytest.fixture
def owned(owner_connection: None) -> Iterator[World]:
    """As the tables' owner, who sees into the box."""
    world = build_world("owned")
    with tenant_scope(world.organization.pk, request_id="test"):
        yield world


class TestBehindTheBox:
    def test_answers_wait_for_nine_others_and_go(self, owned: World) -> None:
        leaders = make_leaders(owned, 12)
        pulse = make_role_pulse(owned, leaders)
        waiting = []
        for person in leaders:
            say(pulse, person)
            waiting += rows("SELECT count(*) FROM insights_pendingroleanswer WHERE pulse_id = %s", pulse.pk)
        assert [n for (n,) in waiting] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2]
        assert rows("SELECT sum(n) FROM insights_rolepulsetally WHERE pulse_id = %s", pulse.pk) == [(10,)]

    def test_the_close_leaves_nothing_behind(self, owned: World) -> None:
        pulse = ran(owned, {(DOCTOR, Structure.DYAD): 7, (NURSE, Structure.SINGLE): 6})
        left = [
            rows(f"SELECT count(*) FROM {table} WHERE pulse_id = %s", pulse.pk)[0][0] for table in CLEARED
        ]
        assert left == [0, 0, 0, 0]

    def test_two_ways_to_part_people_are_told_together_by_the_rule_of_all_differences(
        self, owned: World
    ) -> None:
        draw = random.Random(7)
        seen = Counter[bool]()
        for _ in range(150):
            one, other = draw.randint(1, 4), draw.randint(1, 4)
            cells = [
                (i, j, draw.choice((1, 2, 3, 5, 8, 13)))
                for i, j in itertools.product(range(one), range(other))
                if draw.random() < 0.6
            ] or [(0, 0, 5)]
            ((found,),) = rows(
                "SELECT insights_may_tell_both(%s, %s, %s)", *map(list, zip(*cells, strict=True))
            )
            assert found == may_tell_both(cells)
            seen[bool(found)] += 1
        assert min(seen[True], seen[False]) > 10

    def test_parts_are_told_by_the_rule_of_readiness(self, owned: World) -> None:
        draw = random.Random(3)
        for _ in range(100):
            parts = [draw.choice((1, 2, 3, 4, 5, 6, 7, 20)) for _part in range(draw.randint(1, 6))]
            names = [f"p{place}" for place in range(len(parts))]
            ((found,),) = rows("SELECT insights_told_parts(%s, %s)", names, parts)
            shown = {name for name, show in zip(names, shown_parts(parts), strict=True) if show}
            assert isinstance(found, list)
            assert set(found) == shown


def may_tell_both(cells: list[tuple[int, int, int]]) -> bool:
    """Of every choice of parts of the one and of the other: how many are in one of the two alone."""
    ones, others = ({cell[at] for cell in cells} for at in (0, 1))
    choices = [
        [set(chosen) for size in range(len(parts) + 1) for chosen in itertools.combinations(parts, size)]
        for parts in (ones, others)
    ]
    return all(
        not 0 < sum(n for i, j, n in cells if (i in a) != (j in b)) < 5
        for a, b in itertools.product(*choices)
    )


class TestTelling:
    def test_means_and_deviations_are_those_of_the_people(self, mercy: World, in_mercy: Scope) -> None:
        draw = random.Random(11)
        leaders = make_leaders(mercy, 23)
        said = {person: [draw.randint(1, 5) for _item in ITEMS] for person in leaders}
        pulse = make_role_pulse(mercy, leaders)
        for person, answers in said.items():
            say(pulse, person, answers)
        close_role_pulse(pulse)
        for scale in Scale:
            places = [place for place, item in enumerate(ITEMS) if item.scale == scale]
            means = [np.mean([answers[place] for place in places]) for answers in said.values()]
            figure = RolePulseFigure.objects.get(grouped_by=GroupedBy.ALL, scale=scale)
            assert (figure.n, figure.mean, figure.deviation) == pytest.approx(
                (23, np.mean(means), np.std(means, ddof=1)), abs=0.0051
            )

    def test_four_answers_tell_nothing(self, mercy: World, in_mercy: Scope) -> None:
        pulse = ran(mercy, {(DOCTOR, Structure.DYAD): 4})
        assert pulse.is_closed
        assert told(pulse) == {}

    def test_small_groups_are_left_out_and_do_not_follow_from_the_whole(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        pulse = ran(
            mercy,
            {(DOCTOR, Structure.DYAD): 9, (DOCTOR, Structure.SINGLE): 8, (DOCTOR, Structure.TRIAD): 3},
        )
        assert told(pulse)[GroupedBy.STRUCTURE] == {"dyad"}  # single goes with triad: eleven together

    def test_professions_beside_structures(self, mercy: World, in_mercy: Scope) -> None:
        apart = {
            (DOCTOR, Structure.DYAD): 7,
            (MANAGER, Structure.DYAD): 6,
            (DOCTOR, Structure.SINGLE): 8,
            (NURSE, Structure.SINGLE): 5,
        }
        assert told(ran(mercy, apart)) == {
            "all": {""},
            "structure": {"dyad", "single"},
            "profession": {"physician", "administrator", "nurse"},
        }

    def test_no_professions_where_a_difference_is_one_person(self, mercy: World, in_mercy: Scope) -> None:
        # Dyads without doctors and managers would be the one nurse of them.
        close = {
            (DOCTOR, Structure.DYAD): 8,
            (NURSE, Structure.DYAD): 1,
            (NURSE, Structure.SINGLE): 9,
        }
        assert told(ran(mercy, close)) == {"all": {""}, "structure": {"dyad", "single"}}


def test_a_round_of_another_organisation_is_out_of_reach(mercy: World, fenwick: World) -> None:
    pulse = make_role_pulse(fenwick, [fenwick.mara])
    assert say(pulse, mercy.mara) == Became.CLOSED


def test_one_is_open_at_a_time(mercy: World, in_mercy: Scope) -> None:
    make_role_pulse(mercy, [mercy.mara])
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        make_role_pulse(mercy, [mercy.mara])


def test_a_last_day_lies_after_the_first(mercy: World, in_mercy: Scope) -> None:
    make_role_pulse(mercy, [mercy.mara])
    with pytest.raises(IntegrityError, match="days"), transaction.atomic():
        RolePulse.objects.update(closes_on=timezone.localdate() - 2 * DAY)
