"""Questions about partnership checks, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from partnerships.enums import CheckState
from partnerships.models import CheckAnswer, CheckPlace, Partnership, PartnershipCheck


def checks() -> QuerySet[PartnershipCheck]:
    """With the partnership and who is asked. Two queries."""
    places = CheckPlace.objects.select_related("person").order_by("person__search_key")
    return PartnershipCheck.objects.select_related("partnership__unit").prefetch_related(  # type: ignore[no-redef]  # as declared
        Prefetch("places", queryset=places, to_attr="places_by_name")
    )


def checks_of(partnership: Partnership) -> QuerySet[PartnershipCheck]:
    """The newest first."""
    return checks().filter(partnership=partnership).order_by("-opened_on", "-pk")


def check_in(partnership: Partnership, check_id: UUID) -> PartnershipCheck | None:
    return checks_of(partnership).filter(pk=check_id).first()


def revealed_checks(check: PartnershipCheck, *, to: UUID) -> list[PartnershipCheck]:
    """A check and those before it that somebody may compare it with, the oldest first: where they were asked
    themselves, or which are shared."""
    before = checks().filter(
        Q(opened_on__lt=check.opened_on) | Q(pk=check.pk),
        partnership=check.partnership_id,
        state=CheckState.REVEALED,
    )
    return [
        each
        for each in before.order_by("opened_on", "pk")
        if each.is_shared or to in {place.person_id for place in each.places_by_name}
    ]


def answers_of(rounds: Iterable[PartnershipCheck]) -> dict[UUID, dict[UUID, CheckAnswer]]:
    """Check -> person -> answer, as far as PostgreSQL shows them to whoever acts."""
    found: defaultdict[UUID, dict[UUID, CheckAnswer]] = defaultdict(dict)
    for answer in CheckAnswer.objects.filter(check_round__in=[each.pk for each in rounds]):
        found[answer.check_round_id][answer.person_id] = answer
    return dict(found)


def places_to_answer(person_id: UUID) -> QuerySet[CheckPlace]:
    """Checks that wait for somebody's answer."""
    waiting = CheckPlace.objects.filter(
        person=person_id, answered_at=None, check_round__state=CheckState.OPEN
    )
    return waiting.select_related("check_round__partnership__unit").order_by("check_round__opened_on", "pk")


def places_to_remind(*, before: dt.date) -> QuerySet[CheckPlace]:
    """Who has not answered, and was asked or reminded last before a day."""
    return CheckPlace.objects.filter(
        Q(reminded_on__lte=before) | Q(reminded_on=None, check_round__opened_on__lte=before),
        answered_at=None,
        check_round__state=CheckState.OPEN,
    ).order_by(F("check_round__opened_on"), "pk")
