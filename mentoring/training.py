"""How far somebody is on the way from intern to attending, as a whole number the matcher can compare."""

from __future__ import annotations

import re
from typing import Final

from people.enums import CareerStage
from people.models import Person

# Training year a grade begins at, less one: PGY-2 is year 2, CT1 follows two foundation years, ST3 is year 5.
_BEFORE: Final = {"PGY": 0, "FY": 0, "F": 0, "CT": 2, "ST": 2, "SPR": 4}
_GRADE: Final = re.compile(r"\s*([A-Z]+)[\s-]*(\d{1,2})\s*", re.IGNORECASE)
# For grades that say no year. Stages stand far enough apart that no grade reaches the next.
_FLOOR: Final = {
    CareerStage.NONE: 0,
    CareerStage.RESIDENT: 1,
    CareerStage.FELLOW: 4,
    CareerStage.EARLY_ATTENDING: 20,
    CareerStage.ATTENDING: 30,
}
LONGEST: Final = 15


def training_level(stage: CareerStage, grade: str) -> int:
    """Training year 1 to 15 of residents and fellows, 20 and 30 for attendings, 0 outside the stages.

    A grade that is not understood counts as the first year of its stage.
    """
    floor = _FLOOR[stage]
    if stage not in {CareerStage.RESIDENT, CareerStage.FELLOW}:
        return floor
    found = _GRADE.fullmatch(grade)
    if found is None or found[1].upper() not in _BEFORE:
        return floor
    return min(max(_BEFORE[found[1].upper()] + int(found[2]), floor), LONGEST)


def level_of(person: Person) -> int:
    """The training level by somebody's own stage and grade."""
    return training_level(CareerStage(person.career_stage), person.training_grade)
