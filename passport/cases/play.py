"""Playing a case: `begin`, `step`, `scene` and `debrief`. The same moves always make the same state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from passport.cases.case import Case, load_case
from passport.cases.game import Game
from passport.cases.problems import MoveError
from passport.cases.scene import Debrief, Scene

__all__ = ["begin", "debrief", "load_case", "own_case", "own_cases", "scene", "step"]

FILES = Path(__file__).parent / "files"


def own_cases() -> tuple[str, ...]:
    """The keys of the cases that come with the product."""
    return tuple(sorted(path.stem for path in FILES.glob("*.yaml")))


@cache
def own_case(key: str) -> Case:
    """A case that comes with the product; raises `KeyError` when there is none of that key."""
    if key not in own_cases():
        raise KeyError(key)
    return load_case((FILES / f"{key}.yaml").read_text(encoding="utf-8"))


def begin(case: Case) -> dict[str, Any]:
    """The state before the first move: plain values that JSON keeps."""
    return case.game.begin()


def step(case: Case, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
    """The state after a move; the state given is left as it is. Raises `MoveError`, and nothing else."""
    return _playable(case, state).step(state, move)


def scene(case: Case, state: dict[str, Any]) -> Scene:
    """What to show now."""
    return _playable(case, state).scene(state)


def debrief(case: Case, state: dict[str, Any]) -> Debrief:
    """What was done, what was not, and the facts for each criterion; also while the case is played."""
    return _playable(case, state).debrief(state, case.rubric)


def _playable(case: Case, state: dict[str, Any]) -> Game:
    # An attempt is kept for years; its case may have been edited since.
    if not case.game.fits(state):
        raise MoveError("", "This attempt belongs to an earlier version of the case. Begin a new one.")
    return case.game
