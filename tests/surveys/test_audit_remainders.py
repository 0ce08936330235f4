"""The index is the sum of its behaviours: an attacker with all of them at once, over the whole tree."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from surveys import stored_release
from surveys.arrays import FloatArray, IntArray
from surveys.audit import Scored, nearest_marked, regions_of
from surveys.audit.remainders import known_sums
from surveys.built_in import LEADER_INDEX
from surveys.coding import Bound, MeanForm, Points
from surveys.enums import ItemPart
from surveys.questionnaire import Questionnaire
from surveys.release import CellTree, UnitSums
from surveys.stored_release import StoredMeans, StoredRelease, index_points, scale_points, store_release
from tests.surveys.sums import sums_of

QUESTIONNAIRE = Questionnaire(
    tuple(wording.question for wording in LEADER_INDEX.wordings), LEADER_INDEX.minimum_answered or 10
)
BEHAVIOURS = [scale for scale in QUESTIONNAIRE.scales if scale.part == ItemPart.INDEX]


def answers_of(
    chance: np.random.Generator, n: int, *, agreed: int | None = None, level: int = 5
) -> FloatArray:
    """Mixed answers of n people, all the same (`level`) to the questions of the behaviour `agreed`."""
    answers = chance.integers(1, 6, (n, QUESTIONNAIRE.index_items)).astype(float)
    if agreed is not None:
        answers[:, BEHAVIOURS[agreed].columns] = level
    return answers


def release_of(parent: list[int], answers: list[FloatArray]) -> tuple[StoredRelease, UnitSums]:
    units = np.repeat(np.arange(len(answers)), [len(rows) for rows in answers])
    sums = sums_of(QUESTIONNAIRE, np.concatenate(answers), units, len(answers))
    return store_release(np.array(parent), sums, QUESTIONNAIRE, threshold=5), sums


def ends_of(stored: StoredMeans, cell: int, points: Points) -> tuple[float, float]:
    """Between what a cell's total lies by what is stored of it."""
    n, value, half = float(stored.statistics.n[cell]), stored.value[cell], 0.5 * 10.0**-points.places
    if stored.bound[cell] == Bound.OR_MORE:
        return n * value, n * points.high
    if stored.bound[cell] == Bound.OR_FEWER:
        return n * points.low, n * value
    return n * (value - half), n * (value + half)


def told_rows(
    tree: CellTree, release: StoredRelease, place: IntArray
) -> Iterator[tuple[FloatArray, float, float]]:
    """All that is told of the totals of each behaviour in each region, as linear bounds."""
    shape = len(BEHAVIOURS), len(tree.parent)
    for number, stored in enumerate([release.index, *release.scales[: len(BEHAVIOURS)]]):
        points = scale_points(BEHAVIOURS[number - 1]) if number else index_points(QUESTIONNAIRE)
        for cell in np.flatnonzero(stored.published).tolist():
            row = np.zeros(shape)
            inside = [other for other in range(shape[1]) if cell in way_up(tree, other)]
            row[np.ix_(range(shape[0]) if number == 0 else [number - 1], inside)] = 1.0
            yield row.ravel(), *ends_of(stored, cell, points)


def way_up(tree: CellTree, cell: int) -> list[int]:
    return [cell, *way_up(tree, int(tree.parent[cell]))] if cell >= 0 else []


