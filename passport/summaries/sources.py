"""Where attested items come from: each source answers for many people at once, with one query.

Rooms above this one register theirs from their AppConfig, as `passport.panels` has it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import DeliverableState
from mentoring.models import Deliverable
from passport.cases.rubric import LEVELS
from passport.enums import CapstoneState, StampState
from passport.mentoring import PROGRAMME
from passport.models import Capstone, PodAttempt, PodMark, Stamp, TransferOutcome
from passport.pod_services import case_of
from passport.summaries.items import Item, ItemKind, newest_first
from people.models import Person

Source = Callable[[Sequence[UUID]], Iterable[tuple[UUID, Item]]]

_sources: list[Source] = []


def adds_items(source: Source) -> Source:
    """Register a source: people's ids -> (whose it is, item)."""
    if source not in _sources:
        _sources.append(source)
    return source


def attested_items(person_ids: Sequence[UUID]) -> dict[UUID, list[Item]]:
    """All that is attested of people, newest first; nobody is left out."""
    found: defaultdict[UUID, list[Item]] = defaultdict(list)
    for source in _sources:
        for person_id, item in source(person_ids):
            found[person_id].append(item)
    return {person_id: newest_first(found[person_id]) for person_id in person_ids}


@adds_items
def stamps(person_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Item]]:
    """Milestones that a verifier has confirmed."""
    rows = Stamp.objects.filter(person__in=person_ids, state=StampState.VERIFIED)
    for each in rows.select_related("milestone", "verified_by"):
        yield (
            each.person_id,
            Item(
                ItemKind.STAMP,
                each.milestone.title,
                each.earned_on,
                _name(each.verified_by),
                _day(each.decided_at),
                detail=_("Prior learning") if each.prior_learning else "",
                rule=each.rule,
            ),
        )


@adds_items
def pod_marks(person_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Item]]:
    """Of each pod the latest finished attempt, once it is marked. Two queries."""
    later = PodAttempt.objects.filter(
        person=OuterRef("person"), pod__key=OuterRef("pod__key"), finished_at__gt=OuterRef("finished_at")
    )
    rows = PodAttempt.objects.filter(~Exists(later), person__in=person_ids, marked_at__isnull=False)
    attempts = list(rows.select_related("pod", "marked_by").defer("state", "moves"))
    levels: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    marks = PodMark.objects.filter(attempt__in=[each.pk for each in attempts])
    for attempt_id, criterion, level in marks.values_list("attempt", "criterion", "level"):
        levels[attempt_id][criterion] = level
    for each in attempts:
        rubric = case_of(each.pod.content).rubric
        seen = levels[each.pk]
        expected = _("Expected: level %(level)d of %(most)d in each criterion.")
        yield (
            each.person_id,
            Item(
                ItemKind.POD,
                each.pod.title,
                _day(each.finished_at),
                _name(each.marked_by),
                _day(each.marked_at),
                detail=", ".join(f"{one.title} {seen[one.key]}" for one in rubric if one.key in seen),
                rule=expected % {"level": each.pod.expected_level, "most": LEVELS},
            ),
        )


@adds_items
def capstones(person_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Item]]:
    """Projects in the home department that a verifier has confirmed."""
    rows = Capstone.objects.filter(person__in=person_ids, state=CapstoneState.VERIFIED)
    for each in rows.select_related("unit", "pod", "decided_by"):
        decided = _day(each.decided_at)
        detail = f"{each.pod.title}, {each.unit.name}"
        item = Item(
            ItemKind.CAPSTONE,
            each.title,
            each.submitted_on or decided,
            _name(each.decided_by),
            decided,
            detail,
        )
        yield each.person_id, item


@adds_items
def committee_roles(person_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Item]]:
    """Roles in committees after a pod that somebody who was there has confirmed."""
    rows = TransferOutcome.objects.filter(person__in=person_ids, confirmed_at__isnull=False)
    for each in rows.select_related("pod", "confirmed_by"):
        title, confirmed = f"{each.role}, {each.committee}", _day(each.confirmed_at)
        yield (
            each.person_id,
            Item(
                ItemKind.COMMITTEE, title, each.began_on, _name(each.confirmed_by), confirmed, each.pod.title
            ),
        )


@adds_items
def deliverables(person_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Item]]:
    """What came of a mentorship and the mentor attested, where the programme chose the mentor."""
    rows = Deliverable.objects.filter(
        state=DeliverableState.COMPLETED,
        contract__mentorship__mentee__in=person_ids,
        contract__mentorship__initiator__in=PROGRAMME,
    )
    for each in rows.select_related("contract__mentorship", "attested_by"):
        mentorship = each.contract.mentorship
        if each.attested_on is None:  # the table's constraint says so too
            continue
        yield (
            mentorship.mentee_id,
            Item(
                ItemKind.DELIVERABLE,
                each.title,
                each.reported_on or each.attested_on,
                _name(each.attested_by),
                each.attested_on,
                detail=str(mentorship.get_tier_display()),
            ),
        )


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _day(at: dt.datetime | None) -> dt.date:
    """What is attested has its time: the tables' constraints say so."""
    if at is None:
        raise ValueError("An attested item has the time of it.")
    return timezone.localdate(at)
