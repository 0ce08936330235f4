"""Which engagement gaps may be told: against whoever adds, subtracts and knows who leads and who answered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.audit import Findings, Scored, audit_means, nearest_marked
from surveys.coding import Bound, MeanForm, Points, rounded
from surveys.engagement_gap import choose_blocks
from surveys.gap_release import Engagement, Gap, Sides, least_sum, release_gaps
from surveys.release import CellTree
from surveys.stored_release import StoredMeans, stored_statistics
from tests.surveys.sums import group_sums, score_ends

POINTS = Points(1, 5, step=1 / 3, places=2, bound_places=1)
K, FEWEST = 5, 10


@dataclass(frozen=True)
class People:
    """Of everybody who answered: the own unit, whether they lead, their engagement. `missing` (2, U): leaders
    and led who were asked and did not answer."""

    parent: IntArray
    unit: IntArray
    leads: BoolArray
    score: FloatArray
    missing: IntArray

    @property
    def tree(self) -> CellTree:
        return CellTree.of(self.parent)

    @property
    def told(self) -> Engagement:
        """The means of engagement that are told, as a release has them."""
        count = len(self.parent)
        sums = group_sums(self.score, self.unit, count=count)
        totals = self.tree.sums(sums)
        scored = Scored(sums, *score_ends(self.score, self.unit, count), POINTS)
        offered = np.append(np.ones(count, dtype=np.bool_), False)
        published = self.tree.suppress(totals.n, k=K, offered=offered).published
        form = audit_means(self.tree, scored, published, Findings())
        shown = form < MeanForm.WITHHELD
        mean = np.where(form <= MeanForm.MEAN, rounded(totals.mean(), POINTS.places), np.nan)
        freedom = np.maximum(totals.n - 1, 1)
        sd = np.where(form == MeanForm.SPREAD, np.sqrt(totals.squares_within() / freedom), np.nan)
        lowest = shown & ~self.tree.any_below(shown)
        statistics = stored_statistics(np.where(shown, totals.n, 0), mean, sd, lowest)
        bound = np.where(form == MeanForm.BOUND, Bound.OR_MORE.value, Bound.EXACT.value)
        return Engagement(self.tree, sums, StoredMeans(shown, mean, bound, statistics), POINTS)

    @property
    def sides(self) -> Sides:
        count = len(self.parent)
        answered = np.array(
            [np.bincount(self.unit[side], minlength=count) for side in (self.leads, ~self.leads)]
        )
        block = choose_blocks(self.parent, *answered, fewest=FEWEST)
        n, total = np.zeros((2, count), dtype=np.int64), np.zeros((2, count))
        for number, side in enumerate((self.leads, ~self.leads)):
            inside = side & (block[self.unit] >= 0)
            np.add.at(n[number], block[self.unit[inside]], 1)
            np.add.at(total[number], block[self.unit[inside]], self.score[inside])
        return Sides(block, n, total, answered + self.missing)

    def released(self, findings: Findings | None = None) -> list[Gap]:
        return release_gaps(self.told, self.sides, fewest=FEWEST, findings=findings or Findings())


def some_people(
    parent: list[int], leaders: list[int], led: list[int], *, missing: list[int] | None = None, seed: int = 1
) -> People:
    """So many of each unit, with scores of all kinds; `missing`: led who did not answer."""
    unit = np.concatenate([np.repeat(np.arange(len(parent)), side) for side in (leaders, led)])
    leads = np.arange(len(unit)) < sum(leaders)
    score = 1 + np.random.default_rng(seed).integers(0, 13, len(unit)) / 3
    absent = np.array([[0] * len(parent), missing or [0] * len(parent)])
    return People(np.array(parent), unit, leads, score, absent)


@st.composite
def populations(draw: st.DrawFn) -> People:
    count = draw(st.integers(1, 6))
    parent = [draw(st.integers(0, unit - 1)) if unit else -1 for unit in range(count)]
    leaders = draw(st.lists(st.sampled_from([0, 1, 3, 11, 14]), min_size=count, max_size=count))
    led = draw(st.lists(st.sampled_from([0, 2, 4, 8, 12, 25]), min_size=count, max_size=count))
    missing = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    return some_people(parent, leaders, led, missing=missing, seed=draw(st.integers(0, 99)))


def regions(people: People, gaps: list[Gap]) -> tuple[IntArray, IntArray]:
    """Of everybody the region of engagement and the gap region, -1 without one."""
    told = np.zeros(len(people.parent) + 1, dtype=np.bool_)
    told[[gap.unit for gap in gaps]] = True
    inner = nearest_marked(people.tree, people.told.stored.published)
    return inner[people.unit], nearest_marked(people.tree, told)[people.unit]


@settings(max_examples=150)
@given(populations())
def test_no_small_group_of_one_side_follows_by_adding_and_subtracting(people: People) -> None:
    """All sums with a plus, a minus or without each group of one side of a region: either each is of enough
    people, or it followed from the means of engagement already."""
    gaps = people.released()
    inner, _outer = regions(people, gaps)
    groups = sorted({(int(region), bool(side)) for region, side in zip(inner, people.leads, strict=True)})
    assume(gaps and len(groups) <= 8)
    sizes = [int(((inner == region) & (people.leads == side)).sum()) for region, side in groups]
    within = {cell: people_within(people, cell) for cell in range(len(people.parent))}
    means = [
        [float(region in within[cell]) for region, _side in groups]
        for cell in np.flatnonzero(people.told.stored.published).tolist()
    ]
    leaders = [[float(side and region in within[gap.unit]) for region, side in groups] for gap in gaps]
    before, after = span(means), span(means + leaders)
    for signs in product((-1, 0, 1), repeat=len(groups)):
        small = sum(size for size, sign in zip(sizes, signs, strict=True) if sign) < FEWEST
        if small and any(signs) and in_span(after, signs):
            assert in_span(before, signs)


def people_within(people: People, cell: int) -> set[int]:
    """The regions of engagement in a cell."""
    found = set()
    for region in range(len(people.parent)):
        unit = region
        while unit >= 0 and unit != cell:
            unit = int(people.parent[unit])
        if unit == cell:
            found.add(region)
    return found


def span(rows: list[list[float]]) -> FloatArray:
    """An orthonormal basis of some rows."""
    if not rows:
        return np.zeros((0, 0))
    _u, values, basis = np.linalg.svd(np.array(rows))
    return np.asarray(basis[: int((values > 1e-9).sum())])


def in_span(basis: FloatArray, signs: tuple[int, ...]) -> bool:
    if not basis.size:
        return False
    vector = np.array(signs, dtype=float)
    return bool(np.allclose(vector @ basis.T @ basis, vector, atol=1e-7))


@settings(max_examples=150)
@given(populations())
def test_every_mixture_that_follows_leaves_room_at_both_ends(people: People) -> None:
    gaps = people.released()
    inner, outer = regions(people, gaps)
    for gap in gaps:
        rooms = np.zeros(2)
        fewer = 0
        for region in set(inner[outer == gap.unit].tolist()):
            here = (outer == gap.unit) & (inner == region)
            leaders, led = people.score[here & people.leads], people.score[here & ~people.leads]
            fewer += min(len(leaders), len(led))
            rooms += [
                min((5 - leaders).sum(), (led - 1).sum()),
                min((leaders - 1).sum(), (5 - led).sum()),
            ]
        assert fewer == 0 or (fewer >= FEWEST and rooms.min() >= POINTS.least_room + POINTS.reach - 1e-6)


@given(populations())
def test_the_figures_are_those_of_the_people(people: People) -> None:
    for gap in people.released():
        inside = np.array([gap.unit in above(people, unit) for unit in people.unit])
        for number, side in enumerate((people.leads, ~people.leads)):
            scores = people.score[inside & side]
            assert gap.n[number] == len(scores) >= FEWEST
            assert gap.mean[number] == pytest.approx(scores.mean(), abs=0.0051)
        assert gap.gap == pytest.approx(gap.mean[0] - gap.mean[1], abs=1e-9)
        assert gap.low <= gap.gap <= gap.high


def above(people: People, unit: int) -> list[int]:
    return [unit, *above(people, int(people.parent[unit]))] if unit >= 0 else []


def test_leaders_spread_over_teams_are_told_of_the_unit_around_them() -> None:
    people = some_people([-1, 0, 0, 0], [0, 5, 5, 5], [0, 20, 20, 20])
    findings = Findings()
    assert [gap.unit for gap in people.released(findings)] == [0]
    assert (findings.gaps, findings.gaps_withheld) == (1, 0)


def test_a_hidden_team_is_not_worked_out_from_the_leaders_beside_it() -> None:
    """The leaders of four teams and a team of three, too small to be shown, are the rest of a department:
    all of them together less the leaders would be the three."""
    people = some_people([-1, 0, 0, 0], [12, 0, 0, 0], [0, 15, 15, 3])
    findings = Findings()
    assert people.released(findings) == []
    assert (findings.gaps, findings.gaps_withheld) == (0, 1)


def test_what_was_told_already_may_be_told_as_a_gap() -> None:
    """The same without the small team: the rest of the department is its leaders, whose mean follows."""
    people = some_people([-1, 0, 0], [12, 0, 0], [0, 15, 15])
    assert [gap.unit for gap in people.released()] == [0]


def test_whether_somebody_answered_is_not_relied_upon() -> None:
    """The same, but a secretary was asked as well, who did not answer; or did, and a leader did not."""
    people = some_people([-1, 0, 0], [12, 0, 0], [0, 15, 15], missing=[1, 0, 0])
    assert people.released() == []


def test_where_a_unit_is_withheld_the_one_around_it_can_be_told() -> None:
    """Two departments of that kind, one with a team of three. Its own gap is not told, that of both is: the
    rest is of enough people."""
    parent = [-1, 0, 0, 1, 1, 2, 2]
    people = some_people(parent, [0, 12, 12, 0, 0, 0, 0], [11, 0, 11, 15, 3, 15, 15])
    assert [gap.unit for gap in people.released()] == [0]


def test_leaders_of_one_mind_at_the_end_of_the_scale_are_not_told() -> None:
    people = some_people([-1, 0, 0, 0], [0, 5, 5, 5], [0, 20, 20, 20])
    score = np.where(people.leads, 5.0, people.score)
    of_one_mind = People(people.parent, people.unit, people.leads, score, people.missing)
    assert of_one_mind.released() == []


def test_a_unit_that_holds_a_block_in_part_is_not_told() -> None:
    """A team moved out of the department after the launch."""
    people = some_people([-1, 0, 1, 1, 1], [0, 0, 5, 5, 5], [0, 0, 20, 20, 20])
    assert [gap.unit for gap in people.released()] == [0, 1]
    told, sides = people.told, people.sides
    moved = People(np.array([-1, 0, 0, 1, 1]), people.unit, people.leads, people.score, people.missing)
    told = Engagement(moved.tree, told.sums, moved.told.stored, POINTS)
    assert [gap.unit for gap in release_gaps(told, sides, fewest=FEWEST, findings=Findings())] == [0]


@given(
    st.lists(st.lists(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=4), st.integers(0, 12)
)
def test_the_least_sum_is_that_of_all_choices(costs: list[list[int]], total: int) -> None:
    starts = [place % 3 for place in range(len(costs))]
    choices = [np.arange(start, start + len(cost)) for start, cost in zip(starts, costs, strict=True)]
    sums = [
        sum(cost[place] for cost, place in zip(costs, places, strict=True))
        for places in product(*(range(len(cost)) for cost in costs))
        if sum(places) + sum(starts) == total
    ]
    found = least_sum([np.array(cost) for cost in costs], choices, total)
    assert found == (min(sums) if sums else np.inf)
