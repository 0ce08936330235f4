"""Which units' leaders and led are compared together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.built_in import ANNUAL_SURVEY, BUILT_INS, BuiltIn
from surveys.engagement_gap import NO_BLOCK, choose_blocks, engagement_place, fewest_of_each
from surveys.enums import ItemPart
from surveys.questionnaire import Question, Questionnaire

Tree = tuple[list[int], list[int], list[int]]
FEWEST = 10


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Parents, leaders and led of up to twenty units; one root or several."""
    count = draw(st.integers(1, 20))
    parent = [draw(st.integers(-1, unit - 1)) if unit else -1 for unit in range(count)]
    leaders = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    led = draw(st.lists(st.integers(0, 15), min_size=count, max_size=count))
    return parent, leaders, led


def chosen(tree: Tree) -> list[int]:
    return choose_blocks(*(np.array(part) for part in tree), fewest=FEWEST).tolist()


def above(parent: list[int], unit: int) -> list[int]:
    """A unit and all above it, upwards."""
    return [unit, *above(parent, parent[unit])] if unit >= 0 else []


@given(trees())
def test_every_block_has_enough_of_both(tree: Tree) -> None:
    _parent, leaders, led = tree
    block = chosen(tree)
    for top in set(block) - {NO_BLOCK}:
        inside = [unit for unit, own in enumerate(block) if own == top]
        assert sum(leaders[unit] for unit in inside) >= FEWEST
        assert sum(led[unit] for unit in inside) >= FEWEST


@given(trees())
def test_a_unit_belongs_to_the_nearest_block_above_it(tree: Tree) -> None:
    block = chosen(tree)
    tops = set(block)
    for unit, own in enumerate(block):
        assert own == next((over for over in above(tree[0], unit) if over in tops), NO_BLOCK)


@given(trees())
def test_nobody_is_left_out_where_the_whole_tree_has_enough(tree: Tree) -> None:
    parent, leaders, led = tree
    block = chosen(tree)
    for root in (unit for unit, over in enumerate(parent) if over < 0):
        below = [unit for unit in range(len(parent)) if above(parent, unit)[-1] == root]
        enough = min(sum(side[unit] for unit in below) for side in (leaders, led)) >= FEWEST
        filled = {block[unit] != NO_BLOCK for unit in below if leaders[unit] or led[unit]}
        assert filled <= {enough}


def test_blocks_are_as_low_as_they_can_be() -> None:
    """Two departments with enough of both, one without, which goes to the division."""
    parent = [-1, 0, 0, 0]
    assert chosen((parent, [12, 10, 11, 3], [10, 20, 30, 40])) == [0, 1, 2, 0]


def test_what_is_left_at_the_root_takes_in_the_smallest_block() -> None:
    """Nine who lead a division each: with the smaller of two departments they are nineteen."""
    assert chosen(([-1, 0, 0], [9, 12, 10], [0, 40, 30])) == [0, 1, 0]


def test_a_comparison_takes_ten_of_each_or_what_the_wave_asks_for() -> None:
    assert [fewest_of_each(k) for k in (5, 10, 12)] == [10, 10, 12]


def questions(built_in: BuiltIn) -> Questionnaire:
    asked = tuple(wording.question for wording in built_in.wordings)
    return Questionnaire(asked, built_in.minimum_answered)


def test_the_culture_survey_alone_asks_about_engagement() -> None:
    places = {built_in.key: engagement_place(questions(built_in)) for built_in in BUILT_INS}
    assert {key for key, place in places.items() if place is not None} == {ANNUAL_SURVEY.key}
    place = places[ANNUAL_SURVEY.key]
    assert place is not None
    assert questions(ANNUAL_SURVEY).scales[place].group == "engagement"


@pytest.mark.parametrize(("items", "part"), [(1, ItemPart.OUTCOME), (3, ItemPart.INDEX)])
def test_one_question_or_a_part_of_the_index_is_no_scale_to_compare_by(items: int, part: ItemPart) -> None:
    index = Question("q1", ItemPart.INDEX, "leadership", 1, 5)
    own = tuple(Question(f"e{n}", part, "engagement", 1, 5) for n in range(items))
    assert engagement_place(Questionnaire((index, *own), 1)) is None
    outcome = tuple(replace(question, part=ItemPart.OUTCOME) for question in own * 3)[:3]
    assert engagement_place(Questionnaire((index, *outcome), 1)) == 1
