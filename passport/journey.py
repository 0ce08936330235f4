"""The way from intern to chair as one person has walked it: stages, their milestones, what is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from passport.enums import ALIVE, StampState
from passport.models import Milestone, Stage, Stamp
from people.enums import CareerStage


class Progress(StrEnum):
    """Where somebody stands with a stage; the words of <c-steps>."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with the newest claim or stamp for it, if there is one."""

    milestone: Milestone
    stamp: Stamp | None

    @property
    def state(self) -> str:
        return self.stamp.state if self.stamp else "open"

    @property
    def earned(self) -> bool:
        return self.state == StampState.VERIFIED

    @property
    def claimable(self) -> bool:
        """Nothing for it yet, or what there was has been declined or revoked."""
        return self.state not in ALIVE


@dataclass(frozen=True, slots=True)
class StageOnTheWay:
    stage: Stage
    progress: Progress
    lines: list[MilestoneLine]

    @property
    def required(self) -> list[MilestoneLine]:
        return [line for line in self.lines if line.milestone.required]

    @property
    def earned_count(self) -> int:
        return sum(line.earned for line in self.required)

    @property
    def has_stamps(self) -> bool:
        return any(line.earned for line in self.lines)

    @property
    def left_count(self) -> int:
        return len(self.required) - self.earned_count


@dataclass(frozen=True, slots=True)
class Journey:
    stages: list[StageOnTheWay]

    @property
    def now(self) -> StageOnTheWay | None:
        """The stage somebody is in; None once they are past the last one."""
        return next((stage for stage in self.stages if stage.progress == Progress.NOW), None)

    @property
    def lines(self) -> list[MilestoneLine]:
        return [line for stage in self.stages for line in stage.lines]

    @property
    def ahead(self) -> StageOnTheWay | None:
        """The first stage that is not reached yet; its milestones may be claimed before it is."""
        return next((stage for stage in self.stages if stage.progress == Progress.NEXT), None)

    def next_lines(self) -> list[MilestoneLine]:
        """What to do next: required milestones to claim, of the present stage first, then of earlier ones."""
        return _first_claimable([line for stage in self._reached for line in stage.required])

    def lines_ahead(self) -> list[MilestoneLine]:
        """What the stage ahead asks for first."""
        return _first_claimable(self.ahead.required if self.ahead else [])

    def optional_lines(self) -> list[MilestoneLine]:
        """What nobody has to do and is open, in the order of `next_lines`."""
        return _first_claimable(
            [line for stage in self._reached for line in stage.lines if not line.milestone.required]
        )

    @property
    def _reached(self) -> list[StageOnTheWay]:
        reached = [stage for stage in self.stages if stage.progress != Progress.NEXT]
        return sorted(reached, key=lambda stage: stage.progress != Progress.NOW)


def _first_claimable(lines: list[MilestoneLine], count: int = 3) -> list[MilestoneLine]:
    claimable = [line for line in lines if line.claimable]
    return sorted(claimable, key=lambda line: line.state == "open")[:count]  # declined ones on top


def journey_of(
    career_stage: str, stages: Iterable[Stage], milestones: Iterable[Milestone], stamps: Iterable[Stamp]
) -> Journey:
    """Put stamps (newest first) onto the map; a retired milestone stays with those who earned it."""
    newest: dict[object, Stamp] = {}
    for stamp in stamps:
        seen = newest.get(stamp.milestone_id)
        if seen is None or (seen.state not in ALIVE and stamp.state in ALIVE):
            newest[stamp.milestone_id] = stamp
    wanted = {milestone.pk: milestone for milestone in milestones}
    for stamp in newest.values():
        if stamp.state == StampState.VERIFIED:
            wanted.setdefault(stamp.milestone_id, stamp.milestone)
    ordered = sorted(wanted.values(), key=lambda milestone: (milestone.position, milestone.title))
    stages = list(stages)
    here = stage_position(career_stage, {stage.key: stage.position for stage in stages})
    return Journey(
        [
            StageOnTheWay(
                stage,
                progress_of(stage.position, here, career_stage),
                [MilestoneLine(each, newest.get(each.pk)) for each in ordered if each.stage_id == stage.pk],
            )
            for stage in stages
        ]
    )


def progress_of(position: int, here: int, career_stage: str) -> Progress:
    if position < here or career_stage == CareerStage.ATTENDING:
        return Progress.DONE
    return Progress.NOW if position == here else Progress.NEXT


def stage_position(career_stage: str, positions: dict[str, int]) -> int:
    """How far along the map somebody is: the position of their stage; the last one for attendings.

    Members of a programme who are in none of the stages (a nurse, a manager) start with the first.
    """
    if career_stage == CareerStage.ATTENDING:
        return max(positions.values(), default=0)
    return positions.get(career_stage, min(positions.values(), default=0))
