"""Keeping what a learning system recorded, and making claims of it.

Nobody here saw it, so it never stamps: what was passed or completed there becomes a claim for the usual
verifiers, and they read who says so. It is no attempt either, and earns no marks: those are of a rubric that
somebody here applied. What cannot be placed is kept with its reason, and placed once that is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.attested import Attested, stamp_attested
from passport.enums import OutsideState, PodState
from passport.models import OutsideResult, Pod, PodActivity
from passport.outside.shape import Statement
from passport.outside.statements import Result, result_from
from passport.queries import milestones_in_force
from people.access import demand
from people.member import Member
from people.models import Person
from people.permissions import RESULTS_ARE_BROUGHT_BY, can_bring_results
from people.queries import employed
from tenancy.turns import one_at_a_time
from web.numbers import decimal

WAITING: Final = (OutsideState.NOBODY, OutsideState.NO_POD, OutsideState.NO_MILESTONE)
_TURN: Final = "outside results"


@transaction.atomic
def keep_results(results: Sequence[Result], *, by: Member) -> list[OutsideResult]:
    """Keep each and make what can be made of it; returns those that are new. One that is here already changes
    nothing, and one that says something else under the same id refuses them all."""
    demand(can_bring_results(by), RESULTS_ARE_BROUGHT_BY)
    one_at_a_time(_TURN)
    known = _kept_contents(results)
    for statement_id in _told_otherwise(results, known):
        raise ValidationError(words_of_another(statement_id))
    now = timezone.now()
    new = [each for each in results if each.statement_id not in known]
    kept = [
        OutsideResult(
            statement_id=each.statement_id,
            content=each.content,
            received_at=now,
            received_by_id=by.person_id,
            state=OutsideState.NOBODY,
            activity=each.activity,
            actor=each.actor,
        )
        for each in new
    ]
    _settle(list(zip(kept, new, strict=True)))
    OutsideResult.objects.bulk_create(kept)
    return kept


@transaction.atomic
def rehearse_results(results: Sequence[Result], *, by: Member) -> list[OutsideResult]:
    """What keeping them would come to, by keeping them and taking all of it back."""
    kept = keep_results(results, by=by)
    transaction.set_rollback(True)
    return kept


def words_of_another(statement_id: UUID) -> str:
    """Why a statement is refused under whose id something else is kept."""
    return _("Another statement was kept under the id %(id)s.") % {"id": statement_id}


def told_otherwise(results: Sequence[Result]) -> list[UUID]:
    """Under whose ids something else was kept before."""
    return _told_otherwise(results, _kept_contents(results))


def _told_otherwise(results: Sequence[Result], known: Mapping[UUID, str]) -> list[UUID]:
    ids = ((each.statement_id, each.content) for each in results)
    return [each for each, content in ids if known.get(each, content) != content]


def _kept_contents(results: Sequence[Result]) -> dict[UUID, str]:
    ids = [each.statement_id for each in results]
    return dict(OutsideResult.objects.filter(statement_id__in=ids).values_list("statement_id", "content"))


@transaction.atomic
def name_activity(activity: str, pod_key: str, *, by: Member) -> int:
    """Say which pod an activity is; returns how many of its results became claims."""
    demand(can_bring_results(by), RESULTS_ARE_BROUGHT_BY)
    one_at_a_time(_TURN)
    PodActivity.objects.update_or_create(
        activity=activity, defaults={"pod_key": pod_key, "set_by_id": by.person_id}
    )
    return _again(OutsideResult.objects.filter(activity=activity, state__in=WAITING))


@transaction.atomic
def settle_again(*, by: Member) -> int:
    """Look at all that was kept aside again: people were added, or a pod got a milestone. Returns how many
    became claims."""
    demand(can_bring_results(by), RESULTS_ARE_BROUGHT_BY)
    one_at_a_time(_TURN)
    return _again(OutsideResult.objects.filter(state__in=WAITING))


def _again(waiting: Iterable[OutsideResult]) -> int:
    kept = list(waiting)
    _settle([(each, _read(each)) for each in kept])
    OutsideResult.objects.bulk_update(kept, ["state", "person", "stamp"], batch_size=500)
    return sum(each.state == OutsideState.CLAIMED for each in kept)


def _read(kept: OutsideResult) -> Result:
    body = Statement(data=json.loads(kept.content))
    body.is_valid(raise_exception=True)  # it was valid when it came
    return result_from(body.validated_data, kept.content, statement_id=kept.statement_id)


def _settle(pairs: Sequence[tuple[OutsideResult, Result]]) -> None:
    """Give each its person, state and claim. The queries are as many for more of them, but for the claims."""
    people = _people_of([result for _kept, result in pairs])
    pods = _pods_of({result.activity for _kept, result in pairs})
    earned = [pod.milestone_id for pod in pods.values() if pod.milestone_id]
    usable = milestones_in_force(on=timezone.localdate()).filter(pk__in=earned)
    in_force = set(usable.values_list("pk", flat=True))
    for kept, result in pairs:
        kept.person = people.get(result.email.lower()) or people.get((result.number,))
        kept.state = _place(kept, result, pods, in_force)


def _place(kept: OutsideResult, result: Result, pods: dict[str, Pod], in_force: set[UUID]) -> OutsideState:
    pod = pods.get(result.activity)
    if kept.person is None:
        return OutsideState.NOBODY
    if pod is None:
        return OutsideState.NO_POD
    if not result.reached:
        return OutsideState.NOT_REACHED
    if pod.milestone_id is None or pod.milestone_id not in in_force:
        return OutsideState.NO_MILESTONE
    today = timezone.localdate()
    reached_on = min(timezone.localdate(result.at) if result.at else today, today)
    claim = Attested(kept.person, pod.milestone_id, reached_on, _words(pod, result), by=None)
    kept.stamp = stamp_attested(claim)
    return OutsideState.CLAIMED if kept.stamp else OutsideState.ON_RECORD


def _words(pod: Pod, result: Result) -> str:
    """What the verifiers read: who says so, and that nobody here marked it."""
    words = [_("A learning system recorded “%(pod)s” as %(verb)s.") % {"pod": pod.title, "verb": result.verb}]
    if result.scaled is not None:
        words.append(_("Score: %(score)s %%.") % {"score": decimal(100 * result.scaled, 0)})
    words.append(_("It was not marked here. Statement %(id)s.") % {"id": result.statement_id})
    return " ".join(words)


def _people_of(results: Sequence[Result]) -> dict[object, Person]:
    """Who works here, by address in small letters and by (staff number,). An address of two is nobody's."""
    emails = {each.email.lower() for each in results if each.email}
    numbers = {each.number for each in results if each.number}
    here = Person.objects.filter(employed(timezone.localdate()))
    found: dict[object, Person] = {(each.external_id,): each for each in here.filter(external_id__in=numbers)}
    twice: set[str] = set()
    for each in here.filter(email_key__in=emails) if emails else ():
        address = each.email.lower()
        twice |= {address} if address in found else set()
        found[address] = each
    return {key: person for key, person in found.items() if key not in twice}


def _pods_of(activities: set[str]) -> dict[str, Pod]:
    named = dict(PodActivity.objects.filter(activity__in=activities).values_list("activity", "pod_key"))
    pods = Pod.objects.filter(key__in=named.values(), state=PodState.PUBLISHED)
    by_key = {pod.key: pod for pod in pods}
    return {activity: by_key[key] for activity, key in named.items() if key in by_key}


def pod_keys() -> list[tuple[str, str]]:
    """The pods that an activity can be."""
    return list(
        Pod.objects.filter(state=PodState.PUBLISHED).order_by("title", "key").values_list("key", "title")
    )


def unnamed_activities() -> QuerySet[Any, Any]:
    """Of which nobody has said which pod they are, with how many results each has; newest first."""
    return (
        OutsideResult.objects.exclude(activity__in=PodActivity.objects.values("activity"))
        .values("activity")
        .annotate(count=Count("pk"), newest=Max("received_at"))
        .order_by("-newest", "activity")
    )
