from __future__ import annotations

import pytest

from mentoring.training import training_level
from people.enums import CareerStage


@pytest.mark.parametrize(
    ("stage", "grade", "level"),
    [
        (CareerStage.RESIDENT, "PGY-1", 1),
        (CareerStage.RESIDENT, "pgy 3", 3),
        (CareerStage.RESIDENT, "ST3", 5),
        (CareerStage.RESIDENT, "", 1),
        (CareerStage.RESIDENT, "Registrar", 1),
        (CareerStage.FELLOW, "PGY-6", 6),
        (CareerStage.FELLOW, "", 4),
        (CareerStage.FELLOW, "PGY-1", 4),
        (CareerStage.RESIDENT, "PGY-99", 15),
        (CareerStage.EARLY_ATTENDING, "PGY-2", 20),
        (CareerStage.ATTENDING, "", 30),
        (CareerStage.NONE, "PGY-2", 0),
    ],
)
def test_training_level_orders_the_years_from_intern_to_attending(
    stage: CareerStage, grade: str, level: int
) -> None:
    assert training_level(stage, grade) == level
