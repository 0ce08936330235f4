"""Comments are read one level up, by groups of ten or more, each once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.comment_release import NOWHERE, place_comments


def placed(
    parent: list[int], respondents: list[int], hidden: tuple[int, ...] = (), fewest: int = 10
) -> list[int]:
    published = np.array([unit not in hidden for unit in range(len(parent))])
    return place_comments(np.array(parent), np.array(respondents), published, fewest=fewest).tolist()


def test_teams_are_read_together_one_level_up() -> None:
    assert placed([-1, 0, 0], [0, 6, 5]) == [0, 0, 0]
    assert placed([-1, 0, 1, 1], [0, 0, 6, 5]) == [NOWHERE, NOWHERE, 1, 1]


def test_a_group_of_fewer_than_ten_goes_up_until_it_is_large_enough() -> None:
    assert placed([-1, 0, 1, 1, 0], [0, 0, 4, 5, 3]) == [0, 0, 0, 0, 0]
    assert placed([-1, 0, 0], [0, 4, 5]) == [NOWHERE] * 3


def test_nothing_is_read_where_the_result_is_withheld() -> None:
    assert placed([-1, 0, 1, 1], [20, 0, 6, 5], hidden=(1,)) == [0, 0, 0, 0]
    assert placed([-1, 0], [9, 9], hidden=(0,)) == [NOWHERE, NOWHERE]


def test_comments_of_one_answering_team_are_not_hidden_by_a_level_above_it() -> None:
    assert placed([-1, 0, 1], [0, 0, 12]) == [NOWHERE] * 3
    assert placed([-1, 0, 1, 1], [0, 0, 12, 0]) == [NOWHERE] * 4
    assert placed([-1, 0, 1, 0], [0, 0, 12, 3]) == [0, 0, 0, 0]
    assert placed([-1, 0], [3, 12]) == [0, 0]  # the child's and those of the root itself


def test_no_organization_goes_below_the_floor() -> None:
    assert placed([-1, 0], [4, 4], fewest=8) == [0, 0]
    with pytest.raises(ValueError, match="at least 8"):
        placed([-1], [9], fewest=7)


@given(
    st.lists(st.tuples(st.integers(-1, 8), st.integers(0, 12), st.booleans()), min_size=1, max_size=10),
)
def test_every_group_has_ten_of_two_units_and_none_is_read_in_its_own_unit(
    drawn: list[tuple[int, int, bool]],
) -> None:
    parent = np.array([min(above, unit - 1) for unit, (above, _, _) in enumerate(drawn)])
    respondents = np.array([n for _, n, _ in drawn])
    published = np.array([shown for _, _, shown in drawn])
    place = place_comments(parent, respondents, published)
    for unit in set(place.tolist()) - {NOWHERE}:
        assert respondents[place == unit].sum() >= 10
        assert (respondents[place == unit] > 0).sum() >= 2
        assert published[unit]
    for unit, where in enumerate(place.tolist()):
        above = parent[unit]
        while where not in (NOWHERE, unit) and above not in (NOWHERE, where):
            above = parent[above]
        assert where in (NOWHERE, above) or (where == unit and parent[unit] == NOWHERE)
