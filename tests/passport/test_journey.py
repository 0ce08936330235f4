from __future__ import annotations

import pytest

from passport.enums import StampState
from passport.journey import Journey, journey_of, stage_position
from passport.models import Milestone, Stage, Stamp
from tenancy.scope import Scope

POSITIONS = {"resident": 1, "fellow": 2, "early_attending": 3}


@pytest.mark.parametrize(
    ("career_stage", "position"),
    [("resident", 1), ("fellow", 2), ("early_attending", 3), ("attending", 3), ("none", 1)],
)
def test_everybody_has_a_place_on_the_map(career_stage: str, position: int) -> None:
    assert stage_position(career_stage, POSITIONS) == position


@pytest.fixture
def parts(in_mercy: Scope) -> tuple[list[Stage], list[Milestone]]:
    stages = [Stage(key=key, name=key.title(), position=place) for key, place in POSITIONS.items()]
    milestones = [
        Milestone(stage=stage, title=f"{stage.key} {number}", required=number < 3, position=number)
        for stage in stages
        for number in (1, 2, 3)
    ]
    return stages, milestones


def journey(career_stage: str, parts: tuple[list[Stage], list[Milestone]], *stamps: Stamp) -> Journey:
    return journey_of(career_stage, *parts, stamps)


def test_stages_before_are_done_and_later_ones_next(parts: tuple[list[Stage], list[Milestone]]) -> None:
    assert [stage.progress for stage in journey("fellow", parts).stages] == ["done", "now", "next"]
    assert journey("attending", parts).now is None


def test_what_is_next_begins_with_what_was_declined(parts: tuple[list[Stage], list[Milestone]]) -> None:
    declined = Stamp(milestone=parts[1][1], state=StampState.DECLINED)
    titles = [line.milestone.title for line in journey("fellow", parts, declined).next_lines()]
    assert titles == ["resident 2", "fellow 1", "fellow 2"]


def test_after_the_stage_come_its_optional_milestones_and_the_stage_ahead(
    parts: tuple[list[Stage], list[Milestone]],
) -> None:
    earned = [
        Stamp(milestone=milestone, state=StampState.VERIFIED) for milestone in parts[1] if milestone.required
    ]
    resident = journey("resident", parts, *earned[:2])
    assert resident.next_lines() == []
    assert [line.milestone.title for line in resident.lines_ahead()] == ["fellow 1", "fellow 2"]
    assert [line.milestone.title for line in resident.optional_lines()] == ["resident 3"]
    attending = journey("attending", parts, *earned)
    assert (attending.ahead, attending.lines_ahead()) == (None, [])
    assert len(attending.optional_lines()) == 3


def test_a_living_claim_stands_before_an_older_declined_one(
    parts: tuple[list[Stage], list[Milestone]],
) -> None:
    declined = Stamp(milestone=parts[1][0], state=StampState.DECLINED)
    claim = Stamp(milestone=parts[1][0], state=StampState.SUBMITTED)
    assert journey("resident", parts, declined, claim).lines[0].stamp is claim


def test_a_retired_milestone_stays_with_whoever_earned_it(
    parts: tuple[list[Stage], list[Milestone]],
) -> None:
    retired = Milestone(stage=parts[0][0], title="Retired", position=9)
    stamp = Stamp(milestone=retired, state=StampState.VERIFIED)
    assert "Retired" in [line.milestone.title for line in journey("resident", parts, stamp).lines]
    assert "Retired" not in [line.milestone.title for line in journey("resident", parts).lines]
