"""Pools, intentions, talent reviews and selections in which somebody has a part, in their archive. How they
voted is in none."""

from __future__ import annotations

from collections.abc import Iterable

from people.archive import adds_part, as_json
from people.member import Member
from succession.models import Intention, PanelMember, ReadinessAssessment, RollMember, Standing
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
def intentions(member: Member) -> Iterable[tuple[str, bytes]]:
    """What they said of the ends of their terms."""
    said = Intention.objects.filter(appointment__person=member.person_id).order_by("at", "pk")
    of = "appointment__position__title"
    yield "intentions.json", as_json([*said.values(of, "intent", "leaves_on", "note", "declared_on")])


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


@adds_part
def selections(member: Member) -> Iterable[tuple[str, bytes]]:
    """Where they stood, had a vote and an interview, or sat on a panel."""
    mine, of = {"person": member.person_id}, "selection__position__title"
    standings = Standing.objects.filter(**mine).order_by("asked_on", "pk")
    roll = RollMember.objects.filter(**mine).order_by("selection__opened_on", "pk")
    panels = PanelMember.objects.filter(**mine).order_by("selection__opened_on", "pk")
    content = {
        "stood": [*standings.values(of, "state", "asked_on", "answered_on", "says")],
        "had_a_vote": [*roll.values(of, "offered_for", "declined", "held_says_staff")],
        "on_the_panel": [*panels.values(of, "chairs", "conflict", "stepped_back", "declared_on")],
    }
    yield "selections.json", as_json(content)
