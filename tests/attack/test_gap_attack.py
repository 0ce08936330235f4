"""The engagement gap, attacked by somebody who has all figures and knows who leads and who answered.

The groups whom nothing tells apart are the leaders, and the led, of each unit.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from people.models import Person, Unit
from surveys.gap_release import _Gaps
from surveys.models import PublishedGap, Wave
from surveys.reconstruction import Told, answer_range
from tenancy.scope import tenant_transaction
from tests.attack.attacker import told_of
from tests.attack.site import SIDES, Seen, read_site
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import answer, make_engagement_instrument, make_live_wave, publish
from tests.world import World

SignIn = Callable[[Person], Client]
ORGANIZATIONS = int(os.environ.get("ATTACK_ORGANIZATIONS", "2"))
SCORES = np.arange(1, 5.5, 0.5)  # of two questions
Pair = tuple[int, int]


@pytest.fixture
def mercy(committed_mercy: World) -> World:
    return committed_mercy


@dataclass(frozen=True)
class Group:
    """The leaders, or the led, of a unit, with both answers of each."""

    code: str
    leads: bool
    answers: tuple[Pair, ...]


ABOVE = {"top": "", "A": "top", "B": "top"} | {f"{over}{n}": over for over in "AB" for n in range(3)}


def some(size: int, chance: random.Random, mood: str = "mixed") -> tuple[Pair, ...]:
    low = {"mixed": 1, "high": 4, "one mind": 5}[mood]
    return tuple((chance.randint(low, 5), chance.randint(low, 5)) for _ in range(size))


def make_groups(chance: random.Random) -> list[Group]:
    """Teams with a leader or three in them, or with those counting in the division, among a few others."""
    groups = []
    for code in ABOVE:
        if len(code) == 2:
            leaders, led = chance.choice((0, 1, 3, 5)), chance.choice((2, 3, 5, 9, 12))
        else:
            leaders, led = chance.choice((0, 4, 12)), chance.choice((0, 0, 1, 3, 8))
        mood = chance.choice(("mixed", "mixed", "high", "one mind"))
        groups += [Group(code, True, some(leaders, chance, mood)), Group(code, False, some(led, chance))]
    return groups


def published(world: World, groups: Sequence[Group]) -> tuple[Wave, dict[str, Unit]]:
    """Everybody answers through the ballot box; then the results are out."""
    with tenant_transaction(world.organization.pk):
        units = {"top": world.root}
        for code, over in list(ABOVE.items())[1:]:
            units[code] = make_unit(world.organization, code, parent=units[over], external_id=code)
        people = {
            group: [make_person(world.organization, f"{group.code} {n}", units[group.code]) for n in
                    range(len(group.answers))]
            for group in groups
        }  # fmt: skip
        roll: dict[Unit, list[Person]] = {}
        for group, members in people.items():
            roll.setdefault(units[group.code], []).extend(members)
        today = timezone.localdate()
        wave = make_live_wave(
            make_engagement_instrument(world.organization),
            {unit: members for unit, members in roll.items() if members},
            leaders=[person for group, members in people.items() if group.leads for person in members],
            opens_on=today - dt.timedelta(days=9),
            closes_on=today + dt.timedelta(days=9),
        )
        for group, members in people.items():
            for number, (person, given) in enumerate(zip(members, group.answers, strict=True)):
                answer(wave, person, [1 + number % 5, 1 + number % 4, *given])
    publish(wave, by=world.stella)
    return wave, units


def attack(world: World, sign_in: SignIn, groups: Sequence[Group]) -> list[tuple[str, bool]]:
    wave, units = published(world, groups)
    return pinned(groups, read_site(sign_in(world.stella), world, wave, units))


def pinned(groups: Sequence[Group], seen: Mapping[str, Seen]) -> list[tuple[str, bool]]:
    """The groups of somebody whose engagement an outsider, or one of the group, narrows below two steps."""
    told = list(told_by(groups, seen))
    sizes = [len(group.answers) for group in groups]
    found = []
    for place, group in enumerate(groups):
        levels = sorted({sum(pair) - 2 for pair in group.answers})
        # Whoever knows one more answer never has a wider range.
        insiders = {levels[0], levels[-1]} if len(group.answers) > 1 else {None}
        if group.answers and any(place in figure.regions for figure in told):
            ranges = (answer_range(sizes, len(SCORES), told, place, own=own) for own in insiders)
            if any(possible is not None and possible[1] - possible[0] < 2 for possible in ranges):
                found.append((group.code, group.leads))
    return found


def told_by(groups: Sequence[Group], seen: Mapping[str, Seen]) -> Iterator[Told]:
    for code, said in seen.items():
        inside = [place for place, group in enumerate(groups) if code in path(group.code)]
        if "Engagement" in said.outcomes:
            yield from told_of(tuple(inside), said.outcomes["Engagement"], SCORES)
        for name, leads in zip(SIDES, (True, False), strict=True):
            if name in said.sides:
                side = tuple(place for place in inside if groups[place].leads == leads)
                assert said.sides[name].n == sum(len(groups[place].answers) for place in side)
                yield from told_of(side, said.sides[name], SCORES)


def path(code: str) -> list[str]:
    return [code, *path(ABOVE[code])] if code else []


@pytest.mark.parametrize("seed", range(ORGANIZATIONS))
def test_nobodys_engagement_is_recovered(mercy: World, sign_in: SignIn, seed: int) -> None:
    assert attack(mercy, sign_in, make_groups(random.Random(seed))) == []


def with_a_hidden_team() -> list[Group]:
    """Twelve leaders count in division A. Of its teams two are shown, one is not: three people of one
    mind. The rest of the division less the leaders is these three."""
    chance = random.Random(5)
    groups = [Group("A", True, some(12, chance)), Group("A2", False, ((5, 5),) * 3)]
    return groups + [Group(code, False, some(15, chance)) for code in ("A0", "A1", "B0", "B1")]


def test_without_the_audit_a_hidden_team_is_read_off(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Gaps, "_safe", lambda self, unit, around: True)
    assert attack(mercy, sign_in, with_a_hidden_team()) == [("A2", False)]


def test_with_the_audit_it_is_not(mercy: World, sign_in: SignIn) -> None:
    assert attack(mercy, sign_in, with_a_hidden_team()) == []


def test_there_was_something_to_attack(mercy: World) -> None:
    """In the first of the organisations above a gap is told."""
    published(mercy, make_groups(random.Random(0)))
    with tenant_transaction(mercy.organization.pk):
        assert PublishedGap.objects.exists()
