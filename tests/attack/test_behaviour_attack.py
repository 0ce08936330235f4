"""Seeded teams with five behaviours, attacked with all that is stored of them at once: index, behaviours,
questions, agreement and histogram in joint integer programs. No answer, behaviour or index is recovered.

What is stored is more than pages show: nobody needs to read them. `ATTACK_ORGANIZATIONS` says how many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from people.models import Unit
from surveys import stored_release
from surveys.arrays import IntArray
from surveys.coding import Bound
from surveys.enums import ItemPart
from surveys.models import PublishedIndex, PublishedItem, PublishedScale, ReleaseCertificate, Wave
from surveys.reconstruction import Told, answer_range, widest_without_one
from tenancy.scope import tenant_scope
from tests.factories.people import make_unit
from tests.factories.surveys import cast, make_behaviour_instrument, make_wave, publish
from tests.world import World

ORGANIZATIONS = int(os.environ.get("ATTACK_ORGANIZATIONS", "3"))
BEHAVIOURS, EACH = 5, 2
ITEMS = BEHAVIOURS * EACH
EPSILON = 1e-6
NULL_VARIANCE = 2.0  # of answers spread evenly from 1 to 5


@dataclass(frozen=True)
class Team:
    """The true answers of a unit's own people, a row each. All teams are below one unit."""

    unit: Unit
    answers: IntArray

    def of(self, behaviour: int) -> IntArray:
        """The scores in a behaviour."""
        return np.asarray(self.answers[:, EACH * behaviour : EACH * (behaviour + 1)].sum(axis=1))


def answers_of(mood: str, n: int, chance: random.Random) -> list[list[int]]:
    """Mixed answers, or such as agree on one behaviour, or all but one person do."""
    rows = [[chance.randint(1, 5) for _ in range(ITEMS)] for _ in range(n)]
    if mood == "mixed":
        return rows
    start, level = EACH * chance.randrange(BEHAVIOURS), chance.choice((1, 5))
    for row in rows[1 if mood == "lone dissenter" else 0 :]:
        row[start : start + EACH] = [level] * EACH
    return rows


def publish_teams(world: World, chance: random.Random) -> tuple[Wave, list[Team]]:
    """Four teams, one that agrees on a behaviour, and the people of the unit above, published."""
    drawn = [("agreed", chance.randint(10, 15)), ("lone dissenter", chance.randint(10, 15))]
    drawn += [("mixed", chance.randint(6, 16)) for _ in range(2)]
    with tenant_scope(world.organization.pk):
        units = [make_unit(world.organization, f"Team {n}", parent=world.unit) for n in range(len(drawn))]
        drawn.append((chance.choice(("mixed", "agreed")), 11))
        given = [answers_of(mood, n, chance) for mood, n in drawn]
        teams = [Team(unit, np.array(rows)) for unit, rows in zip([*units, world.unit], given, strict=True)]
        wave = make_wave(make_behaviour_instrument(world.organization, BEHAVIOURS, EACH))
        cast(wave, {team.unit: team.answers.astype(float).tolist() for team in teams})
    publish(wave, by=world.stella)
    return wave, teams


