"""Which pools somebody is in or was asked for, how ready they were found, and what talent reviews gave them
to do, in their archive."""

from __future__ import annotations

from collections.abc import Iterable

from people.archive import adds_part, as_json
from people.member import Member
from succession.models import ReadinessAssessment
from succession.queries.pools import own_candidacies
from succession.queries.reviews import actions_of

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


@adds_part
def review_actions(member: Member) -> Iterable[tuple[str, bytes]]:
    content = [
        {
            "review": each.snapshot.review.title,
            "pool": each.snapshot.title,
            "words": each.words,
            "given_by": each.given_by.name,
            "due_on": each.due_on,
            "done_on": each.done_on,
        }
        for each in actions_of(member.person_id)
    ]
    yield "talent_review_actions.json", as_json(content)
