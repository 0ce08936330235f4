"""Small teams over two or three waves: told where nobody can be taken out, by an attacker who tries."""

from __future__ import annotations

import uuid
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.coding import Points
from surveys.pooling import Candidate, Region, pooled_teams

POINTS = Points(12, 60)
AROUND, OTHER = uuid.uuid4(), uuid.uuid4()


def team(
    ns: tuple[int, ...], hidden: tuple[int, ...], mean: float = 40.0, around: object = AROUND
) -> Candidate:
    """A team around a mean, in regions of so many hidden people with the same mean."""
    regions = tuple(Region((wave, around), n, 40.0 * n) for wave, n in enumerate(hidden))
    return Candidate(uuid.uuid4(), ns, mean * sum(ns), mean - 6, mean + 6, regions)


def test_a_team_of_three_and_three_is_told_over_two_waves() -> None:
    one = team((3, 3), (12, 12))
    assert pooled_teams([one], POINTS, k=5) == [one]
    three = team((2, 2, 2), (12, 12, 12))
    assert pooled_teams([three], POINTS, k=5) == [three]


def test_too_few_or_enough_in_one_wave_are_not_told() -> None:
    assert pooled_teams([team((2, 2), (12, 12))], POINTS, k=5) == []
    assert pooled_teams([team((5, 3), (12, 12))], POINTS, k=5) == []


def test_a_rest_of_fewer_than_k_is_never_left() -> None:
    assert pooled_teams([team((4, 4), (5, 6))], POINTS, k=5) == []


def test_where_a_bound_hides_a_region_nothing_is_pooled() -> None:
    one = team((3, 3), (12, 12))
    regions = (one.regions[0], Region((1, AROUND), 12, None))
    assert pooled_teams([Candidate(one.unit, one.ns, one.total, 34, 46, regions)], POINTS, k=5) == []


def test_teams_of_the_same_regions_leave_enough_together() -> None:
    large, small = team((4, 4), (9, 9)), team((3, 3), (9, 9))
    assert pooled_teams([small, large], POINTS, k=5) == [large]  # both would leave two people a wave
    both = [team((3, 4), (16, 16)), team((3, 3), (16, 16))]
    assert pooled_teams(both, POINTS, k=5) == both


def test_teams_that_share_some_regions_only_are_left_out() -> None:
    one, other = team((3, 3), (20, 20)), team((3, 3), (20, 20), around=OTHER)
    chained = Candidate(other.unit, other.ns, other.total, 34, 46, (one.regions[0], other.regions[1]))
    assert pooled_teams([one, chained], POINTS, k=5) == []
    assert pooled_teams([one, other], POINTS, k=5) == [one, other]


def test_a_unanimous_team_near_an_end_is_not_told() -> None:
    assert pooled_teams([team((3, 3), (14, 14), mean=60.0)], POINTS, k=5) == []


SHORT = Points(1, 3, places=2)


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(st.integers(1, 2), st.integers(1, 2)),
    st.tuples(st.integers(2, 4), st.integers(2, 4)),
    st.data(),
)
def test_nobody_is_pinned_by_a_pooled_sum(
    ns: tuple[int, int], rest: tuple[int, int], data: st.DataObject
) -> None:
    """The attacker knows the totals of both regions and of the team over both, and tries every sum of each
    of the four groups; k is three, so that they stay small."""
    answers = [data.draw(st.lists(st.integers(1, 3), min_size=n, max_size=n)) for n in (*ns, *rest)]
    totals = [sum(group) for group in answers]
    regions = tuple(
        Region((wave, AROUND), ns[wave] + rest[wave], totals[wave] + totals[2 + wave]) for wave in range(2)
    )
    own = [*answers[0], *answers[1]]
    one = Candidate(uuid.uuid4(), ns, sum(own), min(own), max(own), regions)
    if not pooled_teams([one], SHORT, k=3):
        return
    sizes = (*ns, *rest)
    possible: list[set[int]] = [set() for _ in sizes]
    for sums in product(*(range(n, 3 * n + 1) for n in sizes)):
        if (
            sums[0] + sums[1] == totals[0] + totals[1]
            and sums[0] + sums[2] == totals[0] + totals[2]
            and sums[1] + sums[3] == totals[1] + totals[3]
        ):
            for group, total in enumerate(sums):
                n = sizes[group]
                possible[group] |= {x for x in (1, 2, 3) if n - 1 <= total - x <= 3 * (n - 1)}
    assert all(group == {1, 2, 3} for group in possible)
