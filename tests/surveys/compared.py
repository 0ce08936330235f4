"""A survey in which the engagement of leaders is compared with that of the led."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from people.models import Person, Unit
from surveys.ballot_box import Cast
from surveys.models import Wave
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import answer, make_engagement_instrument, make_live_wave
from tests.world import World

TEAMS = 6
LED = 9
LEADERS = 3  # of a team: a nurse, a doctor, a manager


@dataclass(frozen=True)
class Poll:
    wave: Wave
    division: Unit
    teams: list[Unit]
    leaders: dict[Unit, list[Person]]
    led: dict[Unit, list[Person]]

    def vote(self, *, skip: int = 0) -> None:
        """Everybody but the leaders of the first teams."""
        for number, team in enumerate(self.teams):
            some = self.leaders[team] if number >= skip else []
            for place, person in enumerate(some):
                assert answer(self.wave, person, [4, 4, 4 + place % 2, 5]) == Cast.COUNTED
            for place, person in enumerate(self.led[team]):
                assert (
                    answer(self.wave, person, [3, 1 + place % 5, 1 + place % 5, 2 + place % 3])
                    == Cast.COUNTED
                )


def compared_teams(world: World) -> Poll:
    """Six teams in a division, each with three leaders and nine whom they lead, in an open wave."""
    division = make_unit(world.organization, "Division", parent=world.root)
    teams = [make_unit(world.organization, f"Team {n}", parent=division) for n in range(TEAMS)]
    leaders, led = (
        {team: [make_person(world.organization, f"{name} {n}", team) for n in range(size)] for team in teams}
        for name, size in (("Leader", LEADERS), ("Led", LED))
    )
    wave = make_live_wave(
        make_engagement_instrument(world.organization),
        {team: [*leaders[team], *led[team]] for team in teams},
        leaders={person for some in leaders.values() for person in some},
        closes_on=timezone.localdate() + dt.timedelta(days=3),
        opens_on=timezone.localdate() - dt.timedelta(days=3),
    )
    return Poll(wave, division, teams, leaders, led)
