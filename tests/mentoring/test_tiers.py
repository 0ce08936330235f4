"""As what somebody may mentor."""

import pytest

from mentoring.enums import Tier
from mentoring.tiers import CHAIRS, WHO_OFFERS, is_ahead_enough, offered_tiers
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


@pytest.mark.parametrize(
    ("tier", "mentor", "mentee", "years_ahead", "enough"),
    [
        (Tier.PEER, 3, 2, 1, True),
        (Tier.PEER, 3, 2, 2, False),
        (Tier.PEER, 2, 2, 0, True),
        (Tier.PEER, 3, 0, 1, False),
        (Tier.PEER, 30, 20, 1, False),
        (Tier.SENIOR, 20, 6, 1, True),
        (Tier.SENIOR, 20, 20, 1, False),
        (Tier.SENIOR, 20, 0, 1, True),
        (Tier.CHAIR, 0, 30, 1, True),
    ],
)
def test_peers_are_years_ahead_of_somebody_in_training_and_attendings_further_on(
    tier: Tier, mentor: int, mentee: int, years_ahead: int, enough: bool
) -> None:
    assert is_ahead_enough(tier, mentor=mentor, mentee=mentee, years_ahead=years_ahead) is enough
