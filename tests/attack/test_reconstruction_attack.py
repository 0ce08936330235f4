"""Seeded organisations with an index of one behaviour, attacked with what the site shows of index, questions
and outcomes: nobody's answer is recovered. Several behaviours: test_behaviour_attack.py.

`ATTACK_ORGANIZATIONS` says how many; bench/attack.py runs thirty and more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client

from people.models import Person, Unit
from surveys import audit, stored_release
from surveys.arrays import BoolArray, IntArray
from surveys.coding import MeanForm
from surveys.disclosure import CellState, Suppression
from surveys.models import PublishedIndex, Wave
from tenancy.scope import tenant_scope
from tests.attack.attacker import Recovered, Team, narrowed, recovered
from tests.attack.site import Mean, Seen, read_pools, read_site
from tests.factories.people import make_unit
from tests.factories.surveys import cast, days_ago, make_short_instrument, make_wave, publish
from tests.world import World

SignIn = Callable[[Person], Client]
ORGANIZATIONS = int(os.environ.get("ATTACK_ORGANIZATIONS", "3"))
ITEMS = ("Q1", "Q2")
SIZES = (2, 3, 4, 5, 6, 8, 11, 16)
K = 5
Row = tuple[int, int, int]


def make_teams(chance: random.Random) -> list[Team]:
    """Two divisions of three or four teams, of all moods: mixed, of one mind, of one mind but for one."""
    teams = [Team("top", "", ())]
    for division in ("A", "B"):
        teams.append(Team(division, "top", tuple(answers_of("mixed", chance.choice((0, 0, 6)), chance))))
        for number in range(chance.choice((3, 4))):
            mood = chance.choice(("mixed", "mixed", "high", "one mind", "lone dissenter"))
            size = chance.choice(SIZES)
            teams.append(Team(f"{division}{number}", division, tuple(answers_of(mood, size, chance))))
    return teams


def answers_of(mood: str, size: int, chance: random.Random) -> list[Row]:
    if mood == "mixed":
        return [(chance.randint(1, 5), chance.randint(1, 5), chance.randint(1, 5)) for _ in range(size)]
    if mood == "high":
        return [(chance.randint(4, 5), chance.randint(4, 5), chance.randint(1, 2)) for _ in range(size)]
    level = chance.choice((1, 4, 5))
    rows: list[Row] = [(level, level, level)] * size
    if mood == "lone dissenter" and size:
        rows[0] = (6 - level, 6 - level, 6 - level)
    return rows


def attack(world: World, sign_in: SignIn, teams: list[Team], wave: Wave | None = None) -> list[Recovered]:
    """Publish the answers of these teams, then read the site as the executive does and attack."""
    wave, units = published(world, teams, wave)
    seen = read_site(sign_in(world.stella), world, wave, units)
    return recovered(teams, seen, k=K, items=ITEMS)


def published(world: World, teams: list[Team], wave: Wave | None = None) -> tuple[Wave, dict[str, Unit]]:
    with tenant_scope(world.organization.pk):
        units = {"top": world.root}
        for team in teams[1:]:
            found = Unit.objects.filter(external_id=team.code).first()
            units[team.code] = found or make_unit(
                world.organization, team.code, parent=units[team.above], external_id=team.code
            )
        wave = wave or make_wave(make_short_instrument(world.organization))
        rows = {units[team.code]: [list(map(float, row)) for row in team.answers] for team in teams}
        cast(wave, {unit: answers for unit, answers in rows.items() if answers})
    publish(wave, by=world.stella)
    return wave, units


@pytest.mark.parametrize("seed", range(ORGANIZATIONS))
def test_no_answer_is_recovered(mercy: World, sign_in: SignIn, seed: int) -> None:
    """By an outsider, or by one insider of any unit."""
    assert attack(mercy, sign_in, make_teams(random.Random(seed))) == []


@pytest.mark.parametrize("seed", range(ORGANIZATIONS))
def test_a_second_wave_with_one_joiner_and_one_leaver_gives_nothing_away(
    mercy: World, sign_in: SignIn, seed: int
) -> None:
    chance = random.Random(1000 + seed)
    teams = make_teams(chance)
    instrument = make_short_instrument(mercy.organization)
    first = make_wave(instrument, opens_on=days_ago(400), closes_on=days_ago(390))
    assert attack(mercy, sign_in, teams, first) == []
    filled = [place for place, team in enumerate(teams) if team.answers]
    joined, left = chance.sample(filled, 2)
    joiner: Row = (chance.randint(1, 5), chance.randint(1, 5), chance.randint(1, 5))
    teams[joined] = Team(teams[joined].code, teams[joined].above, (*teams[joined].answers, joiner))
    teams[left] = Team(teams[left].code, teams[left].above, teams[left].answers[1:])
    second = make_wave(instrument, opens_on=days_ago(35), closes_on=days_ago(25))
    assert attack(mercy, sign_in, teams, second) == []


def test_two_waves_subtracted_pin_who_came_or_left_where_all_others_answer_as_before(
    mercy: World, sign_in: SignIn
) -> None:
    """What no single release can prevent: each wave is safe by itself, their difference is not. Hence no such
    waves within 60 days (test_planning), and the limit in docs/privacy.md for those further apart."""
    chance = random.Random(1)
    stayed = answers_of("mixed", 11, chance)
    leaver, joiner = answers_of("mixed", 2, chance)
    instrument = make_short_instrument(mercy.organization)
    client, told = sign_in(mercy.stella), []
    for days, one, places in ((400, leaver, (1, 2)), (35, joiner, (1, 3))):
        teams = [Team("top", "", ()), Team("A", "top", (*stayed, one))]
        wave = make_wave(instrument, opens_on=days_ago(days), closes_on=days_ago(days - 10))
        wave, units = published(mercy, teams, wave)
        seen = read_site(client, mercy, wave, units)
        assert recovered(teams, seen, k=K, items=ITEMS) == []
        told.append((places, seen["A"]))
    people = [
        Team("top", "", ()),
        Team("stayed", "top", tuple(stayed)),
        Team("leaver", "top", (leaver,)),
        Team("joiner", "top", (joiner,)),
    ]
    pinned = {each.team for each in narrowed(people, told, items=ITEMS)}
    assert pinned
    assert pinned <= {"leaver", "joiner"}


OF_ONE_MIND = [
    Team("top", "", ()),
    Team("A", "top", ((5, 5, 1),) * 12),
    Team("B", "top", tuple(answers_of("mixed", 16, random.Random(7)))),
]
SMALL = [
    Team("top", "", ()),
    *(
        Team(code, "top", tuple(answers_of("mixed", size, random.Random(size))))
        for code, size in (("A", 16), ("B", 11), ("C", 3))
    ),
]


def test_nobody_is_told_what_all_of_one_mind_said(mercy: World, sign_in: SignIn) -> None:
    assert attack(mercy, sign_in, OF_ONE_MIND) == []
    with tenant_scope(mercy.organization.pk):
        kept = PublishedIndex.objects.get(unit__external_id="A")
        assert (kept.bound, kept.sd) == (1, None)


def publish_all_large_enough(
    parent: IntArray, n: IntArray, *, k: int, offered: BoolArray | None = None
) -> Suppression:
    """Primary suppression alone."""
    shown = (n >= k) & (True if offered is None else offered)
    state = np.where(shown, CellState.PUBLISHED.value, CellState.TOO_SMALL.value)
    return Suppression(state=np.where(n == 0, CellState.EMPTY.value, state), respondents_lost=0)


def test_without_complementary_suppression_a_small_group_is_worked_out(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.release.suppress", publish_all_large_enough)
    assert Recovered("total of a small group", "top") in attack(mercy, sign_in, SMALL)


def test_with_complementary_suppression_it_is_not(mercy: World, sign_in: SignIn) -> None:
    assert attack(mercy, sign_in, SMALL) == []


def tell_all(tree: object, scored: object, told: BoolArray, findings: object) -> IntArray:
    return np.where(told, MeanForm.SPREAD.value, MeanForm.WITHHELD.value)


def test_without_coding_the_unanimous_are_read_off(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_release, "audit_means", tell_all)
    found = attack(mercy, sign_in, OF_ONE_MIND)
    assert {each.what for each in found} >= {"score", "outcome"}
    assert {each.team for each in found} == {"A"}


# Everybody who is not favourable is in A0: what is left of A and of the top, once A0 is told, is unanimous.
DIFFERENT = [
    Team("top", "", ()),
    Team("A", "top", tuple((4 + n % 2, 1 + n % 5, 1 + n % 5) for n in range(20))),
    Team("A0", "A", tuple((1 + n % 5, 1 + n % 5, 1 + n % 4) for n in range(20))),
]


def test_without_the_attack_a_difference_of_shares_gives_answers_away(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit.AnsweredQuestion, "audit", lambda self, findings: None)
    assert "Q1" in {each.what for each in attack(mercy, sign_in, DIFFERENT)}


def test_with_the_attack_it_does_not(mercy: World, sign_in: SignIn) -> None:
    assert attack(mercy, sign_in, DIFFERENT) == []


@pytest.mark.parametrize("seed", range(ORGANIZATIONS))
def test_results_over_two_waves_give_nothing_away(mercy: World, sign_in: SignIn, seed: int) -> None:
    """The attacker has all figures of both waves and the team's over both; people of one wave are others than
    those of the next."""
    chance = random.Random(2000 + seed)
    instrument = make_short_instrument(mercy.organization)
    client = sign_in(mercy.stella)
    everybody: list[Team] = []
    seen: dict[str, Seen] = {}
    pools: dict[tuple[str, ...], Mean] = {}
    for year in (1, 2):
        sizes = {"A": chance.choice((3, 4)), "B": chance.choice((7, 9)), "C": 20}
        moods = {"A": chance.choice(("mixed", "lone dissenter")), "B": "mixed", "C": "mixed"}
        teams = [Team("top", "", ())]
        teams += [Team(code, "top", tuple(answers_of(moods[code], n, chance))) for code, n in sizes.items()]
        dates = {"opens_on": days_ago(800 - 365 * year), "closes_on": days_ago(790 - 365 * year)}
        wave, units = published(mercy, teams, make_wave(instrument, **dates))
        everybody += [
            Team(f"{team.code}{year}", team.above and f"{team.above}{year}", team.answers) for team in teams
        ]
        seen |= {f"{code}{year}": said for code, said in read_site(client, mercy, wave, units).items()}
        small = {code: unit for code, unit in units.items() if f"{code}{year}" not in seen}
        for code, mean in read_pools(client, mercy, wave, small).items():
            pools[f"{code}1", f"{code}2"] = mean
    assert recovered(everybody, seen, k=K, items=ITEMS, pools=pools) == []
    assert pools or seed  # in the first there is something to attack
