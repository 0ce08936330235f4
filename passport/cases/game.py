"""What a kind of case has to be able to do, so that it can be played, shown and told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from passport.cases.rubric import Criterion
from passport.cases.scene import Debrief, Scene

# Part of a move in a scene with `seconds`, set by whoever has the clock: how many seconds it took.
TOOK: Final = "seconds_taken"


class Game(Protocol):
    """Rules as a case file declares them. A state holds plain values that JSON keeps, and is never changed:
    the same moves always make the same state."""

    def begin(self) -> dict[str, Any]:
        """The state before the first move."""

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether the state came from these rules: an attempt is kept for years, and its case is edited."""

    def step(self, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
        """The state after a move; raises `MoveError`, and nothing else."""

    def scene(self, state: dict[str, Any]) -> Scene:
        """What to show now."""

    def debrief(self, state: dict[str, Any], rubric: tuple[Criterion, ...]) -> Debrief:
        """What was done, what was not, and the facts for each criterion; also while the case is played."""
