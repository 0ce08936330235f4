"""Ada's clinic: Eli sponsors her, Mara leads her, Colin looks after finance."""

from __future__ import annotations

import pytest

from sponsors.models import Goal
from tests.factories.sponsors import make_goal, make_seat, make_sponsor, make_sponsorship
from tests.world import World


@pytest.fixture
def goal(mercy: World) -> Goal:
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada, why="You led the move.")
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return make_goal(mercy.ada)
