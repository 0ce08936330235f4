"""How onboardings go, for whoever answers for new leaders: by name what runs, in figures what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.functions import Coalesce

from people.member import Member
from sponsors.enums import Part, ProofState
from sponsors.models import Gate, GateItem, GateProof, Recommendation
from sponsors.plan.onboarding import FEWEST, OPENS, PATIENCE, SPAN, Told, kinds_to_tell
from sponsors.queries.gates import open_gates
from sponsors.queries.onboarding import chair_today
from sponsors.queries.reviews import counts_everybody, of_leaders_overseen
from tenancy.kept import kept
from web.paging import SHORT

OVERDUE: Final = "overdue"


def gates_overseen(member: Member, *, on: dt.date, show: str = "") -> QuerySet[Gate]:
    """The open gates of the leaders whose development a member answers for. `show`: of a year, or overdue
    ones."""
    found = open_gates(on=on).filter(of_leaders_overseen(member, on=on, leader="onboarding__leader"))
    if show == OVERDUE:
        found = found.filter(due_on__lt=on)
    elif show:
        found = found.filter(number=int(show))
    return found.only(
        *("number", "attempt", "due_on", "decision", "onboarding__role", "onboarding__started_on"),
        *(f"onboarding__leader__{name}" for name in ("given_name", "family_name", "unit__name")),
    )


@dataclass(frozen=True, slots=True)
class Lack:
    """What an open gate waits for: items that are not confirmed, who has not recommended; and who decides,
    where nothing but that lacks: to look for them takes long."""

    missing: int
    sponsor: bool
    manager: bool
    chair: UUID | None


def lacks_of(gates: Iterable[Gate], *, on: dt.date) -> dict[UUID, Lack]:
    """Of each gate. One query, which is kept for the pages of a list; a file asks for more."""
    ids = frozenset(gate.pk for gate in gates)
    rows = kept(_lacks, ids, on) if len(ids) <= SHORT else _lacks(ids, on)
    return {pk: Lack(*lacks) for pk, *lacks in rows}


def _lacks(gate_ids: frozenset[UUID], on: dt.date) -> QuerySet[Gate, Any]:
    waits_for_chair = Q(Exists(_words(Part.SPONSOR)), Exists(_words(Part.MANAGER)), due_on__lte=on + OPENS)
    return Gate.objects.filter(pk__in=gate_ids).values_list(
        "pk",
        Coalesce(Subquery(_missing(), output_field=IntegerField()), 0),
        ~Exists(_words(Part.SPONSOR)),
        ~Exists(_words(Part.MANAGER)),
        Case(When(waits_for_chair, then=chair_today(on=on, of="onboarding__")), output_field=UUIDField()),
    )


def gates_that_escalate(member: Member, *, on: dt.date) -> QuerySet[Gate]:
    """Overdue for longer than two weeks, of the leaders whose development the member answers for."""
    late = open_gates(on=on).filter(due_on__lt=on - PATIENCE)
    return late.filter(of_leaders_overseen(member, on=on, leader="onboarding__leader"))


@dataclass(frozen=True, slots=True)
class Figures:
    """How many run and how many of their gates are overdue, None where that tells of few; by year; and of the
    last three years what was decided and what stood in the way."""

    running: int | None
    overdue: int | None
    years: list[Told]
    decisions: list[Told]
    obstacles: list[Told]


def figures_of_onboardings(member: Member, *, on: dt.date) -> Figures:
    """Of the leaders a member answers for; for executives of everybody. Two queries."""
    if counts_everybody(member):
        gates, past = kept(_running, on), kept(_decided, on)
    else:
        overseen = of_leaders_overseen(member, on=on, leader="onboarding__leader")
        gates, past = list(_running(on).filter(overseen)), list(_decided(on).filter(overseen))
    whole, late = len(gates), sum(due_on < on for _number, due_on in gates)
    return Figures(
        running=whole if whole >= FEWEST else None,
        # Neither of few who are late, nor of few who are not.
        overdue=late if late >= FEWEST and whole - late >= FEWEST else None,
        years=kinds_to_tell([[str(number)] for number, _due_on in gates]),
        decisions=kinds_to_tell([[decision] for decision, _named in past]),
        obstacles=kinds_to_tell([named for _decision, named in past]),
    )


def _running(on: dt.date) -> QuerySet[Gate, Any]:
    return open_gates(on=on).order_by().values_list("number", "due_on")


def _decided(on: dt.date) -> QuerySet[Gate, Any]:
    return Gate.objects.filter(decided_on__gt=on - SPAN).order_by().values_list("decision", "obstacles")


def _missing() -> QuerySet[GateItem, Any]:
    """How many items of an outer gate are not confirmed."""
    confirmed = GateProof.objects.filter(
        onboarding=OuterRef(OuterRef("onboarding")), item=OuterRef("pk"), state=ProofState.CONFIRMED
    )
    items = GateItem.objects.filter(
        ~Exists(confirmed), contents=OuterRef("onboarding__contents"), gate=OuterRef("number")
    )
    return items.order_by().values("gate").annotate(count=Count("pk")).values("count")


def _words(part: Part) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(gate=OuterRef("pk"), part=part)