def least_room(parent: list[int], answers: list[FloatArray]) -> float:
    """How much room, in shares of what is promised, is left to all but one person of any region in any
    behaviour: 1 or more is as promised. The attacker solves one program over everything that is told."""
    release, sums = release_of(parent, answers)
    tree = CellTree.of(np.array(parent))
    place = nearest_marked(tree, release.published)[:-1]
    size = len(tree.parent)
    regions = [
        regions_of(Scored(own, ends[0], ends[1], scale_points(scale)), place, size)
        for own, ends, scale in zip(sums.scales, sums.ends[1:], BEHAVIOURS, strict=True)
    ]
    rows, low, high = (np.array(column) for column in zip(*told_rows(tree, release, place), strict=True))
    scales = [scale_points(scale) for scale in BEHAVIOURS]
    lows = [own.n * points.low for own, points in zip(regions, scales, strict=True)]
    highs = [own.n * points.high for own, points in zip(regions, scales, strict=True)]
    bounds = Bounds(np.concatenate(lows), np.concatenate(highs))
    found = []
    for number, (own, points) in enumerate(zip(regions, scales, strict=True)):
        for region in np.flatnonzero(own.n).tolist():
            for side in (1, -1):
                cost = np.zeros(len(BEHAVIOURS) * size)
                cost[number * size + region] = side
                solved = milp(
                    cost, constraints=LinearConstraint(rows, low, high), bounds=bounds, integrality=1
                )
                total = round(side * solved.fun)
                if side == 1:
                    room = own.n[region] * points.high - total - (points.high - own.lowest[region])
                else:
                    room = total - own.n[region] * points.low - (own.highest[region] - points.low)
                found.append(room / points.least_range)
    return float(min(found))


@pytest.mark.parametrize("seed", range(6))
def test_what_the_index_leaves_of_a_behaviour_pins_nobody(seed: int) -> None:
    """One team agrees on one behaviour; the index and the four others would tell what it said."""
    chance = np.random.default_rng(seed)
    agreed, level = seed % len(BEHAVIOURS), 5 if seed % 3 else 1
    team = answers_of(chance, int(chance.integers(10, 16)), agreed=agreed, level=level)
    assert least_room([-1], [team]) >= 1
    beside = [answers_of(chance, int(n)) for n in chance.integers(10, 30, 2)]
    assert least_room([-1, 0, 0, 0], [answers_of(chance, 0), team, *beside]) >= 1


@pytest.mark.parametrize("seed", range(2))
def test_nor_what_it_leaves_of_the_people_around_a_cell(seed: int) -> None:
    """Those of a unit who are in none of its teams agree; so do teams of which the index alone is told."""
    chance = np.random.default_rng(100 + seed)
    around, small = (answers_of(chance, n, agreed=seed % len(BEHAVIOURS)) for n in (11, 6))
    teams = [answers_of(chance, int(n)) for n in chance.integers(10, 20, 2)]
    assert least_room([-1, 0, 0, 0], [around, small, *teams]) >= 1


def test_without_this_the_behaviour_is_read_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_release, "hide_remainders", lambda *arguments: None)
    team = answers_of(np.random.default_rng(1), 12, agreed=1)
    assert least_room([-1], [team]) < 0.5


def test_a_second_behaviour_of_the_team_is_no_longer_told() -> None:
    team = answers_of(np.random.default_rng(1), 12, agreed=1)
    release, _ = release_of([-1], [team])
    assert release.scales[1].bound[0] == Bound.OR_MORE
    assert [bool(scale.published[0]) for scale in release.scales].count(False) == 1
    assert release.findings.programs > 0


def test_mixed_answers_need_no_program_and_lose_nothing() -> None:
    chance = np.random.default_rng(3)
    release, _ = release_of([-1, 0, 0], [answers_of(chance, 40) for _ in range(3)])
    assert release.findings.programs == 0
    assert all(np.isfinite(scale.statistics.mean[:-1]).all() for scale in release.scales)


def test_what_is_left_of_the_index_is_known_like_what_is_told() -> None:
    """The sums of questions keep room in such cells, too."""
    exact, bound, withheld = MeanForm.MEAN.value, MeanForm.BOUND.value, MeanForm.WITHHELD.value
    index = np.array([exact, exact, bound])
    first, second = np.array([exact, exact, exact]), np.array([bound, withheld, withheld])
    assert [known.tolist() for known in known_sums(index, [first, second])] == [
        [True, True, True],
        [True, True, False],
    ]
