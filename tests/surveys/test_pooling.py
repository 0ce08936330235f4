"""Small teams over two or three waves: told where nobody can be taken out, by an attacker who tries."""

from __future__ import annotations

import uuid
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys.coding import Points
from surveys.pooling import Candidate, Region, pooled_teams

POINTS = Points(12, 60)
AROUND, OTHER = uuid.uuid4(), uuid.uuid4()


def team(
    ns: tuple[int, ...],
    hidden: tuple[int, ...],
    mean: float = 40.0,
    around: object = AROUND,
    asked: int | None = 8,
) -> Candidate:
    """A team around a mean, in regions of so many hidden people with the same mean."""
    regions = tuple(Region((wave, around), n, 40.0 * n) for wave, n in enumerate(hidden))
    ends = (mean - 6,) * len(ns), (mean + 6,) * len(ns)
    return Candidate(uuid.uuid4(), ns, mean * sum(ns), *ends, asked, regions)


def test_a_team_of_three_and_three_is_told_over_two_waves() -> None:
    one = team((3, 3), (12, 12))
    assert pooled_teams([one], POINTS, k=5) == [one]
    three = team((3, 4, 3), (12, 12, 12))
    assert pooled_teams([three], POINTS, k=5) == [three]


def test_too_few_or_enough_in_one_wave_are_not_told() -> None:
    assert pooled_teams([team((2, 2), (12, 12))], POINTS, k=5) == []
    assert pooled_teams([team((5, 3), (12, 12))], POINTS, k=5) == []


def test_two_people_are_no_six_over_three_waves() -> None:
    assert pooled_teams([team((2, 2, 2), (12, 12, 12), asked=2)], POINTS, k=5) == []
    assert pooled_teams([team((4, 2), (12, 12))], POINTS, k=5) == []


def test_fewer_people_asked_than_the_threshold_are_not_told_however_often_they_answer() -> None:
    assert pooled_teams([team((4, 4), (12, 12), asked=4)], POINTS, k=5) == []
    assert len(pooled_teams([team((4, 4), (12, 12), asked=5)], POINTS, k=5)) == 1


def test_of_files_nobody_knows_who_was_asked() -> None:
    assert len(pooled_teams([team((3, 3), (12, 12), asked=None)], POINTS, k=5)) == 1


def test_an_insider_knows_an_answer_in_every_wave() -> None:
    """Two of three answers in each wave are at the top: whoever gave the third knows the others."""
    regions = tuple(Region((wave, AROUND), 20, 800.0) for wave in range(2))
    one = Candidate(uuid.uuid4(), (3, 3), 2 * (60 + 54 + 30), (30, 30), (60, 60), 8, regions)
    # Without one answer of 30 there are 42 points to the top; without both 12, one fewer than it takes.
    assert pooled_teams([one], POINTS, k=5) == []
    assert pooled_teams([replace(one, total=one.total - 1)], POINTS, k=5) == [
        replace(one, total=one.total - 1)
    ]


def test_a_rest_of_fewer_than_k_is_never_left() -> None:
    assert pooled_teams([team((4, 4), (5, 6))], POINTS, k=5) == []


def test_nor_one_of_the_same_few_people_in_two_waves() -> None:
    assert pooled_teams([team((4, 4), (7, 7))], POINTS, k=5) == []
    assert pooled_teams([team((4, 4), (7, 9))], POINTS, k=5) != []


def test_where_a_bound_hides_a_region_nothing_is_pooled() -> None:
    one = team((3, 3), (12, 12))
    regions = (one.regions[0], Region((1, AROUND), 12, None))
    assert pooled_teams([replace(one, regions=regions)], POINTS, k=5) == []


def test_teams_of_the_same_regions_leave_enough_together() -> None:
    large, small = team((4, 4), (9, 9)), team((3, 3), (9, 9))
    assert pooled_teams([small, large], POINTS, k=5) == [large]  # both would leave two people a wave
    both = [team((3, 4), (16, 16)), team((3, 3), (16, 16))]
    assert pooled_teams(both, POINTS, k=5) == both


def test_teams_that_share_some_regions_only_are_left_out() -> None:
    one, other = team((3, 3), (20, 20)), team((3, 3), (20, 20), around=OTHER)
    chained = replace(other, regions=(one.regions[0], other.regions[1]))
    assert pooled_teams([one, chained], POINTS, k=5) == []
    assert pooled_teams([one, other], POINTS, k=5) == [one, other]


def test_a_unanimous_team_near_an_end_is_not_told() -> None:
    assert pooled_teams([team((3, 3), (14, 14), mean=60.0)], POINTS, k=5) == []


SHORT = Points(1, 5, places=2)


def around_of(sizes: list[int], totals: list[int], group: int) -> list[int]:
    """All totals that a group can have, by those of both regions and of the team over both waves. The groups
    are the team in each wave and those around it in each."""
    possible = []
    for first in range(sizes[0], 5 * sizes[0] + 1):
        second = totals[0] + totals[1] - first
        sums = first, second, totals[0] + totals[2] - first, totals[1] + totals[3] - second
        if all(n <= total <= 5 * n for n, total in zip(sizes, sums, strict=True)):
            possible.append(sums[group])
    return possible


@st.composite
def groups(draw: st.DrawFn) -> list[list[int]]:
    """Answers of a team of three or four in each wave and of the others around it in each, who are so many
    that some pools pass; low or high, so that some do not."""
    level = st.integers(1, 3) if draw(st.booleans()) else st.integers(3, 5)
    sizes = [
        draw(st.integers(3, 4)),
        draw(st.integers(3, 4)),
        draw(st.integers(5, 12)),
        draw(st.integers(5, 12)),
    ]
    return [draw(st.lists(level, min_size=n, max_size=n)) for n in sizes]


@settings(deadline=None, max_examples=80)
@given(groups())
def test_nobody_is_pinned_by_a_pooled_sum(answers: list[list[int]]) -> None:
    """The attacker knows the totals of both regions and of the team over both, and perhaps the own answer:
    everybody else's stay open by two steps."""
    sizes, totals = [len(group) for group in answers], [sum(group) for group in answers]
    regions = tuple(
        Region((wave, AROUND), sizes[wave] + sizes[2 + wave], totals[wave] + totals[2 + wave])
        for wave in range(2)
    )
    ends = (tuple(end(group) for group in answers[:2]) for end in (min, max))
    one = Candidate(uuid.uuid4(), (sizes[0], sizes[1]), totals[0] + totals[1], *ends, 8, regions)
    assume(pooled_teams([one], SHORT, k=5))
    for group, n in enumerate(sizes):
        for own in {None, *answers[group]}:
            known, left = (0, n) if own is None else (own, n - 1)
            possible = {
                answer
                for total in around_of(sizes, totals, group)
                for answer in range(1, 6)
                if left - 1 <= total - known - answer <= 5 * (left - 1)
            }
            assert max(possible) - min(possible) >= SHORT.least_range
