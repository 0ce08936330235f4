"""Negotiations as a game: the talk of a file, its moves and its telling behind one face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.cases.negotiation import bargaining
from passport.cases.negotiation.bargaining import Course, course_of
from passport.cases.negotiation.looking_back import look_back
from passport.cases.negotiation.showing import show
from passport.cases.negotiation.talk import Talk, read_talk
from passport.cases.rubric import Criterion
from passport.cases.scene import Debrief, Scene
from passport.cases.section import Section


@dataclass(frozen=True)
class NegotiationGame:
    talk: Talk

    def begin(self) -> dict[str, Any]:
        return bargaining.plain(Course(self.talk))

    def fits(self, state: dict[str, Any]) -> bool:
        return bargaining.fits(self.talk, state)

    def step(self, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
        return bargaining.plain(bargaining.after(course_of(self.talk, state), move))

    def scene(self, state: dict[str, Any]) -> Scene:
        return show(course_of(self.talk, state))

    def debrief(self, state: dict[str, Any], rubric: tuple[Criterion, ...]) -> Debrief:
        return look_back(course_of(self.talk, state), rubric)


def read_negotiation(section: Section, criteria: set[str]) -> NegotiationGame:
    return NegotiationGame(read_talk(section, criteria))
