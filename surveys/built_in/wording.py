"""What an instrument as it ships is made of, and the words its answers have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from surveys.enums import About, ItemPart
from surveys.questionnaire import Question


@dataclass(frozen=True)
class Wording:
    """An item as somebody reads it: the heading it stands under, the sentence, what the answers say."""

    question: Question
    text: str
    section: str = ""
    labels: tuple[str, ...] = ()
    cannot_say: bool = True


@dataclass(frozen=True)
class BuiltIn:
    """An instrument as it ships: key, version, title, items in order, index items a response must answer;
    what the comment at its end is asked for, where that is more than "anything to add"."""

    key: str
    version: int
    title: str
    about: About
    wordings: tuple[Wording, ...]
    minimum_answered: int
    open_question: str = ""


# What five answers say, lowest first.
AGREEMENT: Final = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
CONFIDENCE: Final = ("Not at all", "A little", "Somewhat", "Largely", "Fully")
FREQUENCY: Final = ("Never", "Seldom", "Sometimes", "Often", "Nearly always")
SATISFACTION: Final = ("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied")


def worded(
    labels: Sequence[str],
    texts: Iterable[tuple[str, str]],
    *,
    part: ItemPart = ItemPart.INDEX,
    section: str = "",
    cannot_say: bool = True,
) -> tuple[Wording, ...]:
    """Items of (group, sentence), each with its group's name and its number in it as key: `inform-2`. Keys
    never change; a new item takes the next number."""
    numbers: dict[str, int] = {}
    made = []
    for group, text in texts:
        numbers[group] = numbers.get(group, 0) + 1
        question = Question(f"{group.replace('_', '-')}-{numbers[group]}", part, group, 1, len(labels))
        made.append(Wording(question, text, section, tuple(labels), cannot_say))
    return tuple(made)


def the_other_way_round(wordings: Sequence[Wording], *keys: str) -> tuple[Wording, ...]:
    """The same items, those of `keys` scored from high to low: they are worded against what they measure."""
    return tuple(
        replace(wording, question=replace(wording.question, reversed=wording.question.key in keys))
        for wording in wordings
    )