class Attacker:
    """Has the stored rows of a wave and knows how many answered in each team, and perhaps an own answer."""

    def __init__(self, wave: Wave, teams: Sequence[Team]) -> None:
        self.wave, self.teams = wave, teams
        self.cells = list(PublishedIndex.objects.filter(wave=wave, state="published"))
        self.scales = list(PublishedScale.objects.filter(wave=wave, part=ItemPart.INDEX))
        self.items = list(PublishedItem.objects.filter(wave=wave).select_related("item"))

    def within(self, unit_id: object) -> list[int]:
        """Teams of which a cell tells: the last one's people are in the unit above the others."""
        own = [place for place, team in enumerate(self.teams) if team.unit.pk == unit_id]
        return own if own and own != [len(self.teams) - 1] else list(range(len(self.teams)))

    def recovered(self) -> list[tuple[str, int, int | None]]:
        return [*self._behaviours(), *self._answers(), *self._indexes()]

    def _behaviours(self) -> Iterator[tuple[str, int, int | None]]:
        """Regions are pairs of team and behaviour; the levels scores of one behaviour."""
        values = np.arange(EACH, 5 * EACH + 1, dtype=float)
        told = []
        for cell in self.cells:
            pairs = self._pairs(cell.unit_id, range(BEHAVIOURS), BEHAVIOURS)
            told.append(Told(pairs, values, *self._total(cell)))
        for scale in self.scales:
            pairs = self._pairs(scale.unit_id, [scale.position], BEHAVIOURS)
            told.append(Told(pairs, values, *self._total(scale)))
            if scale.sd is not None:
                told.append(Told(pairs, values**2, *squares(scale)))
        truth = [
            np.bincount(team.of(behaviour) - EACH, minlength=len(values))
            for team in self.teams
            for behaviour in range(BEHAVIOURS)
        ]
        yield from self._pinned("behaviour", np.array(truth), told)

    def _answers(self) -> Iterator[tuple[str, int, int | None]]:
        """Regions are pairs of team and question."""
        values = np.arange(1, 6, dtype=float)
        told = []
        for cell in self.cells:
            pairs = self._pairs(cell.unit_id, range(ITEMS), ITEMS)
            told.append(Told(pairs, values, *self._total(cell)))
            if cell.agreement is not None:
                # Around any point answers differ at least as much as around their means.
                variance = NULL_VARIANCE * disagreement(cell.agreement + 0.005)
                least = variance * ITEMS * (cell.n - 1)
                told += [Told(pairs, (values - at) ** 2, least - EPSILON, np.inf) for at in (2.5, 3, 3.5, 4)]
        for scale in self.scales:
            columns = range(EACH * scale.position, EACH * (scale.position + 1))
            told.append(Told(self._pairs(scale.unit_id, columns, ITEMS), values, *self._total(scale)))
        for row in self.items:
            pairs, starts = self._pairs(row.unit_id, [row.item.position], ITEMS), [0, *row.ends]
            for start, end, fewest, most in zip(starts[:-1], row.ends, row.fewest, row.most, strict=True):
                told.append(Told(pairs, ((values > start) & (values <= end)).astype(float), fewest, most))
        truth = [np.bincount(column - 1, minlength=5) for team in self.teams for column in team.answers.T]
        yield from self._pinned("answer", np.array(truth), told)

    def _indexes(self) -> Iterator[tuple[str, int, int | None]]:
        """Regions are teams; the levels scores of the index, which the histogram tells of, too."""
        values = np.arange(ITEMS, 5 * ITEMS + 1, dtype=float)
        told = []
        for cell in self.cells:
            pairs = tuple(self.within(cell.unit_id))
            told.append(Told(pairs, values, *self._total(cell)))
            if cell.sd is not None:
                told.append(Told(pairs, values**2, *squares(cell)))
            for edges, people in columns_of(cell):
                told.append(
                    Told(pairs, ((values >= edges[0]) & (values < edges[1])).astype(float), people, people)
                )
        truth = [np.bincount(team.answers.sum(axis=1) - ITEMS, minlength=len(values)) for team in self.teams]
        yield from self._pinned("index", np.array(truth), told)

    def _pairs(self, unit_id: object, columns: Sequence[int], size: int) -> tuple[int, ...]:
        return tuple(size * team + column for team in self.within(unit_id) for column in columns)

    def _total(self, row: PublishedIndex | PublishedScale) -> tuple[float, float]:
        low, high = (row.scale_low, row.scale_high) if isinstance(row, PublishedScale) else (ITEMS, 5 * ITEMS)
        n, mean = float(row.n or 0), float(row.mean or 0)
        if row.bound == Bound.OR_MORE:
            return n * mean - EPSILON, n * high
        if row.bound == Bound.OR_FEWER:
            return n * low, n * mean + EPSILON
        return n * (mean - 0.05) - EPSILON, n * (mean + 0.05) + EPSILON

    def _pinned(self, what: str, truth: IntArray, told: list[Told]) -> Iterator[tuple[str, int, int | None]]:
        """Whoever changes places with others of a region leaves all figures as they are: what true answers
        leave open needs no program. Nor does what is open with the other teams' answers as they are."""
        each = len(truth) // len(self.teams)
        for region in np.flatnonzero(widest_without_one(truth) < 2).tolist():
            free = list(range(region // each * each, (region // each + 1) * each))
            for own in (None, *np.flatnonzero(truth[region]).tolist()):
                width = width_of(truth[free], within(told, truth, free), region % each, own)
                if width is None or width < 2:
                    width = width_of(truth, told, region, own)
                if width is not None and width < 2:
                    yield what, region, own


def width_of(truth: IntArray, told: Sequence[Told], region: int, own: int | None) -> int | None:
    """Within how many steps an answer is found by whoever knows the own one; None if HiGHS does not say."""
    found = answer_range(truth.sum(axis=1).tolist(), truth.shape[1], told, region, own=own)
    return None if found is None else found[1] - found[0]


def within(told: Sequence[Told], truth: IntArray, free: list[int]) -> list[Told]:
    """What is told of some regions, all others being as they truly are."""
    left = []
    for figure in told:
        inside = tuple(free.index(region) for region in figure.regions if region in free)
        if inside:
            rest = sum(
                float(truth[region] @ figure.weights) for region in figure.regions if region not in free
            )
            left.append(Told(inside, figure.weights, figure.low - rest, figure.high - rest))
    return left


def squares(row: PublishedIndex | PublishedScale) -> tuple[float, float]:
    """Between what the sum of squares lies by a printed mean and spread."""
    n, mean, sd = float(row.n or 0), float(row.mean or 0), float(row.sd or 0)
    low, high = (
        (n - 1) * max(sd + side, 0) ** 2 + n * (mean + side) ** 2
        for side in (-0.05 - EPSILON, 0.05 + EPSILON)
    )
    return low, high


def columns_of(cell: PublishedIndex) -> Iterator[tuple[tuple[float, float], int]]:
    edges = cell.histogram_edges or []
    for start, end, people in zip(edges, edges[1:], cell.histogram or [], strict=False):
        yield (start, np.inf if end == edges[-1] else end), people


def disagreement(agreement: float) -> float:
    """The share of the null's variance that r_wg(j) stands for."""
    return max(0.0, ITEMS * (1 - agreement) / (ITEMS - agreement * (ITEMS - 1)))


@pytest.mark.parametrize("seed", range(ORGANIZATIONS))
def test_five_behaviours_and_their_sum_give_no_answer_away(mercy: World, seed: int) -> None:
    wave, teams = publish_teams(mercy, random.Random(3000 + seed))
    with tenant_scope(mercy.organization.pk):
        attacker = Attacker(wave, teams)
        assert attacker.scales
        assert attacker.recovered() == []


def test_without_looking_at_the_sum_a_behaviour_is_recovered(
    mercy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_release, "hide_remainders", lambda *arguments: None)
    wave, teams = publish_teams(mercy, random.Random(3000))
    with tenant_scope(mercy.organization.pk):
        assert "behaviour" in {what for what, _region, _own in Attacker(wave, teams).recovered()}


def test_an_adjusted_figure_is_made_of_the_mean_and_a_certificate_of_counts(mercy: World) -> None:
    chance = random.Random(1)
    with tenant_scope(mercy.organization.pk):
        units = [make_unit(mercy.organization, f"Team {n}", parent=mercy.root) for n in range(13)]
        wave = make_wave(make_behaviour_instrument(mercy.organization, BEHAVIOURS, EACH))
        cast(wave, {unit: answers_of("mixed", 12, chance) for unit in units})
    publish(wave, by=mercy.stella)
    with tenant_scope(mercy.organization.pk):
        centre = wave.published.get().centre
        cells = list(PublishedIndex.objects.filter(wave=wave, unit__in=units))
        adjusted = [cell for cell in cells if cell.estimate is not None]
        assert len(adjusted) >= 8
        for cell in adjusted:
            made = cell.weight * cell.mean + (1 - cell.weight) * centre
            assert cell.estimate == pytest.approx(made)
        assert {field.get_internal_type() for field in ReleaseCertificate._meta.local_fields} <= {
            "UUIDField", "ForeignKey", "TenantForeignKey", "DateTimeField", "PositiveSmallIntegerField",
            "PositiveIntegerField", "PositiveBigIntegerField",
        }  # fmt: skip
