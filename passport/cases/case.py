"""A case: what every kind has, and the part of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from passport.cases.budget.game import read_budget
from passport.cases.decision_game import read_decisions
from passport.cases.game import Game
from passport.cases.negotiation.game import read_negotiation
from passport.cases.problems import CaseError
from passport.cases.rubric import Criterion, read_rubric
from passport.cases.section import Section
from passport.cases.source import plain_values

KINDS: Final[dict[str, Callable[[Section, set[str]], Game]]] = {
    "budget": read_budget,
    "decision": read_decisions,
    "negotiation": read_negotiation,
}


@dataclass(frozen=True)
class Video:
    title: str
    url: str
    transcript: str


@dataclass(frozen=True)
class Case:
    """`minutes` is the length of the workshop (10 to 240); `lesson` is Markdown; `game` is played."""

    key: str
    title: str
    kind: str
    minutes: int
    lesson: str
    videos: tuple[Video, ...]
    rubric: tuple[Criterion, ...]
    game: Game


def _video(section: Section) -> Video:
    video = Video(section.text("title"), section.text("url"), section.text("transcript", longest=20_000))
    if video.url and not video.url.startswith("https://"):
        section.note("url", "The address has to begin with https://.")
    section.close()
    return video


def load_case(text: str) -> Case:
    """The case in a YAML or JSON text; raises `CaseError` with all problems at once."""
    section = Section(plain_values(text), "", [])
    kind = section.text("kind")
    if kind not in KINDS:
        if kind:
            section.note("kind", f"One of these is needed: {', '.join(KINDS)}.")
        raise CaseError(section.problems)  # what else the file has to hold depends on its kind
    rubric = read_rubric(section)
    case = Case(
        key=section.key(),
        title=section.text("title", longest=120),
        kind=kind,
        minutes=section.whole("minutes", 10, 240),
        lesson=section.text("lesson", longest=40_000),
        videos=tuple(_video(each) for each in section.sections("videos")),
        rubric=rubric,
        game=KINDS[kind](section, {each.key for each in rubric}),
    )
    section.close()
    if section.problems:
        raise CaseError(section.problems)
    return case
