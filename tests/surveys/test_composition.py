"""An instrument as somebody writes it: what is accepted, what is refused, and under which name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveys.built_in import AGREEMENT, BUILT_INS, LEADER_INDEX, Wording
from surveys.composition import (
    Composition,
    compose,
    one_line,
    own_key,
    read_facts,
    read_item,
    tell_repeated_keys,
    with_keys,
)
from surveys.questionnaire import Question

FACTS = Composition("Climate", "leader", 1)


def wording(key: str, part: str = "index", group: str = "trust") -> Wording:
    return Wording(Question(key, part, group, 1, 5), key.title())


def objections(cells: dict[str, str]) -> dict[str, str]:
    """What is wrong with the cells of an item, each name once."""
    said: list[tuple[str, str]] = []
    read_item(cells, lambda name, words: said.append((name, words)))
    assert len(dict(said)) == len(said)
    return dict(said)


def test_a_question_needs_no_more_than_its_words() -> None:
    item = read_item({"text": "  Do we\nlearn? "}, lambda name, words: pytest.fail(f"{name}: {words}"))
    assert item == Wording(Question("", "index", "index", 1, 5), "Do we learn?")


def test_everything_that_is_said_of_an_item_is_read() -> None:
    cells = {
        "key": "fun-1",
        "section": "Work",
        "text": "Is it fun?",
        "part": "Outcome",
        "group": "fulfilment",
        "low": "0",
        "high": "2",
        "labels": "No | Perhaps | Yes",
        "reversed": "Yes",
        "cannot_say": "false",
    }
    assert not objections(cells)
    expected = Question("fun-1", "outcome", "fulfilment", 0, 2, reversed=True)
    assert read_item(cells, lambda *_: None) == Wording(
        expected, "Is it fun?", "Work", ("No", "Perhaps", "Yes"), cannot_say=False
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("text", "", "Write the question."),
        ("text", "=1+1", "Expected a value, not a formula"),
        ("text", "a\x00b", "without control characters"),
        ("text", "x" * 501, "At most 500 characters."),
        ("section", "x" * 201, "At most 200 characters."),
        ("group", "x" * 65, "At most 64 characters."),
        ("part", "both", "Expected one of: index, outcome."),
        ("low", "one", "Expected a whole number from 0 to 100."),
        ("low", "²", "Expected a whole number from 0 to 100."),
        ("high", "101", "Expected a whole number from 0 to 100."),
        ("high", "1", "The highest answer must be above the lowest."),
        ("high", "50", "At most 11 answers can be offered."),
        ("labels", "No | Yes", "Expected words for 5 answers with a | between them, lowest first; found 2."),
        ("labels", "a|b||d|e", "Each answer needs words, at most 60 characters."),
        ("labels", f"a|b|c|d|{'e' * 61}", "Each answer needs words, at most 60 characters."),
        ("reversed", "perhaps", "Expected yes or no."),
        ("cannot_say", "2", "Expected yes or no."),
        ("key", "Größe", "Expected small letters, digits, - and _, at most 64."),
        ("key", "x" * 65, "Expected small letters, digits, - and _, at most 64."),
        ("key", "comment", "This word has another use on the page."),
    ],
)
def test_what_is_wrong_is_said_under_its_name(name: str, value: str, said: str) -> None:
    found = objections({"text": "Do we learn?", name: value})
    assert list(found) == [name]
    assert said in found[name]


def test_a_wrong_range_says_nothing_of_the_labels() -> None:
    assert list(objections({"text": "Well?", "low": "x", "labels": "No | Yes"})) == ["low"]


def test_facts_are_read() -> None:
    cells = {
        "title": " Climate  survey ",
        "about": "workplace",
        "minimum_answered": "7",
        "holder": "Somebody Ltd",
        "licence": "Used by permission\nof",
    }
    facts, minimum = read_facts(cells, lambda name, words: pytest.fail(f"{name}: {words}"))
    expected = Composition("Climate survey", "workplace", 1, (), "Somebody Ltd", "Used by permission of")
    assert (facts, minimum) == (expected, 7)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({}, "title"),
        ({"title": "A", "about": "others"}, "about"),
        ({"title": "A", "minimum_answered": "0"}, "minimum_answered"),
        ({"title": "A", "licence": "By permission."}, "holder"),
        ({"title": "A", "holder": "x" * 201}, "holder"),
    ],
)
def test_wrong_facts_are_said_under_their_name(cells: dict[str, str], name: str) -> None:
    said: list[str] = []
    read_facts(cells, lambda where, _words: said.append(where))
    assert said == [name]


def test_index_items_come_first_and_the_demand_follows_from_them() -> None:
    made = compose(FACTS, [wording("b", "outcome", "burnout"), wording("a"), wording("c")], None)
    assert [one.question.key for one in made.wordings] == ["a", "c", "b"]
    assert made.minimum_answered == 2
    assert compose(FACTS, LEADER_INDEX.wordings, None).minimum_answered == 10
    assert compose(FACTS, [], None).minimum_answered == 1


def test_a_composition_says_why_nobody_can_be_asked_it() -> None:
    def obstacle(*wordings: Wording, minimum: int = 1) -> str:
        return replace(FACTS, wordings=wordings, minimum_answered=minimum).obstacle

    wide = replace(wording("b"), question=Question("b", "index", "trust", 1, 7))
    assert obstacle() == "There are no questions yet."
    assert obstacle(wording("a", "outcome")) == "An index needs at least one item."
    assert obstacle(wording("a"), wide) == "The items of the index need one and the same range."
    assert obstacle(wording("a"), minimum=2) == "At least 1 and at most 1 items can be demanded."
    assert obstacle(wording("a")) == ""


def test_keys_count_on_in_their_group_and_are_never_given_twice() -> None:
    keyed = with_keys(
        [wording(""), wording("trust-2"), wording(""), wording("", group="Öl & Gas!")], {"trust-1"}
    )
    assert [one.question.key for one in keyed] == ["trust-3", "trust-2", "trust-4", "ol-gas-1"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Ward climate 2026", "ward-climate-2026"),
        ("leader_index", "leader-index"),
        ("__", "imported"),
        ("Öl", "ol"),
        ("x" * 70, "x" * 64),
    ],
)
def test_a_title_makes_a_key_that_no_built_in_has(title: str, key: str) -> None:
    assert own_key(title, "imported") == key


def test_built_in_keys_have_an_underscore() -> None:
    assert all("_" in shipped.key for shipped in BUILT_INS)


def test_repeated_keys_are_said_of_the_later_one() -> None:
    said: list[tuple[int, str, str]] = []
    tell_repeated_keys(
        [wording("a"), wording(""), wording(""), wording("a")], lambda *fault: said.append(fault)
    )
    assert said == [(3, "key", "Question 1 has this ID already.")]


@pytest.mark.parametrize("text", ["'-5 or more", "''=x", " ' -x", "- dash", "@home", "'tis"])
def test_text_on_one_line_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_labels_of_a_built_in_are_read_again() -> None:
    cells = {"text": "Well?", "labels": " | ".join(AGREEMENT)}
    assert read_item(cells, lambda *_: None).labels == AGREEMENT
