"""Where two who coded differ, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.consensus import consensus, disagreements, verdict
from partnerships.enums import CoderPart

Q1, Q2, A, B = (UUID(int=number) for number in range(1, 5))
ONE, TWO, THIRD = CoderPart.FIRST, CoderPart.SECOND, CoderPart.THIRD
CODINGS = st.fixed_dictionaries({quote: st.frozensets(st.sampled_from([A, B])) for quote in (Q1, Q2)})


def test_who_gave_a_code_alone_is_named() -> None:
    assert disagreements({Q1: {A}, Q2: {B}}, {Q1: {A, B}, Q2: set()}) == {(Q1, B): TWO, (Q2, B): ONE}


@pytest.mark.parametrize(
    ("opinions", "holds"),
    [
        ({}, None),
        ({ONE: True}, None),
        ({ONE: True, TWO: True}, True),
        ({ONE: False, TWO: False}, False),
        ({ONE: True, TWO: False}, None),
        ({ONE: True, TWO: False, THIRD: False}, False),
        ({THIRD: True}, True),
        ({ONE: False, TWO: False, THIRD: True}, False),  # the two agree: nobody overrules them
    ],
)
def test_both_agree_or_a_third_decides(opinions: dict[CoderPart, bool], holds: bool | None) -> None:
    assert verdict(opinions) is holds


def test_what_is_settled_counts_and_what_is_open_does_not() -> None:
    first, second = {Q1: {A}, Q2: {B}}, {Q1: {A, B}, Q2: set[UUID]()}
    found = consensus(first, second, {(Q1, B): {ONE: True, TWO: True}})
    assert found.codes == {Q1: {A, B}, Q2: frozenset()}
    assert found.open == {(Q2, B): ONE}
    assert not found.is_complete


@given(CODINGS, CODINGS)
def test_without_opinions_all_differences_are_open_and_only_what_both_found_counts(
    first: dict[UUID, frozenset[UUID]], second: dict[UUID, frozenset[UUID]]
) -> None:
    found = consensus(first, second, {})
    assert found.open == disagreements(first, second)
    assert found.codes == {quote: first[quote] & second[quote] for quote in first}


@given(CODINGS, CODINGS, st.booleans())
def test_a_third_settles_everything(
    first: dict[UUID, frozenset[UUID]], second: dict[UUID, frozenset[UUID]], holds: bool
) -> None:
    decided = {decision: {THIRD: holds} for decision in disagreements(first, second)}
    found = consensus(first, second, decided)
    assert found.is_complete
    assert found.codes == {
        quote: first[quote] | second[quote] if holds else first[quote] & second[quote] for quote in first
    }
