"""Status lists: what goes in comes out, to us and to a library that is not ours."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from passport.badges.lists import LIST_BITS, bits_of, encoded, is_set

PLACES = st.sets(st.integers(0, LIST_BITS - 1), max_size=40)


@given(PLACES, st.integers(0, LIST_BITS - 1))
def test_who_was_put_in_is_in_it_and_nobody_else(revoked: set[int], other: int) -> None:
    bits = bits_of(encoded(revoked))
    assert all(is_set(bits, place) for place in revoked)
    assert is_set(bits, other) == (other in revoked)


@given(PLACES)
def test_another_library_reads_the_same(revoked: set[int]) -> None:
    assert set_indices(decode_encoded_list(encoded(revoked))) == revoked


def test_the_first_place_is_the_leftmost_bit_of_a_list_as_long_as_the_specification_asks() -> None:
    bits = bits_of(encoded([0]))
    assert (bits[0], any(bits[1:]), len(bits) * 8) == (0b1000_0000, False, 131_072)


def test_the_same_list_is_written_in_the_same_way() -> None:
    assert encoded([3, 70_000]) == encoded([70_000, 3])


@pytest.mark.parametrize("place", [-1, LIST_BITS])
def test_no_such_place(place: int) -> None:
    with pytest.raises(ValueError, match="no such place"):
        encoded([place])
    with pytest.raises(ValueError, match="no such place"):
        is_set(bits_of(encoded([])), place)


def packed(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits)).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "u****",
        encoded([])[1:],
        encoded([])[:-8],
        "uü",
        packed(bytes(LIST_BITS // 8 - 1)),
        packed(bytes(64 * LIST_BITS)),
    ],
    ids=["empty", "prefix alone", "no base64", "no prefix", "cut", "not ASCII", "too short", "a bomb"],
)
def test_what_is_no_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bits_of(text)
