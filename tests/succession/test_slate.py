"""Which names a ballot puts on the slate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.slate import FEWEST_BALLOTS, LEAST, MOST, by_half, is_quorate, slate_of

COUNTS = st.dictionaries(st.integers(), st.integers(0, 12), min_size=LEAST, max_size=30)


class TestSlate:
    def test_the_five_with_most_approvals(self) -> None:
        assert slate_of({"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 4}).names == set("abcde")

    def test_a_tie_at_the_last_place_widens_it(self) -> None:
        assert slate_of({"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 5, "g": 5, "h": 1}).names == set(
            "abcdefg"
        )

    def test_a_tie_beyond_seven_is_left_off_where_three_stand_above(self) -> None:
        assert slate_of({"a": 9, "b": 8, "c": 7, **dict.fromkeys("defghijk", 5)}).names == set("abc")

    def test_otherwise_it_is_voted_on_again(self) -> None:
        made = slate_of({"a": 9, "b": 8, **dict.fromkeys(range(20), 5), "z": 1})
        assert not made.names
        assert made.again == {"a", "b", *range(20)}

    def test_as_many_as_stand_where_they_are_fewer(self) -> None:
        assert slate_of({"a": 2, "b": 0, "c": 1}).names == set("abc")

    def test_two_are_no_slate(self) -> None:
        with pytest.raises(ValueError, match="a slate of 2 is none"):
            slate_of({"a": 2, "b": 1})

    @pytest.mark.parametrize("size", [2, 8])
    def test_three_to_seven_names(self, size: int) -> None:
        with pytest.raises(ValueError, match="3 to 7"):
            slate_of(dict.fromkeys("abcdefgh", 1), size)

    @given(COUNTS, st.integers(LEAST, MOST))
    def test_nobody_off_it_has_more_approvals_than_anybody_on_it(
        self, approvals: dict[int, int], size: int
    ) -> None:
        made = slate_of(approvals, size)
        chosen = made.names or made.again
        assert chosen
        assert len(made.names) in {0, *range(LEAST, MOST + 1)}
        assert bool(made.names) != bool(made.again)
        off = [count for name, count in approvals.items() if name not in chosen]
        assert max(off, default=-1) < min(approvals[name] for name in chosen)


class TestWhatIsTold:
    def test_a_quorum_is_a_share_of_the_roll_and_never_fewer_than_five(self) -> None:
        assert is_quorate(20, 40, 50)
        assert not is_quorate(19, 40, 50)
        assert not is_quorate(4, 8, 50)
        assert is_quorate(5, 8, 50)

    @given(st.integers(FEWEST_BALLOTS, 80))
    def test_each_half_leaves_two_counts_possible_or_more(self, ballots: int) -> None:
        told = [by_half(count, ballots) for count in range(ballots + 1)]
        assert 2 <= sum(told) <= ballots - 1
