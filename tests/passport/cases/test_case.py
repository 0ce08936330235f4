"""Files that are no case: each with its exact problem, and all problems at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.cases import CaseError, load_case
from passport.cases.case import KINDS
from passport.cases.source import plain_values
from tests.passport.cases.test_decision import SMALL as FILE

SMALL = FILE.replace("why: None.", "why: Nothing.").replace("title: None, text: None.", "title: N, text: N.")


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as refused:
        load_case(text)
    return [(each.path, each.message) for each in refused.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        (
            "key: small",
            "key: Big One",
            "key",
            "Use small letters, digits and underscores, beginning with a letter; at most 40.",
        ),
        ("kind: decision", "kind: magic", "kind", f"One of these is needed: {', '.join(KINDS)}."),
        ("minutes: 30", "minutes: 5", "minutes", "A whole number from 10 to 240 is needed."),
        ("minutes: 30", "minutes: true", "minutes", "A whole number from 10 to 240 is needed."),
        ("lesson: Read.", "lesson: ''", "lesson", "Text is missing."),
        ("lesson: Read.", "lesson: Read.\ncolour: red", "colour", "This key is not known."),
        (
            "lesson: Read.",
            "lesson: Read.\nvideos: [{title: A, url: 'http://a', transcript: T}]",
            "videos.0.url",
            "The address has to begin with https://.",
        ),
        ("[none, some, much, all]", "[none, some]", "rubric.0.levels", "Exactly 4 texts are needed."),
        ("start: say", "start: nowhere", "start", "There is no scene “nowhere”."),
        (
            "missed: {trust: -30}",
            "missed: {love: -30}",
            "nodes.0.declare.missed.love",
            "This is not declared.",
        ),
        (
            "missed: {trust: -30}",
            "missed: {trust: -101}",
            "nodes.0.declare.missed.trust",
            "A whole number from -100 to 100 is needed.",
        ),
        ("carried: yes_end", "carried: no_end", "nodes.yes_end", "No path leads to this scene."),
        (
            "key: high, label: High, to: ballot",
            "key: high, label: High, to: moon",
            "nodes.go",
            "It leads to “moon”, which is not there.",
        ),
        (
            "key: high, label: High, to: ballot",
            "key: high, label: High, to: say",
            "nodes",
            "These scenes lead round in a circle, so the case may never end: say → go → say.",
        ),
        ("key: high", "key: on", "nodes.1.choices", "“on” is there twice."),
        (
            "effects: {trust: 60}",
            "at_least: {trust: 60}",
            "nodes.1.choices",
            "One choice has to be open to everybody, or a player could be stuck.",
        ),
        (
            "title: Carried, text: Carried., end: true",
            "title: Carried, text: Carried.",
            "nodes.3",
            "A scene has choices, a declaration, a vote or “end: true”, and one of these only.",
        ),
        ("quorum: 2", "quorum: 4", "nodes.2.vote.quorum", "A whole number from 1 to 3 is needed."),
        (
            "shows: {fair: Went on.}",
            "shows: {fine: Went on.}",
            "nodes.1.choices.0.shows.fine",
            "This is not declared.",
        ),
        (
            "criterion: fair\n      to: go",
            "criterion: fine\n      to: go",
            "nodes.0.declare.criterion",
            "The rubric has no “fine”.",
        ),
    ],
)
def test_malformed_file_has_exactly_this_problem(old: str, new: str, path: str, message: str) -> None:
    assert SMALL.count(old) == 1
    assert problems(SMALL.replace(old, new)) == [(path, message)]


def test_all_problems_are_told_at_once() -> None:
    broken = SMALL.replace("minutes: 30", "minutes: 5").replace("start: say", "start: nowhere")
    assert [path for path, _ in problems(broken)] == ["minutes", "start"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file has to be a list of names with values, such as “title: …”."),
        ("- a", "The file has to be a list of names with values, such as “title: …”."),
        ("a: &x [1]\nb: *x", "Aliases (*name) are not read; write the text again."),
        ("a: 1\na: 2", "“a” is there twice."),
        ('{"a": 1, "a": 2}', "“a” is there twice."),
        ("a: " + "[" * 12 + "]" * 12, "It is nested deeper than 12 levels."),
        ('{"a": ' + "[" * 12 + "]" * 12 + "}", "It is nested deeper than 12 levels."),
        ('{"a": ' + "[" * 100_000, "It holds something that cannot be read."),
        ("a: [1", "Line 1 cannot be read: expected ',' or ']', but got '<stream end>'."),
        (
            "a: !!python/name:os.system",
            (
                "Line 1 cannot be read: could not determine a constructor for the tag "
                "'tag:yaml.org,2002:python/name:os.system'."
            ),
        ),
        ("a: " + "ö" * 131_072, "The file is larger than 256 KiB."),
    ],
)
def test_hostile_text_is_refused(text: str, message: str) -> None:
    assert problems(text) == [("file", message)]


def test_json_is_read_as_yaml_is() -> None:
    assert load_case(json.dumps(plain_values(SMALL))) == load_case(SMALL)


PLAIN = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)
NAMES = st.sampled_from(["key", "kind", "rubric", "nodes", "start"])


@given(st.text(max_size=60) | st.dictionaries(NAMES, PLAIN).map(json.dumps))
def test_any_text_is_a_case_or_a_case_error(text: str) -> None:
    with pytest.raises(CaseError):
        load_case(text)


def test_words_that_older_yaml_takes_for_truth_are_words() -> None:
    assert plain_values("a: [on, yes, 2026-01-01]\nb: [true, 7, ~]") == {
        "a": ["on", "yes", "2026-01-01"],
        "b": [True, 7, None],
    }
