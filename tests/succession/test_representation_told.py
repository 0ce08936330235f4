"""What PostgreSQL tells of representation is what the rules say; no single answer can be worked out of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from people.models import Demographics, Person, Position, Unit
from people.services.demographics import declare_demographics, withdraw_demographics
from succession.enums import CandidacyState, Trait
from succession.models import Candidacy, Pool, RepresentationFigure, RepresentationRule, RepresentationTelling
from succession.representation import Declared
from succession.representation_release import Scope, joined_groups, may_tell, told_scopes
from succession.services.representation import switch_representation, tell_representation
from succession.tasks import tell_pools
from tenancy.scope import tenant_scope
from tests.factories.people import make_organization, make_unit, new_person
from tests.factories.selections import acting
from tests.factories.succession import OPENED_ON, make_pool
from tests.members import member_of
from tests.rest import api, get, path
from tests.world import World, build_world

SAID = ("a", "b", "c", "d", "")


def switch_on(mercy: World) -> None:
    switch_representation(is_on=True, purpose="To see whom we overlook.", by=member_of(mercy.henry))


@pytest.fixture
def owned(owner_connection: None) -> Iterator[World]:
    """As the tables' owner, who alone may turn back the year of a telling."""
    world = build_world("owned")
    with tenant_scope(world.organization.pk, request_id="test"):
        yield world


def rows(statement: str, *arguments: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)  # type: ignore[arg-type]  # what a test asks
        return list(cursor.fetchall()) if cursor.description else []


class Population:
    """Units below the top with people in pools and outside, each with what they declared."""

    def __init__(self, mercy: World, pool: Pool, cells: dict[tuple[int, bool, str], int]) -> None:
        self.mercy, self.pool = mercy, pool
        places = sorted({place for place, _pooled, _answer in cells})
        self.units = {
            place: make_unit(mercy.organization, f"Division {place}", parent=mercy.root) for place in places
        }
        self.people: dict[tuple[int, bool, str], list[Person]] = {}
        for key, number in cells.items():
            self.add(key, number)

    def add(self, key: tuple[int, bool, str], number: int) -> None:
        place, pooled, answer = key
        made = [
            new_person(self.mercy.organization, f"P{place}", self.units[place], email="")
            for _ in range(number)
        ]
        Person.objects.bulk_create(made)
        if answer:
            Demographics.objects.bulk_create(Demographics(person=each, gender=answer) for each in made)
        if pooled:
            self.put_in_pool(made)
        self.people.setdefault(key, []).extend(made)

    def put_in_pool(self, people: list[Person]) -> None:
        Candidacy.objects.bulk_create(
            Candidacy(
                pool=self.pool,
                person=each,
                proposed_by=self.mercy.mara,
                proposed_on=OPENED_ON,
                answered_on=OPENED_ON,
                state=CandidacyState.MEMBER,
                why="Yes.",
            )
            for each in people
        )


