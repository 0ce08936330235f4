"""Questions about the gates of an onboarding, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from people.member import Member
from people.models import Person
from people.queries import gone
from sponsors.enums import PRIVATE_ITEMS, OnboardingState, Part, ProofState
from sponsors.models import Gate, GateItem, GateProof, Onboarding, Recommendation
from sponsors.plan.onboarding import GATES, NEAR, OPENS
from sponsors.queries.onboarding import chair_today
from sponsors.queries.team import sponsored_by
from tenancy.kept import first_kept, kept

ALIVE = [ProofState.SHOWN, ProofState.CONFIRMED]


def gates_of(onboarding: Onboarding) -> list[Gate]:
    """Every gate so far, the oldest first, with what was recommended, the oldest first."""
    words = Recommendation.objects.select_related("by").order_by("at", "pk")
    found = Gate.objects.filter(onboarding=onboarding).select_related("decided_by", "sponsor", "manager")
    return list(found.prefetch_related(Prefetch("recommendations", words)).order_by("number", "attempt"))


def newest_words(gate: Gate) -> dict[Part, Recommendation]:
    """What counts of the recommendations, by part. Of `gates_of`: no query."""
    words = sorted(gate.recommendations.all(), key=lambda each: (each.at, each.pk))
    return {Part(each.part): each for each in words}


@dataclass(slots=True)
class ItemShown:
    """Something to show, with what was shown of it, the newest first."""

    item: GateItem
    proofs: list[GateProof] = field(default_factory=list)

    @property
    def proof(self) -> GateProof | None:
        """What counts: the newest."""
        return self.proofs[0] if self.proofs else None

    @property
    def is_confirmed(self) -> bool:
        return self.proof is not None and self.proof.state == ProofState.CONFIRMED


def items_of(onboarding: Onboarding) -> dict[int, list[ItemShown]]:
    """By gate, in their order. Two queries."""
    shown = {item.pk: ItemShown(item) for item in kept(_items, onboarding.contents_id)}
    for proof in kept(_proofs, onboarding.pk):
        shown[proof.item_id].proofs.append(proof)
    gates: dict[int, list[ItemShown]] = {number: [] for number in range(1, GATES + 1)}
    for each in shown.values():
        gates[each.item.gate].append(each)
    return gates


def _items(contents_id: UUID) -> QuerySet[GateItem]:
    return GateItem.objects.filter(contents=contents_id).order_by("gate", "position")


def _proofs(onboarding_id: UUID) -> QuerySet[GateProof]:
    found = GateProof.objects.filter(onboarding=onboarding_id).select_related("shown_by", "decided_by")
    # What waits or is confirmed came after whatever was sent back, on the same day too.
    sent_back = Case(When(state=ProofState.RETURNED, then=1), default=0)
    return found.order_by(sent_back, "-shown_on", "-decided_on", "pk")


def missing_at(gate: Gate) -> QuerySet[GateItem]:
    """What is not confirmed yet of a gate's items."""
    confirmed = GateProof.objects.filter(
        onboarding=gate.onboarding_id, item=OuterRef("pk"), state=ProofState.CONFIRMED
    )
    items = GateItem.objects.filter(contents=gate.onboarding.contents_id, gate=gate.number)
    return items.filter(~Exists(confirmed)).order_by("position")


def open_gates(*, on: dt.date) -> QuerySet[Gate]:
    """One for every onboarding that runs, of people who are here."""
    found = Gate.objects.filter(decision="", onboarding__state=OnboardingState.RUNNING)
    return found.exclude(onboarding__leader__in=gone(on)).select_related("onboarding__leader__unit")


def open_gate_of(onboarding_id: UUID) -> Gate | None:
    return first_kept(_open_gate, onboarding_id)


def _open_gate(onboarding_id: UUID) -> QuerySet[Gate]:
    """An onboarding has no more than one."""
    return Gate.objects.select_related("onboarding__leader").filter(onboarding=onboarding_id, decision="")


class Wait:
    """For what a gate waits for somebody, the most pressing first."""

    DECIDE, RECOMMEND, CONFIRM, SHOW = "decide", "recommend", "confirm", "show"


def gates_waiting_for(member: Member, *, on: dt.date) -> QuerySet[Gate]:
    """Open ones that wait for this member, with `wait`: as chair for the decision, as sponsor or immediate
    leader for a recommendation or to confirm what was shown, as the leader for something to show."""
    sponsors, leads = (
        sponsored_by(member, leader="onboarding__leader"),
        Q(onboarding__leader__in=member.reports),
    )
    shown = GateProof.objects.filter(onboarding=OuterRef("onboarding"), state=ProofState.SHOWN)
    shared = shown.exclude(item__kind__in=[str(each) for each in PRIVATE_ITEMS])
    # Who leads no unit is the chair only where they were named: `chair_today` would look for others in vain.
    chairs = Q(chair_now=member.person_id) if member.led_units else Q(onboarding__chair=member.person_id)
    near, soon = Q(due_on__lte=on + OPENS), Q(due_on__lte=on + NEAR)
    lacks_sponsor, lacks_manager = ~Q(_recommended(Part.SPONSOR)), ~Q(_recommended(Part.MANAGER))
    waits = {
        Wait.DECIDE: near & ~lacks_sponsor & ~lacks_manager & chairs,
        Wait.RECOMMEND: near & ((sponsors & lacks_sponsor) | (leads & lacks_manager)),
        Wait.CONFIRM: (sponsors & Q(Exists(shown))) | (leads & Q(Exists(shared))),
        Wait.SHOW: soon & Q(onboarding__leader=member.person_id) & Q(Exists(_not_shown())),
    }
    wait = Case(
        *(When(condition, then=Value(name)) for name, condition in waits.items()),
        default=Value(""),
        output_field=CharField(),
    )
    found = open_gates(on=on).annotate(chair_now=chair_today(on=on, of="onboarding__"), wait=wait)
    return found.exclude(wait="").order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class GateWaiting:
    """An open gate that waits for somebody, and for what."""

    wait: str
    number: int
    due_on: dt.date
    leader_id: UUID
    given_name: str
    family_name: str
    unit: str

    @property
    def name(self) -> str:
        return Person(given_name=self.given_name, family_name=self.family_name).name


def gates_that_wait(member: Member, *, on: dt.date) -> list[GateWaiting]:
    """Those that wait for this member, the most urgent first. One query, whose statement is kept."""
    return [GateWaiting(*row) for row in kept(_gates_told, member, on)]


def _gates_told(member: Member, on: dt.date) -> QuerySet[Gate, Any]:
    leader = "onboarding__leader"
    return gates_waiting_for(member, on=on).values_list(
        *("wait", "number", "due_on", leader),
        *(f"{leader}__given_name", f"{leader}__family_name", f"{leader}__unit__name"),
    )


def _recommended(part: Part) -> Exists:
    return Exists(Recommendation.objects.filter(gate=OuterRef("pk"), part=part))


def _not_shown() -> QuerySet[GateItem]:
    """Items of an outer gate of which nothing is shown that counts."""
    alive = GateProof.objects.filter(
        onboarding=OuterRef(OuterRef("onboarding")), item=OuterRef("pk"), state__in=ALIVE
    )
    items = GateItem.objects.filter(contents=OuterRef("onboarding__contents"), gate=OuterRef("number"))
    return items.filter(~Exists(alive))
