"""Which pools somebody is in or was asked for, and how ready they were found, in their archive."""

from __future__ import annotations

from collections.abc import Iterable

from people.archive import adds_part, as_json
from people.member import Member
from succession.models import ReadinessAssessment
from succession.queries.pools import own_candidacies

SAID = ("band", "interim_cover", "evidence", "next_step", "assessed_on")


@adds_part
def candidacies(member: Member) -> Iterable[tuple[str, bytes]]:
    own = own_candidacies(member.person_id)
    ratings = ReadinessAssessment.objects.filter(candidacy__in=own).order_by("at")
    by_candidacy: dict[object, list[dict[str, object]]] = {}
    for row in ratings.values("candidacy_id", *SAID):
        by_candidacy.setdefault(row.pop("candidacy_id"), []).append(row)
    content = [
        {
            "position": each.pool.position.title,
            "state": each.state,
            "proposed_by": each.proposed_by.name,
            "proposed_on": each.proposed_on,
            "why": each.why,
            "answered_on": each.answered_on,
            "over_on": each.over_on,
            "over_reason": each.over_reason,
            "ratings": by_candidacy.get(each.pk, []),
        }
        for each in own
    ]
    yield "succession.json", as_json(content)