def told_of(trait: Trait = Trait.GENDER) -> dict[str, dict[str, tuple[int, int]]]:
    """By unit name (empty: the organisation) and group: in pools, among everybody."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    figures = RepresentationFigure.objects.filter(telling__trait=trait).select_related("unit")
    for each in figures.order_by("telling__year"):
        name = each.unit.name if each.unit else ""
        found.setdefault(name, {})[each.group] = (each.in_pools, each.workforce)
    return found


def oracle(cells: dict[tuple[int, bool, str], int], silent_outside: int) -> set[str]:
    """The names of the told scopes by the Python rules. `silent_outside`: people of no division."""
    names = sorted({answer for _place, _pooled, answer in cells if answer})

    def counts(pooled: bool, place: int | None = None) -> Counter[str]:
        found: Counter[str] = Counter()
        for (at, in_pool, answer), number in cells.items():
            if in_pool == pooled and place in {None, at}:
                found[answer] += number
        return found

    groups = joined_groups([counts(True)[n] for n in names], [counts(False)[n] for n in names])

    def declared(found: Counter[str], silent: int = 0) -> Declared:
        return Declared(tuple(sum(found[names[at]] for at in group) for group in groups), found[""] + silent)

    if len(groups) < 2:
        return set()
    places = sorted({place for place, _pooled, _answer in cells})
    whole = declared(counts(True)), declared(counts(False), silent_outside)
    scopes = [Scope(None, whole[0], whole[0] + whole[1])]
    for place in places:
        pool, rest = declared(counts(True, place)), declared(counts(False, place))
        scopes.append(Scope(0, pool, pool + rest))
    told = told_scopes(scopes)
    if told[0] is None:
        return set()
    return {"" if at == 0 else f"Division {places[at - 1]}" for at in range(len(scopes)) if told[at] == at}


@pytest.mark.usefixtures("in_mercy")
class TestTelling:
    @pytest.mark.parametrize("sizes", [(0, 3, 5, 6, 9, 14), (0, 5, 12, 20, 20, 30)])
    @pytest.mark.parametrize("seed", range(10))
    def test_it_tells_what_the_rules_say(
        self, mercy: World, pool: Pool, seed: int, sizes: tuple[int, ...]
    ) -> None:
        rng = random.Random(seed)
        cells = {
            (place, pooled, answer): rng.choice(sizes)
            for place in range(rng.randint(1, 4))
            for pooled in (True, False)
            for answer in (*SAID[: rng.randint(3, 5)], "")
        }
        cells = {key: number for key, number in cells.items() if number}
        Population(mercy, pool, cells)
        outside = Person.objects.filter(unit__in=[mercy.root, mercy.unit]).count()
        cardiology = (99, False, "")  # the named people: a division of its own that nobody of declared in
        switch_on(mercy)
        tell_representation()
        expected = oracle({**cells, cardiology: outside}, 0)
        assert set(told_of()) == expected
        for name, groups in told_of().items():
            pool_part = Declared(tuple(n for g, (n, _all) in groups.items() if g), groups[""][0])
            rest = Declared(
                tuple(total - n for g, (n, total) in groups.items() if g), groups[""][1] - groups[""][0]
            )
            assert may_tell(pool_part), name
            assert may_tell(rest), name

    def test_off_it_tells_nothing(self, mercy: World, pool: Pool) -> None:
        Population(
            mercy, pool, {(0, True, "a"): 9, (0, True, "b"): 9, (0, False, "a"): 9, (0, False, "b"): 9}
        )
        assert tell_representation() == 0
        assert not RepresentationTelling.objects.exists()

    def test_once_a_year(self, mercy: World, pool: Pool) -> None:
        made = Population(
            mercy, pool, {(0, True, "a"): 9, (0, True, "b"): 9, (0, False, "a"): 9, (0, False, "b"): 9}
        )
        switch_on(mercy)
        assert tell_representation() == 1  # nobody said anything of the other trait
        first = told_of()
        made.add((0, True, "b"), 20)
        assert tell_representation() == 0
        assert told_of() == first

    def test_another_organization_counts_for_nothing(self, mercy: World, pool: Pool) -> None:
        other = make_organization("elsewhere")
        Population(
            mercy, pool, {(0, True, "a"): 9, (0, True, "b"): 9, (0, False, "a"): 9, (0, False, "b"): 9}
        )
        switch_on(mercy)
        tell_representation()
        assert told_of()[""]["a"] == (9, 18)
        assert not Unit.objects.filter(organization_id=other.pk).exists()


class TestOverTime:
    CELLS = {(0, True, "a"): 12, (0, True, "b"): 12, (0, False, "a"): 20, (0, False, "b"): 20}

    def told_last_year(self, owned: World) -> Population:
        pool = make_pool(Position.objects.get(title="Head of cardiology"), owned.henry)
        made = Population(owned, pool, self.CELLS)
        switch_on(owned)
        assert tell_representation() == 1
        rows("UPDATE succession_representationtelling SET year = year - 1")
        return made

    def test_one_who_came_keeps_the_old_figures(self, owned: World) -> None:
        made = self.told_last_year(owned)
        before = told_of()
        made.put_in_pool(made.people[0, False, "a"][:1])
        assert tell_representation() == 0
        assert told_of() == before
        newest = RepresentationTelling.objects.filter(trait=Trait.GENDER).order_by("-year")[0]
        assert not newest.is_told

    def test_one_who_answered_otherwise_too(self, owned: World) -> None:
        made = self.told_last_year(owned)
        person = made.people[0, True, "a"][0]
        with acting(person):
            declare_demographics("b", "", by=member_of(person))
        assert tell_representation() == 0

    def test_one_who_withdrew_too_and_their_answer_is_kept_nowhere(self, owned: World) -> None:
        made = self.told_last_year(owned)
        person = made.people[0, True, "a"][0]
        with acting(person):
            withdraw_demographics(by=member_of(person))
        assert rows("SELECT answer FROM succession_countedperson WHERE person_id = %s", person.pk)[0] == (
            None,
        )
        assert tell_representation() == 0

    def test_enough_who_came_are_told(self, owned: World) -> None:
        made = self.told_last_year(owned)
        made.add((0, True, "a"), 6)
        made.add((0, True, "b"), 6)
        assert tell_representation() == 1
        assert told_of()[""]["a"] == (18, 38)

    def test_a_new_answer_is_not_counted_as_another(self, owned: World) -> None:
        made = self.told_last_year(owned)
        for answer, number in (("a", 6), ("b", 6), ("c", 5)):
            made.add((0, True, answer), number)
        assert tell_representation() == 1
        assert told_of()[""]["b"] == (18, 38)
        assert told_of()[""][""][0] == 5

    def test_nobody_changed_nothing_hinders(self, owned: World) -> None:
        self.told_last_year(owned)
        assert tell_representation() == 1


@pytest.mark.usefixtures("in_mercy")
class TestWalls:
    def test_who_was_counted_is_for_nobody(self, mercy: World) -> None:
        for statement in (
            "SELECT * FROM succession_countedperson",
            "UPDATE succession_representationfigure SET in_pools = 1",
            "DELETE FROM succession_representationtelling",
            "INSERT INTO succession_representationtelling (id) VALUES (gen_random_uuid())",
            "SELECT succession_counted(gen_random_uuid(), '{a}', NULL, true, true)",
            "SELECT succession_tell_trait(1, gen_random_uuid(), 'gender', '2026-03-01')",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

    def test_no_other_statement_names_the_table(self) -> None:
        root = Path(__file__).resolve().parents[2]
        rooms = [path for path in root.iterdir() if (path / "apps.py").exists()]
        naming = {
            str(path.relative_to(root))
            for room in rooms
            for path in room.rglob("*")
            if path.suffix in {".py", ".sql"} and "people_demographics" in path.read_text()
        }
        assert {path for path in naming if "migrations" not in path} == {
            "mentoring/sql/fairness.sql",  # of the matcher, by groups as well
            "people/models/demographics.py",  # the name of a constraint
            "people/sql/demographics.sql",
            "succession/sql/representation.sql",
        }

    def test_the_switch_is_hrs_and_wants_a_purpose(self, mercy: World) -> None:
        with pytest.raises(PermissionDenied):
            switch_representation(is_on=True, purpose="Why not.", by=member_of(mercy.eli))
        with pytest.raises(ValidationError, match="the law wants a purpose"):
            switch_representation(is_on=True, purpose=" ", by=member_of(mercy.henry))
        switch_on(mercy)
        switch_representation(is_on=False, purpose="", by=member_of(mercy.henry))
        assert not RepresentationRule.objects.get().is_on
        with pytest.raises(IntegrityError, match="purpose"), transaction.atomic():
            RepresentationRule.objects.update(is_on=True)


class TestPages:
    def test_hr_switches_it_on_and_reads_verdicts(
        self, mercy: World, in_mercy: object, pool: Pool, sign_in: Callable[[Person], Client]
    ) -> None:
        Population(
            mercy, pool, {(0, True, "a"): 30, (0, True, "b"): 6, (0, False, "a"): 60, (0, False, "b"): 60}
        )
        page = reverse("succession:representation", args=["mercy"])
        client = sign_in(mercy.henry)
        assert "Switched off" in client.get(page).content.decode()
        assert client.post(page, {"is_on": "on", "purpose": ""}).status_code == 422
        client.post(page, {"is_on": "on", "purpose": "To see whom we overlook."})
        assert "It is told in the night" in client.get(page).content.decode()
        assert tell_pools("2026-11-23", "") == {"told": 1}
        shown = client.get(page).content.decode()
        assert "fewer than expected" in shown
        assert "6 of 36 (17 %)" in shown
        assert ">B<" in shown
        assert "To see whom we overlook." in shown
        eli = sign_in(mercy.eli)
        assert "6 of 36" in eli.get(page).content.decode()
        assert eli.post(page, {"purpose": "x"}).status_code == 403
        rows = eli.get(reverse("succession:representation_csv", args=["mercy"])).content.decode().splitlines()
        assert sum("fewer than expected" in row for row in rows) == 1
        told = get(api(mercy, mercy.eli), path(mercy, "succession", "representation"))
        assert [
            (each["group"], each["in_pools"], each["declared_in_pools"], each["verdict"]) for each in told
        ] == [("A", 30, 36, "more"), ("B", 6, 36, "fewer")]
        client.post(page, {"purpose": "To see whom we overlook."})
        assert get(api(mercy, mercy.eli), path(mercy, "succession", "representation")) == []
        assert "6 of 36" not in eli.get(page).content.decode()
        assert (
            len(eli.get(reverse("succession:representation_csv", args=["mercy"])).content.splitlines()) == 1
        )
