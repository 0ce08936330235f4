"""What changed in a pool between two reviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from succession.enums import Band, Flag
from succession.review_changes import FIGURES, changes_since, moves_between

ADA, MARA, COLIN, HENRY = (uuid4() for _ in range(4))


@dataclass
class Card:
    """A scorecard; empty unless said otherwise."""

    ready_now: int = 0
    one_two: int = 0
    three_five: int = 0
    later: int = 0
    stale: int = 0
    unassessed: int = 0
    interim_cover: int = 0
    members: int = 0
    flags: list[str] = field(default_factory=list)


def test_without_an_earlier_review_there_is_nothing_to_compare() -> None:
    found = changes_since(None, Card(ready_now=2, members=2, flags=["vacant"]))
    assert (found.known, found.moved, found.raised) == (False, False, [])
    assert [each.now for each in found.figures] == [2, 0, 0, 0, 0, 0, 0, 2]
    assert {each.difference for each in found.figures} == {None}
    assert {each.difference_told for each in found.figures} == {""}


def test_every_figure_is_named_with_its_difference_and_whether_it_is_better() -> None:
    before = Card(ready_now=1, one_two=2, stale=1, unassessed=0, members=4)
    now = Card(ready_now=3, one_two=1, stale=0, unassessed=1, members=5)
    found = changes_since(before, now)
    told = {str(each.label): (each.difference_told, each.tone) for each in found.figures}
    assert told == {
        "Ready now": ("+2", "ok"),
        "In 1–2 years": ("−1", ""),
        "In 3–5 years": ("", ""),
        "Later": ("", ""),
        "Stale": ("−1", "ok"),
        "Not rated": ("+1", "bad"),
        "Could cover from tomorrow on": ("", ""),
        "Candidates": ("+1", ""),
    }
    assert len(told) == len(FIGURES)
    assert found.moved


def test_flags_that_came_and_went_are_in_the_order_of_the_enumeration() -> None:
    found = changes_since(
        Card(flags=[Flag.STALE, Flag.NO_READY, Flag.ENDING]),
        Card(flags=[Flag.STALE, Flag.SINGLE, Flag.VACANT]),
    )
    assert found.raised == [Flag.VACANT, Flag.SINGLE]
    assert found.cleared == [Flag.ENDING, Flag.NO_READY]
    assert found.moved


def test_the_same_figures_and_flags_are_no_change() -> None:
    card = Card(ready_now=2, members=2, flags=["ending"])
    found = changes_since(card, card)
    assert (found.known, found.moved) == (True, False)


def test_people_joined_left_and_came_nearer_or_went_further_away() -> None:
    before: dict[UUID, str | None] = {ADA: Band.ONE_TWO, MARA: Band.READY_NOW, COLIN: Band.LATER}
    now: dict[UUID, str | None] = {ADA: Band.READY_NOW, MARA: Band.THREE_FIVE, HENRY: None}
    moves = moves_between(before, now)
    assert (moves.joined, moves.left, moves.nearer, moves.further) == ([HENRY], [COLIN], [ADA], [MARA])
    assert moves


def test_who_lost_or_got_a_rating_is_neither_nearer_nor_further() -> None:
    moves = moves_between({ADA: None, MARA: Band.LATER}, {ADA: Band.LATER, MARA: None})
    assert not moves
