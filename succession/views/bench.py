"""How many positions could be filled at once, and who is counted twice."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.queries import names_of
from succession.bench_strength import BenchStrength, bench_strength
from succession.enums import Band
from succession.permissions import SUCCESSION_IS_WATCHED_BY, watches_succession
from succession.queries.benches import Benches, benches
from succession.views.pools import trail
from web.charts import Bar, Chart, bars
from web.shell import Crumb

MOST: Final = 20  # of each list on the page


@member_view
def bench(request: MemberRequest) -> HttpResponse:
    """The distinct bench, as of today."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    found = benches(on=timezone.localdate(), bands=[Band.READY_NOW])
    position, person = found.ready_pairs()
    strength = bench_strength(position, person, positions=len(found.positions), people=len(found.people))
    named = names_of(found.people[who] for who in named_places(strength))
    context = {
        "strength": strength,
        "total": len(found.positions),
        "pairs": len(position),
        "chart": ready_chart(strength),
        "counted_twice": len(strength.counted_twice),
        "twice": twice(found, strength, position, person, named),
        "shortages": shortages(found, strength, named),
        "empty": [found.positions[place] for place in strength.empty[:MOST].tolist()],
        "single": [found.positions[place] for place in strength.single_candidate[:MOST].tolist()],
        "breadcrumbs": [*trail(request), Crumb(_("Bench"))],
    }
    return render(request, "succession/bench.html", context)


def ready_chart(strength: BenchStrength) -> Chart:
    """Positions by how many are ready now."""
    counted = np.bincount(np.minimum(strength.ready, 3), minlength=4).tolist()
    labels = (_("Nobody"), _("One person"), _("Two people"), _("Three or more"))
    return bars(
        _("Positions by how many are ready now"), [Bar(*each) for each in zip(labels, counted, strict=True)]
    )


def named_places(strength: BenchStrength) -> set[int]:
    """Whom the page calls by name."""
    return {
        *strength.counted_twice[:MOST].tolist(),
        *(who for one in strength.shortages[:MOST] for who in one.people),
    }


def twice(
    found: Benches,
    strength: BenchStrength,
    position: np.ndarray,
    person: np.ndarray,
    named: dict[UUID, str],
) -> list[tuple[str, list[str], bool]]:
    """Who is ready for several positions, for which, and whether without them one fewer could be filled."""
    return [
        (
            named[found.people[who]],
            [found.positions[place].title for place in position[person == who].tolist()],
            bool(strength.is_needed[who]),
        )
        for who in strength.counted_twice[:MOST].tolist()
    ]


def shortages(
    found: Benches, strength: BenchStrength, named: dict[UUID, str]
) -> list[tuple[list[str], list[str], int]]:
    """Positions that compete for too few people, the people, and how many stay open."""
    return [
        (
            [found.positions[place].title for place in one.positions],
            [named[found.people[who]] for who in one.people],
            one.missing,
        )
        for one in strength.shortages[:MOST]
        if one.people
    ]
