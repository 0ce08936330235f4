"""As what somebody may mentor."""

import pytest

from mentoring.enums import Tier
from mentoring.tiers import CHAIRS, WHO_OFFERS, offered_tiers
from people.enums import CareerStage, PositionType

R, F, E, A, N = (
    CareerStage.RESIDENT,
    CareerStage.FELLOW,
    CareerStage.EARLY_ATTENDING,
    CareerStage.ATTENDING,
    CareerStage.NONE,
)


@pytest.mark.parametrize(
    ("stage", "grade", "years_ahead", "tiers"),
    [
        (R, "PGY-1", 1, set()),
        (R, "PGY-2", 1, {Tier.PEER}),
        (R, "PGY-2", 2, set()),
        (R, "", 1, set()),
        (F, "", 1, {Tier.PEER}),
        (E, "", 1, {Tier.SENIOR}),
        (A, "PGY-9", 1, {Tier.SENIOR}),
        (N, "PGY-3", 1, set()),
    ],
)
def test_stage_and_grade_say_peer_or_senior(
    stage: CareerStage, grade: str, years_ahead: int, tiers: set[Tier]
) -> None:
    assert offered_tiers(stage, grade, [], years_ahead=years_ahead) == tiers


@pytest.mark.parametrize("position", PositionType)
def test_chairs_are_who_holds_such_a_position(position: PositionType) -> None:
    expected = {Tier.SENIOR, Tier.CHAIR} if position in CHAIRS else {Tier.SENIOR}
    assert offered_tiers(A, "", [PositionType.OTHER, position], years_ahead=1) == expected


def test_who_is_no_physician_can_be_a_chair_sponsor() -> None:
    assert offered_tiers(N, "", [PositionType.CHIEF_EXECUTIVE], years_ahead=1) == {Tier.CHAIR}


def test_the_rule_is_told_for_every_tier() -> None:
    assert set(WHO_OFFERS) == set(Tier)
